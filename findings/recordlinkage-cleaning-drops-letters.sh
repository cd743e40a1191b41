#!/bin/sh
# recordlinkage 0.16: clean(), which the guide runs on names first, takes every letter with a mark out of a name: José
# is jos, Müller mller, Núñez nez, Ángel ngel; and what stands in brackets. Asked to strip accents it keeps the letter,
# but not one that is no accented letter: Łukasz is ukasz either way. Names of one letter less are then compared.
# Seen: jos mller nez ngel ukasz mcdonald; jose muller nunez angel ukasz mcdonald
# Known: argument replace_by_none of clean, whose pattern keeps no letter beyond a to z.
# Ostiary: reads a letter with a mark as the letter (JOSE, NUNEZ, LUKASZ).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    recordlinkage==0.16 pandas==2.3.3 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 joblib==1.6.0 \
    narwhals==2.29.0 threadpoolctl==3.8.0 jellyfish==1.3.0 python-dateutil==2.9.0.post0 pytz==2026.6 \
    tzdata==2026.6 six==1.17.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import pandas as pd
from recordlinkage.preprocessing import clean

names = pd.Series(["Jos\u00e9", "M\u00fcller", "N\u00fa\u00f1ez", "\u00c1ngel", "\u0141ukasz", "McDonald (Mac)"])
plain, stripped = list(clean(names)), list(clean(names, strip_accents="unicode"))
print(*plain, *stripped)
assert plain == ["jos", "mller", "nez", "ngel", "ukasz", "mcdonald"]
assert stripped == ["jose", "muller", "nunez", "angel", "ukasz", "mcdonald"]
END

#!/bin/sh
# rapidfuzz 3.14.6: WRatio of a name and the same name with letters behind it falls with each letter, and rises again
# where the longer is one and a half times as long: from there the best part of it is compared, times 0.9, and more
# letters cost nothing. maria is more like mariaxxxxxxxxxxxxx than like mariaxx; no threshold on it is one of errors.
# Seen: 100, 90.9, 83.3, 90, 90, ... 90 for 0 to 13 letters more
# Ostiary: counts whole edits and compares lengths, and blends no scorers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" rapidfuzz==3.14.6
PYTHONPATH=$folder python3 - <<'END'
from rapidfuzz import fuzz

found = [round(fuzz.WRatio("maria", "maria" + "x" * more), 1) for more in range(14)]
print(*found)
assert found == [100, 90.9, 83.3, *[90] * 11]
END

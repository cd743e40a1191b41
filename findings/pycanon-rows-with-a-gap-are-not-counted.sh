#!/bin/sh
# pycanon 1.3.6: the smallest class (k) of a table is taken over the rows that have a value in every column that could
# name a person: a row with a gap is in no class. A table in which one person alone has no ZIP code, and is so the
# only one of their kind, has k = 2; with a word for the gap it has k = 1. The l of l-diversity passes over such a row
# likewise.
# Seen: k 2 and l 2 with None; k 1 and l 1 with the word absent
# Ostiary: suppresses by the count of a cell, and measures no such classes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    pycanon==1.3.6 pandas==2.3.3 numpy==2.2.6 python-dateutil==2.9.0.post0 pytz==2026.6 six==1.17.0 tzdata==2026.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
import pandas
from pycanon import anonymity

def measured(gap):
    table = pandas.DataFrame(
        {"zip": ["00601", "00601", "00602", "00602", gap], "status": ["a", "b", "a", "b", "z"]}
    )
    return anonymity.k_anonymity(table, ["zip"]), anonymity.l_diversity(table, ["zip"], ["status"])

found = measured(None), measured("absent")
print(found)
assert found == ((2, 2), (1, 1))
END

#!/bin/sh
# courts-db 0.10.27: the full name of a federal district court is that of two courts, for its bankruptcy court answers
# to it too, and which is named first is not fixed. The short form in which it is cited, D.D.C. or N.D. Cal., is no
# court at all, and the Tax Court is one only with United States before it.
# Seen: ['dcd', 'dcb'], ['canb', 'cand'], [], [], [], ['tax']
# Ostiary: keeps the court of an order as it is written, and looks none up.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" courts-db==0.10.27
PYTHONPATH=$folder python3 -W ignore - <<'END'
from courts_db import find_court

names = (
    "United States District Court for the District of Columbia",
    "United States District Court for the Northern District of California",
    "D.D.C.", "N.D. Cal.", "Tax Court", "United States Tax Court",
)
found = [find_court(name) for name in names]
print(found)
assert list(map(sorted, found)) == [["dcb", "dcd"], ["canb", "cand"], [], [], [], ["tax"]]
END

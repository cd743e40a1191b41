#!/bin/sh
# python-stdnum 2.2: individual taxpayer numbers (ITIN) begin with 9 and have 50 to 65, 70 to 88, 90 to 92 or 94 to 99 as
# their fourth and fifth digits (Internal Revenue Manual 3.21.263). The library knows them from 70 on: the
# numbers with 50 to 65, given since 2011 to the very people whose records are asked for, are invalid.
# Seen: 70 ... 88, 90 ... 92, 94 ... 99
# Ostiary: asks of a number that it has nine digits, and lets the file say whose it is.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" python-stdnum==2.2
PYTHONPATH=$folder python3 - <<'END'
from stdnum.us import itin

found = [group for group in range(100) if itin.is_valid(f"912-{group:02}-1234")]
print(found)
assert found == [*range(70, 89), *range(90, 93), *range(94, 100)]
END

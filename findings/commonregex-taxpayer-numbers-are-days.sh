#!/bin/sh
# commonregex 1.5.4: numbers that are written 3-2-4 and begin as a month may are days, from within: 078-05-1120 has
# the day 8-05-1120, 219-09-9999 the day 19-09-9999. Nothing tells them from days, and what is taken out of a text
# leaves the number's first digits.
# Seen: 8-05-1120, 19-09-9999
# Ostiary: a suggestion begins and ends where a number does, and the shape of a taxpayer number goes before that of a
# day.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    commonregex==1.5.4
PYTHONPATH=$folder python3 - <<'END'
from commonregex import CommonRegex

found = [CommonRegex(one).dates for one in ("078-05-1120", "SSN 219-09-9999", "on 8-05-1120")]
print(found)
assert found == [["8-05-1120"], ["19-09-9999"], ["8-05-1120"]]
END

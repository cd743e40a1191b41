#!/bin/sh
# petl 1.7.30: rows without a value are below every value, and join each other. `selectlt` by 6 keeps a row that has no
# amount, `selectgt` by 4 one whose amount is the text 6, and `join` puts a row without an id of one table to each row
# without an id of the other: two unknown people are one. SQL does none of it. A day that cannot be read is nothing
# after `convert`, and from then on such a row. Seen: [5, None]; [5, '6']; [None, 'n', 'm']; [None, 2025-02-03]
# Ostiary: what is absent is neither above nor below, and agrees with nothing; a day that cannot be read is refused.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" petl==1.7.30
PYTHONPATH=$folder python3 - <<'END'
import datetime

import petl

amounts = [["amount"], [5], [None], ["6"]]
below = list(petl.values(petl.selectlt(amounts, "amount", 6), "amount"))
above = list(petl.values(petl.selectgt(amounts, "amount", 4), "amount"))
people, known = [["id", "a"], [1, "x"], [None, "n"]], [["id", "b"], [2, "y"], [None, "m"]]
joined = list(petl.join(people, known, key="id"))[1:]
days = petl.convert([["day"], ["31/02/2025"], ["03/02/2025"]], "day", petl.dateparser("%d/%m/%Y"))
read = list(petl.values(days, "day"))
print(below, above, joined, read)
assert below == [5, None] and above == [5, "6"]
assert joined == [(None, "n", "m")] and read == [None, datetime.date(2025, 2, 3)]
END

#!/bin/sh
# clevercsv 0.8.5 finds out how a file of values is written, and is at home with several columns. A file of one column
# it cuts at whatever parts its values alike, although it has a header: "1,234" in quotation marks becomes "1 and 234",
# "Doe, John" as well, 12:30 is two cells, and so is a mail address; O'Brien and D'Arcy under a header are one row with
# one cell, for their apostrophes are quotation marks. Python's own reader, without guessing, has them all right.
# Seen: ['"1', '234"'], ['"Doe', ' John"'], ['12', '30'], ['ann', 'example.org'], ["O'Brien\nD'Arcy"]
# Ostiary: only four signs part columns, and which of them is told by the names in the header.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" clevercsv==0.8.5
PYTHONPATH=$folder python3 -W ignore - <<'END'
import csv
import clevercsv

files = [
    'tax\n"1,234"\n"2,345"\n',
    'name\n"Doe, John"\n"Roe, Ann"\n',
    "filed at\n12:30\n13:45\n14:10\n",
    "email\nann@example.org\nbob@example.org\n",
    "name\nO'Brien\nD'Arcy\n",
]
found = []
for each in files:
    lines = each.splitlines(keepends=True)
    found.append(list(clevercsv.reader(lines, clevercsv.Sniffer().sniff(each)))[1])
right = [list(csv.reader(each.splitlines(keepends=True)))[1] for each in files]
print(found, right)
assert found == [['"1', '234"'], ['"Doe', ' John"'], ["12", "30"], ["ann", "example.org"], ["O'Brien\nD'Arcy"]]
assert right == [["1,234"], ["Doe, John"], ["12:30"], ["ann@example.org"], ["O'Brien"]]
END

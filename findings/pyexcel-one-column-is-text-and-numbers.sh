#!/bin/sh
# pyexcel 0.7.6 with pyexcel-io 0.6.8: a CSV column of ZIP codes is read cell by cell, text where it begins with a
# nought and a number where not: 00501 and 10001 are '00501' and 10001, which are never equal to a column of texts,
# nor sorted together; without auto_detect_int the latter is 10001.0.
# Seen: '00501', 10001; '00501', 10001.0
# Ostiary: reads every cell of a CSV file as text, and by its declared column.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pyexcel==0.7.6 pyexcel-io==0.6.8 lml==0.2.0 texttable==1.7.2
PYTHONPATH=$folder python3 - <<'END'
import os
import tempfile

import pyexcel

os.chdir(tempfile.mkdtemp(dir=os.environ["PYTHONPATH"]))
with open("places.csv", "w") as file:
    file.write("zip\n00501\n10001\n")
found = [row["zip"] for row in pyexcel.get_records(file_name="places.csv")]
plain = [row["zip"] for row in pyexcel.get_records(file_name="places.csv", auto_detect_int=False)]
print(found, plain)
assert list(map(repr, found)) == ["'00501'", "10001"]
assert list(map(repr, plain)) == ["'00501'", "10001.0"]
END

#!/bin/sh
# xlsx2csv 0.8.6: letters in quotation marks in a cell's format are taken for parts of a date, and what is written is
# neither the value nor what the sheet shows: 12 with the format 0 "days" is 0 "11ays", 7 with 0 "hours" is 0
# "12ours", 12 with #,##0.00 "USD" is #,##0.00 "us11". openpyxl 3.1.5 reads 12, 7 and 12.
# Seen: 0 "11ays", 0 "12ours", #,##0.00 "us11"
# Ostiary: reads workbooks with python-calamine, values and no formats.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    xlsx2csv==0.8.6 openpyxl==3.1.5 et_xmlfile==2.0.0
PYTHONPATH=$folder python3 - <<'END'
import csv
import io
import os

import openpyxl
from xlsx2csv import Xlsx2csv

cells = ((12, '0 "days"'), (7, '0 "hours"'), (12, '#,##0.00 "USD"'), (12, "0"))
book = openpyxl.Workbook()
for row, (value, form) in enumerate(cells, start=1):
    cell = book.active.cell(row, 1, value)
    cell.number_format = form
path = os.path.join(os.environ["PYTHONPATH"], "book.xlsx")
book.save(path)
out = io.StringIO()
Xlsx2csv(path).convert(out)
found = [row[0] for row in csv.reader(io.StringIO(out.getvalue()))]
same = [row[0].value for row in openpyxl.load_workbook(path).active.iter_rows()]
print(found, same)
assert found == ['0 "11ays"', '0 "12ours"', '#,##0.00 "us11"', "12"]
assert same == [12, 7, 12, 12]
END

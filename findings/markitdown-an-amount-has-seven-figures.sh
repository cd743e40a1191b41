#!/bin/sh
# markitdown 0.1.9 turns sheets into text for language models. Where one amount of a column is small, all of it is
# written with seven figures: 123456789.12 is 1.234568e+08, and 1000000.10 a round million. A column of years with a gap
# is 2022.0, and the gap NaN; "N/A" and "None", which somebody wrote there, are NaN as well; and a bar in a cell parts
# it into two. The same table as CSV is written as it stands, with the bar escaped.
# Seen: 1.234568e+08, 1.000000e+06, 1.000000e-05; 2022.0, NaN; NaN, NaN; a|b; and 123456789.12, 2022, N/A, a\|b of CSV
# Ostiary: a value is text from its cell to the answer, and no number is rounded on its way.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" "markitdown[xlsx]==0.1.9" openpyxl==3.1.5
FOLDER=$folder PYTHONPATH=$folder python3 -W ignore - <<'END'
import csv
import os
import openpyxl
from markitdown import MarkItDown

rows = [
    ["year", "tax", "note"],
    [2022, 123456789.12, "N/A"],
    [None, 1000000.10, "None"],
    [2023, 0.00001, "a|b"],
]
book = openpyxl.Workbook()
for row in rows:
    book.active.append(row)
sheet, table = (os.environ["FOLDER"] + name for name in ("/taxes.xlsx", "/taxes.csv"))
book.save(sheet)
with open(table, "w", newline="") as held:
    csv.writer(held).writerows(rows)
found = MarkItDown().convert(sheet).text_content.splitlines()[-3:]
right = MarkItDown().convert(table).text_content.splitlines()[-3:]
print(found, right)
assert found == ["| 2022.0 | 1.234568e+08 | NaN |", "| NaN | 1.000000e+06 | NaN |", "| 2023.0 | 1.000000e-05 | a|b |"]
assert right == ["| 2022 | 123456789.12 | N/A |", "|  | 1000000.1 | None |", "| 2023 | 1e-05 | a\\|b |"]
END

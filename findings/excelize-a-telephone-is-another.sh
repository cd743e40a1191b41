#!/bin/sh
# excelize 0.1.0, the library of Go for sheets as a package of Python: a whole number that needs more than 32 bits is
# written into the sheet as what is left of it in 32, without a word. The telephone number 5551234567 is 1256267271, the
# account 12345678901 is -539222987, and 4294967297 is 1. The same number as a float or as a text is written whole, and
# sheets of others with such numbers are read whole. openpyxl 3.1.5 reads the wrong ones out of what it wrote.
# Seen: 1256267271, -539222987, 1, 12345678901, '12345678901'
# Ostiary: writes its sheets by XlsxWriter; a code is text from its column to the answer.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" excelize==0.1.0 openpyxl==3.1.5
FOLDER=$folder PYTHONPATH=$folder python3 -W ignore - <<'END'
import os
import excelize
import openpyxl

given = [5551234567, 12345678901, 4294967297, 12345678901.0, "12345678901"]
sheet = excelize.new_file()
for row, each in enumerate(given, 1):
    sheet.set_cell_value("Sheet1", f"A{row}", each)
path = os.environ["FOLDER"] + "/numbers.xlsx"
sheet.save_as(path)
found = [cell.value for cell in openpyxl.load_workbook(path).active["A"]]
print(found)
assert found == [1256267271, -539222987, 1, 12345678901, "12345678901"]
other = openpyxl.Workbook()
other.active.append(given[:2])
other.save(path)
assert excelize.open_file(path).get_rows("Sheet") == [["5551234567", "12345678901"]]
END

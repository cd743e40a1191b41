#!/bin/sh
# python-calamine 0.9.1: of a sheet whose table begins at C3, iter_rows() gives the two empty rows above it
# but not the two empty columns beside it; to_python() gives neither. total_height is 3, although the last
# row is the fourth. So the row numbers of the two differ, and the first row of iter_rows() is no header.
# Seen: iter_rows [['', ''], ['', ''], ['a', ''], ['', 'b']], to_python [['a', ''], ['', 'b']]
# Ostiary: reads by iter_rows, so that a row's line is the one the spreadsheet shows.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    python-calamine==0.9.1 xlsxwriter==3.3.1
PYTHONPATH=$folder python3 - <<'END'
import io
import python_calamine, xlsxwriter
book = io.BytesIO()
with xlsxwriter.Workbook(book) as made:
    sheet = made.add_worksheet()
    sheet.write_string("C3", "a")
    sheet.write_string("D4", "b")
book.seek(0)
sheet = python_calamine.CalamineWorkbook.from_filelike(book).get_sheet_by_index(0)
rows, table = list(sheet.iter_rows()), sheet.to_python()
print(rows, table, sheet.height, sheet.total_height)
assert rows == [["", ""], ["", ""], ["a", ""], ["", "b"]]
assert table == [["a", ""], ["", "b"]] and (sheet.height, sheet.total_height) == (2, 3)
END

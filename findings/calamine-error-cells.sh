#!/bin/sh
# python-calamine 0.9.1: cells that hold an error (#DIV/0!, #N/A) come out as '', just as cells that are
# empty. Who counts missing values cannot tell a failed formula from nothing. A reader might expect the
# error's text (openpyxl gives it) or None.
# Seen: ['#DIV/0!' -> '', '#N/A' -> '', empty -> '', text -> 'x']
# Ostiary: an error word is a word for nothing in every format, so both are an empty value.
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
    sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 0, "=NA()", None, "#N/A")
    sheet.write_blank(2, 0, None, made.add_format({"bold": True}))
    sheet.write_string(3, 0, "x")
book.seek(0)
read = python_calamine.CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
print([row[0] for row in read])
assert [row[0] for row in read] == ["", "", "", "x"]
END

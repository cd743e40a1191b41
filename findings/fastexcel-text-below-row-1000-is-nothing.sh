#!/bin/sh
# fastexcel 0.21.0: a column's type is that of its first thousand rows; a cell further down that does not fit is a missing
# value, without a warning: a case number ABC-7 in row 1400 of numbers is gone, and not told from an empty cell. Read
# as text instead, a time of day has the day 31 December 1899 before it, and 36 hours are 1 January 1900, noon.
# Seen: 1,498 numbers and one null; '1899-12-31 12:00:00', '1900-01-01 12:00:00'
# Known: argument schema_sample_rows of load_sheet.
# Ostiary: types no column by a sample; a cell is text until its column's kind is asked, and what does not fit is told.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    fastexcel==0.21.0 pyarrow==26.0.0 xlsxwriter==3.3.1
cd "$folder" && PYTHONPATH=$folder python3 - <<'END'
import fastexcel, xlsxwriter

with xlsxwriter.Workbook("cases.xlsx") as made:
    sheet, other = made.add_worksheet(), made.add_worksheet()
    sheet.write_column(0, 0, ["case", *range(1, 1500)])
    sheet.write_string(1400, 0, "ABC-7")
    other.write_row(0, 0, ["time", "spent"])
    other.write_number(1, 0, 0.5, made.add_format({"num_format": "hh:mm"}))
    other.write_number(1, 1, 1.5, made.add_format({"num_format": "[h]:mm"}))
book = fastexcel.read_excel("cases.xlsx")
column = book.load_sheet(0).to_arrow().column("case")
(row,) = book.load_sheet(1, dtypes="string").to_arrow().to_pylist()
print(column.type, len(column), column.null_count, row)
assert (len(column), column.null_count, column[1399].as_py()) == (1499, 1, None)
assert row == {"time": "1899-12-31 12:00:00", "spent": "1900-01-01 12:00:00"}
END

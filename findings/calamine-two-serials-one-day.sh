#!/bin/sh
# python-calamine 0.9.1: the day numbers 59 and 60 of a workbook both become 28 February 1900 (60 is the
# 29 February that spreadsheets show and no calendar has), and a number below 1 with a day's format becomes
# a clock time: 0 and -1 are midnight, 0.5 is noon. A column of days may so hold dates and times.
# Seen: [date(1900, 2, 28), date(1900, 2, 28), date(1900, 3, 1), time(0, 0), time(0, 0), time(12, 0)]
# Ostiary: a time in a column of days is a row error (bad-date).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    python-calamine==0.9.1 xlsxwriter==3.3.1
PYTHONPATH=$folder python3 - <<'END'
import datetime as dt, io
import python_calamine, xlsxwriter
book = io.BytesIO()
with xlsxwriter.Workbook(book) as made:
    day, sheet = made.add_format({"num_format": "yyyy-mm-dd"}), made.add_worksheet()
    for row, number in enumerate([59, 60, 61, 0, -1, 0.5]):
        sheet.write_number(row, 0, number, day)
book.seek(0)
read = python_calamine.CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
print([row[0] for row in read])
assert [row[0] for row in read] == [
    dt.date(1900, 2, 28), dt.date(1900, 2, 28), dt.date(1900, 3, 1),
    dt.time(0), dt.time(0), dt.time(12),
]
END

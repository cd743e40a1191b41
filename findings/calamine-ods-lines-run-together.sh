#!/bin/sh
# python-calamine 0.9.1: in a cell of an OpenDocument sheet a line break and a tab are elements of their own, and vanish:
# "12 Oak St", line break, "Apt 4" is "12 Oak StApt 4". Several blanks and a new paragraph are kept. In an Excel
# workbook, where they are characters, both stay.
# Seen: '12 Oak StApt 4', 'LeeAna', 'a   b', 'a\nb'; of the workbook '12 Oak St\nApt 4'
# Ostiary: takes .xlsx and no OpenDocument sheets.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    python-calamine==0.9.1 odfpy==1.4.1 defusedxml==0.7.1 xlsxwriter==3.3.1
cd "$folder" && PYTHONPATH=$folder python3 -W ignore - <<'END'
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, S, Tab
import python_calamine, xlsxwriter

def cell(*paragraphs):
    made = TableCell(valuetype="string")
    for parts in paragraphs:
        paragraph = P()
        for part in parts:
            paragraph.addText(part) if isinstance(part, str) else paragraph.addElement(part)
        made.addElement(paragraph)
    return made

document, table, row = OpenDocumentSpreadsheet(), Table(name="a"), TableRow()
for one in (
    cell(["12 Oak St", LineBreak(), "Apt 4"]), cell(["Lee", Tab(), "Ana"]),
    cell(["a", S(c=3), "b"]), cell(["a"], ["b"]),
):
    row.addElement(one)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save("a.ods")
with xlsxwriter.Workbook("a.xlsx") as made:
    made.add_worksheet().write_string(0, 0, "12 Oak St\nApt 4")
found = [
    python_calamine.CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()[0]
    for name in ("a.ods", "a.xlsx")
]
print(found)
assert found == [["12 Oak StApt 4", "LeeAna", "a   b", "a\nb"], ["12 Oak St\nApt 4"]]
END

"""Attack: a value that a spreadsheet runs when somebody opens a table that the house gave out."""

import ast
import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ostiary
from ostiary.domain import mending, spreadsheets
from ostiary.faces.web.csv_text import safe_row
from ostiary.office.redaction.grounds import GROUNDS
from ostiary.office.redaction.rendering import index
from ostiary.office.redaction.source import Block, Run

SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"  # OWASP, "CSV Injection"
TEXTS = st.text(st.sampled_from(SIGNS + "'a1 \"\u00e9"), max_size=6)
# Tables without a word of anybody else's: registers as they are, a world of made-up people, and the
# file in which counsel decides, of which a line begins with a number and a day.
OF_OUR_OWN = {
    "office/administration/register_rows.py",
    "office/batches/file_templates.py",
    "office/letters/persons.py",
    "faces/cli/demo_office.py",
}
SAFE = {"harmless", "harmless_row", "safe_row"}


def runs(cell):
    return cell.startswith(tuple(SIGNS))


@given(TEXTS)
def test_nothing_that_is_marked_runs_and_the_mark_goes_again(text):
    marked = spreadsheets.harmless(text)
    assert not runs(marked)
    assert spreadsheets.as_it_was(marked) == text
    assert (mending.as_it_was(marked) or "") == text
    assert safe_row([text]) == [marked]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_database_marks_what_python_marks(text):
    with duckdb.connect() as con:
        found = con.execute("SELECT regexp_matches($1, $2)", [text, mending.FORMULA]).fetchone()
    assert found == (spreadsheets.harmless(text) != text,)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_heading_of_a_redacted_document_does_not_run(sign):
    heading = Block("heading", 1, 1, (Run(f"{sign}HYPERLINK(1)", ""),))
    hidden = Block("paragraph", 0, 1, (Run("withheld", next(iter(GROUNDS))),))
    rows = list(csv.DictReader(io.StringIO(index([heading, hidden]))))
    assert not any(runs(cell) for row in rows for cell in row.values())


def test_numbers_stay_numbers():
    assert spreadsheets.harmless_row([-3, -0.5, "-3", None]) == [-3, -0.5, "'-3", None]


def test_every_module_that_writes_csv_marks_what_runs():
    root = Path(ostiary.__file__).parent
    for path in sorted(root.rglob("*.py")):
        name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        if "csv.writer(" not in text or name.startswith("worlds/") or name in OF_OUR_OWN:
            continue
        called = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        assert called & SAFE, f"{name} writes CSV and marks nothing"

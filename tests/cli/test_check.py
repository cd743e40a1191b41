"""``check`` says of a file what was decided, and why rows could not be read."""

import json

import pytest

from commands import ostiary
from request_file import csv_file, request

DAY = "the day as YYYY-MM-DD"


@pytest.fixture
def damaged(tmp_path):
    """Five rows: of two neither day can be read, of another a name, and one is cut off."""
    rows = [request(request_id=f"R-{n}") for n in range(4)]
    for row in rows[:2]:
        row.update(signed_on="6 August", birth_date="1.2.1980")
    rows[2]["surname"] = "NU?EZ"
    path = csv_file(tmp_path, *rows)
    path.write_text(path.read_text() + "R-4,dhs-ice\n")
    return path


def test_rows_that_cannot_be_read_are_told_by_cause(damaged):
    told = ostiary("check", damaged, "--received", "2025-08-06").out
    kinds = told[told.index("why rows could not be read") :].splitlines()[1:7]
    assert kinds[0].startswith("  2 rows: birth_date, signed_on: not a calendar day")
    assert DAY in kinds[1]
    assert kinds[2].startswith("  1 row: surname: letters of this value are lost")
    assert kinds[4] == "  1 row: the row has fewer fields than the header"


def test_the_summary_has_every_kind(damaged):
    summary = json.loads(ostiary("check", damaged, "--received", "2025-08-06", "--json").out)
    assert [(one["column"], one["code"], one["rows"]) for one in summary["unreadable"]] == [
        ("birth_date", "bad-date", 2),
        ("signed_on", "bad-date", 2),
        ("surname", "lost-letters", 1),
        ("", "unreadable-row", 1),
    ]
    assert DAY in summary["unreadable"][0]["cure"]
    assert summary["row_errors"] == 4


def test_of_a_file_that_is_all_wrong_no_empty_table_is_printed(tmp_path):
    told = ostiary(
        "check", csv_file(tmp_path, request(signed_on="soon")), "--received", "2025-08-06"
    )
    assert "what became of them" not in told.out

"""The effect of a draft on requests: exactly which are decided otherwise, and by which rule."""

import csv
import shutil
from datetime import date

import pytest

from commands import ostiary
from ostiary.deciding.law.differences import rewordings
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.office.counsel.book_diff import diff_books

DAY = date(2025, 8, 6)


@pytest.fixture
def draft(tmp_path):
    """The shipped book with one number changed."""
    book = tmp_path / "draft"
    shutil.copytree(shipped_book(), book)
    policy = book / "policies" / "fan-out.md"
    policy.write_text(
        policy.read_text().replace(
            "reason_matters <= 4 AND reason_shared <= 100", "reason_matters <= 40000"
        )
    )
    return book


def compared(first, second, world, **more):
    return diff_books(
        first, second, world / "requests.csv", DAY, registers=[world / "registers"], **more
    )


def test_a_book_and_itself_decide_alike(world):
    summary = compared(shipped_book(), shipped_book(), world)
    assert (summary["decided_otherwise"], summary["rewordings"]) == (0, [])


def test_one_number_moves_exactly_the_requests_it_is_about(world, draft, tmp_path):
    out = tmp_path / "moved.csv"
    summary = compared(shipped_book(), draft, world, out=out)
    (difference,) = summary["differences"]
    assert difference["fewer"] == ("policy.boilerplate",)
    assert (difference["before"], difference["after"]) == ("returned", "accepted")
    with out.open() as file:
        moved = list(csv.DictReader(file))
    assert len(moved) == difference["requests"] == summary["decided_otherwise"] >= 8


def test_what_is_written_otherwise_is_shown_also_where_it_decides_nothing(draft):
    policy = draft / "policies" / "fan-out.md"
    policy.write_text(policy.read_text().replace("finding: ", "finding: In other words, ", 1))
    (draft / "policies" / "manner.md").unlink()
    found = rewordings(read_book(shipped_book()), read_book(draft))
    wholes = {one.where for one in found if (one.what, one.after) == ("instrument", "")}
    parts = {(one.where, one.what) for one in found if one.before and one.after}
    assert wholes == {"manner"}
    assert ("policy.boilerplate", "sql") in parts
    assert {what for _, what in parts} == {"sql", "finding"}
    assert all(one.after.startswith("In other words, ") for one in found if one.what == "finding")


def test_the_other_way_round_is_the_other_way_round(world, draft):
    (difference,) = compared(draft, shipped_book(), world)["differences"]
    assert difference["more"] == ("policy.boilerplate",)
    assert difference["after"] == "returned"


def test_a_book_without_an_order_shows_what_the_order_stops(world, tmp_path):
    book = tmp_path / "free"
    shutil.copytree(shipped_book(), book)
    for order in (book / "orders").glob("*.md"):
        order.unlink()
    day = date(2026, 1, 20)
    summary = diff_books(
        shipped_book(), book, world / "requests.csv", day, registers=[world / "registers"]
    )
    assert all("ddc-2025.stay" in one["fewer"] for one in summary["differences"])


def test_nothing_is_overwritten(world, draft, tmp_path):
    (tmp_path / "there.csv").write_text("kept")
    with pytest.raises(InputError, match="something here already"):
        compared(shipped_book(), draft, world, out=tmp_path / "there.csv")


def test_the_command_says_it_in_a_line(world, draft):
    done = ostiary(
        *("book", "diff", shipped_book(), draft, world / "requests.csv"),
        *("--registers", world / "registers", "--received", DAY),
    )
    assert done.status == 0, done.err
    assert "requests decided otherwise" in done.out
    assert "-policy.boilerplate" in done.out
    assert "policy.boilerplate: sql" in done.out
    assert "+ reason_matters <= 40000" in done.out

"""An order says the hours between notice and answer, and who has it; less is no notice."""

from datetime import date

import pytest

from order import order_text
from ostiary.deciding.law.notice_wanted import WantedNotice, short_notices, told_in, wanted_notice
from ostiary.deciding.law.reading import read_orders
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError

ROW = {
    "order": "ddc-2025-09-05",
    "agency": "dhs-ice",
    "given_on": date(2025, 10, 19),
    "hours": "24",
    "told": "court;plaintiffs",
}

HOURS = "give notice of 24 hours, or leave the row out: it lifts nothing"


@pytest.fixture(scope="module")
def orders():
    return read_orders(shipped_book() / "orders")


@pytest.mark.parametrize(
    "different",
    [
        {},
        {"hours": "48"},
        {"told": "The Court and the plaintiffs"},
        {"told": " a court ;plaintiffs; the Department of Justice"},
        {"order": "another-2025", "hours": "0", "told": "court"},
        {"order": "ddc-2025-11-21", "hours": "0", "told": "court"},
    ],
)
def test_a_notice_of_all_that_the_order_wants_is_taken(orders, different):
    assert short_notices(orders, [ROW | different]) == {}


@pytest.mark.parametrize(
    ("different", "column", "cure"),
    [
        (
            {"hours": "23"},
            "hours",
            HOURS,
        ),
        (
            {"hours": "0"},
            "hours",
            HOURS,
        ),
        (
            {"given_on": date(2025, 9, 4), "hours": "12"},
            "hours",
            HOURS,
        ),
        ({"told": "court"}, "told", "give notice to plaintiffs too"),
        ({"told": "plaintiffs"}, "told", "give notice to court too"),
        ({"told": "the department"}, "told", "give notice to court and plaintiffs too"),
        ({"told": "courtesy copy to plaintiffs"}, "told", "notice to court and plaintiffs too"),
        ({"told": "plaintiffs, but not the court"}, "told", "notice to court and plaintiffs too"),
        ({"told": "court reporter;plaintiffs"}, "told", "give notice to court too"),
        ({"told": "the court and plaintiffs' press"}, "told", "give notice to plaintiffs too"),
        ({"told": "court;"}, "told", "give notice to plaintiffs too"),
        ({"order": "ddc-2025-11-21", "told": "plaintiffs"}, "told", "give notice to court too"),
    ],
)
def test_a_notice_of_less_is_none_and_says_its_row_and_cure(orders, different, column, cure):
    found = short_notices(orders, [ROW, ROW | different])
    assert list(found) == [1]
    assert found[1].where.startswith("order ddc-2025-")
    assert found[1].where.endswith(f"column {column}")
    assert cure in found[1].cure
    assert "write" not in found[1].cure  # nobody is told to write what was not so


@pytest.mark.parametrize("between", [";", " ; ", " and ", " AND "])
def test_who_had_a_notice_is_each_named_alone(between):
    assert told_in(f"The  Court{between}plaintiffs") == {"court", "plaintiffs"}


def test_what_an_order_does_not_say_it_does_not_want():
    assert wanted_notice({}, ("notice",), "x") == WantedNotice()
    said = {"notice": {"told": ["court"]}}
    assert wanted_notice(said, ("stay", "notice"), "x") == WantedNotice(0, ("court",))


@pytest.mark.parametrize(
    "said",
    [
        "notice: 24",
        "notice: {hours: 24.5}",
        "notice: {hours: true}",
        "notice: {hours: -1}",
        "notice: {hours: 10000}",
        "notice: {told: court}",
        "notice: {told: ['']}",
        "notice: {told: [1]}",
        "notice: {days: 1}",
        "notice: {hours: 24}\nkind: stay",
    ],
)
def test_a_notice_that_cannot_be_read_is_refused(tmp_path, said):
    kind = "" if "kind:" in said else "\nkind: notice"
    text = order_text("training", "2025-08-07", "agency <> ''")
    text = text.replace("\nfrom:", f"\n{said}{kind}\nfrom:", 1)
    if "kind: stay" not in said:
        read_orders_of(tmp_path / "right", text.replace(said, "notice: {hours: 1, told: [court]}"))
    with pytest.raises(BookError) as caught:
        read_orders_of(tmp_path / "wrong", text)
    assert caught.value.where.endswith("stay.md")


def read_orders_of(folder, text):
    folder.mkdir()
    (folder / "stay.md").write_text(text)
    return read_orders(folder)

"""An order says the hours between notice and answer, and who has it; less is refused."""

from datetime import date

import pytest

from order import order_text
from ostiary.deciding.law.notice_wanted import WantedNotice, refuse_short_notices, wanted_notice
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


@pytest.fixture(scope="module")
def orders():
    return read_orders(shipped_book() / "orders")


@pytest.mark.parametrize(
    "different",
    [
        {},
        {"hours": "48"},
        {"told": "The Court and the plaintiffs"},
        {"order": "another-2025", "hours": "0", "told": "court"},
        {"order": "ddc-2025-11-21", "hours": "0", "told": "court"},
    ],
)
def test_a_notice_of_all_that_the_order_wants_is_taken(orders, different):
    refuse_short_notices(orders, [ROW | different], "court_notices.csv")


@pytest.mark.parametrize(
    ("different", "column", "cure"),
    [
        ({"hours": "23"}, "hours", "write 24, or more"),
        ({"hours": "0"}, "hours", "write 24, or more"),
        ({"given_on": date(2025, 9, 4), "hours": "12"}, "hours", "write 24, or more"),
        ({"told": "court"}, "told", "give notice to plaintiffs too"),
        ({"told": "plaintiffs"}, "told", "give notice to court too"),
        ({"told": "the department"}, "told", "give notice to court and plaintiffs too"),
        ({"order": "ddc-2025-11-21", "told": "plaintiffs"}, "told", "give notice to court too"),
    ],
)
def test_a_notice_of_less_is_refused_with_its_row_and_cure(orders, different, column, cure):
    with pytest.raises(BookError) as caught:
        refuse_short_notices(orders, [ROW | different], "court_notices.csv")
    assert caught.value.where.startswith("court_notices.csv, order ddc-2025-")
    assert caught.value.where.endswith(f"column {column}")
    assert cure in caught.value.cure


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

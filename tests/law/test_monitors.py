"""Whom an order lets look: read as written, and refused where it could be read in two ways."""

from datetime import date

import pytest

from order import order_text
from ostiary.deciding.law.monitors import seat_in
from ostiary.deciding.law.reading import read_orders
from ostiary.domain.errors import BookError

SEAT = "kind: monitor\nmonitors:\n  - {id: monitor-1, until: 2025-09-30}\nfrom:"
PLAIN = order_text("watch", "2025-08-07", "agency <> ''").replace("from:", SEAT, 1)


def read(tmp_path, text, name="watch"):
    (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    (order,) = read_orders(tmp_path)
    return order


@pytest.mark.parametrize(
    ("name", "day", "is_seated"),
    [
        ("monitor-1", date(2025, 8, 6), False),
        ("monitor-1", date(2025, 8, 7), True),
        ("monitor-1", date(2025, 9, 30), True),
        ("monitor-1", date(2025, 10, 1), False),
        ("monitor-2", date(2025, 8, 7), False),
    ],
)
def test_a_seat_has_its_days(tmp_path, name, day, is_seated):
    assert bool(seat_in(read(tmp_path, PLAIN), name, day)) is is_seated


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("kind: monitor\n", "", "names `monitors` where"),
        ("kind: monitor\n", "kind: stay\n", "names `monitors` where"),
        ("monitors:\n  - {id: monitor-1, until: 2025-09-30}\n", "", "names `monitors` where"),
        ("{id: monitor-1, until: 2025-09-30}", "monitor-1", "cannot be read"),
        ("id: monitor-1,", "id: Monitor One,", "no id of a monitor"),
        ("until: 2025-09-30", "until: 2025-08-06", "no day on which"),
        ("until: 2025-09-30", "until: soon", "no day on which"),
        ("until: 2025-09-30", "reads: everything", "nothing that an order opens"),
        ("until: 2025-09-30", "sees: requests", "cannot be read"),
        ("2025-09-30}\n", "2025-09-30}\n  - {id: monitor-1}\n", "named twice"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(tmp_path, right, wrong, told):
    assert right in PLAIN
    with pytest.raises(BookError, match=told):
        read(tmp_path, PLAIN.replace(right, wrong, 1))


def test_an_order_whose_looks_have_no_name_in_the_log_is_refused(tmp_path):
    with pytest.raises(BookError, match="could not be logged"):
        read(tmp_path, PLAIN, "Watch_1")


def test_who_may_look_is_part_of_the_law(tmp_path):
    seated = read(tmp_path, PLAIN)
    assert seated.meaning != read(tmp_path, PLAIN.replace("monitor-1", "monitor-2")).meaning
    opened = PLAIN.replace("until: 2025-09-30", "reads: requests")
    assert seated.meaning != read(tmp_path, opened).meaning

"""The past decided again: exactly which decisions, and exactly which answers."""

from datetime import date

import pytest

from aftermath import answered_office
from commands import ostiary
from officers import NEXT_DAY
from order import order_text
from ostiary.domain.errors import BookError
from ostiary.office.counsel.replay import replay
from ostiary.office.recovery.entering import at_work

COVERED = "agency = 'dhs-ice' AND offense_limb = 'A'"
LEAVE = "order,docket_entry,agency,from,until\nfirst,ECF 9,dhs-ice,{},\n"
NOTICE = "order,agency,given_on,hours,told,proof\nfirst,dhs-ice,{},24,court,ECF 10\n"


@pytest.fixture
def answered(served_office, stores, tmp_path_factory, tmp_path):
    """An office from which three answers have left."""
    left = answered_office(tmp_path_factory, served_office, stores)
    return stores.copy(left, tmp_path / "office").root


@pytest.fixture
def order(tmp_path):
    file = tmp_path / "late.md"
    file.write_text(order_text("late", "2025-08-01", COVERED))
    return file


def limbs_of(office):
    """Which limb each answered request relied on."""
    with at_work(office, on=NEXT_DAY) as place:
        requests = [place.store.request(one.request) for one in place.store.answers()]
    return {one.request_id: one.facts.split('"offense_limb":"')[1][0] for one in requests}


def test_the_same_law_decides_the_same(answered):
    with at_work(answered) as place:
        summary = replay(place)
    assert summary["decided_otherwise"] == 0
    assert summary["affected_answers"] == []


def test_an_order_names_exactly_the_answers_it_covers(answered, order):
    expected = {name for name, limb in limbs_of(answered).items() if limb == "A"}
    with at_work(answered) as place:
        summary = replay(place, order=order)
    assert {one["request_id"] for one in summary["affected_answers"]} == expected
    assert all(one["rules"] == ("late.stay",) for one in summary["affected_answers"])
    assert summary["decided_otherwise"] > len(expected)
    assert {one["after"] for one in summary["changes"]} == {"suspended"}


def test_by_the_law_of_a_day_under_the_stay_no_answer_would_have_left(answered):
    with at_work(answered) as place:
        summary = replay(place, on=date(2025, 12, 1))
    assert len(summary["affected_answers"]) == 3
    assert all("ddc-2025.stay" in one["rules"] for one in summary["affected_answers"])


@pytest.mark.parametrize(
    ("kind", "row", "kept_back"),
    [
        ("leave", LEAVE.format("2025-08-07"), 0),  # after receipt, on the day of the answers
        ("leave", LEAVE.format("2025-08-08"), 3),
        ("notice", NOTICE.format("2025-08-05"), 0),  # its hours ended after receipt
        ("notice", NOTICE.format("2025-08-06"), 3),
    ],
)
def test_leave_and_notice_are_those_of_the_day_of_the_answer(answered, kind, row, kept_back):
    text = order_text("first", "2025-08-01", "TRUE")
    text = text.replace("from:", f"kind: {kind}\nscope:\n  agencies: [dhs]\nfrom:", 1)
    text = text.replace("stage: both", f"stage: disclosure\nlifted_by: {kind}")
    (answered / "orders" / "first.md").write_text(text)
    (answered / "registers" / f"court_{kind}s.csv").write_text(row)
    with at_work(answered, on=date(2025, 9, 1)) as place:
        assert len(replay(place)["affected_answers"]) == kept_back
        (copy := answered.parent / "orders").mkdir()
        (copy / "first.md").write_text(text)
        (answered / "orders" / "first.md").write_text("no order")  # which that folder mends
        assert len(replay(place, orders=copy)["affected_answers"]) == kept_back


def test_a_replay_changes_nothing(answered, order):
    with at_work(answered) as place:
        before = place.store.log_size()
        replay(place, order=order)
        assert place.store.log_size() == before


def test_what_is_no_order_is_refused(answered, order):
    order.write_text(order_text("late", "2025-08-01", COVERED, layer="policy"))
    with at_work(answered) as place, pytest.raises(BookError, match="only orders"):
        replay(place, order=order)


def test_the_command_lists_the_answers(answered):
    done = ostiary("replay", answered, "--on", "2025-12-01")
    assert done.status == 0, done.err
    assert "3 answers that left would not leave" in done.out

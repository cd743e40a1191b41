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


@pytest.mark.parametrize(("told", "stopped"), [("2025-08-05", 0), ("2025-08-07", 1)])
def test_a_notice_that_was_given_before_the_release_counts(answered, order, told, stopped):
    """Admission knew nothing of it; an hour too few is none."""
    order.write_text(
        order_text("late", "2025-08-01", "TRUE").replace("clock: disclosed", "lifted_by: notice")
    )
    (answered / "registers" / "court_notices.csv").write_text(
        "order,agency,given_on,hours,told,proof\n"
        f"late,dhs-ice,{told},24,court;plaintiffs,ECF 9\n"
        f"late,dhs,{told},24,court;plaintiffs,ECF 9\n"
    )
    with at_work(answered) as place:
        affected = replay(place, order=order)["affected_answers"]
    assert {rule for one in affected for rule in one["rules"]} == (
        {"late.stay"} if stopped else set()
    )


def test_by_the_law_of_a_day_under_the_stay_no_answer_would_have_left(answered):
    with at_work(answered) as place:
        summary = replay(place, on=date(2025, 12, 1))
    assert len(summary["affected_answers"]) == 3
    assert all("ddc-2025.stay" in one["rules"] for one in summary["affected_answers"])


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

"""An answer is released although two officers did not approve this very decision. The log tells."""

from collections.abc import Callable
from pathlib import Path

import pytest

from log_story import SIGNATURE, OfficeLog, digest

Story = Callable[[OfficeLog, int], int]


def nobody(log: OfficeLog, asked: int) -> int:
    return log.release(asked)


def only_one(log: OfficeLog, asked: int) -> int:
    log.approve(asked, "reviewer-1")
    return log.release(asked)


def the_same_officer_twice(log: OfficeLog, asked: int) -> int:
    log.approve(asked, "reviewer-1")
    log.approve(asked, "reviewer-1")
    return log.release(asked)


def the_second_one_too_late(log: OfficeLog, asked: int) -> int:
    log.approve(asked, "reviewer-1")
    released = log.release(asked)
    log.approve(asked, "reviewer-2")
    return released


def two_over_different_decisions(log: OfficeLog, asked: int) -> int:
    log.approve(asked, "reviewer-1", "as it was")
    log.approve(asked, "reviewer-2", "as it is")
    return log.release(asked, decision="as it is")


def two_over_a_decision_that_changed_since(log: OfficeLog, asked: int) -> int:
    log.approve(asked, "reviewer-1", "as it was")
    log.approve(asked, "reviewer-2", "as it was")
    return log.release(asked, decision="as it is")


def two_over_another_request(log: OfficeLog, asked: int) -> int:
    log.approve(asked + 1, "reviewer-1", "the decision")
    log.approve(asked + 1, "reviewer-2", "the decision")
    return log.release(asked, decision="the decision")


def office(tmp_path: Path, story: Story) -> tuple[OfficeLog, int]:
    log = OfficeLog()
    log.open_office()
    asked = log.receive("b-1", ["accepted", "accepted"])
    released = story(log, asked[0])
    log.publish(tmp_path)
    return log, released


@pytest.mark.parametrize(
    "story",
    [
        nobody,
        only_one,
        the_same_officer_twice,
        the_second_one_too_late,
        two_over_different_decisions,
        two_over_a_decision_that_changed_since,
        two_over_another_request,
    ],
)
def test_the_release_is_named(tmp_path: Path, story: Story) -> None:
    log, released = office(tmp_path, story)
    report = log.verify(tmp_path)
    assert [(str(fault.kind), fault.index) for fault in report.faults] == [("approvals", released)]


def test_a_decision_that_a_colleague_refused_is_named(tmp_path: Path) -> None:
    def refused(log: OfficeLog, asked: int) -> int:
        log.approve(asked, "reviewer-1")
        log.approve(asked, "reviewer-2")
        log.add(
            "answer.refused",
            of=asked,
            officer="reviewer-3",
            decision=digest(f"decision on {asked}"),
            why=digest("why"),
            signature=SIGNATURE,
        )
        return log.release(asked)

    log, released = office(tmp_path, refused)
    report = log.verify(tmp_path)
    assert [(str(fault.kind), fault.index) for fault in report.faults] == [("refused", released)]


def test_two_officers_over_the_very_decision_are_enough(tmp_path: Path) -> None:
    def approved(log: OfficeLog, asked: int) -> int:
        log.approve(asked, "reviewer-1", "as it was")
        log.approve(asked, "reviewer-2")
        log.approve(asked, "reviewer-3")
        return log.release(asked)

    log, _ = office(tmp_path, approved)
    assert log.verify(tmp_path).is_sound

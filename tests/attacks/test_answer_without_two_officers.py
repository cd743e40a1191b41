"""An answer is released although two officers did not vote on this very decision. The log tells.

How they voted is not in sight of outsiders (see test_outcome_read_from_the_log). It need not be: a
refusal makes another decision, so a release on votes that include one has votes on two decisions.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from log_story import OfficeLog

Story = Callable[[OfficeLog, int], int]


def nobody(log: OfficeLog, asked: int) -> int:
    return log.release(asked)


def only_one(log: OfficeLog, asked: int) -> int:
    log.vote(asked, "reviewer-1")
    return log.release(asked)


def the_same_officer_twice(log: OfficeLog, asked: int) -> int:
    log.vote(asked, "reviewer-1")
    log.vote(asked, "reviewer-1")
    return log.release(asked)


def the_second_one_too_late(log: OfficeLog, asked: int) -> int:
    log.vote(asked, "reviewer-1")
    released = log.release(asked)
    log.vote(asked, "reviewer-2")
    return released


def two_over_different_decisions(log: OfficeLog, asked: int) -> int:
    log.vote(asked, "reviewer-1", "as it was")
    log.vote(asked, "reviewer-2", "as it is")
    return log.release(asked, decision="as it is")


def two_over_a_decision_that_changed_since(log: OfficeLog, asked: int) -> int:
    log.vote(asked, "reviewer-1", "as it was")
    log.vote(asked, "reviewer-2", "as it was")
    return log.release(asked, decision="as it is")


def one_since_a_refusal_made_another_decision(log: OfficeLog, asked: int) -> int:
    log.vote(asked, "reviewer-1", "before the refusal")
    log.vote(asked, "reviewer-2", "before the refusal")
    log.vote(asked, "reviewer-3", "before the refusal")
    log.vote(asked, "reviewer-1", "after it")
    return log.release(asked, decision="after it")


def two_over_another_request(log: OfficeLog, asked: int) -> int:
    log.vote(asked + 1, "reviewer-1", "the decision")
    log.vote(asked + 1, "reviewer-2", "the decision")
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
        one_since_a_refusal_made_another_decision,
        two_over_another_request,
    ],
)
def test_the_release_is_named(tmp_path: Path, story: Story) -> None:
    log, released = office(tmp_path, story)
    report = log.verify(tmp_path)
    assert [(str(fault.kind), fault.index) for fault in report.faults] == [("approvals", released)]


def test_two_officers_over_the_very_decision_are_enough(tmp_path: Path) -> None:
    def approved(log: OfficeLog, asked: int) -> int:
        log.vote(asked, "reviewer-1", "as it was")
        log.vote(asked, "reviewer-2")
        log.vote(asked, "reviewer-3")
        return log.release(asked)

    log, _ = office(tmp_path, approved)
    assert log.verify(tmp_path).is_sound

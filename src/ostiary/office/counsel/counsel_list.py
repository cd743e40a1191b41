"""Counsel's list: what this corridor must not be silent on, and by when somebody has to answer.

Silence is no answer to a judge's order, nor to a danger that the custodian itself reports. What the
law sends to counsel at admission stands here; so does a judge's order of which an officer found an
element lacking, and an order or a danger of which the record does not let this corridor confirm
what was asked. Whatever keeps one, its officers or an order of another court or a recipient who has
left, it stands here once its day has passed. The clock is a row of ``parameters.csv``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.masks import mask_of
from ostiary.domain.words import Status
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.states import IN_WORK, CaseState
from ostiary.office.rulings.decision_document import lacking
from ostiary.office.rulings.parameters import Parameters
from ostiary.office.store import Case

CLOCK = "days-to-counsel"
LATE = "nobody has answered it by its day"


@dataclass(frozen=True, slots=True)
class WithCounsel:
    """One line of counsel's list.

    Attributes:
        case: the request.
        due: the last day by which counsel should have answered.
        rules: the rules of the book that sent it there at admission.
        state: where the case stands.
    """

    case: Case
    due: date
    rules: tuple[str, ...]
    state: CaseState

    @property
    def why(self) -> str:
        """Say why it is there, where no rule sent it; of what a record showed no list tells."""
        if self.state is not CaseState.TO_COUNSEL:
            return f"{LATE}: {self.state}"
        missed = ", ".join(lacking(self.case)).replace("_", "-")
        return f"an officer did not find: {missed}" if missed else "the record was looked at"

    def stated(self) -> dict[str, str]:
        """Give the line for people and programs."""
        return {
            "request_id": self.case.request.request_id,
            "agency": self.case.request.agency,
            "received": str(self.case.request.received),
            "due": str(self.due),
            "why": ", ".join(self.rules) or self.why,
        }


def with_counsel(desk: Desk, book: Book, parameters: Parameters) -> Iterator[WithCounsel]:
    """Give what counsel has to answer, what is due first before the rest.

    Of what still waits for officers, that is what is past its day; they may answer it yet.

    Args:
        desk: the office's desk.
        book: the law that is current.
        parameters: the numbers that are current.
    """
    store = desk.store
    numbers = [*store.with_counsel(), *store.unanswered_under(desk.owed)]
    lines = [_line(one, desk.state(one), book, parameters) for one in store.cases(numbers)]
    waiting = [one for one in lines if _is_for_counsel(one, desk.moment.today)]
    yield from sorted(waiting, key=lambda one: (one.due, one.case.request.id))


def _is_for_counsel(line: WithCounsel, today: date) -> bool:
    return line.state is CaseState.TO_COUNSEL or (line.state in IN_WORK and line.due < today)


def _line(case: Case, state: CaseState, book: Book, parameters: Parameters) -> WithCounsel:
    received = case.request.received
    provision = str(json.loads(case.request.facts or "{}").get("provision"))
    due = received + parameters.days(CLOCK, provision, received)
    mask = mask_of(case.request.mask) if case.request.status is Status.TO_COUNSEL else 0
    rules = tuple(rule.id for bit, (_, rule) in enumerate(book.rules) if mask >> bit & 1)
    return WithCounsel(case, due, rules, state)

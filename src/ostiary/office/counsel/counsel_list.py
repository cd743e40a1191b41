"""Counsel's list: what this corridor must not be silent on, and by when somebody has to answer.

Silence is no answer to a judge's order, nor to a danger that the custodian itself reports. What the
law sends to counsel at admission stands here; so does a judge's order of which an officer found an
element lacking, and an order or a danger of which the record does not let this corridor confirm
what was asked. The clock is a row of ``parameters.csv``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.masks import mask_of
from ostiary.domain.words import Status
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.states import CaseState
from ostiary.office.rulings.decision_document import lacking
from ostiary.office.rulings.parameters import Parameters
from ostiary.office.store import Case

CLOCK = "days-to-counsel"


@dataclass(frozen=True, slots=True)
class WithCounsel:
    """One line of counsel's list.

    Attributes:
        case: the request.
        due: the last day by which counsel should have answered.
        rules: the rules of the book that sent it there at admission.
    """

    case: Case
    due: date
    rules: tuple[str, ...]

    @property
    def why(self) -> str:
        """Say why it is there, where no rule sent it; of what a record showed no list tells."""
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

    Args:
        desk: the office's desk.
        book: the law that is current.
        parameters: the numbers that are current.
    """
    store = desk.store
    numbers = [*store.with_counsel(), *store.unanswered_under(desk.owed)]
    waiting = [one for one in store.cases(numbers) if desk.state(one) is CaseState.TO_COUNSEL]
    lines = [_line(one, book, parameters) for one in waiting]
    yield from sorted(lines, key=lambda one: (one.due, one.case.request.id))


def _line(case: Case, book: Book, parameters: Parameters) -> WithCounsel:
    received = case.request.received
    provision = str(json.loads(case.request.facts or "{}").get("provision"))
    due = received + parameters.days(CLOCK, provision, received)
    mask = mask_of(case.request.mask) if case.request.status is Status.TO_COUNSEL else 0
    rules = tuple(rule.id for bit, (_, rule) in enumerate(book.rules) if mask >> bit & 1)
    return WithCounsel(case, due, rules)

"""What a look at the reference file showed, as the store takes and gives it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ostiary.domain.words import Outcome


class VerificationRow(NamedTuple):
    """One verification of a batch; ``request`` is the number of a request. Order as here.

    ``basis`` is what a confirmation rests on, see :mod:`ostiary.domain.basis`; else empty.
    """

    request: int
    outcome: Outcome | str
    rule: str
    person_id: str
    weight: float
    margin: float
    basis: str
    entry_index: int


@dataclass(frozen=True, slots=True)
class VerificationRecord:
    """A stored verification, as :class:`VerificationRow`."""

    request: int
    outcome: Outcome
    rule: str
    person_id: str
    weight: float
    margin: float
    basis: str
    entry_index: int

    @property
    def committed(self) -> str:
        """What its log entry commits to as the outcome."""
        return outcome_text(self.outcome, self.rule, self.person_id, self.basis)


def outcome_text(outcome: str, rule: str, person_id: str, basis: str) -> str:
    """Give what the entry of a look commits to; a name of a rule holds no blank."""
    return f"{outcome}\n{rule}{f' {basis}' if basis else ''}\n{person_id}"


class Asked(NamedTuple):
    """A request that was compared."""

    id: int
    agency: str
    payload: str


@dataclass(frozen=True, slots=True)
class NewExamination:
    """A look at the reference file after admission: how many requests, and what decoys showed.

    Attributes:
        day: the legal day.
        model: digest of the reference and the rules of matching.
        requests: how many were looked at.
        decoys: what the decoys showed, as JSON.
        at: the moment.
    """

    day: date
    model: str
    requests: int
    decoys: str
    at: str

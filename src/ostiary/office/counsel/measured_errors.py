"""Both errors of the book: what it lets through that the law does not, and refuses that it does.

The lists in ``book/measured`` say of requests what the law wants, and nothing of rules. A lawful
request that meets every rule but policies of the custodian is refused by choice, under 26 USC
6103(p)(1), and is counted apart from one that any other layer refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.counsel_cases import FOLDER, Case, read_bare_cases
from ostiary.domain.words import Layer, Status
from ostiary.office.counsel.case_trials import try_cases
from ostiary.office.counsel.trial_results import Tried

LAWFUL, UNLAWFUL = "lawful", "unlawful"


@dataclass(frozen=True, slots=True)
class Errors:
    """What the book made of requests of which the law is known.

    Attributes:
        lawful: how many must be accepted.
        unlawful: how many must not.
        let_through: unlawful and accepted.
        refused: lawful and not accepted, a rule beyond the custodian's policies among the reasons.
        by_choice: lawful, and policies of the custodian alone stand in the way.
    """

    lawful: int
    unlawful: int
    let_through: tuple[Tried, ...]
    refused: tuple[Tried, ...]
    by_choice: tuple[Tried, ...]

    @property
    def wrong(self) -> bool:
        """Whether the book errs, other than by the custodian's choice."""
        return bool(self.let_through or self.refused)

    def counts(self) -> dict[str, int]:
        """Give the figures."""
        return {
            LAWFUL: self.lawful,
            UNLAWFUL: self.unlawful,
            "wrongly_let_through": len(self.let_through),
            "wrongly_refused": len(self.refused),
            "refused_by_policy_alone": len(self.by_choice),
        }

    def stated(self) -> dict[str, Any]:
        """Give the figures and the requests by name, for people and programs."""
        return {
            **self.counts(),
            "errors": [_told(one) for one in (*self.let_through, *self.refused)],
            "by_policy_alone": [_told(one) for one in self.by_choice],
        }


def measure_errors(folder: Path, book: Book) -> Errors:
    """Try both lists.

    Args:
        folder: the rule book's folder.
        book: the book that was read from it.

    Raises:
        BookError: an entry cannot be used as it is written.
    """
    lawful, unlawful = (read_bare_cases(folder, name) for name in (LAWFUL, UNLAWFUL))
    tried = _tried(folder, book, (*lawful, *unlawful))
    not_accepted = [one for one in tried[: len(lawful)] if not _accepted(one)]
    own = {rule.id for one, rule in book.rules if one.layer is Layer.POLICY}
    return Errors(
        len(lawful),
        len(unlawful),
        tuple(one for one in tried[len(lawful) :] if _accepted(one)),
        tuple(one for one in not_accepted if not one.batch.rules <= own),
        tuple(one for one in not_accepted if one.batch.rules <= own),
    )


def _tried(folder: Path, book: Book, cases: Sequence[Case]) -> tuple[Tried, ...]:
    return try_cases(book, cases, folder / FOLDER / "registers") if cases else ()


def _accepted(one: Tried) -> bool:
    """Both ways of deciding; where they part, that is an error of either list."""
    said = {one.batch.status, one.alone.status}
    if one.case.instrument == LAWFUL:
        return said == {Status.ACCEPTED}
    return Status.ACCEPTED in said


def _told(one: Tried) -> dict[str, Any]:
    return {
        "list": one.case.instrument,
        "name": one.case.name,
        "why": one.case.why,
        "status": str(one.batch.status),
        "rules": sorted(one.batch.rules),
    }

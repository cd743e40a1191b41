"""A fact: one word that a rule may speak of, with all that is to be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["bool", "int", "date", "enum", "id"]
Value = bool | int | date | str | None
Facts = Mapping[str, Value]

_DETERMINED = "an officer determined "  # how the meaning of each such fact begins


@dataclass(frozen=True, slots=True)
class Fact:
    """One word of the vocabulary.

    Attributes:
        name: as rules write it.
        kind: ``enum`` has a closed list of values; ``id`` is an identifier of a register or
            instrument, comparable only with literals.
        meaning: one line for the printed book.
        values: the values of an ``enum``.
        human: set when officers determine the fact at review, not intake.
        formula: how it is derived, in DuckDB SQL over the tables that
            ``ostiary.deciding.intake.derivations`` lists.
        reads: the columns of the request that it is made of; that of its own name where none is
            stated. What comes from a register or the calendar has none.
        known: why it is never undetermined; empty where it may be.
        counted: whether it is a count, and so never below nought.
        lasting: whether it is made of the request and its day of receipt alone, and so the same at
            admission and at disclosure. Anything else may change in between: a day passes, a
            register is corrected, an officer rules.
    """

    name: str
    kind: Kind
    meaning: str
    values: tuple[str, ...] = ()
    human: bool = False
    formula: str = ""
    reads: tuple[str, ...] = ()
    known: str = ""
    counted: bool = False
    lasting: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of a request to show beside it."""
        return self.reads or (self.name,)

    @property
    def clause(self) -> str:
        """The meaning as a part of a sentence: without what it says of a missing value."""
        return self.meaning.partition(";")[0]

    @property
    def question(self) -> str:
        """What an officer finds or does not find, of a fact that is left to them."""
        return self.clause.removeprefix(_DETERMINED)

    def ruling(self, *, found: bool) -> str:
        """Say what an officer ruled, of a fact that is left to them, after a name or *you*."""
        return f"{'found' if found else 'did not find'} {self.question}"

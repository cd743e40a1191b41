"""Every engine beside Ostiary's generated Python, row by row, rule by rule."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engines.asked import asked_on
from engines.engine import Engine, EngineError, Failed
from engines.ours import DuckDB, Mask
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.instruments import Rule
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.facts import Facts

Jobs = Sequence[tuple[Day, Sequence[Facts]]]
"""Rows to decide, with the legal time of each batch of them."""

Answers = Sequence[Sequence[Failed | str]]
"""For each job and row the rules not met, or an engine's error as text."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that an engine decides otherwise.

    Attributes:
        engine: its name.
        day: the legal time.
        rules: what only one of the two finds not met, or the engine's error.
        facts: the row, of invented people.
    """

    engine: str
    day: Day
    rules: str
    facts: Facts


def mirrored(book: Book) -> Book:
    """Give the book with every requirement read as a stop and every stop as a requirement.

    It is no law. It makes each engine say the other reading of each text: the shipped book seldom
    asks whether something *surely fails*. That an instrument is in force stays a requirement.
    """
    return Book(
        tuple(replace(one, rules=tuple(map(_turned, one.rules))) for one in book.instruments)
    )


def answers(engine: type[Engine], book: Book, jobs: Jobs) -> Answers:
    """Let an engine decide every row by a book."""
    return [list(_decided(engine(book, day), rows)) for day, rows in jobs]


def batch_answers(book: Book, jobs: Jobs) -> Answers:
    """Let DuckDB decide every row, each job as one batch."""
    return [DuckDB(book, day).failed(rows)[0] for day, rows in jobs]


class Comparison:
    """What was compared, and what differed.

    Args:
        book: the law.
        jobs: the rows; Ostiary's generated Python says what is right.

    Attributes:
        rows: how many rows there are.
        differences: rows that an engine decided otherwise.
        rules: the rules that were asked about on any of the days.
        untried: those of them never seen both met and not met; they were not tried.
    """

    def __init__(self, book: Book, jobs: Jobs) -> None:
        self._jobs = jobs
        self._right = answers(Mask, book, jobs)
        self.rows = sum(len(rows) for _, rows in jobs)
        self.differences: list[Difference] = []
        met, unmet = Counter[str](), Counter[str]()
        for (day, rows), right in zip(jobs, self._right, strict=True):
            failed = Counter(rule for one in right for rule in one)
            unmet.update(failed)
            met.update({one.rule: len(rows) - failed[one.rule] for one in asked_on(book, day)})
        self.rules = sorted(met | unmet)
        self.untried = [rule for rule in self.rules if not (met[rule] > 0 and unmet[rule])]

    def hold(self, engine: str, found: Answers) -> None:
        """Hold an engine's answers against what is right."""
        for (day, rows), right, said in zip(self._jobs, self._right, found, strict=True):
            for row, one, other in zip(rows, right, said, strict=True):
                if one != other:
                    self.differences.append(Difference(engine, day, _unlike(one, other), row))


def _turned(rule: Rule) -> Rule:
    return rule if rule.guard else replace(rule, stops=not rule.stops)


def _decided(engine: Engine, rows: Sequence[Facts]) -> Iterator[Failed | str]:
    for row in rows:
        try:
            yield engine.failed(engine.prepared(row))
        except EngineError as error:
            yield f"an error: {error}"


def _unlike(one: Failed | str, other: Failed | str) -> str:
    if isinstance(one, str) or isinstance(other, str):
        return str(other)
    return ", ".join(sorted(one ^ other))

"""Every engine beside Ostiary's generated Python, row by row, rule by rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engines.asked import asked_on
from engines.engine import Engine, EngineError, Failed, MakeEngine
from engines.ours import DuckDB, Explained, Mask
from ostiary.domain.facts import Facts
from ostiary.law.book import Book
from ostiary.law.decide import Day


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


class Comparison:
    """What was compared so far, and what differed.

    Attributes:
        rows: rows decided by every engine.
        differences: rows that one engine decided otherwise.
        unmet, met: how often each rule was found so; a rule never seen both ways was not tried.
    """

    def __init__(self, book: Book, peers: Sequence[MakeEngine]) -> None:
        self.rows = 0
        self.differences: list[Difference] = []
        self.unmet: Counter[str] = Counter()
        self.met: Counter[str] = Counter()
        self._book, self._peers = book, peers

    def compare(self, day: Day, rows: Sequence[Facts]) -> None:
        """Decide rows on a day by every engine."""
        asked = list(asked_on(self._book, day))
        mask = Mask(self._book, day, rows[0])
        expected = [mask.failed(row) for row in rows]
        for make in self._peers:
            engine = make(asked)
            self._hold(engine.name, day, rows, expected, _answers(engine, rows))
        explained = Explained(self._book, day)
        self._hold(explained.name, day, rows, expected, _answers(explained, rows))
        batch, _ = DuckDB(self._book, day).failed(rows)
        self._hold(DuckDB.name, day, rows, expected, batch)
        self._count([one.rule for one in asked], expected)

    def untried(self) -> list[str]:
        """Name the rules that were never seen both met and not met."""
        return sorted({*self.met, *self.unmet} - ({*self.met} & {*self.unmet}))

    def _hold(
        self,
        name: str,
        day: Day,
        rows: Sequence[Facts],
        expected: Sequence[Failed],
        found: Iterable[Failed | str],
    ) -> None:
        for row, right, said in zip(rows, expected, found, strict=True):
            if said != right:
                rules = said if isinstance(said, str) else ", ".join(sorted(said ^ right))
                self.differences.append(Difference(name, day, rules, row))

    def _count(self, rules: Sequence[str], expected: Sequence[Failed]) -> None:
        self.rows += len(expected)
        failed = Counter(rule for one in expected for rule in one)
        self.unmet += failed
        self.met += Counter({rule: len(expected) - failed[rule] for rule in rules})


def _answers(engine: Engine, rows: Sequence[Facts]) -> Iterator[Failed | str]:
    for row in rows:
        try:
            yield engine.failed(engine.prepared(row))
        except EngineError as error:
            yield f"an error: {error}"

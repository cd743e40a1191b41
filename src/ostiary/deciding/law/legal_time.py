"""Legal time: the days of a decision, and the rules that have a say on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.instruments import Instrument, Rule, Version
from ostiary.domain.words import Stage


@dataclass(frozen=True, slots=True)
class Day:
    """The legal time of a decision: its stage, the day of receipt, the day of disclosure.

    Attributes:
        stage: admission asks by the day of receipt alone.
        received: day of receipt.
        disclosed: day of disclosure, needed at the disclosure stage.
    """

    stage: Stage
    received: date
    disclosed: date | None = None

    def of(self, rule: Rule) -> date:
        """Give the day that picks the wording of a rule."""
        if self.stage is Stage.DISCLOSURE and rule.clock == "disclosed" and self.disclosed:
            return self.disclosed
        return self.received


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that has a say.

    Attributes:
        bit: its place in the book.
        instrument: where it stands.
        rule: the rule.
        version: the wording in force; ``None`` when a requirement has none, which is never met.
    """

    bit: int
    instrument: Instrument
    rule: Rule
    version: Version | None


def asked(book: Book, day: Day) -> Iterator[Asked]:
    """Give the rules that have a say on a day, in book order."""
    for bit, (one, rule) in enumerate(book.rules):
        on = day.of(rule)
        if day.stage not in rule.stages:
            continue
        version = rule.version_on(on)
        silent = on not in one.period and not rule.guard
        if silent or (rule.stops and version is None):
            continue
        yield Asked(bit, one, rule, version)

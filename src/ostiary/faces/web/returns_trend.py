"""What is not let through at receipt, by rule and agency, month by month: a chart and its table.

One query counts the requests of each month, agency, mask and book; a mask says by its bits which
rules of its book were not met, and what those are called was kept when the book was adopted.
Nothing of it rests on a record: none is looked at for a request that the law does not let through.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ostiary.deciding.law.masks import bits_of, mask_of
from ostiary.faces.server.site import Site
from ostiary.office.folder.rule_names import rule_names
from ostiary.office.store.oversight import FIGURES

PAIRS = 20
"""How many pairs of rule and agency the table names; what is left is one more line."""

_HIGH, _WIDE = 100, 30  # of the drawing: the highest bar, and the room of a month

Months = Counter[str]
_Pairs = dict[tuple[str, str], Months]


@dataclass(frozen=True, slots=True)
class Column:
    """One month of the chart: how many requests, where its bar begins, and how high it is."""

    month: str
    many: int
    at: int
    high: int


@dataclass(frozen=True, slots=True)
class Line:
    """A rule and an agency, with requests by month, in the order of the table's months.

    Attributes:
        rule: its id; empty for those of a book whose names an earlier Ostiary did not keep.
        agency: its id; empty for the line of all pairs that are not named.
        by_month: how many requests each month.
        pairs: how many pairs of rule and agency the line counts.
    """

    rule: str
    agency: str
    by_month: tuple[int, ...]
    pairs: int = 1

    @property
    def total(self) -> int:
        """Requests in all months, once for each rule that they do not meet."""
        return sum(self.by_month)


@dataclass(frozen=True, slots=True)
class Trend:
    """What came back, by month: each request once in ``columns``, once a rule in ``lines``."""

    title: str
    months: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sql: str

    @property
    def highest(self) -> int:
        """Requests of the month that has most: what the highest bar stands for."""
        return max((one.many for one in self.columns), default=0)

    @property
    def total(self) -> int:
        """Requests in all months, each once."""
        return sum(one.many for one in self.columns)


def returns_trend(site: Site, first: date, today: date) -> Trend:
    """Count what was not let through from a day on, by month, and by rule and agency."""
    figure, months = FIGURES["returns"], months_between(first, today)
    book = site.snapshot().law.book
    now = tuple(rule.id for _, rule in book.rules)

    def names(digest: str) -> Sequence[str]:
        return now if digest == book.digest else rule_names(site.office.root, digest)

    requests, pairs = _counted(names, site.office.store.figure("returns", first))
    return Trend(
        figure.title, months, _columns(requests, months), _lines(pairs, months), figure.sql
    )


def months_between(first: date, last: date) -> tuple[str, ...]:
    """Name the months (``2025-08``) from one day's to another's; both are in it."""
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return tuple(f"{number // 12}-{number % 12 + 1:02}" for number in numbers)


def _counted(
    names: Callable[[str], Sequence[str]], rows: Sequence[tuple[object, ...]]
) -> tuple[Months, _Pairs]:
    requests: Months = Counter()
    pairs: _Pairs = {}
    for month, agency, mask, book, many in rows:
        requests[str(month)] += int(str(many))
        for rule in _rules(names(str(book)), str(mask)):
            pairs.setdefault((rule, str(agency)), Counter())[str(month)] += int(str(many))
    return requests, pairs


def _rules(names: Sequence[str], mask: str) -> Iterator[str]:
    """Name the rules of a mask; those of a book without names are one, without a name."""
    if not names:
        yield ""
        return
    for bit in bits_of(mask_of(mask)):
        yield names[bit]


def _columns(requests: Mapping[str, int], months: Sequence[str]) -> tuple[Column, ...]:
    counts = [requests.get(month, 0) for month in months]
    most = max(counts, default=0) or 1
    return tuple(
        Column(month, many, _WIDE * number, round(_HIGH * many / most))
        for number, (month, many) in enumerate(zip(months, counts, strict=True))
    )


def _lines(pairs: _Pairs, months: Sequence[str]) -> tuple[Line, ...]:
    """Give the pairs with most requests, the most first, and all others as one line."""
    found = [
        Line(rule, agency, tuple(counts[month] for month in months))
        for (rule, agency), counts in pairs.items()
    ]
    found.sort(key=lambda one: (-one.total, one.rule, one.agency))
    named, others = found[:PAIRS], found[PAIRS:]
    if not others:
        return tuple(named)
    left = tuple(map(sum, zip(*(one.by_month for one in others), strict=True)))
    return (*named, Line("", "", left, len(others)))

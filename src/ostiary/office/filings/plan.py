"""The plan: dated breaks and masked months, set down with their citations before counts are read.

1. Breaks come in order of days; the month of a break is neither before nor after it.
2. Each break and each mask names its citation; one without is refused.
3. A comparison, one a series at most, is named here and nowhere else: not after a look at counts.
4. A plan is known by the digest of its bytes. What was changed is another plan, and says so.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.office.filings.areas import COUNTRY, STATES
from ostiary.office.filings.months import month_of, read_month
from ostiary.office.filings.series import SERIES

SHIPPED = Path(__file__).with_name("plan.toml")
KINDS = ("agreement", "release", "order")
_ALL = "all"
_MOST_BYTES = 200_000
_CURE = "`ostiary filings --show-plan` prints one that is right"


@dataclass(frozen=True)
class Break:
    """A day on which something happened that people may have heard of."""

    day: date
    kind: str
    what: str
    citation: str

    @property
    def month(self) -> int:
        """The month that it falls into."""
        return month_of(self.day)

    @property
    def first(self) -> int:
        """The first whole month after it."""
        return self.month if self.day.day == 1 else self.month + 1


@dataclass(frozen=True)
class Mask:
    """Months that measure something else: a moved due date, a closed office."""

    areas: tuple[str, ...]
    first: int
    last: int
    reason: str
    citation: str

    def covers(self, area: str, month: int) -> bool:
        """Whether this month of this area is left out."""
        return self.first <= month <= self.last and (_ALL in self.areas or area in self.areas)


@dataclass(frozen=True)
class Comparison:
    """A series that another is held against, of the same area, as was decided beforehand.

    Attributes:
        series: The series that is asked about.
        beside: The one that is held to be untouched.
        reason: Why what moves one moves the other, the break apart.
    """

    series: str
    beside: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What was decided before the counts were read."""

    title: str
    registered: date
    breaks: tuple[Break, ...]
    masks: tuple[Mask, ...]
    digest: str
    comparisons: tuple[Comparison, ...] = ()

    def beside(self, series: str) -> Comparison | None:
        """Give what a series is held against, if anything was named."""
        return next((one for one in self.comparisons if one.series == series), None)

    @property
    def is_shipped(self) -> bool:
        """Whether this is, to the byte, the plan that ships with Ostiary."""
        return self.digest == sha256(SHIPPED.read_bytes()).hexdigest()

    def is_masked(self, area: str, month: int) -> bool:
        """Whether a month of an area measures nothing."""
        return any(mask.covers(area, month) for mask in self.masks)

    def is_split(self, month: int) -> bool:
        """Whether a break falls into the month, later than its first day."""
        return any(one.month == month != one.first for one in self.breaks)


def read_plan(path: Path = SHIPPED) -> Plan:
    """Read a plan.

    Raises:
        InputError: it is no plan; names the entry and the cure.
    """
    where = str(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError("larger than 200 kB; no plan is", where=where, cure=_CURE)
        body = path.read_bytes()
        found = tomllib.loads(body.decode("utf-8"))
    except OSError:
        raise InputError("the plan cannot be read", where=where, cure=_CURE) from None
    except UnicodeDecodeError:
        raise InputError("is no UTF-8 text", where=where, cure=_CURE) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is no TOML: {error}", where=where, cure=_CURE) from None
    _keys(found, ("title", "registered", "break", "mask", "comparison"), where)
    plan = Plan(
        title=_text(found, "title", where),
        registered=_day(found, "registered", where),
        breaks=tuple(_break(*one) for one in _entries(found, "break", where)),
        masks=tuple(_mask(*one) for one in _entries(found, "mask", where)),
        digest=sha256(body).hexdigest(),
        comparisons=tuple(_comparison(*one) for one in _entries(found, "comparison", where)),
    )
    named = [one.series for one in plan.comparisons]
    if len(named) != len(set(named)):
        cure = "name one comparison a series: which of several fits best is no plan"
        raise InputError("compares one series with two", where=where, cure=cure)
    if not plan.breaks:
        raise InputError("names no break", where=where, cure=_CURE)
    firsts = [one.first for one in plan.breaks]
    if firsts != sorted(set(firsts)):
        cure = "put them in order of days; of two in one month keep the one that people heard of"
        raise InputError("breaks are out of order, or two in one month", where=where, cure=cure)
    return plan


def _entries(found: Mapping[str, Any], name: str, where: str) -> list[tuple[dict[str, Any], str]]:
    given = found.get(name, [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise InputError(f"`{name}` is no list of [[{name}]]", where=where, cure=_CURE)
    return [(one, f"{where}, {name} {place}") for place, one in enumerate(given, start=1)]


def _break(entry: dict[str, Any], where: str) -> Break:
    _keys(entry, ("date", "kind", "what", "citation"), where)
    kind = _text(entry, "kind", where)
    if kind not in KINDS:
        raise InputError(f"`kind` is none of {', '.join(KINDS)}", where=where, cure=_CURE)
    day = _day(entry, "date", where)
    return Break(day, kind, _text(entry, "what", where), _text(entry, "citation", where))


def _mask(entry: dict[str, Any], where: str) -> Mask:
    _keys(entry, ("areas", "from", "until", "reason", "citation"), where)
    areas = entry["areas"]
    if not isinstance(areas, list) or not areas or not all(_is_area(one) for one in areas):
        cure = 'write areas = ["all"], or ["US", "CA"]'
        raise InputError("`areas` is no list of areas", where=where, cure=cure)
    first, last = _month(entry, "from", where), _month(entry, "until", where)
    if last < first:
        raise InputError("`until` is before `from`", where=where, cure="exchange them")
    reason, citation = _text(entry, "reason", where), _text(entry, "citation", where)
    return Mask(tuple(areas), first, last, reason, citation)


def _comparison(entry: dict[str, Any], where: str) -> Comparison:
    _keys(entry, ("series", "beside", "reason"), where)
    names = [_text(entry, name, where) for name in ("series", "beside")]
    for name in names:
        if name not in SERIES:
            cure = f"name one of {', '.join(SERIES)}"
            raise InputError(f"`{name}` is no series", where=where, cure=cure)
    if names[0] == names[1]:
        raise InputError("compares a series with itself", where=where, cure="name another")
    return Comparison(names[0], names[1], _text(entry, "reason", where))


def _is_area(one: object) -> bool:
    return one in (_ALL, COUNTRY) or one in STATES


def _keys(entry: Mapping[str, Any], allowed: Collection[str], where: str) -> None:
    for name in entry:
        if name not in allowed:
            cure = f"it knows {', '.join(allowed)}"
            raise InputError("holds an entry that no plan has", where=where, cure=cure)
    for name in allowed:
        if name not in entry and name not in ("break", "mask", "comparison"):
            raise InputError(f"`{name}` is missing", where=where, cure=_CURE)


def _text(entry: Mapping[str, Any], name: str, where: str) -> str:
    text = entry[name]
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"`{name}` is empty or no text", where=where, cure=_CURE)
    return text.strip()


def _day(entry: Mapping[str, Any], name: str, where: str) -> date:
    day = entry[name]
    if not isinstance(day, date) or isinstance(day, datetime):
        cure = "write it without quotes, as 2025-04-07"
        raise InputError(f"`{name}` is no day", where=where, cure=cure)
    return day


def _month(entry: Mapping[str, Any], name: str, where: str) -> int:
    month = read_month(str(entry[name]))
    if month is None:
        raise InputError(f"`{name}` is no month", where=where, cure='write it as "2020-03"')
    return month

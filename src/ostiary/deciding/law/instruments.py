"""Instruments of the book: statutes, agreements, policies and orders, with their dated rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from sqlglot import exp

from ostiary.deciding.law.registration import Registration
from ostiary.domain.basis import Part
from ostiary.domain.period import Period
from ostiary.domain.words import Layer, Owed, Stage, Status

Clock = Literal["received", "disclosed"]

Source = Literal["taxpayer", "third-party"]

Items = Mapping[str, frozenset[Source]]
"""What an answer may say, and from which sources: 6103(b)(3) sets apart what was filed by or for
the taxpayer from what others furnished."""

YearRule = Literal["named", "granted", "any"]
"""From which years a record may confirm: those that the request names, those of them that the
judge's order grants, or any, where the paragraph knows no taxable periods."""

Bar = Literal["hold", "certificate", "none"]
"""What a hold on a record does under a gateway (6103(i)(6)): nothing is said, or the Secretary
certifies to the court, or it does not reach there."""


@dataclass(frozen=True)
class Version:
    """One dated wording of a rule.

    Attributes:
        period: the days it is in force.
        sql: the boolean as written.
        tree: its parsed form, the one that every reader reads.
        finding: what is said when it is not met; ``{fact}`` stands for the fact found.
        cure: what would mend it.
        citation: the provision as people cite it.
        cites: its USLM identifier.
        waits: what is said instead as long as no officer has determined what it reads; empty of a
            rule that says the same of both.
    """

    period: Period
    sql: str
    tree: exp.Expr
    finding: str
    cure: str
    citation: str
    cites: str
    waits: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule of the book: a requirement that must hold, or a stop that must not.

    Attributes:
        id: its name for ever, such as ``i2.periods``.
        stages: when it is asked.
        clock: the day that picks its version at disclosure; at admission it is always receipt.
        stops: a court's stop: it binds while in force, and doubt binds too.
        guard: says that its instrument speaks at all; the others are silent when it does not.
        effect: what a request becomes that does not pass.
        versions: in order of their first day, never overlapping.
    """

    id: str
    stages: frozenset[Stage]
    clock: Clock
    stops: bool
    guard: bool
    effect: Status
    versions: tuple[Version, ...]

    def version_on(self, day: date) -> Version | None:
        """Give the wording in force on a day, if any is."""
        return next((version for version in self.versions if day in version.period), None)


@dataclass(frozen=True, slots=True)
class Gateway:
    """What a paragraph opens, in words for the printed book. No decision reads it.

    Attributes:
        asks: who may ask.
        by: the instrument that a request is made by.
        gives: what may leave.
        use: what the answer may be used for.
        duty: ``shall`` or ``may``.
        accounting: whether 6103(p)(3)(A) wants a record: ``recorded`` or ``exempt``.
    """

    asks: str
    by: str
    gives: str
    use: str
    duty: str
    accounting: str


@dataclass(frozen=True, slots=True)
class TextRead:
    """From which text an instrument was written. No decision reads it.

    Attributes:
        day: the day of the text, or the day it was read where it bears none.
        grade: ``P`` primary text, ``O`` official but second-hand or older, ``R`` reputable press or
            professional, ``W`` weak.
        source: where it was read.
        digest: of a provision of the Code, as :mod:`.law.code.digests` makes it; else empty.
    """

    day: date
    grade: str
    source: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A text that the book describes and does not serve: no decision reads it.

    Attributes:
        id: name of the file without its ending.
        title: its heading.
        cites: its identifier.
        source: the text of the file, for the printed book.
    """

    id: str
    title: str
    cites: str
    source: str


@dataclass(frozen=True, slots=True)
class Monitor:
    """Somebody whom an order lets look at what is done under it.

    Attributes:
        id: who it is to the office; never a name.
        last: the last day on which they may look; None for as long as the order stands.
        reads_requests: whether they read what requests say, persons' names and addresses included.
    """

    id: str
    last: date | None
    reads_requests: bool


@dataclass(frozen=True)
class Instrument:
    """A statute, agreement, policy or order: one file of the book.

    Attributes:
        id: name of the file without its ending.
        title: its heading.
        cites: its USLM identifier.
        layer: whose rule it is.
        period: the days on which it speaks at all.
        applies: to which requests it speaks; in doubt it does.
        rules: in the order of the file.
        items: what an answer under it may say, and from which sources; ``None`` when it is silent
            on that.
        source: the text of the file, for the printed book.
        gateway: what it opens, when it is a paragraph that lets something out.
        kinds: of an order, what it is; see :mod:`ostiary.deciding.law.orders`.
        years: of a gateway, from which years a record may confirm.
        bar: of a gateway, what a hold on a record does there.
        owed: of a gateway, whom silence would be no answer to.
        tells: which parts of what it rests on an answer may tell; ``None`` where it says nothing of
            that, by which a gateway tells nothing, and an agreement or a policy narrows nothing.
        answers: of a gateway, the items that an answer may hold beside a confirmation, each with
            the kinds of source in the reference file that it may come from, best first.
        read: the text that it was written from, where its file says so.
        registration: what the public register says of it beyond its rules; no decision reads it.
        monitors: of an order, whom it lets look; see :mod:`ostiary.deciding.law.monitors`.
    """

    id: str
    title: str
    cites: str
    layer: Layer
    period: Period
    applies: exp.Expr
    rules: tuple[Rule, ...]
    items: Items | None = field(hash=False)
    source: str
    gateway: Gateway | None = None
    kinds: tuple[str, ...] = ()
    years: YearRule = "named"
    bar: Bar = "hold"
    owed: Owed = Owed.NOBODY
    tells: tuple[Part, ...] | None = None
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    read: TextRead | None = None
    registration: Registration | None = None
    monitors: tuple[Monitor, ...] = ()

    @cached_property
    def meaning(self) -> dict[str, Any]:
        """All of it that can change a decision or lets somebody look, for the digest of the law."""
        return {
            "id": self.id,
            "layer": str(self.layer),
            "period": _days(self.period),
            "applies": self.applies.sql("duckdb"),
            "items": (
                {item: sorted(sources) for item, sources in sorted(self.items.items())}
                if self.items is not None
                else None
            ),
            "rules": [_rule_meaning(rule) for rule in self.rules],
            **({"kinds": list(self.kinds)} if self.kinds else {}),
            **({"years": self.years, "bar": self.bar} if self.gateway else {}),
            **({} if self.owed is Owed.NOBODY else {"owed": str(self.owed)}),
            **({} if self.tells is None else {"tells": sorted(self.tells)}),
            **({"answers": {k: list(v) for k, v in self.answers.items()}} if self.answers else {}),
            **({"monitors": [_seat(one) for one in self.monitors]} if self.monitors else {}),
        }


def _seat(monitor: Monitor) -> list[str | bool | None]:
    last = monitor.last.isoformat() if monitor.last else None
    return [monitor.id, last, monitor.reads_requests]


def _rule_meaning(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "stages": sorted(rule.stages),
        "clock": rule.clock,
        "stops": rule.stops,
        "guard": rule.guard,
        "effect": str(rule.effect),
        "versions": [
            {
                "period": _days(version.period),
                "sql": version.tree.sql("duckdb"),
                "finding": version.finding,
                "cure": version.cure,
                "citation": version.citation,
                "cites": version.cites,
                **({"waits": version.waits} if version.waits else {}),
            }
            for version in rule.versions
        ],
    }


def _days(period: Period) -> list[str | None]:
    return [period.first.isoformat(), period.last.isoformat() if period.last else None]

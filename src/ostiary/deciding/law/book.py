"""The rule book: instruments, their rules, and the digest that names exactly this law.

A rule's *bit* is its place in book order. The digest covers everything that bears meaning (facts,
dates, SQL, findings, cures), and not the prose around it: reformatting changes nothing.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from typing import Any, Literal

import rfc8785
from sqlglot import exp

from ostiary.deciding.law.masks import MOST_RULES
from ostiary.deciding.law.registration import Registration
from ostiary.domain.basis import ON_FILE, PARTS, Part
from ostiary.domain.errors import BookError
from ostiary.domain.facts import VOCABULARY, VOCABULARY_VERSION, Facts
from ostiary.domain.words import Layer, Stage, Status

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
SOURCES: frozenset[Source] = frozenset({"taxpayer", "third-party"})
ANSWERED_FROM: Mapping[str, Source] = {"return": "taxpayer", "information-return": "third-party"}
"""Kinds of source in a reference file that an item may be answered from, by who furnished them."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which a text is law, both ends included; an open end is ``None``."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


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
    """

    period: Period
    sql: str
    tree: exp.Expr
    finding: str
    cure: str
    citation: str
    cites: str


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
        tells: which parts of what it rests on an answer may tell; ``None`` where it says nothing of
            that, by which a gateway tells nothing, and an agreement or a policy narrows nothing.
        answers: of a gateway, the items that an answer may hold beside a confirmation, each with
            the kinds of source in the reference file that it may come from, best first.
        read: the text that it was written from, where its file says so.
        registration: what the public register says of it beyond its rules; no decision reads it.
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
    tells: tuple[Part, ...] | None = None
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    read: TextRead | None = None
    registration: Registration | None = None

    @cached_property
    def meaning(self) -> dict[str, Any]:
        """All of it that can change a decision, for the digest of the law."""
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
            **({} if self.tells is None else {"tells": sorted(self.tells)}),
            **({"answers": {k: list(v) for k, v in self.answers.items()}} if self.answers else {}),
        }


@dataclass(frozen=True)
class Book:
    """The whole law that an office decides by: its instruments in book order.

    ``described`` are texts that are printed and not served, ``compiled`` keeps the generated Python
    of each legal day, and ``written`` the SQL of each condition; none is part of the meaning.
    """

    instruments: tuple[Instrument, ...]
    described: tuple[Described, ...] = field(default=(), compare=False)
    compiled: dict[Hashable, Callable[[Facts], int]] = field(
        default_factory=dict, compare=False, repr=False
    )
    written: dict[tuple[int, str], tuple[exp.Expr, str]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def rules(self) -> tuple[tuple[Instrument, Rule], ...]:
        """All rules with their instruments; the place of a rule here is its bit."""
        return tuple((one, rule) for one in self.instruments for rule in one.rules)

    @cached_property
    def suspending(self) -> int:
        """The bits of all rules whose failure suspends a request rather than returns it."""
        return self._of_effect(Status.SUSPENDED)

    @cached_property
    def for_counsel(self) -> int:
        """The bits of all rules whose failure sends a request to counsel."""
        return self._of_effect(Status.TO_COUNSEL)

    def _of_effect(self, effect: Status) -> int:
        return sum(1 << n for n, (_, rule) in enumerate(self.rules) if rule.effect is effect)

    @cached_property
    def citations(self) -> dict[str, str]:
        """Say for each rule id, briefly, what provision it rests on."""
        return {rule.id: rule.versions[-1].citation for _, rule in self.rules}

    @cached_property
    def digest(self) -> str:
        """Name this law: ``sha256:`` over its meaning in canonical JSON."""
        return _digest([one.meaning for one in self.instruments])

    def extended(self, more: Iterable[Instrument]) -> "Book":
        """Give the book with further instruments (an office's own orders) behind it.

        Raises:
            BookError: a rule id comes twice, or there are more rules than a mask has bits.
        """
        instruments = (*self.instruments, *more)
        if len(instruments) == len(self.instruments):
            return self
        return checked(Book(instruments, self.described))

    def items_for(self, provision: str, agreement: str | None) -> Items:
        """Say what an answer may contain, and from which sources.

        Only what the provision, the agreement relied on (when the book has it) and every policy
        list, and only from sources that all of them allow. A provision that is not in the book
        lists nothing. Whether a provision needs an agreement is a rule, and not asked here.
        """
        statute = self._lists(lambda one: one.layer is Layer.STATUTE and one.cites == provision)
        if not statute:
            return {}
        narrowed = self._lists(lambda one: one.layer is Layer.AGREEMENT and one.id == agreement)
        policies = self._lists(lambda one: one.layer is Layer.POLICY)
        return reduce(_common, [*statute, *narrowed, *policies])

    def answerable(self, provision: str, agreement: str | None) -> frozenset[str]:
        """Name the items that an answer may hold from whichever source they are.

        An answer does not know the source of what it says, so an item that may come from one
        source only (26 USC 6103(b)(3)) is not among them; nor is one that a reference file may
        hold, unless the gateway's file has it among its ``answers``.
        """
        allowed = self.items_for(provision, agreement)
        unanswered = set(ON_FILE) - set(self.answers(provision, agreement))
        everywhere = {item for item, sources in allowed.items() if sources == SOURCES}
        return frozenset(everywhere - unanswered)

    def answers(self, provision: str, agreement: str | None) -> dict[str, tuple[str, ...]]:
        """Say which items an answer may hold beside a confirmation, and from which kinds of source.

        Those alone that the gateway's file lists under ``answers``, from sources that the
        provision, the agreement relied on and every policy allow for the item.
        """
        allowed = self.items_for(provision, agreement)
        listed = {
            item: tuple(one for one in kinds if ANSWERED_FROM[one] in allowed.get(item, ()))
            for gateway in self.instruments
            if gateway.gateway and gateway.cites == provision
            for item, kinds in gateway.answers.items()
        }
        return {item: kinds for item, kinds in listed.items() if kinds}

    def answers_of(self, day: date) -> dict[str, dict[str, tuple[str, ...]]]:
        """Say the same of each provision that lets something out on a day, without an agreement."""
        found = {one.cites: self.answers(one.cites, None) for one in self._gateways(day)}
        return {provision: items for provision, items in found.items() if items}

    def tells(self, provision: str, agreement: str | None) -> tuple[str, ...]:
        """Say what an answer may tell: parts of what it rests on, and items by their names.

        Those alone that the provision lets be told, and the agreement relied on and every policy
        with it, where they speak of it.
        """
        parts = self._parts_told(provision, agreement)
        return (*parts, *sorted(self.answers(provision, agreement)))

    def _parts_told(self, provision: str, agreement: str | None) -> tuple[Part, ...]:
        gateways = [one for one in self.instruments if one.gateway and one.cites == provision]
        narrowing = [
            one
            for one in self.instruments
            if one.layer is Layer.POLICY or (one.layer is Layer.AGREEMENT and one.id == agreement)
        ]
        said = [one.tells or () for one in gateways]
        said += [one.tells for one in narrowing if one.tells is not None]
        return tuple(part for part in PARTS if gateways and all(part in told for told in said))

    def years_of(self, day: date) -> dict[str, YearRule]:
        """Say of each provision that lets something out on a day which years may confirm."""
        return {one.cites: one.years for one in self._gateways(day)}

    def bars_of(self, day: date) -> dict[str, Bar]:
        """Say of each provision that lets something out on a day what a hold does there."""
        return {one.cites: one.bar for one in self._gateways(day)}

    @cached_property
    def for_court(self) -> frozenset[str]:
        """Name the provisions under which a judge orders: a silent *no answer* is none there."""
        return frozenset(
            one.cites for one in self.instruments if one.gateway and one.bar == "certificate"
        )

    def _gateways(self, day: date) -> list[Instrument]:
        return [one for one in self.instruments if one.gateway and day in one.period]

    def _lists(self, wanted: Callable[[Instrument], bool]) -> list[Items]:
        return [one.items for one in self.instruments if one.items is not None and wanted(one)]


def checked(book: Book) -> Book:
    """Give the book back when it can serve.

    Raises:
        BookError: it is empty (an empty set of rules lets nothing pass), a rule id comes twice,
            or there are more rules than a mask has bits.
    """
    ids = [rule.id for _, rule in book.rules]
    if not any(one.layer is Layer.STATUTE and one.rules for one in book.instruments):
        raise BookError("the book holds no statute, so it can let nothing through")
    for twice in {name for name in ids if ids.count(name) > 1}:
        raise BookError(f"rule `{twice}` stands in two instruments")
    if len(ids) > MOST_RULES:
        raise BookError(f"the book has {len(ids)} rules; a mask has room for {MOST_RULES}")
    return book


def _common(left: Items, right: Items) -> Items:
    """Give what two lists have in common, each item from the sources that both allow."""
    shared = {item: left[item] & right[item] for item in left if item in right}
    return {item: sources for item, sources in shared.items() if sources}


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
            }
            for version in rule.versions
        ],
    }


def _days(period: Period) -> list[str | None]:
    return [period.first.isoformat(), period.last.isoformat() if period.last else None]


def _digest(meaning: list[dict[str, Any]]) -> str:
    words: list[Mapping[str, Any]] = [
        {"name": fact.name, "kind": fact.kind, "values": list(fact.values), "human": fact.human}
        for fact in VOCABULARY.values()
    ]
    text = {"vocabulary": VOCABULARY_VERSION, "facts": words, "instruments": meaning}
    return "sha256:" + hashlib.sha256(rfc8785.dumps(text)).hexdigest()  # type: ignore[arg-type]

"""The rule book: instruments, their rules, and the digest that names exactly this law.

A rule's *bit* is its place in book order. The digest covers everything that bears meaning (facts,
dates, SQL, findings, cures), and not the prose around it: reformatting changes nothing.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from typing import Any

import rfc8785
from sqlglot import exp

from ostiary.deciding.law.instruments import (
    Bar,
    Described,
    Instrument,
    Items,
    Rule,
    Source,
    YearRule,
)
from ostiary.deciding.law.masks import MOST_RULES
from ostiary.domain.basis import ON_FILE, PARTS, Part
from ostiary.domain.errors import BookError
from ostiary.domain.facts import VOCABULARY, VOCABULARY_VERSION, Facts
from ostiary.domain.words import Layer, Owed, Status

SOURCES: frozenset[Source] = frozenset({"taxpayer", "third-party"})
ANSWERED_FROM: Mapping[str, Source] = {"return": "taxpayer", "information-return": "third-party"}
"""Kinds of source in a reference file that an item may be answered from, by who furnished them."""


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
    def layers(self) -> dict[str, Layer]:
        """Say for each rule id whose rule it is."""
        return {rule.id: one.layer for one, rule in self.rules}

    @cached_property
    def grounds(self) -> dict[str, str]:
        """Say for each rule id, briefly, what it rests on and whose rule it is."""
        return {name: f"{said} ({self.layers[name]})" for name, said in self.citations.items()}

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
    def owed(self) -> dict[str, Owed]:
        """Say of each provision under which silence is no answer whom it is owed to."""
        return {
            one.cites: one.owed
            for one in self.instruments
            if one.gateway and one.owed is not Owed.NOBODY
        }

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


def _digest(meaning: list[dict[str, Any]]) -> str:
    words: list[Mapping[str, Any]] = [
        {"name": fact.name, "kind": fact.kind, "values": list(fact.values), "human": fact.human}
        for fact in VOCABULARY.values()
    ]
    text = {"vocabulary": VOCABULARY_VERSION, "facts": words, "instruments": meaning}
    return "sha256:" + hashlib.sha256(rfc8785.dumps(text)).hexdigest()  # type: ignore[arg-type]

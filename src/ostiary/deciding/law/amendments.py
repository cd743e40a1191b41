"""What one book says otherwise than another, rule by rule, in words: for whoever must agree to it.

Nothing that can change a decision is left out: two books without an amendment between them have
the same digest, and two with one have not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.instruments import Instrument, Rule
from ostiary.domain.period import Period

Facets = Mapping[str, str]
_ENGLISH, _SQL = "Asks that", "In SQL"


class AmendmentKind(StrEnum):
    """Whether a text came, went, or reads otherwise."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Amendment:
    """An instrument or a rule that is not the same in two books.

    Attributes:
        instrument: title of the instrument.
        rule: id of the rule; empty when it is about the instrument itself.
        kind: what became of it.
        parts: what of it, how it read and how it reads; one of the two is empty where it came or
            went.
    """

    instrument: str
    rule: str
    kind: AmendmentKind
    parts: tuple[tuple[str, str, str], ...]


def amendments(first: Book, second: Book) -> tuple[Amendment, ...]:
    """Compare two books.

    Returns:
        Every difference in meaning: instruments and rules of the first book in its order, then
        those that only the second one has.
    """
    was, now = dict(_texts(first)), dict(_texts(second))
    found = (_compared(key, was.get(key), now.get(key)) for key in was | now)
    return tuple(one for one in found if one is not None)


def _texts(book: Book) -> Iterator[tuple[tuple[str, str], tuple[str, Facets]]]:
    """Give each instrument and each rule by its id, with the title it stands under."""
    for one in book.instruments:
        yield (one.id, ""), (one.title, _of_instrument(one))
        for rule in one.rules:
            yield ("", rule.id), (one.title, _of_rule(one, rule))


def _compared(
    key: tuple[str, str], was: tuple[str, Facets] | None, now: tuple[str, Facets] | None
) -> Amendment | None:
    title, _ = now or was or ("", {})
    before, after = was[1] if was else {}, now[1] if now else {}
    parts = [
        (name, before.get(name, ""), after.get(name, ""))
        for name in after or before
        if before.get(name, "") != after.get(name, "")
    ]
    if any(name == _ENGLISH for name, *_ in parts):
        parts = [part for part in parts if part[0] != _SQL]  # the English says it already
    if not parts:
        return None
    kind = AmendmentKind.CHANGED if was and now else AmendmentKind.NEW
    return Amendment(title, key[1], kind if now else AmendmentKind.GONE, tuple(parts))


def _of_instrument(one: Instrument) -> Facets:
    items = "silent on that"
    if one.items is not None:
        named = [f"{item} ({', '.join(sorted(of))})" for item, of in sorted(one.items.items())]
        items = ", ".join(named) or "nothing"
    return {
        "Layer": str(one.layer),
        "In force": _days(one.period),
        _ENGLISH: f"it speaks to requests where {in_english(one.applies)}",
        "An answer may hold": items,
        _SQL: one.applies.sql("duckdb"),
    }


def _of_rule(one: Instrument, rule: Rule) -> Facets:
    versions = rule.versions
    stop = ", and stops what it covers" if rule.stops else ""
    guard = ", and says that its instrument speaks at all" if rule.guard else ""
    asked = f"at {' and '.join(sorted(rule.stages))}, by the day {rule.clock}{stop}{guard}"
    return {
        "Stands in": one.id,
        "In force": "; ".join(_days(each.period) for each in versions),
        _ENGLISH: "; ".join(in_english(each.tree) for each in versions),
        "Asked": asked,
        "Whoever does not meet it is": str(rule.effect),
        "Finding": "; ".join(each.finding for each in versions),
        "Cure": "; ".join(each.cure for each in versions),
        "Rests on": "; ".join(f"{each.citation} ({each.cites})" for each in versions),
        _SQL: "; ".join(each.tree.sql("duckdb") for each in versions),
    }


def _days(period: Period) -> str:
    return f"from {period.first} until {period.last}" if period.last else f"from {period.first}"

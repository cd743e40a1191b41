"""Orders as courts write them: what an order is, whom it binds, and what lifts it.

1. An order says in its front matter what it *is* (``kind``): a ``stay``, an ``injunction``, one
   that asks for ``leave`` of the court or for ``notice`` before a disclosure, ``litigation-hold``,
   or one that appoints a ``monitor`` (:mod:`ostiary.deciding.law.monitors`).
2. It says whom it binds (``scope``): agencies with all that is within them, be it that they ask or
   that somebody of theirs is to receive what another one asks for; whoever relies on an agreement;
   some provisions or all, and the people whom the register lists for it or everybody.
3. A rule may be ``lifted_by: leave`` or ``notice``: it stops until the register shows leave of the
   court, or notice given and its hours run. Doubt about either does not lift it.
4. A litigation hold stops no answer; it stops the destruction of records.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from sqlglot import exp

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.instruments import Instrument, Rule
from ostiary.deciding.law.layout import Block, yaml_of
from ostiary.deciding.law.monitors import MONITOR
from ostiary.deciding.law.truth import certainly_false
from ostiary.domain.errors import BookError
from ostiary.domain.facts import REACHED, Facts
from ostiary.domain.words import Layer

HOLD = "litigation-hold"
KINDS = ("stay", "injunction", "leave", "notice", HOLD, MONITOR)
_WITHOUT_RULE = {HOLD, MONITOR}
_OF_ORDERS = ("kind", "scope", "docket", "monitors", "notice")
_SCOPE = ("agencies", "agreements", "provisions", "people")
_PLACES = ("agency", "agency_parent", "department", *REACHED)
_ID = re.compile(r"[A-Za-z0-9/._-]+")
_REGISTERED = re.compile(r"[a-z0-9.-]{1,80}")  # of a file's name; as registers have ids
_REGISTERS = {"leave": "court_leaves.csv", "notice": "court_notices.csv"}
_LIFTS = {
    "leave": ("leave_of_court", "second_leave_of_court"),
    "notice": ("notice_to_court", "second_notice_to_court"),
}


def kinds_of(front: Block, where: str) -> tuple[str, ...]:
    """Give what an order says it is; nothing for other instruments, and for orders that do not say.

    Raises:
        BookError: a kind that no order has.
    """
    said = front.get("kind", [])
    kinds = [said] if isinstance(said, str) else said
    if not isinstance(kinds, list) or not set(map(str, kinds)) <= set(KINDS):
        raise BookError(
            "this is no kind of order", where=where, cure=f"some of: {', '.join(KINDS)}"
        )
    return tuple(map(str, kinds))


def applies_sql(name: str, front: Block, where: str) -> str:
    """Give the condition under which an instrument speaks: its ``applies`` and its ``scope``.

    Raises:
        BookError: the scope is no mapping of lists of identifiers.
    """
    parts = [str(front["applies"])] if "applies" in front else []
    scope = front.get("scope", {})
    if not isinstance(scope, dict) or not set(scope) <= set(_SCOPE) or scope == {"people": False}:
        raise BookError("`scope` cannot be read", where=where, cure=f"it has {', '.join(_SCOPE)}")
    agencies = _listed(scope, "agencies", where)
    bound = [f"{fact} IN ({agencies})" for fact in _PLACES if agencies]
    if agreements := _listed(scope, "agreements", where):
        bound.append(f"agreement IN ({agreements})")
    if bound:
        parts.append(" OR ".join(bound))
    if provisions := _listed(scope, "provisions", where):
        parts.append(f"provision IN ({provisions})")
    if scope.get("people"):
        _check_name(name, "people_in_orders.csv", where)
        parts.append(f"person_in_order = '{name}'")
    return " AND ".join(f"({part})" for part in parts) or "TRUE"


def _listed(scope: Block, key: str, where: str) -> str:
    """Give the identifiers under a key of the scope, as a list in SQL; empty when there is none."""
    names = scope.get(key, [])
    empty = key in scope and not names
    if empty or not isinstance(names, list) or not all(_ID.fullmatch(str(one)) for one in names):
        raise BookError(
            f"`{key}` of the scope is no list of identifiers",
            where=where,
            cure=f"write it as `{key}: [one, another]`, or leave the key out to bind all",
        )
    return ", ".join(f"'{name}'" for name in names)


def named_by(order: Instrument) -> tuple[str, dict[str, list[str]]]:
    """Give an order's docket, and the agencies and provisions that its scope names, if any."""
    _, _, rest = order.source.partition("---\n")
    front = yaml_of(rest.partition("\n---\n")[0])
    said = front.get("scope") or {}
    scope = {name: [str(one) for one in said.get(name, [])] for name in ("agencies", "provisions")}
    return str(front.get("docket", "")), scope


def refuse_unknown_agencies(orders: Iterable[Instrument], known: Collection[str]) -> None:
    """Refuse an order that names an agency which is in no register: that one it would not bind.

    It may name agencies in its scope, or ask for them in a condition. One of several is enough: the
    order would bind fewer than the court said. What a condition excepts may be unknown, since it
    binds everybody else all the same. A condition that asks for what cannot be an identifier
    (``'dhs-ice '``) is refused likewise.

    Args:
        orders: instruments of the layer of orders.
        known: ids of the register of agencies, whatever their days.

    Raises:
        BookError: naming the order and the agency.
    """
    for order in orders:
        _, scope = named_by(order)
        for agency in (*scope["agencies"], *_agencies_in(order)):
            if agency not in known:
                near = difflib.get_close_matches(agency.lower(), known, n=1)
                write = f"write `{near[0]}`, or " if near else ""
                raise BookError(
                    f"the order names an agency that is in no register: `{agency}`;"
                    " it would not bind that one",
                    where=order.id,
                    cure=f"{write}enter the agency in agencies.csv, or leave it out of the order",
                )


def _agencies_in(order: Instrument) -> list[str]:
    """Give the agencies that an order's conditions ask for; what they except is not asked for."""
    return [text for fact, text in _asked(order) if fact in _PLACES and text]


def _asked(order: Instrument) -> Iterator[tuple[str, str]]:
    """Give each fact of an order's conditions with each text that it is asked to be."""
    wordings = [version.tree for rule in order.rules for version in rule.versions]
    for tree in (order.applies, *wordings):
        for node in tree.find_all(exp.EQ, exp.NEQ, exp.In):
            said = node.expressions if isinstance(node, exp.In) else [node.expression]
            texts = [one.name for one in said if isinstance(one, exp.Literal) and one.is_string]
            for text in texts:
                _refuse_strange(text, order.id)
            if isinstance(node.this, exp.Column) and not _excepts(node):
                yield from ((node.this.name, text) for text in texts)


def _excepts(node: exp.Expr) -> bool:
    """Whether a condition excepts what a comparison names: negated once, or an odd number of times.

    Between a negation and what it is about, brackets, ``AND`` and ``OR`` may stand.
    """
    negated = isinstance(node, exp.NEQ)
    while (above := node.parent) is not None:
        negated ^= isinstance(above, exp.Not)
        node = above
    return negated


def _refuse_strange(text: str, order: str) -> None:
    """Refuse a text that no fact is: one with a blank, or with a sign that no identifier has."""
    if text and not _ID.fullmatch(text):
        strange = next(sign for sign in text if not _ID.fullmatch(sign))
        raise BookError(
            f"the order asks for a text that holds U+{ord(strange):04X}, as no identifier does:"
            " it would bind nobody",
            where=order,
            cure="write the identifier as the registers and the book have it",
        )


def lifted(sql: str, block: Block, order: str, layer: Layer, where: str) -> str:
    """Give the condition of a rule with what lifts it.

    Raises:
        BookError: something that lifts nothing, or a rule that is no order's.
    """
    by = block.get("lifted_by")
    if by is None:
        return sql
    if layer is not Layer.ORDER or by not in _LIFTS:
        raise BookError(
            "`lifted_by` is for the rules of orders",
            where=where,
            cure=f"write {' or '.join(_LIFTS)}, or leave it out",
        )
    _check_name(order, _REGISTERS[str(by)], where)
    return " AND ".join([f"({sql})", *(f"{fact} <> '{order}'" for fact in _LIFTS[by])])


def _check_name(order: str, register: str, where: str) -> None:
    """Refuse an order whose id a register has to name, and cannot.

    What is to lift it could never be entered, or whom it binds: it would stop for ever, or nobody.

    Raises:
        BookError: the name of the file is none that a register takes.
    """
    if not _REGISTERED.fullmatch(order):
        near = re.sub(r"[^a-z0-9.]+", "-", order.lower()).strip("-")[:80] or "an-order"
        raise BookError(
            f"the file's name is the order's id, and {register} could never name this one:"
            " an id there is 1 to 80 small letters, digits and . -",
            where=where,
            cure=f"name the file `{near}.md`",
        )


def check_order(front: Block, layer: Layer, rules: Sequence[Rule], where: str) -> None:
    """Refuse an order that stops nothing, and an order's words in another instrument.

    Raises:
        BookError: as said.
    """
    if layer is not Layer.ORDER:
        if strange := [key for key in _OF_ORDERS if key in front]:
            raise BookError(f"`{strange[0]}` is for orders", where=where)
    elif not rules and not _WITHOUT_RULE & set(kinds_of(front, where)):
        raise BookError(
            "the order stops nothing",
            where=where,
            cure=f"write its rule, `kind: {HOLD}` if it only keeps records, or `kind: {MONITOR}` if"
            " it only lets somebody look",
        )


def holds_on(book: Book, day: date) -> tuple[Instrument, ...]:
    """Give the litigation holds in force on a day."""
    return tuple(one for one in book.instruments if HOLD in one.kinds and day in one.period)


def held_by(book: Book, facts: Facts, day: date) -> tuple[str, ...]:
    """Name the litigation holds that keep the records of one request from being destroyed.

    Args:
        book: the law, with the office's own orders.
        facts: the request's; what is undetermined, or left out, does not lift a hold.
        day: the day on which something would be destroyed.
    """
    return tuple(one.id for one in holds_on(book, day) if may_cover(one, facts))


def may_cover(order: Instrument, facts: Facts) -> bool:
    """Whether an order may speak to a request of which some facts are known.

    What is undetermined, or left out, does not take a request out of the order.
    """
    known = _Undetermined(facts)
    return not eval(certainly_false(order.applies), {"date": date}, {"f": known})  # noqa: S307 - whitelisted tree


class _Undetermined(dict):  # type: ignore[type-arg]
    """Facts of which any may be missing: what is missing is undetermined."""

    def __missing__(self, name: str) -> None:
        return None

"""The form for one request: every field with what it means, what the law asks of it, what is wrong.

What the law asks of a field is said in counsel's words, the cures of those rules of the gateway
chosen that read a fact derived from the field. A gateway's form has its fields alone: what says
who, where and by whom, what a rule of it reads, and what was filled in. So a change of the book
changes the form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import asked_of, mask_one
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.choices import FIRST_PROVISION
from ostiary.domain.columns import CHOICES, REQUEST
from ostiary.domain.facts import VOCABULARY, Facts
from ostiary.domain.words import Stage
from ostiary.faces.server.site import Site
from ostiary.faces.web.fields_of_facts import fields_of
from ostiary.faces.web.form_choices import MOST_BOXES, Choice, form_choices, suggestions
from ostiary.faces.web.form_values import of_a_box

_MEANING = {column.name: column.meaning.replace("`", "") for column in REQUEST}
_MEANING |= {
    "provision": "the gateway that you rely on",
    "signer": "the office-holder who signed",
    "agreement": "the standing agreement that you rely on",
    "recipients": "the officers engaged in the matter: they alone can open the answer",
    "items": "what is asked for",
    "offense": "the provision of the offence, such as /us/usc/t8/s1253/a/1",
    "removal_basis": "the ground of removal, such as /us/usc/t8/s1227/a/2",
    "taxable_periods": "years, with ; between",
    "sole_use": "the answer will be used for this matter and nothing else",
    "approval_certified": "the person approved of the disclosure",
    "ai_analysis": "tick it only when the answer is to be analysed so",
}
_KINDS = {column.name: column.kind for column in REQUEST}
_SECTIONS: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    (
        "The request",
        (("request_id", 3), ("provision", 3), ("agreement", 2), ("signer", 2), ("signed_on", 2)),
    ),
    (
        "The person",
        (
            ("given_name", 2),
            ("middle_name", 2),
            ("surname", 2),
            ("name_suffix", 2),
            ("tin", 2),
            ("birth_date", 2),
        ),
    ),
    (
        "The address that you ask to have confirmed",
        (("address_line", 4), ("unit", 2), ("city", 3), ("state", 1), ("postal_code", 2)),
    ),
    (
        "The matter",
        (
            ("matter_number", 2),
            ("posture", 2),
            ("taxable_periods", 2),
            ("offense", 2),
            ("offense_limb", 2),
            ("removal_basis", 2),
            ("removal_order_date", 3),
            ("judicial_review_date", 3),
        ),
    ),
    ("Why, and for whom", (("reason", 6), ("recipients", 3), ("items", 3))),
    ("Undertakings", (("sole_use", 3), ("ai_analysis", 3))),
    (
        "What this gateway asks for",
        (
            ("purpose", 2),
            ("circumstance", 2),
            ("matter_kind", 2),
            ("programme", 2),
            ("court_order", 2),
            ("court_order_date", 2),
            ("court_order_judge", 2),
            ("court_order_findings", 2),
            ("court_order_items", 2),
            ("court_order_periods", 2),
            ("approval_certified", 6),
        ),
    ),
)
_GATEWAY = "provision"  # nearly every rule reads it; only a fault about nothing else is told there
_IN_ORDER = tuple(name for _, fields in _SECTIONS for name, _ in fields)
_CHOICES = {
    name: ("", *CHOICES[name]) for name in CHOICES if name in _KINDS and _KINDS[name] != "flag"
}
_ALWAYS = frozenset(
    {
        *("request_id", "provision", "agreement", "signer", "signed_on", "reason", "recipients"),
        *("given_name", "middle_name", "surname", "name_suffix", "tin", "birth_date", "items"),
        *("address_line", "unit", "city", "state", "postal_code"),
    }
)
"""Fields that every gateway's form has."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing that is wrong with a field.

    Attributes:
        finding: what is wrong.
        cure: what to do.
        said_at: name of the field at which the same is said in full; empty at that field.
    """

    finding: str
    cure: str
    said_at: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form.

    Attributes:
        name: of the column.
        width: in sixths of a line.
        kind: ``text``, ``date``, ``flag``, ``choice``, ``several`` (boxes) or ``long``.
        hint: what belongs into it.
        value: as it was typed.
        choices: value and text, for a choice; for a text, what is suggested.
        asks: what the law asks of it: citation and rule.
        faults: what is wrong with it, and the cure.
    """

    name: str
    width: int
    kind: str
    hint: str
    value: str
    choices: tuple[tuple[str, str], ...]
    asks: tuple[tuple[str, str], ...]
    faults: tuple[FieldFault, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values of a field with several."""
        return tuple(one.strip() for one in self.value.split(";") if one.strip())

    @property
    def told(self) -> tuple[FieldFault, ...]:
        """What is wrong with it; of what is said at another field, the way there once."""
        found: dict[tuple[str, str], FieldFault] = {}
        for one in self.faults:
            found.setdefault((one.said_at, one.said_at or one.finding), one)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    title: str
    fields: tuple[FormField, ...]


def form_sections(
    values: Mapping[str, str], found: Mapping[str, Any] | None, site: Site, day: date, agency: str
) -> list[Section]:
    """Lay out the form of the gateway that is chosen.

    Args:
        values: what was typed so far.
        found: what the check said, when there was one.
        site: the office, with its current law and registers.
        day: the day on which the request would be received.
        agency: whose request it is.
    """
    book = site.snapshot().law.book
    provision = values.get("provision") or FIRST_PROVISION
    asks, faults = _asked_of_fields(book, day, provision), _faults(found, book)
    told_at = _told_at(faults)
    closed = {
        "provision": tuple((one.cites, one.title) for one in book.instruments if one.gateway),
        **{name: tuple((one, one) for one in words) for name, words in _CHOICES.items()},
        **form_choices(site, agency, provision, day),
    }
    open_ones = suggestions(site, day)

    def field(name: str, width: int) -> FormField:
        value = values.get(name, "") or _first_value(name, provision, closed)
        kind = _kind(name, closed)
        return FormField(
            name=name,
            width=width,
            kind=kind,
            hint=_MEANING[name],
            value=value,
            choices=_with_value(kind, closed.get(name, open_ones.get(name, ())), value),
            asks=asks.get(name, ()),
            faults=tuple(
                FieldFault(*one, "" if told_at[one] == name else told_at[one])
                for one in faults.get(name, ())
            ),
        )

    wanted = _ALWAYS.union(asks, faults, (one for one in values if _is_filled_in(values, one)))
    laid = (
        Section(title, tuple(field(name, width) for name, width in fields if name in wanted))
        for title, fields in _SECTIONS
    )
    return [section for section in laid if section.fields]


def _is_filled_in(values: Mapping[str, str], name: str) -> bool:
    """Whether somebody said something in a field; a box that is not ticked says nothing."""
    return bool(values[name]) and not (_KINDS.get(name) == "flag" and values[name] == "false")


def _told_at(faults: Mapping[str, list[tuple[str, str]]]) -> dict[tuple[str, str], str]:
    """Say of each fault at which field it is told in full: the one with the fewest, then the first.

    A field that few rules read is the one that a fault is really about.
    """
    order = {name: number for number, name in enumerate(_IN_ORDER)}
    told: dict[tuple[str, str], str] = {}
    for name in sorted(faults, key=lambda one: (len(faults[one]), order.get(one, len(order)))):
        for one in faults[name]:
            told.setdefault(one, name)
    return told


def _first_value(name: str, provision: str, closed: Mapping[str, tuple[Choice, ...]]) -> str:
    """Give what stands in a field that nobody has filled in: what alone it can be."""
    if name == "provision":
        return provision
    only = closed.get(name, ())
    return only[0][0] if name == "items" and len(only) == 1 else ""


def _with_value(kind: str, choices: tuple[Choice, ...], value: str) -> tuple[Choice, ...]:
    """Keep what was typed, or copied, among the choices."""
    known = {one for one, _ in choices}
    said = value.split(";") if kind == "several" else [value]
    if kind not in {"choice", "several"}:
        return choices
    return (*choices, *((one, one) for one in said if one and one not in known))


def _kind(name: str, closed: Mapping[str, tuple[Choice, ...]]) -> str:
    if name in {"recipients", "items", "court_order_items", "court_order_findings"}:
        return "several" if 0 < len(closed[name]) <= MOST_BOXES else "text"
    if name in closed:
        return "choice"
    if name == "reason":
        return "long"
    return {"date": "date", "flag": "flag"}.get(_KINDS[name], "text")


def _asked_of_fields(
    book: Book, day: date, provision: str
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Give for each field what counsel writes of the rules of a gateway that read it.

    A rule that is met whatever the form says, since it is about other gateways, asks nothing.
    """
    facts: Facts = dict.fromkeys(VOCABULARY) | {"provision": provision}
    on = Day(Stage.ADMISSION, day)
    open_yet = mask_one(book, facts, on)
    asks: dict[str, dict[tuple[str, str], None]] = {}
    for one in asked_of(book, facts, on):
        if one.version is None or one.rule.stops or not open_yet >> one.bit & 1:
            continue
        for fact in facts_in(one.version.tree):
            for name in fields_of(fact):
                said = (one.version.citation, of_a_box(" ".join(one.version.cure.split())))
                asks.setdefault(name, {})[said] = None
    return {name: tuple(said) for name, said in asks.items()}


def _faults(found: Mapping[str, Any] | None, book: Book) -> dict[str, list[tuple[str, str]]]:
    """Put what cannot be read, and what the law finds, beside the fields it is about."""
    faults: dict[str, list[tuple[str, str]]] = {}
    if not found:
        return faults
    for one in found["errors"]:
        faults.setdefault(one["column"], []).append((one["message"], one["cure"]))
    rules = {rule.id: rule for _, rule in book.rules}
    for one in (found["explained"] or {}).get("findings", ()):
        read = facts_in(rules[one["rule"]].versions[-1].tree)
        about = dict.fromkeys(field for fact in read for field in fields_of(fact))
        for name in [one for one in about if one in _IN_ORDER and one != _GATEWAY] or about:
            faults.setdefault(name, []).append((one["finding"], of_a_box(one["cure"])))
    return faults

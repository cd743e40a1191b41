"""The form for one request: every field with what it means, what the law asks of it, what is wrong.

The rules beside a field are the book's own, in English: those of the gateway chosen that read a
fact derived from the field. So a change of the book changes the form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import asked_of
from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.choices import FIRST_PROVISION
from ostiary.domain.columns import CHOICES, REQUEST
from ostiary.domain.facts import VOCABULARY, Facts
from ostiary.domain.words import Stage
from ostiary.faces.web.fields_of_facts import fields_of

_MEANING = {column.name: column.meaning.replace("`", "") for column in REQUEST}
_MEANING |= {
    "provision": "the gateway that you rely on",
    "signer": "id of the office-holder who signed, such as dhs-secretary",
    "recipients": "ids of the officers engaged in the matter, with ; between",
    "items": "address-confirmation",
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
            ("matter_number", 3),
            ("posture", 3),
            ("offense", 3),
            ("offense_limb", 3),
            ("removal_basis", 2),
            ("removal_order_date", 2),
            ("judicial_review_date", 2),
            ("taxable_periods", 6),
        ),
    ),
    ("Why, and for whom", (("reason", 6), ("recipients", 3), ("items", 3))),
    ("Undertakings", (("sole_use", 3), ("ai_analysis", 3))),
    (
        "What other gateways ask for",
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
_CHOICES = {name: ("", *CHOICES[name]) for name in ("posture", "offense_limb", "matter_kind")}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form.

    Attributes:
        name: of the column.
        width: in sixths of a line.
        kind: ``text``, ``date``, ``flag``, ``choice`` or ``long``.
        hint: what belongs into it.
        value: as it was typed.
        choices: value and text, for a choice.
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
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    title: str
    fields: tuple[FormField, ...]


def form_sections(
    values: Mapping[str, str], found: Mapping[str, Any] | None, book: Book, day: date
) -> list[Section]:
    """Lay out the form.

    Args:
        values: what was typed so far.
        found: what the check said, when there was one.
        book: the current law.
        day: the day on which the request would be received.
    """
    provision = values.get("provision") or FIRST_PROVISION
    asks = _asked_of_fields(book, day, provision)
    faults = _faults(found, book)
    choices = _CHOICES | {"provision": tuple(one.cites for one in book.instruments if one.gateway)}
    titles = {one.cites: one.title for one in book.instruments if one.gateway}
    return [
        Section(
            title,
            tuple(
                FormField(
                    name=name,
                    width=width,
                    kind=_kind(name, choices),
                    hint=_MEANING[name],
                    value=values.get(name, "") or (provision if name == "provision" else ""),
                    choices=tuple((one, titles.get(one, one)) for one in choices.get(name, ())),
                    asks=asks.get(name, ()),
                    faults=tuple(faults.get(name, ())),
                )
                for name, width in fields
            ),
        )
        for title, fields in _SECTIONS
    ]


def _kind(name: str, choices: Mapping[str, Any]) -> str:
    if name in choices:
        return "choice"
    if name == "reason":
        return "long"
    return {"date": "date", "flag": "flag"}.get(_KINDS[name], "text")


def _asked_of_fields(
    book: Book, day: date, provision: str
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Give for each field the rules of a gateway that read a fact derived from it."""
    facts: Facts = dict.fromkeys(VOCABULARY) | {"provision": provision}
    asks: dict[str, dict[tuple[str, str], None]] = {}
    for one in asked_of(book, facts, Day(Stage.ADMISSION, day)):
        if one.version is None or one.rule.stops:
            continue
        for fact in facts_in(one.version.tree):
            for name in fields_of(fact):
                said = (one.version.citation, in_english(one.version.tree))
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
        for name in dict.fromkeys(field for fact in read for field in fields_of(fact)):
            faults.setdefault(name, []).append((one["finding"], one["cure"]))
    return faults

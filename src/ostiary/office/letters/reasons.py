"""The reasons of a letter: each finding with the facts its rule asked for, and the day that counts.

A day comes from the book (an instrument that ends, a rule that time alone would meet) or from a
register. Where neither gives one, the letter says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.citations import citation_text
from ostiary.deciding.law.earliest_day import first_day_met
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.instruments import Instrument, Rule
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.facts import VOCABULARY, Facts, Value
from ostiary.domain.register_tables import REGISTER
from ostiary.domain.words import Finding, Layer
from ostiary.office.letters.content import NO_LAST_DAY, Reason, in_words

NO_END = "No end of this order is on record."
_DAYS_THEMSELVES = {"received", "disclosed", "received_year"}
_PLAN = "The register has the plan due on {}."
_DUE = {
    "safeguards_suspended": (
        "safeguards",
        "suspended_until",
        "The register suspends disclosure until {}.",
    ),
    "suspension_in_force": ("suspensions", "lifted_from", "The suspension is lifted from {}."),
    "corrective_plan_overdue": ("safeguards", "corrective_plan_due", _PLAN),
    "mitigation_plan_overdue": ("safeguards", "mitigation_plan_due", _PLAN),
}
"""Facts about an agency's safeguards: the register and the column that hold their day."""


@dataclass(frozen=True)
class Standing:
    """What reasons are worded by.

    Attributes:
        book: the law that is current.
        con: holds its registers.
        facts: what the law saw of the request; empty when that is no longer kept.
        day: the legal time of the decision.
        of_receipt: facts that are known as of the day of receipt alone, whatever ``day`` is.
    """

    book: Book
    con: duckdb.DuckDBPyConnection
    facts: Facts
    day: Day
    of_receipt: frozenset[str] = frozenset()


def reasons_of(standing: Standing, findings: Iterable[Finding]) -> tuple[Reason, ...]:
    """Give a reason for each finding, in the order in which they were given."""
    rules = {rule.id: (one, rule) for one, rule in standing.book.rules}
    return tuple(_reason(standing, found, rules.get(found.rule)) for found in findings)


def _reason(standing: Standing, found: Finding, asked: tuple[Instrument, Rule] | None) -> Reason:
    """Word one reason; of a rule that the book no longer has, the finding alone is told."""
    layer = found.layer or (asked[0].layer if asked else Layer.STATUTE)
    if asked is None or not standing.facts:
        return Reason(found.rule, found.citation, found.finding, (), found.cure, layer=layer)
    one, rule = asked
    wording = rule.version_on(standing.day.of(rule)) or rule.versions[-1]
    names = facts_in(wording.tree)
    return Reason(
        found.rule,
        found.citation,
        found.finding,
        tuple(_stated(name, standing, rule) for name in names if name not in _DAYS_THEMSELVES),
        found.cure,
        by_when(standing, one, rule, names),
        layer=layer,
    )


def by_when(standing: Standing, one: Instrument, rule: Rule, names: Iterable[str]) -> str:
    """Say which day counts for a cure, and where it comes from."""
    days = [
        *_register_days(standing, names),
        *_waiting(standing, one, rule),
        *_ending(one),
    ]
    if not days:
        return NO_END if rule.stops else NO_LAST_DAY
    return " ".join(days)


def _register_days(standing: Standing, names: Iterable[str]) -> list[str]:
    said = []
    for register, column, text in (_DUE[name] for name in names if name in _DUE):
        query = f"SELECT max({column}) FROM {REGISTER[register]} WHERE agency IN (?, ?, ?)"
        ((day,),) = standing.con.execute(query, _within(standing, register)).fetchall()
        said += [text.format(in_words(day))] if day else []
    return said


def _within(standing: Standing, register: str) -> list[Value]:
    """Give the agencies whose rows count for the one that asked."""
    asks = standing.facts["agency"]
    if register == "safeguards":
        return [asks, asks, asks]
    return [asks, standing.facts.get("agency_parent"), standing.facts.get("department")]


def _waiting(standing: Standing, one: Instrument, rule: Rule) -> list[str]:
    met = first_day_met(one, rule, standing.facts, standing.day)
    return (
        [f"From {in_words(met)} on, a request that says the same meets this condition."]
        if met
        else []
    )


def _ending(one: Instrument) -> list[str]:
    """Tell the end of what is relied on; the end of an order is told by waiting for it."""
    last = one.period.last
    if last is None or any(rule.stops for rule in one.rules):
        return []
    return [f"{one.title} ends on {in_words(last)}; send the cured request before."]


def _stated(name: str, standing: Standing, rule: Rule) -> tuple[str, str]:
    """Give label and value; a value of another day than the finding is said with its day."""
    label, received = VOCABULARY[name].clause, standing.day.received
    if name in standing.of_receipt and standing.day.of(rule) != received:
        label += f", as it was on receipt ({in_words(received)})"
    return label, in_plain_words(standing.facts.get(name))


def in_plain_words(value: Value) -> str:
    """Write a fact's value for people."""
    if value is None:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    text = str(value)
    return citation_text(text) or text

"""Ids of what exists and stands, with what each is called, for fields that want one of them.

They are suggested, not imposed: what a form says is judged by the readers and rooms behind it, and
a row may be written today about what begins tomorrow.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from ostiary.deciding.law.monitors import seats_on
from ostiary.domain.period import Period
from ostiary.domain.words import Layer
from ostiary.faces.server.law_snapshot import LawSnapshot

Known = tuple[tuple[str, str], ...]
"""Ids, each with what it is called."""
Kind = Literal["officers", "orders", "requesters", "rules", "seats"]
_MOST = 1_000
"""Ids that are suggested at most: a longer list is of no use to anybody."""


def known_ids(kind: Kind, snapshot: LawSnapshot, day: date) -> Known:
    """Give the ids of a kind that stand on a day, in order, the first thousand.

    Args:
        kind: ``orders`` in force or still to begin, ``rules`` of book and orders, ``requesters``
            of agencies, ``officers`` of the custodian, ``seats`` of monitors that an order names.
        snapshot: law and registers of now.
        day: the legal day.
    """
    found: Iterable[tuple[str, str]]
    match kind:
        case "orders":
            found = _orders(snapshot, day)
        case "rules":
            found = ((rule.id, one.title) for one, rule in snapshot.law.book.rules)
        case "requesters":
            found = _requesters(snapshot, day)
        case "officers":
            standing = (one.officer for one in snapshot.reviewers if one.serves_on(day))
            found = ((one, "officer of this office") for one in standing)
        case "seats":
            found = _seats(snapshot, day)
    return tuple(sorted(dict(found).items()))[:_MOST]


def _orders(snapshot: LawSnapshot, day: date) -> Iterable[tuple[str, str]]:
    for one in snapshot.law.book.instruments:
        if one.layer is Layer.ORDER and not one.period.is_over(day):
            yield one.id, one.title


def _requesters(snapshot: LawSnapshot, day: date) -> Iterable[tuple[str, str]]:
    for (agency, officer), periods in snapshot.officers.items():
        if any(day in Period(first, last) for first, last in periods):
            yield officer, f"of {snapshot.agencies.get(agency, agency)}"


def _seats(snapshot: LawSnapshot, day: date) -> Iterable[tuple[str, str]]:
    for one in snapshot.law.book.instruments:
        for seat in seats_on(one, day):
            yield seat.id, f"monitor by {one.title}"

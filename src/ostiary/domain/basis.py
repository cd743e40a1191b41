"""What a confirmation rests on: the periods of the records that agree, and the kinds of source.

The case store keeps it as one line, newest period first: ``2023:return;2022:information-return``.
A period that is unknown is left empty. How much of it an answer may tell is a matter of law: the
gateway's file of the book says which parts, and an agreement may narrow them.

Where a gateway opens more than a confirmation, what was found on file of the items asked for
stands behind a bar: ``2023:return|2023:unearned-income=1200``. Nothing that was not asked for, or
is not on the gateway's list, is ever written there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

Part = Literal["period", "source"]
PARTS: tuple[Part, ...] = get_args(Part)
"""What an answer may tell of what it rests on."""

ON_FILE = {
    "unearned-income": "unearned_income",
    "filing-status": "filing_status",
    "number-of-individuals": "number_of_individuals",
    "modified-adjusted-gross-income": "modified_adjusted_gross_income",
}
"""Items that a reference file may hold, with the column that holds each."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One period that a confirmation rests on.

    Attributes:
        period: a year; None where it is unknown, or not told.
        sources: kinds of source in order, as the reference file names them; empty where none is
            known, or told.
    """

    period: int | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """One item of one year, as an answer says it.

    Attributes:
        period: the year.
        item: its name, as requests ask for it.
        value: whole dollars, a count, or a word, as text.
    """

    period: int
    item: str
    value: str


def grounds_of(text: str) -> str:
    """Give the part of the line that says what a confirmation rests on, and no item."""
    return text.partition("|")[0]


def read_given(text: str) -> tuple[Given, ...]:
    """Read the items from the line that the case store keeps: newest first, then by name."""
    listed = (one.partition(":") for one in text.partition("|")[2].split(";") if one)
    parted = ((int(period), *said.partition("=")) for period, _, said in listed)
    found = (Given(period, item, value) for period, item, _, value in parted)
    return tuple(sorted(found, key=lambda one: (-one.period, one.item)))


def given_of(found: Collection[Given], tells: Collection[str]) -> tuple[Given, ...]:
    """Give the items that may be told: those alone that ``tells`` names."""
    return tuple(one for one in found if one.item in tells)


def given_in_words(given: Given) -> str:
    """Say an item for people: ``unearned income of 2023: 1,200``."""
    is_number = given.value.lstrip("-").isdigit()
    value = f"{int(given.value):,}" if is_number else given.value.replace("-", " ")
    return f"{given.item.replace('-', ' ')} of {given.period}: {value}"


def read_basis(text: str) -> tuple[Ground, ...]:
    """Read the line that the case store keeps; nothing of an empty one."""
    grounds = (one.partition(":") for one in grounds_of(text).split(";") if one)
    return tuple(
        Ground(int(period) if period else None, tuple(sources.split(",")) if sources else ())
        for period, _, sources in grounds
    )


def in_words(ground: Ground) -> str:
    """Say a ground for people: ``2023, by a return of the taxpayer``."""
    by = " and ".join(_SOURCES.get(one, one) for one in ground.sources)
    period = "" if ground.period is None else str(ground.period)
    return ", ".join(filter(None, (period, by and f"by {by}")))


_SOURCES = {
    "return": "a return of the taxpayer",
    "information-return": "an information return of others",
    "postal-update": "an update of the postal service",
}


def told_of(basis: Collection[Ground], tells: Collection[str]) -> tuple[Ground, ...]:
    """Give what may be told of a basis, newest period first.

    Args:
        basis: what a confirmation rests on.
        tells: which :data:`PARTS` may be told. Where it is the source alone, the sources of all
            periods stand together, so that they cannot be told apart.
    """
    with_source = "source" in tells
    if "period" in tells:
        told = [Ground(one.period, one.sources if with_source else ()) for one in basis]
    else:
        sources = {source for one in basis for source in one.sources} if with_source else set()
        told = [Ground(None, tuple(sorted(sources)))]
    return tuple(one for one in told if one.period is not None or one.sources)

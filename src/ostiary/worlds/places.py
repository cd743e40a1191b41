"""Places and streets: every building has its own address, which follows from its number alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from ostiary.worlds.chance import happens
from ostiary.worlds.hashing import below, mixed
from ostiary.worlds.street_lists import BASES, DIRECTIONS, ELSEWHERE_BASES, ORDINALS, TYPES
from ostiary.worlds.texts import Codes, Flags, Text

LOTS = 12  # buildings of one stretch of street
_FILE = Path(__file__).with_name("places.parquet")  # made by tools/places_table.py
_FEWEST_PLACES, _PEOPLE_A_PLACE = 40, 200
_STRIDE = 1009  # a prime: stretches of one ZIP code lie on different streets


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses as codes, one a row.

    Attributes:
        place: row of :func:`load_places`.
        number: house number, or the box number when ``box`` is set.
        direction: 0 for none, else 1 + row of ``DIRECTIONS``.
        street: row of :func:`streets`.
        box: whether it is a post office box.
        unit: 0 for none, else a row of :func:`units`.
    """

    place: Codes
    number: Codes
    direction: Codes
    street: Codes
    box: Flags
    unit: Codes

    def take(self, rows: Codes) -> "Addresses":
        """Give the addresses of some rows."""
        return Addresses(*(getattr(self, part.name)[rows] for part in fields(self)))

    def put(self, rows: Codes, others: "Addresses") -> None:
        """Write other addresses over some rows."""
        for part in fields(self):
            getattr(self, part.name)[rows] = getattr(others, part.name)


@dataclass(frozen=True, slots=True)
class Places:
    """Cities with their ZIP codes."""

    city: Text
    state: Text
    postal_code: Text


@cache
def load_places() -> Places:
    """List 29,673 ZIP codes of the states and the District of Columbia, with a city near each."""
    table = pq.read_table(_FILE)
    return Places(*(table[name].combine_chunks() for name in ("city", "state", "postal_code")))


def _composed(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        for short, full in TYPES:
            if name != full:  # no COURT COURT
                yield f"{name} {short}", f"{name} {full}"


_HOMES = tuple(_composed(BASES)) + tuple(
    (f"{name} {short}", f"{name} {full}") for name in ORDINALS for short, full in TYPES[:2]
)
_ELSEWHERE = tuple(_composed(ELSEWHERE_BASES))


def streets() -> tuple[tuple[str, str], ...]:
    """List every street, short and in full: first those people live on, then the others."""
    return _HOMES + _ELSEWHERE


_LABELS = tuple("12345678") + tuple("ABCDEFGH")


def units() -> tuple[tuple[str, str], ...]:
    """List every unit, short and in full; row 0 is no unit."""
    return (
        ("", ""),
        *((f"APT {label}", f"APARTMENT {label}") for label in _LABELS),
        *((f"UNIT {label}", f"UNIT {label}") for label in _LABELS),
    )


@dataclass(frozen=True, slots=True)
class Map:
    """Where the buildings of one synthetic world stand.

    Attributes:
        seed: seed of the world.
        order: the ZIP codes in use, as rows of :func:`load_places`.
    """

    seed: int
    order: Codes

    def locate(self, building: Codes, unit: Codes, box: Flags) -> Addresses:
        """Give each building its address; two buildings never have the same one."""
        stretch, lot = np.divmod(building, LOTS)
        rank, place = np.divmod(stretch, len(self.order))
        own = mixed(stretch, np.full_like(stretch, self.seed))
        of_place = below(mixed(place, np.full_like(place, self.seed)), len(_HOMES))
        number = 100 * (1 + below(own, 98)) + 2 * lot
        compass = below(own, 40, shift=24)
        return Addresses(
            place=self.order[place],
            number=np.where(box, 100 + rank * LOTS + lot, number),
            direction=np.where(box | (compass > len(DIRECTIONS)), 0, compass),
            street=(of_place + rank * _STRIDE) % len(_HOMES),
            box=box.copy(),
            unit=unit.copy(),
        )

    def elsewhere(self, rng: np.random.Generator, count: int) -> Addresses:
        """Make addresses that nobody of the reference file has or ever had."""
        return Addresses(
            place=self.order[rng.integers(len(self.order), size=count)],
            number=rng.integers(100, 9900, size=count),
            direction=np.zeros(count, np.int64),
            street=len(_HOMES) + rng.integers(len(_ELSEWHERE), size=count),
            box=np.zeros(count, np.bool_),
            unit=np.where(happens(rng, 0.15, count), rng.integers(1, len(units()), size=count), 0),
        )


def draw_map(seed: int, people: int) -> Map:
    """Choose the ZIP codes of a world: about two hundred people in each, all of them if need be."""
    known = len(load_places().city)
    used = min(known, max(_FEWEST_PLACES, people // _PEOPLE_A_PLACE))
    rng = np.random.default_rng([seed, 1])
    return Map(seed, rng.permutation(known)[:used].astype(np.int64))

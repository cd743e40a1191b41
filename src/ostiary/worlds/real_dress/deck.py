"""Ordinary people and homes to dress: drawn one at a time, each home on a street of its own."""

from bisect import bisect
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypeVar

import numpy as np

from ostiary.worlds.places import load_places
from ostiary.worlds.real_dress.pairs import Words, listed
from ostiary.worlds.vocabulary import load_names

T = TypeVar("T")

# Two halves of a street's name: none of them a type, a direction, a number or a unit.
_FIRST = listed("""
AMBLE BARN BRAM CALDER CARL COLD DUN ELLER FARN GARTH HAMBLE HARROW HOLM KEN KIRK LANG LEDS MARL
MELTON NETHER NORMAN OTTER PEM QUEN RAVEN ROTHER SALTER SEDGE STAN TARN THORN TILL ULVER VERN
WADE WARREN WHAR WIND WYN YAR
""")
_SECOND = listed("""
BECK BERRY BOURNE BURY BY COMBE COTE DEN FOLD HAM HOLT HURST LEY LOW MERE MORE NESS RICK SALL
SHAM SLEY STEAD STOW STROP THORPE TOFT TON WELL WICK WORTH
""")
TYPES = (
    ("ST", "Street"), ("AVE", "Avenue"), ("RD", "Road"), ("DR", "Drive"), ("LN", "Lane"),
    ("CT", "Court"), ("PL", "Place"), ("BLVD", "Boulevard"), ("WAY", "Way"), ("TER", "Terrace"),
)  # fmt: skip
"""Street types as filed and in full."""


class Place(NamedTuple):
    """A city and a ZIP code."""

    city: str
    state: str
    postal_code: str


@cache
def places() -> dict[str, tuple[Place, ...]]:
    """List the ZIP codes of each state."""
    found: dict[str, list[Place]] = {}
    known = load_places()
    rows = zip(
        known.city.to_pylist(), known.state.to_pylist(), known.postal_code.to_pylist(), strict=True
    )
    for row in rows:
        found.setdefault(row[1], []).append(Place(*row))
    return {state: tuple(listed) for state, listed in found.items()}


@cache
def _everywhere() -> tuple[Place, ...]:
    return tuple(place for listed in places().values() for place in listed)


@cache
def cities_of_several() -> tuple[tuple[Place, ...], ...]:
    """List the cities that have two ZIP codes or more, with them."""
    found: dict[tuple[str, str], list[Place]] = {}
    for place in _everywhere():
        found.setdefault(place[:2], []).append(place)
    return tuple(tuple(each) for each in found.values() if len(each) > 1)


class Deck:
    """Draws what pairs are made of."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Draw from these random numbers."""
        self._rng = rng
        self._taken: set[tuple[str, str]] = set()
        names = load_names()
        self._given = names.given.to_pylist()
        self._male, self._female = names.male.tolist(), names.female.tolist()
        self._surnames, self._share = names.surnames.to_pylist(), names.share.tolist()

    def number(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return int(self._rng.integers(low, high + 1))

    def one(self, listed: Sequence[T]) -> T:
        """Draw one of a list."""
        return listed[int(self._rng.integers(len(listed)))]

    def two(self, listed: Sequence[T]) -> tuple[T, T]:
        """Draw two different ones of a list."""
        first = int(self._rng.integers(len(listed)))
        second = int(self._rng.integers(len(listed) - 1))
        return listed[first], listed[second + (second >= first)]

    def chance(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return bool(self._rng.random() < share)

    def given(self) -> str:
        """Draw a given name as common as it is."""
        shares = self._male if self.chance(0.5) else self._female
        return str(self._given[bisect(shares, self._rng.random())])

    def surname(self) -> str:
        """Draw a surname of one word, as common as it is."""
        while " " in (found := str(self._surnames[bisect(self._share, self._rng.random())])):
            pass
        return found.replace("'", "")

    def birth(self) -> str:
        """Draw a day of birth, ISO."""
        return f"{self.number(1940, 2004)}-{self.number(1, 12):02d}-{self.number(1, 28):02d}"

    def place(self, *states: str) -> Place:
        """Draw a ZIP code, of all states or of some."""
        return self.one(places()[self.one(states)] if states else _everywhere())

    def street(self, place: Place) -> str:
        """Draw a street name that no other home of this ZIP code has."""
        while True:
            name = self.one(_FIRST) + self.one(_SECOND)
            if (place.postal_code, name) not in self._taken:
                self._taken.add((place.postal_code, name))
                return name

    def own(self, place: Place, road: str) -> bool:
        """Say whether a road of a ZIP code is still nobody's, and take it."""
        free = (place.postal_code, road) not in self._taken
        self._taken.add((place.postal_code, road))
        return free

    def at(self, place: Place, line: str, unit: str = "") -> Words:
        """Give somebody ordinary at an address."""
        return Words(
            given_name=self.given(),
            surname=self.surname(),
            birth_date=self.birth(),
            address_line=line,
            unit=unit,
            **place._asdict(),
        )

    def line(self, place: Place) -> str:
        """Draw a house on a street of its own, as filed."""
        return f"{self.number(100, 9899)} {self.street(place)} {self.one(TYPES)[0]}"

    def home(self) -> Words:
        """Give somebody ordinary at home."""
        place = self.place()
        return self.at(place, self.line(place))

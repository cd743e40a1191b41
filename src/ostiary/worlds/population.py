"""One stretch of the reference file: its people, where they lived, and who could be mistaken."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from ostiary.domain.columns import WHO_AND_WHERE
from ostiary.worlds.addressing import AS_FILED, written
from ostiary.worlds.hashing import Hashes, mixed
from ostiary.worlds.households import SUFFIXES, People, settle
from ostiary.worlds.naming import middle_text, surname_text
from ostiary.worlds.places import Addresses, Map
from ostiary.worlds.residences import SOURCES, Residences, house
from ostiary.worlds.texts import (
    Codes,
    Flags,
    Text,
    constant,
    day_text,
    joined,
    number_text,
    pick,
    where,
    words,
)
from ostiary.worlds.vocabulary import Names

TIN_NUMBERS = 2_000_000  # areas 000 and 666, never issued, and six more digits
_SIX_DIGITS = 1_000_000
_SCRAMBLE = 618_033  # coprime to 10^6: every six digits occur once


@dataclass(frozen=True)
class Stretch:
    """People numbered from ``first`` on, and their residences.

    Attributes:
        first: number of the first person.
        people: one a row.
        tin: rank of each person's TIN below ``TIN_NUMBERS``; -1 without one.
        residences: one a person and address.
        addresses: the addresses of the residences.
        names: the vocabulary the codes point into.
    """

    first: int
    people: People
    tin: Codes
    residences: Residences
    addresses: Addresses
    names: Names

    @cached_property
    def bearers(self) -> Hashes:
        """Which form of which name lives in which building: a number for each residence."""
        return self.key(self.residences.building, self.residences.person, self.group)

    @cached_property
    def group(self) -> Codes:
        """Family of name forms of each residence's person."""
        families: Codes = self.names.group[self.people.given[self.residences.person]]
        return families

    @cached_property
    def known(self) -> Hashes:
        """Every ``bearers`` number, with middle names taken for given names as well; sorted."""
        middle = self.people.middle[self.residences.person]
        has = middle >= 0
        also = self.key(
            self.residences.building[has],
            self.residences.person[has],
            self.names.group[middle[has]],
        )
        return np.unique(np.concatenate([self.bearers, also]))

    def key(self, building: Codes, person: Codes, group: Codes) -> Hashes:
        """Number the fact that somebody with this person's surname and such a name lives there."""
        people = self.people
        return mixed(building, people.surname[person], people.second[person], group)

    def alone(self, *columns: Codes) -> Flags:
        """Which residences share these columns with no other residence of their building."""
        _, inverse, counts = np.unique(
            mixed(self.residences.building, *columns), return_inverse=True, return_counts=True
        )
        once: Flags = counts[inverse] == 1
        return once


def make_stretch(
    rng: np.random.Generator,
    names: Names,
    where_to: Map,
    *,
    first: int,
    count: int,
    of: int,
    first_building: int,
) -> tuple[Stretch, int]:
    """Make the people numbered ``first`` to ``first + count - 1`` of a file of ``of`` people.

    Returns:
        The stretch, and the first building number still free.
    """
    people = settle(rng, names, count)
    residences, free = house(rng, people.household, first_building)
    addresses = where_to.locate(residences.building, residences.unit, residences.box)
    tin = _ranks(np.arange(first, first + count), of)
    return Stretch(first, people, tin, residences, addresses, names), free


def _ranks(person: Codes, of: int) -> Codes:
    """Hand out TINs: to everybody, or evenly to as many of the people as there are numbers."""
    if of <= TIN_NUMBERS:
        return person
    rank, before = person * TIN_NUMBERS // of, (person - 1) * TIN_NUMBERS // of
    return np.where(rank > before, rank, -1)


def tin_text(rank: Codes) -> Text:
    """Write TINs of the areas 000 and 666; empty below zero."""
    area = pick(words(["000", "666"]), rank % 2)
    digits = number_text((rank // 2 * _SCRAMBLE + 271_828) % _SIX_DIGITS, 6)
    return where(rank < 0, "", joined(area, digits))


def person_text(number: Codes) -> Text:
    """Write person ids; empty below zero."""
    return where(number < 0, "", joined("P", number_text(number + 1, 9)))


def reference_table(stretch: Stretch) -> pa.Table:
    """Write a stretch as rows of the reference file (``domain.columns.WHO_AND_WHERE``)."""
    people, rows = stretch.people, stretch.residences
    person = rows.person
    lines = written(stretch.addresses, np.full(len(person), AS_FILED))
    middle = np.where(people.middle_initial, people.middle, -1)
    columns = {
        "person_id": person_text(stretch.first + np.arange(len(people.given))).take(
            pa.array(person)
        ),
        "given_name": pick(stretch.names.given, people.given[person]),
        "middle_name": middle_text(
            stretch.names, people.middle[person], initial=middle[person] >= 0
        ),
        "surname": surname_text(
            stretch.names, people.surname[person], people.second[person], people.joint[person]
        ),
        "name_suffix": pick(words(SUFFIXES), people.suffix[person]),
        "birth_date": day_text(people.birth).take(pa.array(person)),
        "tin": tin_text(stretch.tin).take(pa.array(person)),
        **lines,
        "country": constant("US", len(person)),
        "period": number_text(rows.year),
        "source": pick(words(SOURCES), rows.source),
        "hold": where(people.hold[person], "true", ""),
    }
    return pa.table({column.name: columns[column.name] for column in WHO_AND_WHERE})

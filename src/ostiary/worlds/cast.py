"""Who of a stretch can play which part: choices under which the truth is beyond dispute."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from ostiary.worlds.hashing import Hashes
from ostiary.worlds.households import SINGLE
from ostiary.worlds.places import Map
from ostiary.worlds.population import Stretch
from ostiary.worlds.texts import Codes, Flags, pick

LONG = 6  # letters from which on one slip leaves a name recognisable


@dataclass(frozen=True)
class Cast:
    """A stretch of people with the random numbers and the map that requests are made with.

    The properties give flags, one a residence.
    """

    rng: np.random.Generator
    stretch: Stretch
    where_to: Map

    def of(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give a column of people as a column of residences."""
        return column[self.stretch.residences.person]

    @cached_property
    def unmistakable(self) -> Flags:
        """Nobody else of this surname and such a given name ever lived in the building."""
        people = self.stretch.people
        alone = self.stretch.alone(
            self.of(people.surname), self.of(people.second), self.stretch.group
        )
        free: Flags = alone & ~self.of(people.paired)
        return free

    @cached_property
    def member(self) -> Flags:
        """The person's latest address, unmistakable and without a hold."""
        flags: Flags = self.known_address & self.stretch.residences.current
        return flags

    @cached_property
    def known_address(self) -> Flags:
        """Any address of a person, unmistakable there and without a hold."""
        flags: Flags = self.unmistakable & ~self.of(self.stretch.people.hold)
        return flags

    @cached_property
    def has_tin(self) -> Flags:
        """The file holds the person's TIN."""
        flags: Flags = self.of(self.stretch.tin) >= 0
        return flags

    @cached_property
    def house(self) -> Flags:
        """A member at a number of a street, not at a post office box."""
        return self.member & ~self.stretch.residences.box

    @cached_property
    def single_surname(self) -> Flags:
        """The surname has one part."""
        flags: Flags = self.of(self.stretch.people.joint) == SINGLE
        return flags

    @cached_property
    def alone_by_given(self) -> Flags:
        """No other given name of the family lived in the building, whatever the surname."""
        return self.stretch.alone(self.stretch.group)

    @cached_property
    def alone_by_initial(self) -> Flags:
        """No other given name with this first letter lived in the building."""
        given = pick(self.stretch.names.given, self.of(self.stretch.people.given))
        first = pc.dictionary_encode(pc.utf8_slice_codeunits(given, 0, 1)).indices
        return self.stretch.alone(first.to_numpy(zero_copy_only=False).astype(np.int64))

    @cached_property
    def man(self) -> Flags:
        """The given name is commoner among men than among women."""
        names = self.stretch.names
        male, female = np.diff(names.male, prepend=0.0), np.diff(names.female, prepend=0.0)
        flags: Flags = self.of((male > female)[self.stretch.people.given])
        return flags

    @cached_property
    def long_given(self) -> Flags:
        """The given name has ``LONG`` letters or more."""
        lengths = pc.utf8_length(self.stretch.names.given).to_numpy()
        flags: Flags = lengths[self.of(self.stretch.people.given)] >= LONG
        return flags

    @cached_property
    def long_surname(self) -> Flags:
        """The surname is a single word of ``LONG`` letters or more."""
        word = pc.match_substring_regex(self.stretch.names.surnames, f"^[A-Z]{{{LONG},}}$")
        plain = word.to_numpy(zero_copy_only=False)[self.of(self.stretch.people.surname)]
        flags: Flags = plain & self.single_surname
        return flags

    def choose(self, flags: Flags, count: int) -> Codes:
        """Choose residences by flag: each at most once as long as there are enough.

        Raises:
            LookupError: nobody can play the part.
        """
        eligible = np.flatnonzero(flags)
        if not len(eligible):
            raise LookupError
        chosen: Codes = self.rng.choice(eligible, count, replace=count > len(eligible))
        return chosen

    def unknown_there(self, building: Codes, person: Codes, group: Codes) -> Flags:
        """Whether nobody of this person's surname with such a name ever lived in the building."""
        return ~self._known(self.stretch.key(building, person, group))

    def _known(self, keys: Hashes) -> Flags:
        known = self.stretch.known
        place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        flags: Flags = known[place] == keys
        return flags

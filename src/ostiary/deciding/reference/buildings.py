"""Buildings: which one a record is in, how many people it has and how many units."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ostiary.deciding.reference.blocking_keys import Hashes
from ostiary.deciding.reference.layout import unique
from ostiary.deciding.reference.twins import identifiers, says_no_kind

Numbers = npt.NDArray[np.uint32]
_LOW = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Buildings:
    """All buildings of a reference.

    Attributes:
        of: for each record, the place of its building.
        people: different people of each.
        units: different units of each; no unit does not count.
        first_unit: place of its first unit in the vocabulary of units, 0 without one.
    """

    of: Numbers
    people: Numbers
    units: Numbers
    first_unit: Numbers


def find_buildings(
    place: Hashes, person: Numbers, unit: Numbers, words: Sequence[str]
) -> Buildings:
    """Number the buildings in order of their hash, and count what is in them.

    A bare identifier beside the same one with its kind is no further unit: 7 beside APT 7.

    Args:
        place: hash of the building, for each record.
        person: person of each record.
        unit: place of each record's unit in its vocabulary.
        words: that vocabulary.
    """
    order = np.argsort(place)
    ordered = place[order]
    new = np.ones(len(order), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    del ordered
    of = np.empty(len(order), np.uint32)
    of[order] = np.cumsum(new) - 1
    many = int(new.sum())
    del order, new
    above = of.astype(np.uint64) << _LOW
    lived_in = (unique(above | person) >> _LOW).astype(np.int64)
    people = np.bincount(lived_in, minlength=many).astype(np.uint32)
    with_unit = unit != 0
    housed = unique(above[with_unit] | unit[with_unit])
    places = (housed >> _LOW).astype(np.int64)
    counted = _without_repeats(housed, words)
    units = np.bincount(places[counted], minlength=many).astype(np.uint32)
    first_unit = np.zeros(many, np.uint32)
    first_unit[places[::-1]] = housed[::-1].astype(np.uint32)
    return Buildings(of, people, units, first_unit)


def _without_repeats(housed: Hashes, words: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which units of buildings count: a bare one does not beside the same with its kind."""
    numbers: dict[str, int] = {}
    same = [numbers.setdefault(identifiers(word), len(numbers)) for word in words]
    bare = np.array([says_no_kind(word) for word in words], np.bool_)
    unit = housed.astype(np.uint32)
    alike = housed >> _LOW << _LOW | np.array(same, np.uint64)[unit]
    silent = bare[unit]
    return ~(silent & np.isin(alike, alike[~silent]))

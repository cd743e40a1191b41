"""Where people live and lived: dwellings, moves, and the years the file knows them from."""

from dataclasses import dataclass

import numpy as np

from ostiary.worlds.chance import happens
from ostiary.worlds.places import LOTS, units
from ostiary.worlds.texts import Codes, Flags

SOURCES = ("return", "information-return", "postal-update")
_PERIODS = (0.56, 0.30, 0.14)  # one, two or three addresses: 1.58 on average
_BUILDINGS_WITH_UNITS = 0.25
_UNIT_COUNTS = (2, 2, 2, 2, 2, 3, 3, 4, 8)
_BOXES = 0.06  # of buildings without units; about 3 % of all dwellings
_LATEST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Residences:
    """Person-addresses, one a row, a person's rows together and the oldest first.

    Attributes:
        person: row of the person.
        building: number of the building.
        unit: row of ``places.units``.
        box: the "building" is a post office box.
        year: year the address comes from.
        source: row of ``SOURCES``.
        current: it is the person's latest address.
    """

    person: Codes
    building: Codes
    unit: Codes
    box: Flags
    year: Codes
    source: Codes
    current: Flags


@dataclass(frozen=True, slots=True)
class _Dwellings:
    building: Codes
    unit: Codes
    box: Flags


def house(
    rng: np.random.Generator, household: Codes, first_building: int
) -> tuple[Residences, int]:
    """Give each household its dwellings and each person a history.

    Half of those who moved once came from where another household lives now, so that an address is
    often somebody else's as well.

    Returns:
        The residences, and the first building number that is still free (a multiple of ``LOTS``).
    """
    households = int(household[-1]) + 1
    periods = rng.choice((1, 2, 3), size=households, p=_PERIODS)
    taken_over = happens(rng, 0.5, households)
    fresh_first = (periods > 1) & ~taken_over
    fresh_second = periods == len(_PERIODS)
    wanted = households + int(fresh_first.sum()) + int(fresh_second.sum())
    dwellings, free = _build(rng, wanted, first_building)
    homes = np.zeros((households, 3), np.int64)
    homes[:, 0] = np.arange(households)
    homes[:, 1] = np.roll(homes[:, 0], households // 3)
    homes[fresh_first, 1] = np.arange(households, households + int(fresh_first.sum()))
    homes[fresh_second, 2] = np.arange(wanted - int(fresh_second.sum()), wanted)
    return _histories(rng, household, periods, homes, dwellings), free


def _build(rng: np.random.Generator, dwellings: int, first: int) -> tuple[_Dwellings, int]:
    """Build houses and flats; who lives where is left to chance."""
    several = happens(rng, _BUILDINGS_WITH_UNITS, dwellings)
    sizes = np.where(several, rng.choice(_UNIT_COUNTS, size=dwellings), 1)
    buildings = int(np.searchsorted(np.cumsum(sizes), dwellings)) + 1
    sizes = sizes[:buildings]
    building = np.repeat(np.arange(buildings), sizes)[:dwellings]
    ordinal = np.arange(dwellings) - np.searchsorted(building, building)
    style = rng.integers(4, size=buildings) * 8  # numbers or letters, APT or UNIT
    unit = np.where(sizes[building] > 1, 1 + style[building] + ordinal, 0)
    if unit.max() >= len(units()):
        raise ValueError("a building has more units than there are labels")
    box = (sizes == 1) & (happens(rng, _BOXES, buildings))
    order = rng.permutation(dwellings)
    placed = _Dwellings((first + building)[order], unit[order], box[building][order])
    return placed, first + -(-buildings // LOTS) * LOTS


def _histories(
    rng: np.random.Generator,
    household: Codes,
    periods: Codes,
    homes: Codes,
    dwellings: _Dwellings,
) -> Residences:
    """Write one row for each person and address; a household moves together."""
    count = periods[household]
    person = np.repeat(np.arange(len(household)), count)
    ends = np.cumsum(count)
    back = ends[person] - 1 - np.arange(len(person))  # 0 is the current address
    years = np.zeros((len(periods), 3), np.int64)
    years[:, 0] = _LATEST_YEAR - rng.choice(3, size=len(periods), p=(0.6, 0.25, 0.15))
    for step in (1, 2):
        years[:, step] = years[:, step - 1] - rng.integers(1, 3, size=len(periods))
    home = homes[household[person], back]
    return Residences(
        person=person,
        building=dwellings.building[home],
        unit=dwellings.unit[home],
        box=dwellings.box[home],
        year=years[household[person], back],
        source=rng.choice(3, size=len(person), p=(0.7, 0.22, 0.08)),
        current=back == 0,
    )

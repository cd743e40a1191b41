"""Who lives together: couples, children, shared surnames, sons named after their fathers."""

from dataclasses import dataclass

import numpy as np

from ostiary.worlds.chance import happens
from ostiary.worlds.texts import Codes, Days, Flags
from ostiary.worlds.vocabulary import Names, drawn

SUFFIXES = ("", "SR", "JR", "II", "III")
SINGLE, SPACED, HYPHENED = 0, 1, 2

# adults and children of a household, and how common that is
_SHAPES = (
    (1, 0, 0.28),
    (2, 0, 0.35),
    (2, 1, 0.11),
    (2, 2, 0.10),
    (2, 3, 0.04),
    (1, 1, 0.07),
    (1, 2, 0.05),
)
_NAMED_AFTER_FATHER = 0.0125  # pairs for each person: one in forty belongs to such a pair
_LATEST_BIRTH = np.datetime64("2007-12-31")


@dataclass(frozen=True, slots=True)
class People:
    """People of one stretch of the file, one a row, as codes.

    Attributes:
        household: number of the household.
        given, middle: codes of given names; ``middle`` is -1 for none.
        middle_initial: the file knows only the initial of the middle name.
        surname, second: codes of surnames; ``second`` is the other part of a double one, or -1.
        joint: ``SINGLE``, ``SPACED`` (GARCIA LOPEZ) or ``HYPHENED`` (GARCIA-LOPEZ).
        suffix: row of ``SUFFIXES``.
        birth: day of birth.
        paired: father or son of the same given name in one household.
        hold: the bar of 26 USC 6103(i)(6) stands.
    """

    household: Codes
    given: Codes
    middle: Codes
    middle_initial: Flags
    surname: Codes
    second: Codes
    joint: Codes
    suffix: Codes
    birth: Days
    paired: Flags
    hold: Flags


@dataclass(frozen=True, slots=True)
class _Roles:
    household: Codes
    head: Codes  # the head's row, for each person
    spouse: Flags
    child: Flags
    male: Flags


def settle(rng: np.random.Generator, names: Names, count: int) -> People:
    """Make ``count`` people in households.

    About 2.5 % are father and son with one given name; half of these pairs carry SR and JR, half
    carry nothing that tells them apart.
    """
    roles = _roles(rng, count)
    given = _given_names(rng, names, roles)
    surname, second, joint = _surnames(rng, names, roles)
    suffix = np.where(roles.male & happens(rng, 0.01, count), rng.integers(2, 5, count), 0)
    father, son = _pairs(rng, roles)
    given[son] = given[father]
    for part in (surname, second, joint):
        part[son] = part[father]
    told_apart = np.arange(len(father)) % 2 == 0
    suffix[father], suffix[son] = np.where(told_apart, 1, 0), np.where(told_apart, 2, 0)
    paired = np.zeros(count, np.bool_)
    paired[father] = paired[son] = True
    middle = np.where(roles.male, drawn(rng, names.male, count), drawn(rng, names.female, count))
    return People(
        household=roles.household,
        given=given,
        middle=np.where(happens(rng, 0.7, count), middle, -1),
        middle_initial=happens(rng, 0.5, count),
        surname=surname,
        second=second,
        joint=joint,
        suffix=suffix,
        birth=_births(rng, roles),
        paired=paired,
        hold=_holds(rng, paired),
    )


def _roles(rng: np.random.Generator, count: int) -> _Roles:
    """Fill households one after the other; the last one takes whoever is left."""
    shapes = np.array(_SHAPES)
    kind = rng.choice(len(shapes), size=count, p=shapes[:, 2])
    adults, sizes = shapes[kind, 0], (shapes[kind, 0] + shapes[kind, 1]).astype(np.int64)
    households = int(np.searchsorted(np.cumsum(sizes), count)) + 1
    household = np.repeat(np.arange(households), sizes[:households])[:count]
    head = np.searchsorted(household, household)
    place = np.arange(count) - head
    spouse = (place == 1) & (adults[household] > 1)
    male = happens(rng, 0.5, count)
    male[spouse] = ~male[head[spouse]]
    return _Roles(household, head, spouse, (place > 0) & ~spouse, male)


def _given_names(rng: np.random.Generator, names: Names, roles: _Roles) -> Codes:
    """Draw given names so that no two of a household are forms of one name."""
    given = np.zeros(len(roles.male), np.int64)
    again = np.arange(len(given))
    while len(again):
        male, female = drawn(rng, names.male, len(again)), drawn(rng, names.female, len(again))
        given[again] = np.where(roles.male[again], male, female)
        key = roles.household * len(names.group) + names.group[given]
        first = np.zeros(len(given), np.bool_)
        first[np.unique(key, return_index=True)[1]] = True
        again = np.flatnonzero(~first)
    return given


def _surnames(rng: np.random.Generator, names: Names, roles: _Roles) -> tuple[Codes, Codes, Codes]:
    """Give a household its head's surname; some spouses keep theirs, some surnames are double."""
    count = len(roles.head)
    own, other = drawn(rng, names.share, count), drawn(rng, names.share, count)
    joint = rng.choice([SINGLE, SPACED, HYPHENED], size=count, p=[0.965, 0.02, 0.015])
    joint[np.unique(roles.head)[:4]] = SPACED  # even a small world has some
    joint[own == other] = SINGLE
    source = np.where(roles.spouse & happens(rng, 0.15, count), np.arange(count), roles.head)
    joint = joint[source]
    return own[source], np.where(joint == SINGLE, -1, other[source]), joint


def _pairs(rng: np.random.Generator, roles: _Roles) -> tuple[Codes, Codes]:
    """Choose fathers and the first sons who bear their names."""
    fathers = np.flatnonzero(roles.male & ~roles.child)
    sons = np.flatnonzero(roles.male & roles.child)
    sons = sons[np.unique(roles.household[sons], return_index=True)[1]]
    both, of_father, of_son = np.intersect1d(
        roles.household[fathers], roles.household[sons], return_indices=True
    )
    wanted = min(len(both), max(1, round(len(roles.male) * _NAMED_AFTER_FATHER)))
    chosen = rng.choice(len(both), size=wanted, replace=False)
    return fathers[of_father[chosen]], sons[of_son[chosen]]


def _births(rng: np.random.Generator, roles: _Roles) -> Days:
    count = len(roles.head)
    age = rng.integers(24 * 365, 86 * 365, count)
    partner = np.maximum(age[roles.head] + rng.integers(-6 * 365, 6 * 365, count), 19 * 365)
    child = age[roles.head] - rng.integers(20 * 365, 38 * 365, count)
    days = np.where(roles.spouse, partner, np.where(roles.child, child, age))
    drawn_days = np.datetime64("2025-01-01") - days.astype("timedelta64[D]")
    spread = rng.integers(0, 12 * 365, count).astype("timedelta64[D]")
    born: Days = np.where(drawn_days > _LATEST_BIRTH, _LATEST_BIRTH - spread, drawn_days)
    return born


def _holds(rng: np.random.Generator, paired: Flags) -> Flags:
    """Put a hold on one person in five hundred, never on fathers and sons of one name."""
    hold = np.zeros(len(paired), np.bool_)
    free = np.flatnonzero(~paired)
    hold[rng.choice(free, size=max(2, round(len(paired) * 0.002)), replace=False)] = True
    return hold

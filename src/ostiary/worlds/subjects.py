"""How the person of a request is chosen and written: one function for each sort of subject.

Every function takes a cast and a number of requests, and gives a column of person numbers (-1: not
in the file) with the columns of a request that speak of the person.
"""

from collections.abc import Callable

import numpy as np

from ostiary.worlds.addressing import IN_FULL, SMALL
from ostiary.worlds.cast import Cast
from ostiary.worlds.chance import happens
from ostiary.worlds.drafts import NO_DAY, Draft, absent, as_filed, known_in_part, stranger
from ostiary.worlds.households import SINGLE
from ostiary.worlds.population import TIN_NUMBERS
from ostiary.worlds.spelling import misspelt
from ostiary.worlds.texts import Codes, Text, placed
from ostiary.worlds.vocabulary import any_given

Written = tuple[Codes, dict[str, Text]]


def _done(draft: Draft) -> Written:
    return draft.person, draft.write()


def _exact(cast: Cast, count: int) -> Written:
    return _done(known_in_part(cast, cast.choose(cast.member, count), middle=True))


def _house(cast: Cast, count: int) -> Written:
    return _done(known_in_part(cast, cast.choose(cast.house, count), middle=True))


def _with_tin(cast: Cast, count: int) -> Written:
    return _done(as_filed(cast, cast.choose(cast.house & cast.has_tin, count)))


def _tin_exact(cast: Cast, count: int) -> Written:
    return _done(as_filed(cast, cast.choose(cast.member & cast.has_tin, count)))


def _tin_moved(cast: Cast, count: int) -> Written:
    draft = as_filed(cast, cast.choose(cast.member & cast.has_tin, count))
    draft.addresses = cast.where_to.elsewhere(cast.rng, count)
    return _done(draft)


def _other_hand(cast: Cast, draft: Draft) -> Draft:
    """Have the address written by somebody with other habits."""
    rng, count = cast.rng, len(draft.given)
    draft.hand = rng.integers(IN_FULL, SMALL + 1, size=count)
    draft.unit_in_line = happens(rng, 0.5, count)
    draft.plus_four = np.where(happens(rng, 0.3, count), rng.integers(1, 9999, size=count), -1)
    return draft


def _format(cast: Cast, count: int) -> Written:
    return _done(_other_hand(cast, known_in_part(cast, cast.choose(cast.member, count))))


def _format_without_tin(cast: Cast, count: int) -> Written:
    draft = _other_hand(cast, known_in_part(cast, cast.choose(cast.member, count)))
    draft.tin = np.full(count, -1)
    return _done(draft)


def _nickname(cast: Cast, count: int) -> Written:
    nickname = cast.stretch.names.nickname
    formal = nickname[cast.of(cast.stretch.people.given)] >= 0
    draft = known_in_part(cast, cast.choose(cast.member & formal, count))
    draft.given = nickname[draft.given]
    return _done(draft)


def _initial(cast: Cast, count: int) -> Written:
    people = cast.stretch.people
    full = (people.middle >= 0) & ~people.middle_initial
    rows = cast.choose(cast.member & cast.of(full), count)
    draft = known_in_part(cast, rows, middle=True)
    draft.middle_initial = np.ones(count, np.bool_)
    return _done(draft)


def _typo(cast: Cast, count: int) -> Written:
    rows = cast.choose(
        cast.member & cast.alone_by_initial & (cast.long_given | cast.long_surname), count
    )
    draft = known_in_part(cast, rows)
    columns = draft.write()
    in_given = cast.long_given[rows] & (~cast.long_surname[rows] | happens(cast.rng, 0.5, count))
    for column, mask, known in (
        ("given_name", in_given, draft.names.given),
        ("surname", ~in_given, draft.names.surnames),
    ):
        chosen = np.flatnonzero(mask)
        if len(chosen):
            slipped = misspelt(cast.rng, columns[column].take(chosen), known)
            columns[column] = placed(columns[column], chosen, slipped)
    return draft.person, columns


def _swapped(cast: Cast, count: int) -> Written:
    draft = known_in_part(cast, cast.choose(cast.member & cast.single_surname, count))
    columns = draft.write()
    columns["given_name"], columns["surname"] = columns["surname"], columns["given_name"]
    return draft.person, columns


def _old_address(cast: Cast, count: int) -> Written:
    earlier = cast.known_address & ~cast.stretch.residences.current
    return _done(known_in_part(cast, cast.choose(earlier, count)))


def _double_surname(cast: Cast, count: int) -> Written:
    rows = cast.choose(cast.member & ~cast.single_surname & cast.alone_by_given, count)
    draft = known_in_part(cast, rows)
    draft.surname = np.where(happens(cast.rng, 0.7, count), draft.surname, draft.second)
    draft.joint = np.full(count, SINGLE)
    return _done(draft)


def _moved(cast: Cast, count: int) -> Written:
    draft = known_in_part(cast, cast.choose(cast.member, count))
    draft.addresses = cast.where_to.elsewhere(cast.rng, count)
    return _done(draft)


def _wrong_birth_date(cast: Cast, count: int) -> Written:
    draft = as_filed(cast, cast.choose(cast.member, count))
    draft.birth = draft.birth - cast.rng.integers(400, 4000, count).astype("timedelta64[D]")
    draft.tin = np.full(count, -1)
    return _done(draft)


def _wrong_tin(cast: Cast, count: int) -> Written:
    draft = as_filed(cast, cast.choose(cast.member & cast.has_tin, count))
    step = 2 * cast.rng.integers(1000, TIN_NUMBERS // 2 - 1000, count)
    draft.tin = (draft.tin + step) % TIN_NUMBERS
    draft.birth = np.full(count, NO_DAY)
    return _done(draft)


def _relative(cast: Cast, count: int) -> Written:
    rows = cast.choose(cast.member, count)
    draft = absent(cast, rows)
    residences, again = cast.stretch.residences, np.arange(count)
    while len(again):
        draft.given[again] = any_given(cast.rng, draft.names, len(again))
        group = draft.names.group[draft.given]
        here = residences.building[rows], residences.person[rows]
        again = np.flatnonzero(~cast.unknown_there(*here, group))
    return _done(draft)


def _twin(cast: Cast, count: int) -> Written:
    names, residences = cast.stretch.names, cast.stretch.residences
    twin = names.twin[cast.of(cast.stretch.people.given)]
    here = residences.building, residences.person
    possible = (twin >= 0) & cast.unknown_there(*here, names.group[twin])
    rows = cast.choose(cast.member & possible, count)
    draft = absent(cast, rows)
    draft.given = twin[rows]
    return _done(draft)


def _close_name(cast: Cast, count: int) -> Written:
    close = cast.stretch.names.close[cast.of(cast.stretch.people.given)]
    rows = cast.choose(cast.member & cast.alone_by_initial & (close >= 0), count)
    draft = absent(cast, rows)
    draft.given = close[rows]
    return _done(draft)


def _absent_namesake(cast: Cast, count: int) -> Written:
    """Father or son of a man in the file, of the same name and address, himself not in the file."""
    return _done(absent(cast, cast.choose(cast.member & cast.man, count)))


def _neighbour(cast: Cast, count: int) -> Written:
    residences = cast.stretch.residences
    next_door = residences.building ^ 1  # buildings come in pairs on one stretch of street
    free = cast.unknown_there(next_door, residences.person, cast.stretch.group)
    rows = cast.choose(cast.house & free, count)
    draft = known_in_part(cast, rows)
    draft.person, draft.tin = np.full(count, -1), np.full(count, -1)
    draft.birth = np.full(count, NO_DAY)
    draft.addresses = cast.where_to.locate(
        next_door[rows], residences.unit[rows], residences.box[rows]
    )
    return _done(draft)


def _namesake(cast: Cast, count: int) -> Written:
    residences, addresses = cast.stretch.residences, cast.stretch.addresses
    rows, homes = cast.choose(cast.member, count), np.zeros(count, np.int64)
    draft, known = absent(cast, rows), known_in_part(cast, rows)
    draft.middle, draft.middle_initial = known.middle, known.middle_initial
    again = np.arange(count)
    while len(again):
        homes[again] = cast.choose(cast.house, len(again))
        there = cast.unknown_there(
            residences.building[homes], residences.person[rows], cast.stretch.group[rows]
        )
        away = addresses.place[homes] != addresses.place[rows]
        again = np.flatnonzero(~(there & away))
    draft.addresses = addresses.take(homes)
    return _done(draft)


def _stranger(cast: Cast, count: int) -> Written:
    return _done(stranger(cast, count))


def _father_or_son(cast: Cast, count: int) -> Written:
    people = cast.stretch.people
    either = cast.of(people.paired & ~people.hold) & cast.stretch.residences.current
    draft = as_filed(cast, cast.choose(either, count))
    nothing = np.full(count, -1)
    draft.middle, draft.tin, draft.suffix = nothing, nothing, np.zeros(count, np.int64)
    draft.birth = np.full(count, NO_DAY)
    return _done(draft)


def _held(cast: Cast, count: int) -> Written:
    hold = cast.of(cast.stretch.people.hold)
    rows = cast.choose(cast.unmistakable & hold & cast.stretch.residences.current, count)
    return _done(known_in_part(cast, rows, middle=True))


SUBJECTS: dict[str, Callable[[Cast, int], Written]] = {
    "exact": _exact,
    "house": _house,
    "with-tin": _with_tin,
    "format": _format,
    "nickname": _nickname,
    "initial": _initial,
    "typo": _typo,
    "swapped": _swapped,
    "old-address": _old_address,
    "double-surname": _double_surname,
    "moved": _moved,
    "wrong-birth-date": _wrong_birth_date,
    "wrong-tin": _wrong_tin,
    "father-or-son": _father_or_son,
    "held": _held,
    "relative": _relative,
    "twin": _twin,
    "close-name": _close_name,
    "absent-namesake": _absent_namesake,
    "neighbour": _neighbour,
    "namesake": _namesake,
    "stranger": _stranger,
    "tin-exact": _tin_exact,
    "tin-moved": _tin_moved,
    "format-without-tin": _format_without_tin,
}

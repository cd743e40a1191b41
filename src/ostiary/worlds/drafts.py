"""A draft: the person and the address of some requests, as codes, before they are written."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.worlds.addressing import AS_FILED, SMALL, WITH_POINTS, written
from ostiary.worlds.cast import Cast
from ostiary.worlds.chance import happens
from ostiary.worlds.households import SINGLE, SUFFIXES
from ostiary.worlds.naming import middle_text, surname_text
from ostiary.worlds.places import Addresses
from ostiary.worlds.population import tin_text
from ostiary.worlds.texts import Codes, Days, Flags, Text, day_text, pick, where, words
from ostiary.worlds.vocabulary import Names, any_given

_BIRTH_GIVEN, _TIN_GIVEN, _MIDDLE_GIVEN = 0.3, 0.2, 0.6
NO_DAY = np.datetime64("NaT", "D")


@dataclass
class Draft:
    """What requests of one sort say of whom they are about; see ``households.People``.

    ``person`` is the number of the person meant in the whole file, -1 for nobody in it. ``tin`` is
    the rank of a TIN, -1 for none. ``year`` is the one from which the file has the address that the
    request starts from; the column of that name is not written into a file.
    """

    names: Names
    person: Codes
    given: Codes
    middle: Codes
    middle_initial: Flags
    surname: Codes
    second: Codes
    joint: Codes
    suffix: Codes
    tin: Codes
    birth: Days
    addresses: Addresses
    year: Codes
    hand: Codes = field(default_factory=lambda: np.zeros(0, np.int64))
    unit_in_line: Flags | None = None
    plus_four: Codes | None = None

    def write(self) -> dict[str, Text]:
        """Write the person and the address as columns of a request file."""
        hand = self.hand if len(self.hand) else np.full(len(self.given), AS_FILED)
        named = {
            "given_name": pick(self.names.given, self.given),
            "middle_name": middle_text(self.names, self.middle, initial=self.middle_initial),
            "surname": surname_text(self.names, self.surname, self.second, self.joint),
        }
        if len(self.hand):
            named = {column: _in_hand(text, hand) for column, text in named.items()}
        return {
            **named,
            "name_suffix": pick(words(SUFFIXES), self.suffix),
            **written(
                self.addresses, hand, unit_in_line=self.unit_in_line, plus_four=self.plus_four
            ),
            "tin": tin_text(self.tin),
            "birth_date": day_text(self.birth),
            "year": pa.array(self.year),
        }


def _in_hand(text: Text, hand: Codes) -> Text:
    text = where(hand == WITH_POINTS, pc.utf8_title(text), text)
    return where(hand == SMALL, pc.utf8_lower(text), text)


def as_filed(cast: Cast, rows: Codes) -> Draft:
    """Draft requests that say what the file has, with the middle name, birth date and TIN."""
    stretch, people = cast.stretch, cast.stretch.people
    person = stretch.residences.person[rows]
    return Draft(
        names=stretch.names,
        person=stretch.first + person,
        given=people.given[person],
        middle=people.middle[person],
        middle_initial=people.middle_initial[person],
        surname=people.surname[person],
        second=people.second[person],
        joint=people.joint[person],
        suffix=people.suffix[person],
        tin=stretch.tin[person],
        birth=people.birth[person].copy(),
        addresses=stretch.addresses.take(rows),
        year=stretch.residences.year[rows],
    )


def known_in_part(cast: Cast, rows: Codes, *, middle: bool = False) -> Draft:
    """Draft requests of an agency that knows some birth dates and some TINs.

    Args:
        cast: the people.
        rows: residences.
        middle: keep every middle name that the file has; otherwise some are not given.
    """
    draft, rng = as_filed(cast, rows), cast.rng
    draft.birth[~happens(rng, _BIRTH_GIVEN, len(rows))] = NO_DAY
    draft.tin = np.where(happens(rng, _TIN_GIVEN, len(rows)), draft.tin, -1)
    if not middle:
        draft.middle = np.where(happens(rng, _MIDDLE_GIVEN, len(rows)), draft.middle, -1)
    return draft


def absent(cast: Cast, rows: Codes) -> Draft:
    """Draft requests about people who are not in the file, after the pattern of some who are.

    The birth date, where one is given, is the absent person's own.
    """
    draft, rng = as_filed(cast, rows), cast.rng
    count = len(rows)
    draft.person, draft.tin = np.full(count, -1), np.full(count, -1)
    draft.suffix = np.zeros(count, np.int64)
    own = draft.birth - rng.integers(1100, 5100, count).astype("timedelta64[D]")
    draft.birth = np.where(happens(rng, _BIRTH_GIVEN, count), own, NO_DAY)
    draft.middle = np.where(happens(rng, 0.4, count), any_given(rng, draft.names, count), -1)
    draft.middle_initial = happens(rng, 0.5, count)
    return draft


def stranger(cast: Cast, count: int) -> Draft:
    """Draft requests about people of whom the file has neither name nor address."""
    rng, names = cast.rng, cast.stretch.names
    draft = absent(cast, rng.integers(len(cast.stretch.residences.person), size=count))
    draft.given = any_given(rng, names, count)
    draft.surname = names.kept_back[rng.integers(len(names.kept_back), size=count)]
    draft.second, draft.joint = np.full(count, -1), np.full(count, SINGLE)
    draft.addresses = cast.where_to.elsewhere(rng, count)
    return draft

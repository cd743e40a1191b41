"""Levels of an address: how far door, unit and place of a request agree with a filed record.

``q`` is the request (*question*) and ``f`` the filed record; both have the standard columns, and
``f`` what stands beside it in the file (:mod:`ostiary.deciding.reference.twins`).
``k`` is the row of ``streets`` for the street asked for: ``k.street`` is missing where the file has
no such street anywhere, and it is not what thousands of people are called (streets are named so);
``k.head`` is what stands before its last word, where that is a street and the whole is none.

1. A slip of the pen in a street's name needs a name that is no street: two names that both exist as
   streets in the file, or are people's names, are two streets. Digits, words of up to three
   letters, numerals and compass words are never slips: 21ST is not 31ST, AVENUE C not AVENUE D,
   LOS ALTOS not LAS ALTAS, PHASE II not PHASE III, NORTHGATE not SOUTHGATE. Two edits leave the
   first letter whole: ARMITAGE is not HERMITAGE. A word of up to four letters is never damaged,
   and the words that many streets begin with do not make a name longer: CALLE LUNA, CALLE TUNA.
   One place of an address is damaged, the name or the type or the ZIP Code; where two are
   (``slip``), something further must agree.
   Nor are words that tell streets of one name apart: FIVE MILE is not NINE MILE, CALLE ESTE not
   CALLE OESTE, HIGHWAY 12 BYP not HIGHWAY 12 BUS, COUNTY ROAD ABC not COUNTY ROAD ABD.
2. A direction or a type left out (``unsaid``) is settled only where the place has one such street.
3. A unit is a kind and an identifier. Kinds may stand for one another (``kind``) only where the
   building has that identifier once; a part left out (``part``) likewise, and the whole unit
   (``only``) where the building has no other, and no other household there is filed as the
   request has it: with that unit, or without any.
4. A box, a route or a counter belongs to its ZIP Code. A number and street that two households have
   under two ZIP Codes of a city belong to theirs as well (``another-zip``).
5. A place whose state and ZIP Code contradict each other agrees with nothing but itself.

The levels of the parts stand beside: :mod:`.two_streets`, :mod:`.street_slips`,
:mod:`.door_levels`, :mod:`.unit_levels`.
"""

from ostiary.deciding.matching.name_levels import FURTHER
from ostiary.deciding.reference.twins import BOXED
from ostiary.deciding.standardisation.vocabulary.places import CONTRADICTION

_IN_BOXED = ", ".join(f"'{kind}'" for kind in BOXED)

PLACE = f"""CASE
    WHEN (q.a_state = '{CONTRADICTION}' OR f.a_state = '{CONTRADICTION}')
         AND NOT (q.a_state = f.a_state AND q.a_city = f.a_city AND q.a_zip5 = f.a_zip5)
         THEN 'contradicts'
    WHEN q.a_zip5 <> '' AND q.a_zip5 = f.a_zip5 THEN 'zip'
    WHEN q.a_city <> '' AND q.a_city = f.a_city AND q.a_state <> '' AND q.a_state = f.a_state
         THEN CASE WHEN f.a_kind IN ({_IN_BOXED})
                   AND (q.a_zip5 <> '' AND f.a_zip5 <> '' OR f.box_twin) THEN 'another-office'
              WHEN f.door_twin AND q.a_zip5 <> f.a_zip5 THEN 'another-zip'
              ELSE 'city' END
    ELSE 'different' END"""

_PLACED = "door_level IN ('exact', 'edit') AND place_level IN ('zip', 'city')"

_UNIT_AGREES = "unit_level IN ('exact', 'kind', 'part', 'only')"

# A garbled street is the one meant only where somebody of exactly that name lives at the number.
_GARBLED_PLACED = f"(door_level = 'slip' AND place_level IN ('zip', 'city') AND {FURTHER})"

ADDRESS_AGREES = f"(({_PLACED} OR {_GARBLED_PLACED}) AND {_UNIT_AGREES})"

# Whom one cannot rule out by address: the unit, or the street, may be the same.
_UNSAID_PLACED = "door_level = 'unsaid' AND place_level IN ('zip', 'city')"

ADDRESS_NEAR = (
    f"(({_PLACED} OR {_UNSAID_PLACED} OR {_GARBLED_PLACED})"
    " AND unit_level NOT IN ('different', 'another-kind'))"
)

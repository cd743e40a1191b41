"""Levels: how far each field of a request agrees with one filed record.

Every level is computed from equal strings, lengths and whole edits; no score with a threshold is
in it, so every engine computes the same. The parts are :mod:`.matching.name_levels` and
:mod:`ostiary.deciding.matching.place_levels`.
"""

from ostiary.deciding.matching.door_levels import DOOR
from ostiary.deciding.matching.given_levels import GIVEN
from ostiary.deciding.matching.middle_levels import MIDDLE
from ostiary.deciding.matching.name_levels import BIRTH_DATE, SUFFIX, TIN
from ostiary.deciding.matching.place_levels import PLACE
from ostiary.deciding.matching.surname_levels import SURNAME
from ostiary.deciding.matching.unit_levels import UNIT

LEVELS = {
    "surname_level": SURNAME,
    "given_level": GIVEN,
    "middle_level": MIDDLE,
    "suffix_level": SUFFIX,
    "birth_level": BIRTH_DATE,
    "tin_level": TIN,
    "door_level": DOOR,
    "unit_level": UNIT,
    "place_level": PLACE,
}

# How close one record comes: 4 name and address, 3 only the unit is unsaid, 2 the name alone,
# 1 the address alone, 0 neither.
TIER = """CASE WHEN name_agrees AND address_agrees THEN 4
    WHEN name_agrees AND address_near THEN 3
    WHEN name_agrees THEN 2
    WHEN address_agrees THEN 1 ELSE 0 END"""

"""Levels of an address: how far door, unit and place of a request agree with a filed record.

``q`` is the request (*question*) and ``f`` the filed record; both have the standard columns.
``k`` is the row of ``streets`` for the street asked for in the record's ZIP: missing when the file
knows no such street there.
"""

from ostiary.matching.edits import edits, one_edit
from ostiary.matching.name_levels import FURTHER
from ostiary.standardisation.vocabulary.streets import SPELLED_OUT_TYPES

TWO_STREET_EDITS_FROM = 8


def _contradict(column: str) -> str:
    return f"(q.{column} <> '' AND f.{column} <> '' AND q.{column} <> f.{column})"


# The digits of a street's name are no letters to slip on: 21ST is not 31ST.
_DIGITS = "regexp_replace({side}.a_street, '[^0-9]', '', 'g')"
_NOT_A_STREET_THERE = (
    f"({_DIGITS.format(side='q')} = {_DIGITS.format(side='f')}"
    " AND f.a_zip5 <> '' AND k.a_street IS NULL)"
)


def _street_slip(a: str, b: str) -> str:
    two = edits(a, b, at_most=2, longer=TWO_STREET_EDITS_FROM)
    return f"({one_edit(a, b)} OR {two})"


# FARWELL WVENUE, where the file has FARWELL AVE: the type is damaged and was taken for a name.
_COMMON_TYPES = (
    *("AVE", "BLVD", "CIR", "CT", "CV", "DR", "HWY", "LN", "PKWY", "PL", "PT", "RD", "SQ", "ST"),
    *("TER", "TRL"),
)
_TYPES = " ".join(f"WHEN '{short}' THEN ' {SPELLED_OUT_TYPES[short]}'" for short in _COMMON_TYPES)
_WITH_TYPE = f"f.a_street || CASE f.a_type {_TYPES} ELSE ' ' || f.a_type END"
_DAMAGED_TYPE = f"""(q.a_type = '' AND f.a_type <> '' AND (
        {_street_slip("q.a_street", "f.a_street || ' ' || f.a_type")}
        OR {_street_slip("q.a_street", _WITH_TYPE)}))"""

# Worse than that, but no other street, at the number and in the ZIP of one whose name is whole.
_GARBLED = f"""({_NOT_A_STREET_THERE} AND damerau_levenshtein(q.a_street, f.a_street)
    <= CASE WHEN length(f.a_street) >= 12 THEN 4 WHEN length(f.a_street) >= 8 THEN 3
            WHEN length(f.a_street) >= 5 THEN 2 ELSE 0 END)"""

_STREET_EDIT = f"""({_NOT_A_STREET_THERE}
    AND ({_street_slip("q.a_street", "f.a_street")} OR {_DAMAGED_TYPE}))"""

# A shape other than complete is no address, on either side: a placeholder agrees with nothing.
DOOR = f"""CASE
    WHEN q.a_shape <> 'complete' OR f.a_shape <> 'complete' THEN 'incomplete'
    WHEN q.a_kind <> f.a_kind OR q.a_number <> f.a_number THEN 'different'
    WHEN {_contradict("a_type")} OR {_contradict("a_pre")} OR {_contradict("a_post")}
         THEN 'different'
    WHEN q.a_street = f.a_street THEN 'exact'
    WHEN {_STREET_EDIT} THEN 'edit'
    WHEN q.n_given = f.n_given AND q.n_surname_key = f.n_surname_key AND {_GARBLED} THEN 'slip'
    ELSE 'different' END"""

# Only one side gives a unit: that agrees when the building has no other unit.
_OTHER_UNITS = (
    "(f.place_units >= 2 OR f.place_units = 1 AND f.a_unit = '' AND f.place_first_unit <> q.a_unit)"
)

UNIT = f"""CASE
    WHEN q.a_unit = f.a_unit THEN 'exact'
    WHEN q.a_unit <> '' AND f.a_unit <> '' THEN 'different'
    WHEN {_OTHER_UNITS} THEN 'missing'
    ELSE 'only' END"""

PLACE = """CASE
    WHEN q.a_zip5 <> '' AND q.a_zip5 = f.a_zip5 THEN 'zip'
    WHEN q.a_city <> '' AND q.a_city = f.a_city AND q.a_state <> '' AND q.a_state = f.a_state
         THEN 'city'
    ELSE 'different' END"""

_PLACED = "door_level IN ('exact', 'edit') AND place_level IN ('zip', 'city')"

# A garbled street is the one meant only where somebody of exactly that name lives at the number.
_GARBLED_PLACED = f"(door_level = 'slip' AND place_level = 'zip' AND {FURTHER})"

ADDRESS_AGREES = f"(({_PLACED} OR {_GARBLED_PLACED}) AND unit_level IN ('exact', 'only'))"

# Whom one cannot rule out by address: the unit may be the same.
ADDRESS_NEAR = f"(({_PLACED} OR {_GARBLED_PLACED}) AND unit_level <> 'different')"

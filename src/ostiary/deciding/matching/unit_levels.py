"""The level of a unit: a kind and an identifier, a part of it, or one side without any.

``q`` is the request and ``f`` the filed record, ``k`` the street asked for, as in
:mod:`ostiary.deciding.matching.place_levels`.
"""

from ostiary.deciding.standardisation.vocabulary.units import (
    ALIKE_KINDS,
    BERTHS,
    HOUSES_APART,
    UNIT_KINDS,
)


def _without(kinds: tuple[str, ...], instead: str, unit: str) -> str:
    return f"regexp_replace({unit}, '(?:{'|'.join(kinds)}) ', '{instead}', 'g')"


def _identifiers(unit: str) -> str:
    return _without(UNIT_KINDS, "", unit)


_Q, _F, _FIRST_UNIT = "q.a_unit", "f.a_unit", "f.place_first_unit"


def _no_kind(unit: str) -> str:
    return f"{unit} = {_identifiers(unit)}"


def _ends(whole: str, part: str) -> str:
    return f"starts_with(reverse({whole}), reverse(' ' || {part}))"


def _alike(kinds: tuple[str, ...]) -> str:
    return f"{_without(kinds, 'UNIT ', _Q)} = {_without(kinds, 'UNIT ', _F)}"


# UNIT 5 may be CABIN 5, and as well VILLA 5; these two are not one.
_PLAIN_KINDS = tuple(kind for kind in ALIKE_KINDS if kind not in HOUSES_APART)

_NO_HOUSE = " OR ".join(f"{_without(HOUSES_APART, 'UNIT ', unit)} = {unit}" for unit in (_Q, _F))

_KINDS_MAY_STAND = (
    f"({_no_kind(_Q)} OR {_no_kind(_F)} OR {_alike(_PLAIN_KINDS)}"
    f" OR {_alike(ALIKE_KINDS)} AND ({_NO_HOUSE})"
    + "".join(f" OR {_alike((berth, 'SPC', 'UNIT'))}" for berth in BERTHS)
    # STE 10 # 44, as Publication 28 (284) lets STE 10 PMB 44 be written
    + f" OR {_alike(('PMB', 'UNIT'))} AND (contains({_Q}, ' PMB ') OR contains({_F}, ' PMB '))"
    + ")"
)

# RM 12 may be 12 OAK HALL, which is UNIT 12 of its building.
_PLAIN = {unit: _without(_PLAIN_KINDS, "UNIT ", unit) for unit in (_Q, _F)}

_PART_ALIKE = f"({_ends(_PLAIN[_F], _PLAIN[_Q])} OR {_ends(_PLAIN[_Q], _PLAIN[_F])})"

_A_PART = f"""({_ends(_F, _Q)} OR {_ends(_Q, _F)}
    OR {_no_kind(_Q)} AND {_ends(_identifiers(_F), _Q)}
    OR {_no_kind(_F)} AND {_ends(_identifiers(_Q), _F)}
    OR {_PART_ALIKE}
    OR starts_with({_F}, {_Q} || ' URB ') OR starts_with({_Q}, {_F} || ' URB '))"""

# Only one side gives a unit: that agrees when the building has no other unit.
_FIRST_IS_Q = f"""({_FIRST_UNIT} = {_Q} OR {_identifiers(_FIRST_UNIT)} = {_identifiers(_Q)}
    AND ({_no_kind(_FIRST_UNIT)} OR {_no_kind(_Q)}))"""

_OTHER_UNITS = f"""(f.place_units >= 2 OR f.unsaid_unit_twin
    OR f.place_units = 1 AND f.a_unit = '' AND NOT {_FIRST_IS_Q})"""

# On a route the box comes first: RR 6 BOX 2, and one side says APT 4; or one says # 4.
_ONE_BOX = f"starts_with({_F}, {_Q} || ' ') OR starts_with({_Q}, {_F} || ' ')"

_SAID_ALIKE = f"{_identifiers(_Q)} = {_identifiers(_F)}"

UNIT = f"""CASE
    WHEN {_Q} = {_F} THEN 'exact'
    WHEN {_Q} <> '' AND {_F} <> '' THEN CASE
        WHEN f.a_kind = 'route' AND ({_ONE_BOX}) THEN 'missing'
        WHEN f.a_kind NOT IN ('street', 'route') OR f.a_kind = 'route' AND NOT ({_SAID_ALIKE})
             THEN 'different'
        WHEN {_identifiers(_Q)} = {_identifiers(_F)} THEN CASE
            WHEN NOT {_KINDS_MAY_STAND} THEN 'another-kind'
            WHEN NOT f.unit_twin THEN 'kind'
            WHEN {_no_kind(_Q)} OR {_no_kind(_F)} THEN 'missing'
            ELSE 'another-kind' END
        WHEN {_A_PART} THEN CASE WHEN f.unit_twin THEN 'missing' ELSE 'part' END
        ELSE 'different' END
    WHEN {_OTHER_UNITS} THEN 'missing'
    ELSE 'only' END"""

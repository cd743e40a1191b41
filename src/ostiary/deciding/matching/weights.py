"""Weights: how much the agreement tells, in bits. Information for officers, not a probability.

Two sums of log2(share among the same person / share among others), see
:mod:`.matching.learned`: one against a *stranger*, in which a rare name and a quiet address
count for more (log2 of people in the file / people who carry the value), and one against a
*housemate*, in which address and surname count for nothing and a given name for as much as the file
has no such namesakes. The weight is the smaller of the two: it says how well the likeliest wrong
person is ruled out. A perfect address cannot pay for another given name.

Every part is an integer, hundredths of a bit, fixed when the reference is loaded.
"""

import math

from ostiary.deciding.matching.learned import LEVELS_OF, Learned

# Exact agreement against a stranger: what the value itself is worth, which the records carry.
_VALUED = {
    "surname_level": "f.surname_bits",
    "given_level": "f.given_bits",
    "middle_level": "f.middle_bits",
    "birth_level": "f.birth_bits",
}
_VALUED_LEVELS = ("exact", "nickname", "shared")
_DAMAGED_DOOR = 300
_SELDOM = 5  # namesakes among a million bearers below which a name is worth no more


def _hundredths(bits: str) -> str:
    return f"CAST(round(100 * {bits}) AS INTEGER)"


def _same(learned: Learned, field: str, level: str) -> int:
    """What a level costs by not being certain: log2 of its share among the same person."""
    return round(100 * math.log2(learned.same[field][level]))


def against_stranger(learned: Learned, field: str) -> str:
    """Give SQL for what a field is worth against a stranger, in hundredths of a bit."""
    whens = []
    for level in LEVELS_OF[field]:
        worth = str(learned.bits(field, level, against="stranger"))
        if field in _VALUED and level in _VALUED_LEVELS:
            worth = f"{_hundredths(_VALUED[field])} + {_same(learned, field, level)}"
        whens.append(f"WHEN '{level}' THEN {worth}")
    return f"CASE {field} {' '.join(whens)} ELSE 0 END"


def against_housemate(learned: Learned, field: str) -> str:
    """Give SQL for what a field is worth against a housemate, in hundredths of a bit."""
    whens = []
    for level in LEVELS_OF[field]:
        worth = str(learned.bits(field, level, against="housemate"))
        if field == "given_level" and level in _VALUED_LEVELS:
            seen = f"greatest(f.namesake_ppm, {_SELDOM}) / 1e6"
            worth = f"{_hundredths(f'-log2({seen})')} + {_same(learned, field, level)}"
        whens.append(f"WHEN '{level}' THEN {worth}")
    return f"CASE {field} {' '.join(whens)} ELSE 0 END"


def _address() -> str:
    return (
        f"CASE WHEN address_agrees THEN {_hundredths('f.place_bits')}"
        f" - CASE door_level WHEN 'edit' THEN {_DAMAGED_DOOR}"
        f" WHEN 'slip' THEN {2 * _DAMAGED_DOOR} ELSE 0 END ELSE 0 END"
    )


def weight_sql(learned: Learned) -> str:
    """Give SQL for the weight of one compared record ``f``, over its levels, to hundredths."""
    stranger, housemate = (" + ".join(parts.values()) for parts in parts_sql(learned))
    return f"least({stranger}, {housemate}) / 100"


def parts_sql(learned: Learned) -> tuple[dict[str, str], dict[str, str]]:
    """Give SQL for the parts of both sums, in hundredths of a bit: field to expression."""
    stranger = {field: against_stranger(learned, field) for field in LEVELS_OF}
    housemate = {field: against_housemate(learned, field) for field in LEVELS_OF}
    return stranger | {"address": _address()}, housemate | {"address": "0"}

"""Weights: how much the agreement tells, in bits. Information for officers, not a probability.

A field that agrees earns log2(people in the file / people who carry the value): half a file's
share is one bit, a surname that one in a thousand carries about ten. A level that is not exact
costs a fixed number of bits, a contradiction more. No rule of decision reads a weight, except to
choose which of a person's addresses, and which of several refused people, is spoken of.
Fields are not independent (who lives at an address tends to share a surname), so the sum says less
than it seems to.
"""

_PENALTIES = {"nickname": 1, "part": 2, "swapped": 2, "edit": 3, "initial": 4}
CONTRADICTION = 6

_EARNED = {
    "surname_level": "f.surname_bits",
    "given_level": "f.given_bits",
    "middle_level": "f.middle_bits",
    "birth_level": "f.birth_bits",
}

_CONTRADICTING = ("middle_level", "suffix_level", "birth_level", "tin_level")


def _field(level: str, bits: str) -> str:
    penalties = " ".join(f"WHEN '{name}' THEN {bits} - {cost}" for name, cost in _PENALTIES.items())
    return f"CASE {level} WHEN 'exact' THEN {bits} {penalties} ELSE 0 END"


def _address() -> str:
    return (
        "CASE WHEN address_agrees THEN f.place_bits"
        f" - CASE door_level WHEN 'edit' THEN {_PENALTIES['edit']} ELSE 0 END ELSE 0 END"
    )


def field_sql(level: str) -> str:
    """Give SQL for what one field adds to the weight, as :func:`weight_sql` sums it."""
    if level == "door_level":
        return f"round({_address()}, 2)"
    earned = _field(level, _EARNED[level]) if level in _EARNED else "0"
    lost = f"CASE {level} WHEN 'different' THEN -{CONTRADICTION} ELSE 0 END"
    return f"round({earned}{f' + {lost}' if level in _CONTRADICTING else ''}, 2)"


def weight_sql() -> str:
    """Give SQL for the weight of one compared record ``f``, over its levels, to hundredths."""
    earned = [_field(level, bits) for level, bits in _EARNED.items()]
    lost = [
        f"CASE {level} WHEN 'different' THEN -{CONTRADICTION} ELSE 0 END"
        for level in _CONTRADICTING
    ]
    return f"round({' + '.join((*earned, _address(), *lost))}, 2)"

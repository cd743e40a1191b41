"""Words of secondary units: USPS Publication 28, appendix C2 and sections 213, 283-284.

A unit is a kind and an identifier. A building and a floor are parts of their own beside it.
"""

from ostiary.deciding.standardisation.terms import Table
from ostiary.deciding.standardisation.vocabulary.numbers import CARDINALS, ORDINALS

_KINDS = """
APT APARTMENT APMT APTMT APTO APARTAMENTO DEPARTAMENTO DEPTO DPTO APPT
UNIT UT
STE SUITE SUIT
RM ROOM
LOT LT
SPC SPACE SP SPACES
BLDG BUILDING BLD EDIF EDIFICIO
FL FLOOR FLR PISO
DEPT DEPARTMENT
HNGR HANGAR
TRLR TRAILER
SLIP SLP
PMB
"""
_KIND_LINES = tuple(line.split() for line in _KINDS.strip().splitlines())

_HOUSES = ("CABIN", "CASITA", "COTTAGE", "SITE", "STUDIO", "TH", "VILLA")
_IN_THE_LINE = {
    "UKEY": "KEY", "UPIER": "PIER", "USTOP": "STOP", "UBOX": "BOX",
    **{f"U{kind}": kind for kind in (*_HOUSES, "BED", "BUNK", "CELL", "POD")},
}  # fmt: skip
DESIGNATORS = (*(word for line in _KIND_LINES for word in line), *_IN_THE_LINE)
"""Secondary unit designators that an identifier follows, wherever they stand in a line. With a U
before them are those that are words of streets, too, until it is seen where they stand."""

_IN_THE_COLUMN = {
    "KEY": "KEY", "STOP": "STOP", "PIER": "PIER", "LEVEL": "FL", "LVL": "FL", "OFICINA": "OFC",
    "OFIC": "OFC", **{kind: kind for kind in _HOUSES}, "TOWNHOUSE": "TH", "TOWNHOME": "TH",
    "COTTAGES": "COTTAGE", "AP": "APT", "MH": "TRLR", "CASA": "HSE", "HOUSE": "HSE",
    "NUM": "#", "NUMBER": "#", "NBR": "#", "ALTOS": "UPPR", "BAJOS": "LOWR", "LOFT": "LOFT",
    "NO": "#", "NUMERO": "#",
    "TOWER": "BLDG", "TWR": "BLDG", "TORRE": "BLDG", "CONDO": "UNIT",
    **dict.fromkeys(("WING", "DORM", "DORMITORY", "PAVILION", "QUAD"), "BLDG"),
    "FLAT": "APT", "UP": "UPPR", "DOWN": "LOWR",
}  # fmt: skip

LONE_UNITS = Table.of(
    "lone_units",
    {
        word: short
        for short, *others in (
            ("BSMT", "BASEMENT", "BASMT", "BSMNT"), ("FRNT", "FRONT"), ("LBBY", "LOBBY"),
            ("LOWR", "LOWER", "DOWNSTAIRS"), ("OFC", "OFFICE"), ("PH", "PENTHOUSE"),
            ("REAR",), ("SIDE",), ("UPPR", "UPPER", "UPSTAIRS"),
        )
        for word in (short, *others)
    },
)  # fmt: skip
"""Secondary units that need no identifier, to their standard abbreviation."""

_SHORT = {
    **{word: line[0] for line in _KIND_LINES for word in line},
    **_IN_THE_LINE,
    **_IN_THE_COLUMN,
    **LONE_UNITS.entries,
}
UNIT_WORDS = Table.of(
    "unit_words",
    {
        **{word: f":{short}" for word, short in _SHORT.items()},
        "#": ":#",
        **{word: digits.rstrip("STNDRH") for word, digits in ORDINALS.items()},
        **CARDINALS,
    },
)
"""A word of a unit: its kind behind a colon, numbers in words as digits (SECOND FLOOR is FL 2)."""

NEEDS_IDENTIFIER = (
    *(line[0] for line in _KIND_LINES), *("KEY", "STOP", "PIER", "HSE", "BOX", "SITE", "TH"), "#",
)  # fmt: skip
"""Kinds that say nothing by themselves. A COTTAGE without a number is a door beside the house."""

UNIT_KINDS = tuple(
    sorted({*NEEDS_IDENTIFIER, *_HOUSES, "LOFT", *LONE_UNITS.entries.values()} - {"#"})
)
"""Every kind as it stands in ``a_unit``."""

BERTHS = ("HNGR", "SLIP")
"""Kinds of places for a boat or an aircraft. A UNIT or a SPC may be one; an apartment is none."""

HOUSES_APART = _HOUSES
"""Kinds of small houses and rooms that stand in one place beside one another: CABIN 5 is not
VILLA 5; a UNIT, an APT may be either of them."""

ALIKE_KINDS = (
    *("APT", "DEPT", "LOT", "OFC", "RM", "SPC", "STE", "TRLR", "UNIT"),
    *("LOFT", *_HOUSES),
)
"""Kinds that people write for one another. A building, a floor, a penthouse and a private mailbox
are none of them."""

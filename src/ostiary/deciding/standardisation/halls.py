"""Halls, towers and houses that have a name of their own and share one street number.

Room 5 of Hayes Hall is not room 5 of Lyon Hall. The name goes into the unit, as a building's number
does: ``BLDG HAYES RM 5``. Where one side leaves it out, it is a part left out. In the line the
name stands beside the street, and is set aside there as every name is
(:mod:`ostiary.deciding.standardisation.line_names`); here it is only looked for, and parted from
the street by a comma where the writer put none.
"""

from ostiary.deciding.standardisation.conditions import equals, every, has, holds, no
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.hundreds import CARDINALS_TABLE
from ostiary.deciding.standardisation.line_names import DIRECTION, TYPE, UNIT_WORD
from ostiary.deciding.standardisation.phrases import (
    constant,
    cut,
    either,
    first_stated,
    joined,
    looked_up,
    rewritten_anyhow,
    text,
    trimmed,
)
from ostiary.deciding.standardisation.terms import Text

_HINTS = (
    *("HALL", "DORM", "TOWER", "HOUSE", "BUILDING", "WING", "PAVILION", "LODGE", "QUAD"),
    "BARRACKS",
)
_KIND = (
    r"(?: +RES(?:IDENCE|IDENTIAL)?\.?)? +(?:HALL|DORM|DORMITORY|TOWER|HOUSE|BUILDING|WING|PAVILION|"
    r"LODGE|QUAD|BARRACKS)\b"
)
_NAME = "[A-Z]{2}[A-Z.'& -]*?"
_ID = "(?:[A-Z]?[0-9][A-Z0-9-]*|[A-Z])"
_DOOR = rf"{UNIT_WORD}[ .#]*{_ID}"
_STREET = r"[0-9]+[A-Z]?(?:-[0-9]+)? +[A-Z0-9].*[A-Z]{2}"
# REAR HOUSE and TOWN HOUSE 5 have no name; APT B BUILDING 3 and OAK VILLAGE BUILDING 3 a number.
_NO_NAME = (
    rf"\b(?:REAR|FRONT|BACK|UPPER|LOWER|TOWN|COURT) HOUSE\b|\b{UNIT_WORD}(?: ?[A-Z])?{_KIND}"
    r"|\bBUILDING[ #]+(?:[0-9]|[A-Z]\b)"
)
_SOMEBODY = r"%|\bC ?/ ?O\b|\bATT|\bCARE OF\b"

# ROOM 5 HAYES HALL 75 ALDEN RD; STATE COLLEGE, HAYES HALL 5, 75 ALDEN RD
_IN_FRONT = (
    rf"^ *(?:[^0-9,]*, *)?(?:{_DOOR}[ ,]+)?({_NAME}){_KIND}[ ,]*(?:{_DOOR}[ ,]+|{_ID} *, *)?"
    rf"{_STREET}"
)
# 5 HAYES HALL, 75 ALDEN RD
_NUMBER_IN_FRONT = rf"^ *([0-9]+[A-Z]?) +({_NAME})({_KIND}) *,(?: *({_STREET}.*))$"
# 75 ALDEN RD ROOM 5 HAYES HALL; 75 ALDEN RD, HAYES HALL # 5; 75 ALDEN RD (HAYES HALL)
_TO_TYPE = rf" *[0-9][^,(|]* {TYPE}\.?(?: +{DIRECTION}\b\.?)?"
_REST = rf"[ ,)]*(?:(?:{_DOOR}|{_ID})[ ,]*)*"
_BEHIND = rf"^{_TO_TYPE}[ ,(-]+(?:{_DOOR}[ ,]+)*({_NAME}){_KIND}{_REST}$"
_NO_COMMA = rf"^({_TO_TYPE})[ ,]+({_NAME}{_KIND})[ ,]*((?:{_DOOR}|{_ID})?) *$"

_WHOLE, _COLUMN = text("line_whole"), text("unit_beside_area")
_IN_COLUMN = (
    rf"^((?:{UNIT_WORD} )?(?:[A-Z]?[0-9]+[A-Z]?) )?([A-Z]{{2,}}(?: [A-Z]+){{0,3}}?){_KIND}( .*)?$"
)


HALL_OF_LINE_STEPS = [
    Step(
        "hall_in_line",
        either(
            (no(holds(_WHOLE, *_HINTS)), constant("")),
            (no(has(_WHOLE, rf"[A-Z]{_KIND}")), constant("")),
            (has(_WHOLE, f"{_SOMEBODY}|{_NO_NAME}"), constant("")),
            otherwise=first_stated(
                cut(_WHOLE, _NUMBER_IN_FRONT.replace("([0-9]+[A-Z]?)", "[0-9]+[A-Z]?", 1)),
                cut(_WHOLE, _IN_FRONT),
                cut(_WHOLE, _BEHIND),
            ),
        ),
    ),
    Step(
        "line_parted",
        either(
            (equals(text("hall_in_line"), ""), _WHOLE),
            otherwise=rewritten_anyhow(
                rewritten_anyhow(_WHOLE, _NUMBER_IN_FRONT, r"\2\3 \1, \4"),
                _NO_COMMA,
                r"\1, \2, \3",
            ),
        ),
    ),
]
"""Steps from ``line_whole`` to ``line_parted`` and ``hall_in_line``."""

_NO_HALL = every(equals(text("hall_in_unit"), ""), equals(text("hall_in_line"), ""))

HALL_OF_COLUMN_STEPS = [
    Step(
        "hall_in_unit",
        either(
            (equals(_COLUMN, ""), constant("")),
            (no(holds(_COLUMN, *_HINTS)), constant("")),
            (
                every(has(_COLUMN, _IN_COLUMN), no(has(_COLUMN, _NO_NAME))),
                rewritten_anyhow(_COLUMN, _IN_COLUMN, r"\2"),
            ),
            otherwise=constant(""),
        ),
    ),
    Step(
        "unit_stated",
        either(
            (equals(text("hall_in_unit"), ""), _COLUMN),
            otherwise=trimmed(rewritten_anyhow(_COLUMN, _IN_COLUMN, r"\1\3")),
        ),
    ),
    Step(
        "hall_solid",
        either(
            (_NO_HALL, constant("")),
            otherwise=rewritten_anyhow(
                first_stated(text("hall_in_unit"), text("hall_in_line")), r"^THE\b|[^A-Z]+", ""
            ),
        ),
    ),
    Step(
        "hall",
        either(
            (equals(text("hall_solid"), ""), constant("")),
            otherwise=looked_up(text("hall_solid"), CARDINALS_TABLE, text("hall_solid")),
        ),
    ),
]
"""Steps from ``unit_beside_area`` to ``unit_stated`` and ``hall``."""


def in_its_hall(unit: Text) -> Text:
    """Put the hall before a unit, unless that has a building of its own."""
    return either(
        (equals(text("hall"), ""), unit),
        (has(unit, "^BLDG "), unit),
        # HAYES HALL 5, as BLDG 3 # 5: nobody said the kind of the door
        otherwise=trimmed(
            joined(
                constant("BLDG "),
                text("hall"),
                constant(" "),
                rewritten_anyhow(unit, f"^({_ID})$", r"UNIT \1"),
            )
        ),
    )

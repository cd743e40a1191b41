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
from ostiary.deciding.standardisation.line_names import (
    DIRECTION,
    NAMED_BUILDINGS,
    TYPE,
    UNIT_WORD,
)
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
from ostiary.deciding.standardisation.terms import Table, Text

_KINDS = "|".join(NAMED_BUILDINGS)
_KIND = rf"(?: +RES(?:IDENCE|IDENTIAL)?\.?)? +(?:{_KINDS})\b"
# J HALL, 75 ALDEN RD is a person; E HALL and B WING are no persons.
_NO_SURNAME = "|".join(kind for kind in NAMED_BUILDINGS if kind not in ("HALL", "HOUSE"))
_NAME = "[A-Z]{2}[A-Z.'& -]*?"
_ID = "(?:[A-Z]?[0-9][A-Z0-9/-]*|[A-Z])"
_FLOOR = "(?:[0-9]+(?:ST|ND|RD|TH)|FIRST|SECOND|THIRD|FOURTH|FIFTH|TOP|GROUND) +(?:FLOOR|FLR?)"
_DOOR = rf"(?:(?:{UNIT_WORD}|\b(?:BED|BUNK|CELL|POD)\b)[ .#]*{_ID}|{_FLOOR}\b\.?)"
_STREET = r"[0-9]+[A-Z]?(?:-[0-9]+)? +[A-Z0-9].*[A-Z]{2}"
# REAR HOUSE, TOWN HOUSE and MAIN BUILDING have no name.
_NO_NAME = (
    r"\b(?:REAR|FRONT|BACK|UPPER|LOWER|TOWN|COURT) HOUSE\b"
    r"|(?:^|[0-9][A-Z]? )(?:THE |MY )?(?:UNKNOWN|NO|NONE|PRIVATE|OFFICE|MAIN|REAR|FRONT|BACK|"
    rf"UPSTAIRS|DOWNSTAIRS|RESIDENCE|RES|THE){_KIND}"
    rf"|\b{UNIT_WORD}(?: ?[A-Z])?{_KIND}"
)
# APT B BUILDING 3 and OAK VILLAGE BUILDING 3 have a number.
_NUMBERED = r"\b(?:BUILDING|BLDG)[ #]+(?:[0-9]|[A-Z]\b)"
_SOMEBODY = r"%|\bC ?/ ?O\b|\bATTN?\b|\bATTENTION\b|\bCARE OF\b"

# 75 ALDEN RD ROOM 5 HAYES HALL; 75 ALDEN RD, HAYES HALL # 5; 75 ALDEN RD (HAYES HALL)
_TO_TYPE = rf" *[0-9][^ ,(|]* +[^ ,(|][^,(|]* {TYPE}\.?(?: +{DIRECTION}\b\.?)?"
_REST = rf"[ ,)]*(?:(?:{_DOOR}|{_ID})[ ,]*)*$"
_PARTED = (
    ("^ *([0-9]+[A-Z]?) +THE HALL *,", r"THE HALL \1,"),
    # THE HALL RM 5 BED A, 75 ALDEN RD; 75 ALDEN RD, RM 5, THE HALL, BED A
    (rf"^ *THE HALL[ ,]+((?:{_DOOR}[ ,]+)+)({_STREET}) *$", r"\2 \1"),
    (
        rf"^({_TO_TYPE})[ ,(-]+((?:{_DOOR}[ ,]+)*)THE HALL[ ,)]+((?:{_DOOR}[ ,]*)+)$",
        r"\1 \2 \3",
    ),
    (rf"^({_TO_TYPE})[ ,]+(THE HALL)[ ,]*({_ID}?) *$", r"\1, \2, \3"),
)
# ROOM 5 HAYES HALL 75 ALDEN RD; STATE COLLEGE, HAYES HALL 5, 75 ALDEN RD
_FRONT = rf" *(?:[^0-9,]*, *)?(?:{_DOOR}[ ,]+)?"
_AFTER = rf"(?: *, *[A-Z][^0-9,]*, *|[ ,]*)(?:(?:{_DOOR}[ ,]+)+|{_ID} *, *)?{_STREET}.*$"
_WHERE = (
    # 5 HAYES HALL, 75 ALDEN RD
    ("( *[0-9]+[A-Z]? +)", rf"(?:{_NAME}|[NSEW]){_KIND}", rf"( *, *{_STREET}.*)$"),
    (f"({_FRONT})", rf"(?:{_NAME}|[NSEW]){_KIND}", f"({_AFTER})"),
    (f"({_FRONT})", rf"[A-Z] +(?:{_NO_SURNAME})\b", f"({_AFTER})"),
    # TOWER A, 75 ALDEN RD
    (f"({_FRONT})", rf"(?:{_NO_SURNAME}) +[A-Z]\b", f"({_AFTER})"),
    (rf"({_TO_TYPE}[ ,(-]+(?:{_DOOR}[ ,]+)*)", f"{_NAME}{_KIND}", f"({_REST})"),
    # 75 ALDEN RD, E WING; 75 ALDEN RD RM 5 E WING; but 75 AVENUE E TOWER 2 is in AVENUE E
    (
        rf"({_TO_TYPE}(?: *[,(-][ ,(-]*(?:{_DOOR}[ ,]+)*|[ ,(-]+(?:{_DOOR}[ ,]+)+))",
        f"[A-Z]{_KIND}",
        f"({_REST})",
    ),
)

_WHOLE, _COLUMN, _NAMED = text("line_whole"), text("unit_beside_area"), text("hall_named")
_IN_COLUMN = (
    rf"^((?:{UNIT_WORD} )?(?:[A-Z]?[0-9]+(?:[A-Z]|ST|ND|RD|TH)?) )?"
    rf"([A-Z]{{2,}}(?: [A-Z]+){{0,3}}?|[A-Z]){_KIND}( .*)?$"
)
# N TOWER is NORTH TOWER; TOWER N may stand between M and O.
_COMPASS = Table.of("compass", {"N": "NORTH", "S": "SOUTH", "E": "EAST", "W": "WEST"})


def _in_words(name: Text) -> Text:
    return looked_up(name, _COMPASS, name)


def _as_the_hall(line: Text) -> Text:
    """Write THE HALL for the hall of a line, which is set aside whatever its name and kind are."""
    for before, name, behind in _WHERE:
        line = rewritten_anyhow(line, f"^{before}{name}{behind}", r"\1THE HALL\2")
    for pattern, new in _PARTED:
        line = rewritten_anyhow(line, pattern, new)
    return line


HALL_OF_LINE_STEPS = [
    Step(
        "hall_named",
        either(
            (no(holds(_WHOLE, *NAMED_BUILDINGS)), constant("")),
            (no(has(_WHOLE, rf"[A-Z]{_KIND}|(?:{_NO_SURNAME}) +[A-Z]\b")), constant("")),
            (has(_WHOLE, f"{_SOMEBODY}|{_NUMBERED}"), constant("")),
            otherwise=first_stated(
                *(
                    cut(_WHOLE, f"^{before.replace('(', '(?:', 1)}({name}){behind}")
                    for before, name, behind in _WHERE
                )
            ),
        ),
    ),
    Step(
        "hall_in_line",
        either(
            (equals(_NAMED, ""), constant("")),
            (has(_NAMED, _NO_NAME), constant("")),
            otherwise=first_stated(
                _in_words(cut(_NAMED, f"^(.*?){_KIND}$")), cut(_NAMED, "^[A-Z]+ +([A-Z])$")
            ),
        ),
    ),
    Step(
        "line_parted",
        either((equals(text("hall_in_line"), ""), _WHOLE), otherwise=_as_the_hall(_WHOLE)),
    ),
]
"""Steps from ``line_whole`` to ``line_parted`` and ``hall_in_line``."""

_NO_HALL = every(equals(text("hall_in_unit"), ""), equals(text("hall_in_line"), ""))

HALL_OF_COLUMN_STEPS = [
    Step(
        "hall_in_unit",
        either(
            (equals(_COLUMN, ""), constant("")),
            (no(holds(_COLUMN, *NAMED_BUILDINGS)), constant("")),
            (
                every(has(_COLUMN, _IN_COLUMN), no(has(_COLUMN, f"{_NO_NAME}|{_NUMBERED}"))),
                _in_words(rewritten_anyhow(_COLUMN, _IN_COLUMN, r"\2")),
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

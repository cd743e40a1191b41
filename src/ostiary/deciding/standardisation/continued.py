"""Lines that go on in the column of the unit, and military mail in either order.

A column is a column; it goes on with the line in three cases only, each told by both of its parts.
"""

from ostiary.deciding.standardisation.conditions import every, has, is_not, some
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.phrases import (
    constant,
    either,
    flag,
    joined,
    rewritten_anyhow,
    text,
    upper,
)
from ostiary.deciding.standardisation.vocabulary.islands import BUILDINGS
from ostiary.deciding.standardisation.vocabulary.places import MILITARY_CITIES, MILITARY_STATES

_POST = r"(?:UNIT|PSC|P\.S\.C\.?|CMR|OMC)"
_WRITTEN, _COLUMN = upper(text("address_line")), upper(text("unit"))
# Steps that wait for the place would make the query a third deeper.
_MILITARY = some(
    has(upper(text("city")), rf"^ *(?:{'|'.join(MILITARY_CITIES)})\b"),
    has(upper(text("state")), rf"^ *(?:{'|'.join(MILITARY_STATES)}) *$"),
)
_ISLAND = has(upper(text("state")), r"^ *(?:P\.?R\.?|PUERTO RICO) *$")
_PO_ALONE = r"^ *P\.? ?O\.? *$"
CONTINUED = [
    # RES VILLA and EDIF 3 APT 4, PO and BOX 7, BOX 12 and UNIT 7400: the column goes on.
    Step(
        "is_line_continued",
        every(
            is_not(text("unit"), ""),
            some(
                every(
                    has(_WRITTEN, rf"^ *(?:{BUILDINGS})\b[A-Z .']+$"),
                    has(_COLUMN, r"^ *(?:EDIF|BLDG|TORRE|BLOQUE|BLQ|APT)"),
                ),
                every(has(_WRITTEN, _PO_ALONE), has(_COLUMN, r"^ *BO?X\b")),
                every(
                    has(_WRITTEN, "^ *B(?:OX|X)[ #]*[0-9A-Z]+ *$"),
                    has(_COLUMN, rf"^ *{_POST}[ #]*[0-9]"),
                    _MILITARY,
                ),
            ),
        ),
    ),
    Step(
        "line_whole",
        either(
            (flag("is_line_continued"), joined(_WRITTEN, constant(" "), _COLUMN)),
            otherwise=_WRITTEN,
        ),
    ),
    # BOX 12 UNIT 7400, UNIT 7400 # 12
    Step(
        "line_given",
        either(
            (
                _MILITARY,
                rewritten_anyhow(
                    rewritten_anyhow(
                        text("line_whole"),
                        rf"^ *BO?X[ #]*([0-9]+[A-Z]?)[ ,]+({_POST})[ #]*([0-9]+) *$",
                        r"\2 \3 BOX \1",
                    ),
                    rf"^ *({_POST})[ #]*([0-9]+)[ ,]*# *([0-9]+[A-Z]?) *$",
                    r"\1 \2 BOX \3",
                ),
            ),
            # ASHFORD AVE 1010, C. LUNA 150: the number behind, as the island writes.
            (
                _ISLAND,
                rewritten_anyhow(
                    rewritten_anyhow(
                        text("line_whole"), r"^ *C\.? +([A-Z]{2,} .*[0-9].*)$", r"CALLE \1"
                    ),
                    r"^ *([A-Z][A-Z ]* (?:AVE|AVENUE|ST|STREET|BLVD)\.?),? +#? *([0-9]+[A-Z]?)\b"
                    "([^0-9].*)?$",
                    r"\2 \1\3",
                ),
            ),
            otherwise=text("line_whole"),
        ),
    ),
]
"""Steps from ``address_line`` and ``unit`` to ``line_given`` and ``is_line_continued``."""

"""Lines that go on in the column of the unit, and military mail in either order.

A column is a column; it goes on with the line in three cases only, each told by both of its parts.
Where the line names a unit, somebody else or a building, and the column a number and a street, or a
box, the two stand in each other's place.
"""

from ostiary.deciding.standardisation.conditions import equals, every, has, is_not, no, some
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.halls import HALL_OF_LINE_STEPS
from ostiary.deciding.standardisation.line_names import DIRECTION, TYPE, UNIT_WORD
from ostiary.deciding.standardisation.phrases import (
    constant,
    either,
    flag,
    joined,
    rewritten_anyhow,
    text,
    trimmed,
    upper,
)
from ostiary.deciding.standardisation.terms import Text
from ostiary.deciding.standardisation.vocabulary.islands import BUILDINGS, ISLAND_WORDS
from ostiary.deciding.standardisation.vocabulary.places import MILITARY_CITIES, MILITARY_STATES

_POST = r"(?:UNIT|PSC|P\.S\.C\.?|CMR|OMC)"
_WRITTEN, _COLUMN = upper(text("address_line")), upper(text("unit"))
# Steps that wait for the place would make the query a third deeper.
_MILITARY = some(
    has(upper(text("city")), rf"^ *(?:{'|'.join(MILITARY_CITIES)})\b"),
    has(upper(text("state")), rf"^ *(?:{'|'.join(MILITARY_STATES)}) *$"),
)
_ISLAND = has(upper(text("state")), r"^ *(?:P\.?R\.?|PUERTO RICO) *$")
_HAWAII = has(upper(text("state")), r"^ *(?:H\.?I\.?|HAWAII) *$")
_BOX_ALONE = r"^ *(?:P\.? ?O\.?|POST OFFICE) ?BOX *#? *$"
_PO_ALONE = r"^ *P\.? ?O\.? *$"
_UNIT_ALONE = rf"(?:{UNIT_WORD}|PMB|LOWER|UPPER|REAR|FRONT|BASEMENT)[ .#]*[A-Z]?[0-9]*[A-Z]?"
_NO_SPOT = rf"^ *(?:{_UNIT_ALONE}|[^0-9]*) *$"
_A_STREET = rf"\b{TYPE}[. ]*$"
_SPOT = (
    rf"^ *[0-9]+[A-Z]? +(?:{DIRECTION}\.? +)?[A-Z0-9]{{2,}}[A-Z0-9 .']*? {TYPE}\b"
    r"|^ *(?:P\.? ?O\.?|POST OFFICE) ?BOX[ #]*[0-9]"
)
_EXCHANGED = every(
    has(_COLUMN, _SPOT),
    has(_WRITTEN, _NO_SPOT),
    no(has(_WRITTEN, _A_STREET)),
    no(has(_WRITTEN, "BO?X")),
)
_CALLE_AND_DOOR = r"(?:CALLE|CALLEJON) (?:[0-9]+|[A-Z]) #? ?[A-Z]{1,2}-?[0-9]+[A-Z]?"
_AREA = "(?:SANTA|SAN|STA|LOS|LAS|EL|LA|MONTE|ROYAL|PUERTO|RIO)"
_IN_SPANISH = (
    *("UNO", "DOS", "TRES", "CUATRO", "CINCO", "SEIS", "SIETE", "OCHO", "NUEVE", "DIEZ", "ONCE"),
    *("DOCE", "TRECE", "CATORCE", "QUINCE"),
)
# Short words as the island writes them; SAN FRANCISCO ST is CALLE SAN FRANCISCO.
_ISLAND_REWRITINGS = (
    *((rf"\b{short}\b\.?", word) for short, word in ISLAND_WORDS.items()),
    *((rf"\bCALLE {word}\b", f"CALLE {n}") for n, word in enumerate(_IN_SPANISH, 1)),
    (r"^ *C\.? +([A-Z]{2,} .*[0-9].*)$", r"CALLE \1"),
    (
        r"^ *([A-Z][A-Z ]* (?:AVE|AVENUE|ST|STREET|BLVD)\.?),? +#? *([0-9]+[A-Z]?)\b([^0-9].*)?$",
        r"\2 \1\3",
    ),
    (r"^ *((?:BLVD|BOULEVARD|AVE) [A-Z][A-Z ]*?),? +#? *([0-9]+[A-Z]?) *$", r"\2 \1"),
    (r"^ *([0-9]+[A-Z]?) ([A-Z][A-Z ]*) (?:ST|STREET)\b\.?(.*)$", r"\1 CALLE \2\3"),
    (r"\b(CALLE [A-Z]{2,}[A-Z ]*) (N)ORTE\b", r"\1 \2"),
    (r"\b(CALLE [A-Z]{2,}[A-Z ]*) (S)UR\b", r"\1 \2"),
    (r"\b(CALLE [A-Z]{2,}[A-Z ]*) (E)STE\b", r"\1 \2"),
    (r"\b(CALLE [A-Z]{2,}[A-Z ]*) OESTE\b", r"\1 W"),
    # CALLE LOS ALTOS is a street, CALLE LUNA ALTOS the floor above.
    (r"\b(CALLE (?:[A-Z0-9 ]+ )?(?:LOS|LAS|EL|LA)) (ALTOS|BAJOS)$", r"\1~\2"),
    (r"\b(CALLE [A-Z0-9 ]+) ALTOS$", r"\1 UNIT UPPER"),
    (r"\b(CALLE [A-Z0-9 ]+) BAJOS$", r"\1 UNIT LOWER"),
    (r"~(ALTOS|BAJOS)$", r" \1"),
    # ROAD 176 KM 3.2, CARR 176 KILOMETRO 3.2
    (r"\bKIL(?:OMETRO|OM)\b\.?", "KM"),
    (r"\b(?:ROAD|RD)\.? #? ?([0-9]+),? +KM\b", r"CARR \1 KM"),
    (
        rf"^ *({_CALLE_AND_DOOR}),? +({_AREA} [A-Z ]+)$",
        r"\1 URB \2",
    ),
)


def _on_island(x: Text) -> Text:
    for pattern, new in _ISLAND_REWRITINGS:
        x = rewritten_anyhow(x, pattern, new)
    return x


CONTINUED = [
    # RES VILLA and EDIF 3 APT 4, PO and BOX 7, BOX 12 and UNIT 7400: the column goes on.
    Step(
        "is_line_continued",
        every(
            is_not(text("unit"), ""),
            some(
                _EXCHANGED,
                every(
                    has(_WRITTEN, rf"^ *(?:{BUILDINGS})\b[A-Z .']+$"),
                    has(_COLUMN, r"^ *(?:EDIF|BLDG|TORRE|BLOQUE|BLQ|APT)"),
                ),
                every(has(_WRITTEN, _PO_ALONE), has(_COLUMN, r"^ *BO?X\b")),
                every(has(_WRITTEN, _BOX_ALONE), has(_COLUMN, "^ *#? *[0-9]+[A-Z]? *$")),
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
            (
                flag("is_line_continued"),
                either(
                    (equals(trimmed(_WRITTEN), ""), _COLUMN),
                    # APT 2 and 303 LARCH ST; C/O MARY POE and 303 LARCH ST
                    (_EXCHANGED, joined(_WRITTEN, constant(", "), _COLUMN)),
                    otherwise=joined(_WRITTEN, constant(" "), _COLUMN),
                ),
            ),
            otherwise=_WRITTEN,
        ),
    ),
    *HALL_OF_LINE_STEPS,
    # BOX 12 UNIT 7400, UNIT 7400 # 12
    Step(
        "line_given",
        either(
            (
                _MILITARY,
                rewritten_anyhow(
                    rewritten_anyhow(
                        text("line_parted"),
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
                _on_island(text("line_parted")),
            ),
            # 94 1042 KAHUAMOKU ST: the zone and the house.
            (
                _HAWAII,
                rewritten_anyhow(
                    text("line_parted"), r"^ *([0-9]{2}) +([0-9]{2,4}[A-Z]?) +([A-Z])", r"\1-\2 \3"
                ),
            ),
            otherwise=text("line_parted"),
        ),
    ),
]
"""Steps from ``address_line`` and ``unit`` to ``line_given`` and ``is_line_continued``."""

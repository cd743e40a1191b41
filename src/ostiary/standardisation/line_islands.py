"""Dresses of a line: Puerto Rico and the Virgin Islands (Publication 28, sections 29 and 295).

The number may stand behind the street or have a letter first, an urbanization before both; a
housing project has buildings instead of numbers, a road its kilometre.
"""

from ostiary.standardisation.definition import Rewriting

_NUMBER = r"[0-9]+[A-Z]?|[0-9]+-[0-9]+|[A-Z]{1,2}[- ]?[0-9]+[A-Z]?"
_URB = r"(?:URB|URBANIZACION|URBN?|BDA|BARRIADA|REPARTO|REPTO|SECTOR|SECT|PARC|PARCELAS)"
_CALLE = r"(?:CALLE|CALLEJON|VEREDA|CAMINO|PASEO|AVENIDA|AVDA|AVE)"
_NEAR = ("URB", "BDA", "BARRIADA", "REPARTO", "REPTO", "SECT", "PARC")
_STREET = ("CALLE", "VEREDA", "AVENIDA", "AVDA", "AVE ")

ISLANDS = (
    Rewriting(r"\bCARRETERA(?: ESTATAL)?\b", "CARR"),
    Rewriting(r"^ *(CARR|RUTA) ?([0-9]+)(?: +INT(?:ERIOR)?)? +([0-9]+KM[0-9]+) *", r"\3 \1 \2 "),
    # URB LAS GLADIOLAS 1234 CALLE AURORA: the urbanization tells equal numbers apart, as a unit.
    Rewriting(
        rf"^ *({_URB}) ([A-Z ]+?) ({_CALLE} .*|(?:{_NUMBER}) {_CALLE} .*)$",
        r"\3 | URBN \2",
    ),
    Rewriting(rf"^ *({_URB}) ([A-Z ]+?) ({_NUMBER}) *$", r"\3 \1 \2"),
    # CALLE A # 150; CALLE 3 B-12; CALLEJON LOS FAS CASA 9
    Rewriting(
        rf"^ *((?:CALLE|CALLEJON|VEREDA) [A-Z0-9]+(?: [A-Z]+)*?)"
        rf" (?:# |NUM |NO |CASA |SOLAR )?({_NUMBER})((?: +(?:APT|APTO|#|PISO) .*)?(?: *\|.*)?)$",
        r"\2 \1 \3",
    ),
    Rewriting(
        r"^ *((?:AVENIDA|AVDA|AVE) [A-Z]{2,}(?: [A-Z]+)*) (?:# |NUM |NO )?([0-9]+[A-Z]?)"
        r"((?: +(?:APT|APTO|#|PISO|STE) .*)?(?: *\|.*)?)$",
        r"\2 \1 \3",
    ),
    Rewriting(
        r"^ *([A-Z]{1,2})[- ]([0-9]+[A-Z]?) (CALLE|CALLEJON|VEREDA)\b",
        r"\1\2 \3",
    ),
    # RES LUIS LLORENS TORRES EDIF 5 APT 12: the building is the number.
    Rewriting(
        r"^ *((?:RES|RESIDENCIAL|COND|CONDOMINIO|EGIDA|VILLA|EDIF|TORRE) [A-Z0-9 ]+?) "
        r"(?:EDIF|EDIFICIO|BLDG|TORRE|BLOQUE|BLQ) ([A-Z]?[0-9]+[A-Z]?|[A-Z])\b(.*)$",
        r"\2 \1 \3",
    ),
    Rewriting(
        r"^ *((?:COND|CONDOMINIO|RES|RESIDENCIAL) [A-Z ]+?) "
        r"(?:APT|APTO|APARTAMENTO) ?([A-Z]?[0-9]+[A-Z]?) *$",
        r"\2 \1",
    ),
    # ESTATE TUTU 148-2
    Rewriting(
        r"^ *EST(?:ATE)? ([A-Z][A-Z ]*?) (?:# |NO )?([0-9]+(?:-[0-9]+)*[A-Z]?) *$",
        r"\2 ESTATE \1",
    ),
)
"""Rewritings of the lines of islands."""

ODD = (
    *("KM", "CARR(?:ETERA)?\\b", r"\bRUTA\b", "URB", "BDA", "BARRIADA", "REPARTO", "REPTO", "SECT"),
    *("PARC", "CALLE", "VEREDA", "AVENIDA", "AVDA", "^ *AVE ", "EDIF", "TORRE", "BLOQUE", "BLQ"),
    *(r"\bCOND", "^ *RES", "^ *EST", "^ *VILLA", "^ *EGIDA", r"\b[A-Z]{1,2} ?[0-9]+[A-Z]? CA"),
)
"""What every line in one of these dresses has."""

HINTS = (
    *("BUZ", "BZN", "CARR", "RUTA", *_NEAR, *_STREET, "EDIF", "BLDG", "TORRE", "BLOQUE", "BLQ"),
    *("COND", "RES", "EST ", "ESTATE", "EGIDA"),
)
"""Every line in need of these rewritings holds one of them."""

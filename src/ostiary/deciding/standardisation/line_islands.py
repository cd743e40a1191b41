"""Dresses of a line: Puerto Rico and the Virgin Islands (Publication 28, sections 29 and 295).

The number may stand behind the street or have a letter first, an urbanization before or behind
both; a housing project has buildings instead of numbers, a road its kilometre. What stands behind
``| URBN`` is read as the urbanization, which tells equal numbers apart.
"""

from ostiary.deciding.standardisation.definition import Rewriting
from ostiary.deciding.standardisation.vocabulary.islands import (
    AREAS,
    BUILDINGS,
    PLAIN_AREAS,
    URBANIZATION,
)

_NUMBER = r"[0-9]+(?:-?[A-Z])?|[0-9]+-[0-9]+|[A-Z]{1,2}[- ]?[0-9]+[A-Z]?"
_NO = "(?:# ?|NUM |NO |CASA |SOLAR )?"
_AREA = f"(?:{URBANIZATION}|{AREAS})"
_NAME = "[A-Z](?:[A-Z ]|[0-9]+(?:RA|DA|TA|MA|VA|NA|ERA)\\b)+?"
_CALLE = "(?:CALLE|CALLEJON|VEREDA|CAMINO|PASEO|AVENIDA|AVDA|AVE)"
_PLAIN_CALLE = "(?:CALLE|CALLEJON|VEREDA)"
_WITH_NAME = "(?:PASEO|CAMINO|VIA|VEREDA|AVENIDA|AVDA|AVE)"
_INSIDE = r"(?: +(?:(?:APT|APTO|APARTAMENTO|PISO|STE|UNIT|LOWR|UPPR)\b|#).*)?(?: *\|.*)?"

AREAS_AND_COMMAS = (
    # VILLAS DE LOIZA, CALLE 5 B-12: the area is no person whose name stands before the address.
    Rewriting(
        rf"^ *({_AREA}\.? [^,#|0-9]*[A-Z][^,#|0-9]*), *"
        rf"((?:#? ?(?:{_NUMBER}) +)?(?:{_CALLE}\b|C/|CARR).*)$",
        r"\1 \2",
    ),
    Rewriting(
        rf"^([^|,]*\b{_CALLE}\b[^|,]*?), *({_AREA})\.? ([A-Z][A-Z .]+)((?:,[^|]*)?)(\|.*)?$",
        r"\1\4 | URBN \2 \3 \5",
    ),
)
"""Rewritings that read a comma beside an area, before commas go."""

ISLANDS = (
    Rewriting(r"\b(?:CARRETERA|CARR)(?: ESTATAL)?\b", "CARR"),
    Rewriting(r"\b(CARR|RUTA)(?: (?:PR|#|NO|NUM))+[ -]*([0-9]+)\b", r"\1 \2"),
    Rewriting(r"\b(?:CARR|RUTA)(?: PR)?(?: #)? ?([0-9]+)(?: KM)? ([0-9]+KM[0-9]+)", r"CARR \1 \2"),
    Rewriting(r"^((?:[A-Z]+ )*)P ?R[ -]?([0-9]+) +([0-9]+KM[0-9]+)", r"\1CARR \2 \3"),
    # BO PALMAS CARR 101 KM 2.1 INT: a post names its spot without the barrio.
    Rewriting(
        r"^ *([A-Z][A-Z ]* )?(CARR|RUTA) ?([0-9]+)(?: +INT(?:ERIOR)?)? +([0-9]+KM[0-9]+)"
        r"(?: +INT(?:ERIOR)?\b)?( [A-Z][A-Z ]*)?( *\|.*| *)$",
        r"\4 \2 \3 | \1\5\6",
    ),
    Rewriting(
        rf"^ *([0-9]+KM[0-9]+ +(?:CARR|RUTA) [0-9]+)(?: +INT(?:ERIOR)?)?"
        rf" +((?:{_AREA}) [A-Z ]+)(\|.*)?$",
        r"\1 | \2 \3",
    ),
    # COND EL PONCE APT 301 274 CALLE CANALS; 274 CALLE CANALS COND EL PONCE APT 301
    Rewriting(
        rf"^ *((?:{BUILDINGS}) [A-Z ]+?)((?: +(?:APT|APTO|#) ?[A-Z]?[0-9]+[A-Z]?)?)"
        rf" ((?:{_NUMBER}) {_CALLE} .*?)(\|.*)?$",
        r"\3\2 | \1 \4",
    ),
    Rewriting(
        rf"^ *((?:{_NUMBER}) {_CALLE} [^|]+?) ((?:{BUILDINGS}) [A-Z ]+?)({_INSIDE})$",
        r"\1\3 | \2",
    ),
    # URB LAS GLADIOLAS 1234 CALLE AURORA
    Rewriting(
        rf"^ *({_AREA}) ({_NAME}) ({_CALLE} .*?|(?:{_NUMBER}) {_CALLE} .*?)(\|.*)?$",
        r"\3 | URBN \1 \2 \4",
    ),
    # BO MAGAS 12 CARR 3
    Rewriting(
        rf"^ *({PLAIN_AREAS}) ({_NAME}) ([0-9]+[A-Z]? (?:CARR|RUTA) [0-9]+)(\|.*)?$",
        r"\3 | URBN \1 \2 \4",
    ),
    # 225 CALLE LINCE URB VISTA MAR; CALLE 3 AA-10 VILLA RICA; 12 CALLE 5 VILLAS DE LOIZA
    Rewriting(
        rf"^ *((?:(?:{_NUMBER}) )?{_CALLE} [^|]+?) ({PLAIN_AREAS}) ({_NAME})({_INSIDE})$",
        r"\1 \4 | URBN \2 \3",
    ),
    Rewriting(
        rf"^ *({_PLAIN_CALLE} (?:[0-9]+|[A-Z]{{1,2}}) {_NO}(?:{_NUMBER})"
        rf"|(?:{_NUMBER}) {_PLAIN_CALLE} (?:[0-9]+|[A-Z]{{1,2}})) ({_AREA} {_NAME})(\|.*)?$",
        r"\1 | URBN \2 \3",
    ),
    Rewriting(
        rf"^ *({URBANIZATION}|BDA|BARRIADA|BO|BARRIO|COM|COMUNIDAD|REPARTO|REPTO|SECTOR|SECT|PARC"
        r"|PARCELAS) ([A-Z ]+?) (?:# ?|NUM |NO )?([A-Z]{0,2})[- ]?([0-9]+[A-Z]?) *$",
        r"\3\4 \1 \2",
    ),
    # BLOQUE A # 5 CALLE 3, CALLE 3 BLOQUE A # 5; 5 BLOQUE A CALLE 3
    Rewriting(
        r"^ *([0-9]+[A-Z]?) (?:BLOQUE|BLQ|MANZANA) ([A-Z]{1,2}|[0-9]+) (CALLE .*)$", r"\2-\1 \3"
    ),
    Rewriting(
        r"(^ *|\bCALLE (?:[0-9]+|[A-Z]+) )(?:BLOQUE|BLQ|MANZANA) ([A-Z]{1,2}|[0-9]+)[ -]"
        r"(?:# ?|NUM |NO |CASA |SOLAR )?([0-9]+[A-Z]?)\b",
        r"\1\2-\3",
    ),
    # CALLE A # 150; CALLE 3 B-12; CALLEJON LOS FAS CASA 9; CALLE LIRIO 8 BAJOS
    Rewriting(r"\b(CALLE [A-Z0-9 ]+ [0-9]+[A-Z]?) (?:BAJOS?|PISO BAJO)( *\|| *$)", r"\1 LOWR\2"),
    Rewriting(r"\b(CALLE [A-Z0-9 ]+ [0-9]+[A-Z]?) (?:ALTOS?|PISO ALTO)( *\|| *$)", r"\1 UPPR\2"),
    Rewriting(
        rf"^ *({_PLAIN_CALLE} [A-Z0-9]+(?: [A-Z]+)*?) {_NO}({_NUMBER})({_INSIDE})$",
        r"\2 \1 \3",
    ),
    Rewriting(
        rf"^ *({_WITH_NAME} [A-Z]{{2,}}(?: [A-Z]+)*?) {_NO}({_NUMBER})({_INSIDE})$",
        r"\2 \1 \3",
    ),
    # EL PRADO A3 CALLE 1: the name of an area by itself.
    Rewriting(
        rf"^ *((?:[A-Z]+ )*[A-Z]{{3,}}) ((?:{_NUMBER}) {_PLAIN_CALLE} .*?)(\|.*)?$",
        r"\2 | \1 \3",
    ),
    Rewriting(
        r"^ *([A-Z]{1,2})[- ]([0-9]+[A-Z]?) (CALLE|CALLEJON|VEREDA|CAMINO|PASEO)\b",
        r"\1\2 \3",
    ),
    # EDIF 3 APT 4 RES VILLA; RES LUIS LLORENS TORRES EDIF 5 APT 12: the building is the number.
    Rewriting(
        r"^ *(?:EDIF|EDIFICIO|BLDG|TORRE|BLOQUE|BLQ) ([A-Z]?[0-9]+[A-Z]?|[A-Z])"
        r"((?: (?:APT|APTO) ?[A-Z]?[0-9]+[A-Z]?)?) ((?:RES|RESIDENCIAL|COND|CONDOMINIO) [A-Z ]+)$",
        r"\1 \3 \2",
    ),
    Rewriting(
        r"^ *((?:RES|RESIDENCIAL|COND|CONDOMINIO|EGIDA|VILLA|EDIF|TORRE) [A-Z0-9 ]+?) "
        r"(?:EDIF|EDIFICIO|BLDG|TORRE|BLOQUE|BLQ) ([A-Z]?[0-9]+[A-Z]?|[A-Z])\b(.*)$",
        r"\2 \1 \3",
    ),
    Rewriting(
        r"^ *((?:COND|CONDOMINIO|RES|RESIDENCIAL) [A-Z ]+?) "
        r"(?:APT|APTO|APARTAMENTO|UNIT|#) ?([A-Z]?[0-9]+[A-Z]?) *$",
        r"\2 \1",
    ),
    # ESTATE TUTU 148-2, PLOT 12 ESTATE WHIM
    Rewriting(
        r"^ *EST(?:ATE)? ([A-Z][A-Z ]*?) (?:# |NO |PLOT |PARCEL )?([0-9]+(?:-[0-9]+)*[A-Z]?) *$",
        r"\2 ESTATE \1",
    ),
    Rewriting(
        r"^ *(?:PLOT|PARCEL)(?: (?:#|NO))? ([0-9]+(?:-[0-9]+)*[A-Z]?) EST(?:ATE)? ([A-Z][A-Z ]*)$",
        r"\1 ESTATE \2",
    ),
)
"""Rewritings of the lines of islands."""

ODD = (
    *("KM", "CARR(?:ETERA)?\\b", r"\bRUTA\b", "URB", "BDA", "BARRIADA", "REPARTO", "REPTO", "SECT"),
    *("PARC", "CALLE", "VEREDA", "AVENIDA", "AVDA", "^ *AVE ", "EDIF", "TORRE", "BLOQUE", "BLQ"),
    *(r"\bCOND", "^ *RES", "^ *EST", "^ *VILLA", "^ *EGIDA", r"\b[A-Z]{1,2} ?[0-9]+[A-Z]? CA"),
    *("^ *(?:PASEO|CAMINO|VIA|BO|BARRIO|COM|COMUNIDAD|PLOT|PARCEL) ", r"\bK ?[0-9]+ H ?[0-9]"),
)
"""What every line in one of these dresses has."""

HINTS = (
    *("BUZ", "BZN", "CARR", "RUTA", "URB", "BDA", "BARRIADA", "REPARTO", "REPTO", "SECT", "PARC"),
    *("CALLE", "VEREDA", "AVENIDA", "AVDA", "AVE ", "EDIF", "BLDG", "TORRE", "BLOQUE", "BLQ"),
    *("COND", "RES", "EST ", "ESTATE", "EGIDA", "PASEO", "CAMINO", "VIA ", "BO ", "BARRIO", "COM"),
    *("PLOT", "KM"),
)
"""Every line in need of these rewritings holds one of them."""

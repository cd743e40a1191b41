"""The grammars of delivery lines.

The words of the line are written as one letter each, and these grammars read that short text:
``123 N OAK ST APT 4B`` is ``#DWTUA``.

====  =====================================  ====  ==============================================
 #    digits                                 T S Y street type: plain, noun, numbered road
 A    digits and a letter (123B)             D     direction
 H    digits with hyphen or grid (12-34)     U V   unit designator with and without identifier
 G    Wisconsin grid (N6W23001, W456)        P B   PO BOX, BOX
 F    fraction                               R M   RR or HC; PSC or CMR
 J    letter and digits (B12)                X     US, FM: the number of a road follows
 I    other letters and digits (10FN, AB12)  K     COUNTY, STATE: a numbered road follows
 L    one letter, or one doubled             O     ordinal
 N    number in words (SIX)                  C     CALLE: the number may begin with a letter
 W    any other word                         Z Q   evasive word, suspicious word
 |    what stands behind it is set aside
====  =====================================  ====  ==============================================
"""

from ostiary.deciding.standardisation.terms import Table
from ostiary.deciding.standardisation.vocabulary import non_addresses
from ostiary.deciding.standardisation.vocabulary.numbers import CARDINALS, ORDINALS
from ostiary.deciding.standardisation.vocabulary.streets import (
    BEFORE_NUMBERED_ROADS,
    CALLES,
    DIRECTIONS,
    MILITARY,
    NUMBERED_ROADS,
    ROUTES,
    STREET_TYPES,
    type_class,
)
from ostiary.deciding.standardisation.vocabulary.units import DESIGNATORS, LONE_UNITS

_LETTERS = "ABCDFGHIJKLMOPQRTUVXYZ"

CLASSES = Table.of(
    "classes",
    {
        **dict.fromkeys(non_addresses.SUSPICIOUS_WORDS, "Q"),
        **{word: type_class(short) for word, short in STREET_TYPES.entries.items()},
        **dict.fromkeys(DIRECTIONS.entries, "D"),
        **dict.fromkeys(ORDINALS, "O"),
        **dict.fromkeys(CARDINALS, "N"),
        **{w: "K" for w in BEFORE_NUMBERED_ROADS if w not in STREET_TYPES.entries},
        **dict.fromkeys(CALLES, "C"),
        **dict.fromkeys((letter * 2 for letter in _LETTERS + "ENSW"), "L"),
        **dict.fromkeys(LONE_UNITS.entries, "V"),
        **dict.fromkeys((*DESIGNATORS, "#"), "U"),
        **dict.fromkeys(_LETTERS, "L"),
        **dict.fromkeys(("BOX", "BX"), "B"),
        "POBOX": "P",
        **dict.fromkeys(NUMBERED_ROADS, "X"),
        **dict.fromkeys(ROUTES, "R"),
        **dict.fromkeys(MILITARY, "M"),
        **dict.fromkeys((*non_addresses.ALWAYS_EVASIVE_WORDS, *non_addresses.HOMELESS_WORDS), "Z"),
        "|": "|",
    },
)
"""Word to class letter."""

SHAPES = (
    ("^[0-9]+$", "#"),
    ("^[0-9]+[A-Z]$", "A"),
    ("^[0-9]+(?:ST|ND|RD|TH)$", "O"),
    ("^[NSEW][0-9]+(?:[NSEW][0-9]+)?[A-Z]?$", "G"),
    ("^[A-Z][0-9]+$", "J"),
    ("^[0-9]+/[0-9]+$", "F"),
    ("^[0-9]+(?:-[0-9]+)+[A-Z]?$|^[0-9]+[NSEW][0-9]+$|^[0-9]+(?:KM[0-9]+|MI)$", "H"),
    ("^[0-9]+[A-Z]{2,3}$|^[A-Z]{1,2}[0-9]+[A-Z]?$", "I"),
)
"""Pattern and class letter of words that hold a digit."""


# Each grammar is a list of patterns with the same groups; the first one that matches has read the
# line. The first patterns are the plain cases: they settle most lines, and fast.

_ID = "#AHJILODGVN"
_UNIT = f"(?:U[{_ID}]{{0,2}}|V[#AJI]?)"
_UNITS = f"(?:{_UNIT})+"
_ASIDE = r"(?:\|.*)?$"
TAIL = (
    rf"^([^UV|]*[^UV#AJLI|])(){_ASIDE}",  # no unit
    rf"^(.F?.*?[^DF][TS]D{{0,2}})([AJLI#]{{1,2}}(?:{_UNIT})*){_ASIDE}",  # MAIN ST 4B
    rf"^(.F?.*?[TSY]D?)(OU){_ASIDE}",  # MAIN ST 2ND FL
    rf"^([#AHG]F?D?[WON]*W)([AJI]){_ASIDE}",  # ELIZABETH 1W
    rf"^(#D#D)([AJLI#]{{1,2}}){_ASIDE}",  # 800 E 213
    rf"^([#AHG]F?D?T[LD])([AJI#]{{1,2}}){_ASIDE}",  # AVENUE E 4
    rf"^([#AHG]F?D?[WONKS]*WYD?)([AJI#]){_ASIDE}",  # MILL ROAD 4; not COUNTY ROAD 4
    rf"^(.*?[^UV])({_UNITS}){_ASIDE}",  # MAIN ST APT 4B; MAIN ST BLDG 3 APT 4
    rf"^(.*?[TSYD])(V+(?:{_UNIT})*){_ASIDE}",  # MAIN ST REAR
    # MAIN ST STE 2 NW DETENTION; not MAIN ST APT 2 WING B, nor STE 2 WING EAST
    rf"^([#AHGN]F?.*?[^DF][TSY]D{{0,2}})(U[{_ID}]{{1,2}})[DLOTS]*W(?:[DLOWTSV]*[WTSV])?{_ASIDE}",
    rf"^(.*?)({_UNITS}){_ASIDE}",  # APT 4B
    rf"^([^|]*)(){_ASIDE}",
)
"""Parts a line into its body and the unit at its end; what was set aside belongs to neither."""

_NAME = "[^#AHGFBPRMUZQ|]+?"
BODY = (
    "^()([#AHG]F?)(D?)([WON]+)([TSY]?)(D?)$",  # 123 N OAK ST
    "^()([#AHG]F?)()()()()$",  # 123
    rf"^()(N)(D{{0,2}})({_NAME})([TSY])(D{{0,2}})$",  # SIX OAK ST
    "^()(N)(D)([WON]+)()(D?)$",  # ONE S DEARBORN
    # ROSE COURT 123 OAK ST
    rf"^([DTSWLVNOKX]*[WTSVK]D?)([#AHG]F?)(D{{0,2}})({_NAME})([TSY])(D{{0,2}})$",
    rf"^(U[#AJLO][DTSWLVNOK]*)([#AHG]F?)(D{{0,2}})({_NAME})([TSY])(D{{0,2}})$",
    "^([DTSWLVNOK]*[WTS])([#AHG]F?)(D)([WON]+)()()$",  # HAYES CENTER 4859 S WABASH
    "^([DTSWLVNOK]*W)([#AHG]F?)(D?)((?:K{0,2}[YX]|KX)[#AL])()(D?)$",  # PHYS 24 STATE ROUTE 118
    "^((?:U[#AJL])?)((?:[#AHG]F?)?)(D?)(D)([TY])(D{0,2})$",  # 123 NORTH ST
    "^((?:U[#AJL])?)([#AHG]F?)(D?)([TY][LD])()()$",  # 12 AVENUE E
    "^()(##)(D?)([WO]+|#)([TSY])(D?)$",  # 92 10 ROOSEVELT AVE, 64 12 43 AVE
    "^()([JI])(D{0,2})([^UVZQBPRM|]+?)([TSY]?)(D{0,2})$",  # A1075 MAIN
    "^()([JI])()(C[^UVZQ|]*)()()$",  # B12 CALLE 3
    "^((?:U[#AJLO])?)((?:[#AHG]F?)?)(D{0,2})(.+?)([TSY]?)(D{0,2})$",
)
"""Parts a body into what stands before the number (a unit, or the name of a building or a person,
which is believed only when a street type follows), number, direction, name, type, direction."""

_BEFORE = "(?:U#)?[DTSWLVNOK]*"
_BEFORE_BOX = "(?:[^#AHGPBRMZ|]*?|[^PBRMTYZ|]*?)"
BOX = (
    "^()()()()()[^PBRM]*$",  # none; but see the next
    f"^({_BEFORE_BOX})(PU?)([#AHJLDGI]?)()()",  # PO BOX 123; DEPT 8 PO BOX 123
    "^()(BU?)([#AHJLDG])()()",  # BOX 123
    f"^({_BEFORE})([RM])([#AJI])((?:BU?)?)([#AHJLDGI]?)",  # RR 2 BOX 45; PSC 123 BOX 45
    "^()(U)([#AJ])(BU?)([#AHJLDG])",  # UNIT 2050 BOX 4190
)
"""Parts a line into a name before, the words for a box, a route or a post, their number, BOX, and
its number."""

GENERAL_DELIVERY = r"^(?:[0-9]+ )?(?:GENERAL|GENL|GEN) (?:DELIVERY|DELIV|DELV|DEL|DLVRY)\b"
"""Mail that waits at the post office."""

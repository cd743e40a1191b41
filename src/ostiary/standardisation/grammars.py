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
 L    one letter                             O     ordinal
 W    any other word                         Z Q   evasive word, suspicious word
====  =====================================  ====  ==============================================
"""

from ostiary.standardisation.terms import Table
from ostiary.standardisation.vocabulary import evasions
from ostiary.standardisation.vocabulary.streets import (
    DESIGNATORS,
    DIRECTIONS,
    LONE_UNITS,
    MILITARY,
    NUMBERED_ROADS,
    ORDINALS,
    ROUTES,
    STREET_TYPES,
    type_class,
)

CLASSES = Table.of(
    "classes",
    {
        **dict.fromkeys(evasions.SUSPICIOUS_WORDS, "Q"),
        **{word: type_class(short) for word, short in STREET_TYPES.entries.items()},
        **dict.fromkeys(DIRECTIONS.entries, "D"),
        **dict.fromkeys(ORDINALS, "O"),
        **dict.fromkeys(LONE_UNITS.entries, "V"),
        **dict.fromkeys((*DESIGNATORS, "#"), "U"),
        **dict.fromkeys((letter for letter in "ABCDFGHIJKLMOPQRTUVXYZ"), "L"),
        **dict.fromkeys(("BOX", "BX"), "B"),
        "POBOX": "P",
        **dict.fromkeys(NUMBERED_ROADS, "X"),
        **dict.fromkeys(ROUTES, "R"),
        **dict.fromkeys(MILITARY, "M"),
        **dict.fromkeys((*evasions.ALWAYS_EVASIVE_WORDS, *evasions.HOMELESS_WORDS), "Z"),
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
    ("^[0-9]+(?:-[0-9]+)+[A-Z]?$|^[0-9]+[NSEW][0-9]+$", "H"),
)
"""Pattern and class letter of words that hold a digit."""


# Each grammar is a list of patterns with the same groups; the first one that matches has read the
# line. The first patterns are the plain cases: they settle most lines, and fast.

_ID = "#AHJLODGV"
_UNIT_AT_END = f"(?:U[{_ID}]{{0,2}})"
TAIL = (
    "^([^UV]*[^UV#AJL])()$",  # no unit
    rf"^(.F?.*?[^DF][TS]D?)([AJL#]{{1,2}}V*{_UNIT_AT_END}*)$",  # MAIN ST 4B
    "^(.F?.*?[TSY]D?)(OU)$",  # MAIN ST 2ND FL
    rf"^(.*?[^UV])({_UNIT_AT_END}+)$",  # MAIN ST APT 4B; MAIN ST BLDG 3 APT 4
    rf"^(.*?[TSYD])(V+{_UNIT_AT_END}*)$",  # MAIN ST REAR
    rf"^(.*?)({_UNIT_AT_END}+)$",  # APT 4B
    "^(.*)()$",
)
"""Parts a line into its body and the unit at its end."""

BODY = (
    "^()([#AHG]F?)(D?)([WO]+)([TSY]?)(D?)$",  # 123 N OAK ST
    "^()([#AHG]F?)()()()()$",  # 123
    "^([DTSWLV]*W)([#AHG]F?)(D{0,2})([^#AHGFBPRMUZQ]+?)([TSY])(D{0,2})$",  # ROSE COURT 123 OAK ST
    "^((?:U[#AJL])?)((?:[#AHG]F?)?)(D?)(D)([TY])(D{0,2})$",  # 123 NORTH ST
    "^((?:U[#AJL])?)((?:[#AHG]F?)?)(D{0,2})(.+?)([TSY]?)(D{0,2})$",
)
"""Parts a body into what stands before the number (a unit, or the name of a building or a person,
which is believed only when a street type follows), number, direction, name, type, direction."""

BOX = (
    "^()()()()(?:[^PBRMU]|$)",  # none
    "^(PU?)([#AHJLDG]?)()()",  # PO BOX 123
    "^(BU?)([#AHJLDG])()()",  # BOX 123
    "^([RM])([#AJ])((?:BU?)?)([#AHJLDG]?)",  # RR 2 BOX 45; PSC 123 BOX 45
    "^(U)([#AJ])(BU?)([#AHJLDG])",  # UNIT 2050 BOX 4190
)
"""Parts a line into the words for a box, a route or a post, their number, BOX, and its number."""

GENERAL_DELIVERY = r"^(?:[0-9]+ )?(?:GENERAL|GENL|GEN) (?:DELIVERY|DELIV|DELV|DEL|DLVRY)\b"
"""Mail that waits at the post office."""

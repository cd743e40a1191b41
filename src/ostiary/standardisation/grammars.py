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


_ID = "#AHJLODGV"
_UNIT_TAIL = f"(?:U[{_ID}]{{0,2}})"
TAIL = (
    rf"^(.F?.*?[^DF][TS]D?)([AJL#]{{1,2}}V*{_UNIT_TAIL}*)$"  # a lone identifier behind a type
    rf"|^(.*?[^UV])({_UNIT_TAIL}+)$"  # APT 4B; BLDG 3 APT 4
    rf"|^(.*?[TSYD])(V+{_UNIT_TAIL}*)$"  # REAR
    rf"|^(.*?)({_UNIT_TAIL}+)$"  # no more than a unit
)
"""Parts a line into its body (odd groups) and the unit at its end (even groups)."""
MAY_HAVE_TAIL = "[UV]|[AJL#]$"

LONE_NUMBER = "^[#AHG]F?$"
NAME_BEFORE = r"^([DTSWLV]*W)([#AHG]F?)(D{0,2})([^#AHGFBPRMUZQ]+?)([TSY])(D{0,2})$"
"""The name of a building or of a person, then a number: believed only when a type follows."""
BODY = (
    r"^((?:U[#AJL])?)((?:[#AHG]F?)?)"
    r"(?:(D?)(D)([TY])(D{0,2})|(D{0,2})(.+?)([TSY]?)(D{0,2}))$"
)
"""Number, direction, name, type, direction; NORTH ST, where the direction is the name, first."""

BOX = r"^(?:(PU?)([#AHJLDG]?)|(BU?)([#AHJLDG])|([RMU])([#AJ])(?:(BU?)([#AHJLDG]?))?)"
"""Boxes: of a post office, of a post office in short, on a route or of a military post."""

GENERAL_DELIVERY = r"^(?:[0-9]+ )?(?:GENERAL|GENL|GEN) (?:DELIVERY|DELIV|DELV|DEL|DLVRY)\b"
"""Mail that waits at the post office."""

"""Dresses of a line: numbers in words, numbers written apart, directions, units in odd places."""

from ostiary.standardisation.definition import Rewriting
from ostiary.standardisation.line_names import TYPE, UNIT_WORD
from ostiary.standardisation.vocabulary.numbers import (
    ORDINAL_UNITS,
    TENS_IN_WORDS,
    UNITS_IN_WORDS,
)

_TENS, _ONES, _NTH = map("|".join, (TENS_IN_WORDS, UNITS_IN_WORDS, ORDINAL_UNITS))
_GLUED = "LT|APT|APTO|UNIT|STE|SUITE|LOT|BLDG|RM|SPC|TRLR|PMB|PH"
_NO_HIGHWAY = TYPE.replace("HWY|HIGHWAY|", "")  # 1201 ST HWY 36 is a state's

NUMBERS_IN_WORDS = (
    Rewriting(rf"\b({_TENS}) ({_ONES}|{_NTH})\b", r"\1\2"),
    Rewriting(rf"\b({_ONES}) HUNDRED\b", r"\1HUNDRED"),
    # 12 21 ST ST; 8 32 ND ST. 12 21 RD is a road.
    Rewriting(r"\b([0-9]+) (TH|ND)\b", r"\1\2"),
    Rewriting(rf"\b([0-9]*1) ST ({_NO_HIGHWAY})\b", r"\1ST \2"),
    Rewriting(rf"\b([0-9]*3) RD ({TYPE})\b", r"\1RD \2"),
)
"""Rewritings after which a number in words is one word."""

PRIVATE_MAILBOX = Rewriting(r"\b(?:PRIVATE|PERSONAL) MAIL ?BOX\b", "PMB")
UNITS = (
    PRIVATE_MAILBOX,
    # SECOND FLOOR, 2ND FL: the kind stands first.
    Rewriting(
        r"\b([0-9]+(?:ST|ND|RD|TH)|[A-Z]+TIETH|(?:[A-Z]+TY)?(?:FIRST|SECOND|THIRD)|[A-Z]*(?:FOUR|FIF|SIX|SEVEN|EIGH|NIN|TEN|"
        r"ELEVEN|TWELF|TEEN)TH|GROUND) (?:FLOOR|FLR|FL)\b",
        r"FL \1",
    ),
    Rewriting(r"\b(UPPER|LOWER) (?:LEVEL|LVL|UNIT|APT)\b", r"\1"),
    Rewriting(rf"\b({_GLUED})([0-9])", r"\1 \2"),
    # MAIN ST TRL 13F is a trailer, OLD MILL TRL a trail.
    Rewriting(rf"\b({TYPE}) TRL ([0-9]+[A-Z]?)( *\|| *$)", r"\1 TRLR \2\3"),
    Rewriting(
        rf"\b({_GLUED}|ROOM|LT|SP|FL|DEPT|APARTMENT) (?:NO|NUM|NUMBER) ([0-9]|[A-Z]\b)",
        r"\1 \2",
    ),
    # 207-1104 WATKINS GLEN CT behind a number sign; #1 PINTO DR; 410 UNIT 100 EMMETT ST.
    Rewriting(r"^ *# *([0-9]+)-([0-9]+) +([A-Z].*)$", r"\2 \3 # \1"),
    Rewriting(r"^ *# *([0-9]+[A-Z]?) +([A-Z]|[0-9]+(?:ST|ND|RD|TH)\b)", r"\1 \2"),
    Rewriting(
        rf"^ *([0-9]+[A-Z]?) +({UNIT_WORD}) +([0-9]+[A-Z]?|[A-Z][0-9]*) +"
        rf"([A-Z0-9]+ [^|]*{TYPE}\b[^|]*)(\|.*)?$",
        r"\1 \4 \2 \3 \5",
    ),
    Rewriting("^ *([0-9]+[A-Z]?) # ", r"\1 "),
    # FLAT 4 10A KING BLVD; DEPT 12 1500 HICKS RD
    Rewriting(r"^ *FLAT ([0-9]+[A-Z]?) +([0-9]+[A-Z]? +[A-Z].*)$", r"\2 APT \1"),
    Rewriting(
        rf"^ *(?:DEPT|DEPARTMENT) ((?:[A-Z]+ )?[0-9]+) +([0-9]+ +[A-Z].* {TYPE}\b[^|]*)(\|.*)?$",
        r"\2 | DEPT \1 \3",
    ),
    # WELLS TOWER FL 10TH 312 PARK AVE; J DOE # 90688 815 W MARKET ST
    Rewriting(
        rf"^ *([A-Z][A-Z ]*?) ({UNIT_WORD} ?[A-Z]?[0-9]+(?:ST|ND|RD|TH)?) "
        rf"([0-9]+[A-Z]? +[A-Z][^|]* {TYPE}\b[^|]*)(\|.*)?$",
        r"\3 \2 | \1 \4",
    ),
    # 1 MEDICAL CENTER BLVD PROFESSIONAL OFFICE BUILDING 2
    Rewriting(
        rf"\b({TYPE}) (?:PROFESSIONAL|MEDICAL)(?: OFFICE)? (?:BUILDING|BLDG) ([0-9A-Z]+)\b",
        r"\1 BLDG \2",
    ),
    # ACME ONE BUSCH PL: of numbers in words, the one that names nothing else.
    Rewriting(rf"^ *([A-Z]+(?: [A-Z]+)*) (ONE [A-Z]+ {TYPE})( *\|.*| *)$", r"\2 | \1 \3"),
)
"""Rewritings after which a unit stands behind the street."""

_NOT_A_NAME = (
    "(?:KNOWN|FIXED|PERMANENT|STABLE|ADDRESS|ADDR|HOME|STREET|NUMBER|DATA|INFO|PLACE|SUCH)"
)
DIRECTIONS = (
    # NO and SO are directions where one stands; NO ADDRESS stays none, and NO 4 a number.
    Rewriting(r"^ *([0-9]+[A-Z]?) SO ([A-Z0-9])", r"\1 S \2"),
    Rewriting(rf"\b({TYPE}) SO\b", r"\1 S"),
    Rewriting(rf"^ *([0-9]+[A-Z]?) NO ([A-Z0-9]+ (?:[A-Z]+ )?{TYPE})\b", r"\1 N_ \2"),
    Rewriting(rf"^([0-9]+[A-Z]?) N_ {_NOT_A_NAME}\b", r"\1 NO UNKNOWN"),
    Rewriting(" N_ ", " N "),
    Rewriting(
        rf"\b({TYPE}|(?:HWY|HIGHWAY|ROUTE|RTE|RT) [0-9]+) NO *($| {UNIT_WORD}\b| #)",
        r"\1 N\2",
    ),
)
"""Rewritings of directions in the older dress."""

NUMBERS = (
    # 48S 400E
    Rewriting(
        r"^ *([0-9]+) ?([NSEW]) ([0-9]+) ?([NSEW])\b",
        r"\1 \2 \3 \4",
    ),
    # 132 N 10 is in 10TH; a grid has a direction behind its second number, and hundreds.
    Rewriting(r"^ *([0-9]+[A-Z]? [NSEW]) ([4-9]|1[0-9]|[2-9][04-9]) *$", r"\1 \2TH"),
    Rewriting(r"^ *([0-9]+[A-Z]? [NSEW]) ([2-9]?1) *$", r"\1 \2ST"),
    Rewriting(r"^ *([0-9]+[A-Z]? [NSEW]) ([2-9]?2) *$", r"\1 \2ND"),
    Rewriting(r"^ *([0-9]+[A-Z]? [NSEW]) ([2-9]?3) *$", r"\1 \2RD"),
    # L B J FWY, J F K BLVD
    Rewriting(
        r"^ *([0-9]+[A-Z]?(?: [NSEW])?) ([A-Z]) ([A-Z]) ([A-Z]) ([A-Z]{2,})",
        r"\1 \2\3\4 \5",
    ),
    Rewriting(
        r"\b(?:(?:DR|DOCTOR|REV|REVEREND) )*(?:MLK|M L KING|ML KING|MARTIN L KING"
        r"|MARTIN LUTHER KING)"
        r"(?: (?:JR|JUNIOR))?\b",
        "MARTIN LUTHER KING JR",
    ),
)
"""Rewritings of grids and initials."""

ODD = (
    *("^ *FLAT", "^ *DEP", "PROFESSIONAL", "MEDICAL", r"\bONE\b", "[NSEW] [0-9][0-9]? *$"),
    rf"^ *[A-Z][A-Z ]* {UNIT_WORD} ?[A-Z]?[0-9]",
    r" TRL [0-9]",
    *(*TENS_IN_WORDS, "HUNDRED", r"[0-9] (?:TH|ND)\b", "[13] (?:ST|RD) ", r"\bFL(?:OOR|R)?\b"),
    *(r"\b(?:UPPER|LOWER) (?:LEVEL|LVL|UNIT|APT)", rf"\b(?:{_GLUED})[0-9]", r"\bN(?:O|UM|UMBER)\b"),
    *(r"\bSO\b", rf"^ *[0-9]+[A-Z]? +{UNIT_WORD}\b", "[0-9][NSEW] [0-9]", r"[NSEW] [0-9]+[NSEW]\b"),
    *("(?: [A-Z]){3} ", "MLK", "KING", "^ *[NSEW][0-9]+ +[NSEW][0-9]"),
)
"""What every line in one of these dresses has."""

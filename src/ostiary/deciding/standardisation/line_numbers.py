"""Dresses of a line: numbers in words, numbers written apart, directions, units in odd places."""

from ostiary.deciding.standardisation.definition import Rewriting
from ostiary.deciding.standardisation.line_names import DIRECTION, TYPE, UNIT_WORD
from ostiary.deciding.standardisation.vocabulary.numbers import (
    ORDINAL_UNITS,
    TENS_IN_WORDS,
    UNITS_IN_WORDS,
)

_TENS, _ONES, _NTH = map("|".join, (TENS_IN_WORDS, UNITS_IN_WORDS, ORDINAL_UNITS))
_FLOOR = (
    r"([0-9]+(?:ST|ND|RD|TH)|[A-Z]+TIETH|(?:[A-Z]+TY)?(?:FIRST|SECOND|THIRD)|"
    r"[A-Z]*(?:FOUR|FIF|SIX|SEVEN|EIGH|NIN|TEN|ELEVEN|TWELF|TEEN)TH|GROUND|GRND|GND) "
    r"(?:FLOOR|FLR|FL)\b"
)
_GLUED = "LT|APT|APTO|UNIT|STE|SUITE|LOT|BLDG|RM|SPC|TRLR|PMB|PH"
_WHOLE_WORDS = "ROOM|SP|SPACE|FL|DEPT|APARTMENT|TRAILER|BUILDING|HANGAR|HNGR|SLIP|OFFICE|OFC"
# Names that read like street types; a road of a system (COUNTY, STATE, PARK, FOREST) is not here.
_NAMED_ROADS = (
    r"\b(?:LAKE|COVE|CREEK|HILLS?|RIDGE|VALLEY|VIEW|MILLS?|RIVER|SPRINGS?|HOLLOW|GROVE|GARDENS?|"
    "GREEN|HARBOR|HEIGHTS|ISLAND|MEADOWS?|ORCHARD|POINT|SHORES?|SUMMIT|VILLAGE|VISTA|BEACH|BEND|"
    "BLUFFS?|BRIDGE|BROOK|FIELD|FIELDS|FALLS|FERRY|GLEN|KNOLL|LANDING|PINES|ROCK|WELLS)"
    "(?: (?:ROAD|RD|HIGHWAY|HWY|LOOP|ROUTE|RTE|TURNPIKE|TPKE))"
)
_DOORS = {"L": "LE?FT", "R": "(?:RIGHT|RGHT|RT)", "M": "(?:MIDDLE|MID|CENTER|CTR)"}
_COMPASS = "NORTH|SOUTH|EAST|WEST"
_NO_HIGHWAY = TYPE.replace("HWY|HIGHWAY|", "")  # 1201 ST HWY 36 is a state's

TENS_AND_ONES = Rewriting(rf"\b({_TENS}) ({_ONES}|{_NTH})\b", r"\1\2")
_MILE = "(?:MM|MP|MILE ?POST|MILE MARKER|MILE)"
_ORDINAL_ENDINGS = (
    ("[0-9]*1[0-9]|[0-9]*[04-9]", "TH"), ("[0-9]*1", "ST"), ("[0-9]*2", "ND"), ("[0-9]*3", "RD")
)  # fmt: skip
_BETWEEN_TYPES = (
    rf"^( *[0-9]+[A-Z]?(?: {DIRECTION})?)",
    r"((?:ST|STREET|AVE|AVENUE) (?:CT|COURT|RD|ROAD|LN|LANE|PL|PLACE|LOOP|DR|TER|TERRACE|CIR)\b)",
)
_BEHIND_A_WORD = (
    r"^( *[0-9]+[A-Z]?(?:-[0-9]+)? (?:BAY|BEACH|BRIGHTON|PAERDEGAT|FLATLANDS|PLUMB|CORBIN|DAHILL))",
    r"((?:ST|STREET|AVE|AVENUE|PL|PLACE|CT|COURT|LN|LANE|RD|ROAD|DR|DRIVE)\b)",
)
NUMBERS_IN_WORDS = (
    TENS_AND_ONES,
    # MM 14.5 STERLING HWY, MILEPOST 14 STERLING HWY
    Rewriting(rf"^ *{_MILE} ([0-9]+) ([0-9]) ((?:[A-Z]+ )+{TYPE}) *$", r"\1-\2 \3"),
    Rewriting(rf"^ *{_MILE} ([0-9]+) ((?:[A-Z]+ )+{TYPE}) *$", r"\1 \2"),
    # ONE THIRTY LARK ST is 130, as people say it.
    Rewriting(rf"^ *({_ONES}) ((?:{_TENS})(?:{_ONES})?) ([A-Z])", r"\1 HUNDRED \2 \3"),
    # 12 21 ST ST; 8 32 ND ST. 12 21 RD is a road.
    Rewriting(r"\b([0-9]+) (TH|ND)\b", r"\1\2"),
    Rewriting(rf"\b([0-9]*1) ST ({_NO_HIGHWAY})\b", r"\1ST \2"),
    Rewriting(rf"\b([0-9]*3) RD ({TYPE})\b", r"\1RD \2"),
    # 42TH ST, 33TH ST
    Rewriting(r" ((?:[0-9]*[02-9])?1)TH\b", r" \1ST"),
    Rewriting(r" ((?:[0-9]*[02-9])?2)TH\b", r" \1ND"),
    Rewriting(r" ((?:[0-9]*[02-9])?3)TH\b", r" \1RD"),
    # 123 ST CT, 58 AVENUE RD, BAY 8 ST, BEACH 116 ST
    *(
        Rewriting(rf"{where[0]} ({number}) {where[1]}", rf"\1 \2{ending} \3")
        for where in (_BETWEEN_TYPES, _BEHIND_A_WORD)
        for number, ending in _ORDINAL_ENDINGS
    ),
    # 2D AVE, 33D ST, as lawyers write them
    Rewriting(rf" ([2-9]?2)D ({TYPE})\b", r" \1ND \2"),
    Rewriting(rf" ([2-9]?3)D ({TYPE})\b", r" \1RD \2"),
)
"""Rewritings after which a number in words is one word."""

PRIVATE_MAILBOX = Rewriting(r"\b(?:PRIVATE|PERSONAL) MAIL ?BOX\b", "PMB")
FLOORS = (
    # SECOND FLOOR, 2ND FL: the kind stands first.
    Rewriting(rf"\b{_FLOOR}", r"FL \1"),
    Rewriting(r"\b([0-9]{1,2})FLR?( *\|| *$)", r"FL \1\2"),
    Rewriting(r"\b(?:FL|FLR|FLOOR) (?:GROUND|GRND|GND)\b", "FL G"),
)
"""Rewritings of floors, in a line and in the column of the unit."""
_AT = r"(?: SIDE| HAND SIDE)?( *\|| *$)"
SIDES = (
    # 2ND FLOOR RIGHT, APT 2 LEFT: what says which door is a part of it.
    *(
        Rewriting(rf"\b(FL (?:[0-9]+(?:ST|ND|RD|TH)?|[A-Z]+)) {words}{_AT}", rf"\1 APT {side}\2")
        for side, words in _DOORS.items()
    ),
    # APT 2 EAST TOWER
    Rewriting(
        rf"({UNIT_WORD} ?[A-Z]?[0-9]+[A-Z]?) ({_COMPASS}) (?:TOWER|TWR|WING|BLDG|BUILDING){_AT}",
        r"\1 BLDG \2\3",
    ),
    *(
        Rewriting(rf"({UNIT_WORD} ?)([0-9]+) {words}{_AT}", rf"\1\2{side}\3")
        for side, words in _DOORS.items()
    ),
)
"""Rewritings of the door on a floor or a landing, in a line and in the column of the unit."""

_MAIL_STOP = "MAIL ?(?:STOP|CODE|DROP)"
MAIL_STOPS = (
    # STE 1200 MAIL STOP 12, STE 1200 MC F646: where a firm sorts its mail is no door.
    Rewriting(
        rf"({UNIT_WORD} ?[A-Z]?[0-9]+[A-Z]?) (?:{_MAIL_STOP}|MSC|MC|MS|M S) ?[A-Z]?[0-9]+[A-Z]?"
        r"( *\|| *$)",
        r"\1\2",
    ),
    Rewriting(rf"\b({TYPE}(?: {DIRECTION})?) {_MAIL_STOP} ?[A-Z]?[0-9]+[A-Z]?( *\|| *$)", r"\1\2"),
)
"""Rewritings of a firm's own mail stops, in a line and in the column of the unit."""
PENTHOUSES = Rewriting(r"\b(?:APT|UNIT|STE|#) ?PH ?([A-H])\b", r"PH \1")
"""APT PHA is penthouse A."""
UNITS = (
    PRIVATE_MAILBOX,
    PENTHOUSES,
    *FLOORS,
    Rewriting(r"\b(UPPER|LOWER) (?:LEVEL|LVL|UNIT|APT|FLAT)\b", r"\1"),
    Rewriting(rf"\b({_GLUED})([0-9])", r"\1 \2"),
    # MAIN ST TRL 13F is a trailer, OLD MILL TRL a trail.
    Rewriting(rf"\b({TYPE}) TRL ([0-9]+[A-Z]?)( *\|| *$)", r"\1 TRLR \2\3"),
    Rewriting(
        rf"\b({_GLUED}|{_WHOLE_WORDS}) (?:NO|NUM|NUMBER) ([0-9]|[A-Z]\b)",
        r"\1 \2",
    ),
    # ALDER ST KEY 6, ALDER ST FLAT 6: words of streets, with an identifier behind a street's type.
    Rewriting(
        rf"\b({TYPE}(?: {DIRECTION})?) (KEY|PIER|STOP)(?: #)? ([0-9]+[A-Z]?)( *\|| *$)",
        r"\1 U\2 \3\4",
    ),
    Rewriting(
        rf"\b({TYPE}(?: {DIRECTION})?) FLAT(?: #)? ([0-9]+[A-Z]?|[A-Z])( *\|| *$)",
        r"\1 APT \2\3",
    ),
    Rewriting(
        rf"\b({TYPE}(?: {DIRECTION})?) CONDO(?: #)? ([A-Z]?[0-9]+[A-Z]?|[A-Z])( *\|| *$)",
        r"\1 UNIT \2\3",
    ),
    # ALDER ST RM 12 BED A, ALDER ST CELL 4, ALDER ST TOWER 2: nothing behind a unit is dropped
    Rewriting(
        rf"({UNIT_WORD} ?(?:[A-Z]?[0-9]+[A-Z]?|[A-Z])|\b{TYPE}(?: {DIRECTION})?)"
        r" (BED|BUNK|CELL|POD) ([A-Z]?[0-9]+[A-Z]?|[A-Z])( *\|| *$)",
        r"\1 U\2 \3\4",
    ),
    Rewriting(
        rf"({UNIT_WORD} ?(?:[A-Z]?[0-9]+[A-Z]?|[A-Z])|\b{TYPE}(?: {DIRECTION})?)"
        r" (?:TOWER|TWR|WING|DORM|PAVILION|QUAD) ([0-9]+|[A-Z]|NORTH|SOUTH|EAST|WEST)\b",
        r"\1 BLDG \2",
    ),
    # ALDER ST VILLA 6, ALDER ST TOWNHOUSE 6
    Rewriting(rf"\b({TYPE}(?: {DIRECTION})?) TOWN(?:HOUSE|HOME) ", r"\1 TH "),
    Rewriting(
        rf"\b({TYPE}(?: {DIRECTION})?) (CABIN|CASITA|COTTAGE|SITE|STUDIO|TH|VILLA)(?: #)? "
        r"([A-Z]?[0-9]+[A-Z]?)( *\|| *$)",
        r"\1 U\2 \3\4",
    ),
    Rewriting(rf"\b({TYPE}) MH ([0-9]+[A-Z]?)( *\|| *$)", r"\1 TRLR \2\3"),
    Rewriting(rf"\b({TYPE}) BOAT SLIP ", r"\1 SLIP "),
    Rewriting(rf"\b({TYPE}) (REAR|FRONT) (?:HOUSE|UNIT|APT)( *\|| *$)", r"\1 \2\3"),
    Rewriting(rf"^ *([0-9]+) (REAR|FRONT) ([A-Z]+ {TYPE})( *\|| *$)", r"\1 \3 \2\4"),
    *SIDES,
    *MAIL_STOPS,
    # 303 LARCH ST PO BOX 11, 303 LARCH ST BOX 11; PO BOX 11 303 LARCH ST
    Rewriting(
        rf"^ *([0-9]+[A-Z]? [A-Z0-9 ]+ {TYPE}(?: {DIRECTION})?"
        rf"(?: {UNIT_WORD} ?[A-Z]?[0-9]+[A-Z]?)?)(?: CAMPUS| COLLEGE| STUDENT)?"
        r" (?:PO)?BOX ([A-Z]?[0-9]+[A-Z]?)( *\|| *$)",
        r"\1 UBOX \2\3",
    ),
    Rewriting(
        rf"^ *POBOX ([A-Z]?[0-9]+[A-Z]?) ([0-9]+[A-Z]? [A-Z0-9 ]+ {TYPE})( *\|.*| *)$",
        r"\2 UBOX \1 \3",
    ),
    # 88 A FERN ST is 88A; 88 A ST is in A ST.
    Rewriting(
        rf"^ *([0-9]+) ([A-DF-MP-RT-VX-Z]) ([A-Z]{{3,}}(?: [A-Z]+)* {TYPE})\b",
        r"\1\2 \3",
    ),
    # CREEK ST NO 3; NO 7 CREEK RD
    Rewriting(
        rf"\b({_NO_HIGHWAY}(?: {DIRECTION})?) (?:NO|NUM|NUMBER|NR) ([0-9]+[A-Z]?)( *\|| *$)",
        r"\1 # \2\3",
    ),
    Rewriting(r"^ *(?:NO|NUM|NUMBER|NR)(?: #)? ?([0-9]+[A-Z]?) +([A-Z0-9]+ [A-Z])", r"\1 \2"),
    # LAKE ROAD 6 is a door; COUNTY ROAD 6, PARK ROAD 6, FOREST ROAD 6 and ROAD 6 are roads.
    Rewriting(rf"^( *[0-9]+[A-Z]? .*{_NAMED_ROADS}) ([0-9]+[A-Z]?)( *\|| *$)", r"\1 # \2\3"),
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
    # PORTOFINO N 507 2600 N FLAGLER DR
    Rewriting(
        rf"^ *([A-Z]{{3,}}(?: [A-Z]+)*) ([0-9]{{1,4}}[A-Z]?) "
        rf"([0-9]+ (?:{DIRECTION} )?[A-Z]+(?: [A-Z]+)* {TYPE})( *\|.*| *)$",
        r"\3 # \2 | \1 \4",
    ),
    # READE ST FL 2ND CONFERENCE ROOM; COOPER PLZ RM 623 DORRANCE BLDG
    Rewriting(
        r"\b(FL [0-9A-Z]+) ([A-Z]{3,}(?: [A-Z]+)* (?:ROOM|HALL|OFFICE|AUDITORIUM))( *\|.*| *)$",
        r"\1 | \2 \3",
    ),
    Rewriting(
        rf"({UNIT_WORD} ?[A-Z]?[0-9]+[A-Z]?) ([A-Z]{{3,}}(?: [A-Z]+)*"
        r" (?:BLDG|BUILDING|HALL|TOWER|CENTER|CTR))( *\|.*| *)$",
        r"\1 | \2 \3",
    ),
    # 1 MEDICAL CENTER BLVD PROFESSIONAL OFFICE BUILDING 2
    Rewriting(
        rf"\b({TYPE}) (?:PROFESSIONAL|MEDICAL)(?: OFFICE)? (?:BUILDING|BLDG) ([0-9A-Z]+)\b",
        r"\1 BLDG \2",
    ),
    # ACME ONE BUSCH PL: of numbers in words, the one that names nothing else; it ends no other
    # number (ONE HUNDRED ONE ELM ST, ONE HUNDRED AND ONE).
    Rewriting(rf"^ *((?:[A-Z]+ )*[A-Z]*[A-CE-Z]) (ONE [A-Z]+ {TYPE})( *\|.*| *)$", r"\2 | \1 \3"),
)
"""Rewritings after which a unit stands behind the street."""

_NOT_A_NAME = (
    "(?:KNOWN|FIXED|PERMANENT|STABLE|ADDRESS|ADDR|HOME|STREET|NUMBER|DATA|INFO|PLACE|SUCH)"
)
DIRECTIONS = (
    # NO and SO are directions where one stands; NO ADDRESS stays none, and NO 4 a number.
    Rewriting(r"^ *([0-9]+[A-Z]?) SO ([A-Z0-9])", r"\1 S \2"),
    Rewriting(rf"\b({TYPE}) SO\b", r"\1 S"),
    Rewriting(r"^( *[0-9]+ [NSEW] [0-9]+) SO *$", r"\1 S"),
    Rewriting(rf"^ *([0-9]+[A-Z]?) NO ([A-Z0-9]+ (?:[A-Z]+ )?{TYPE})\b", r"\1 N_ \2"),
    Rewriting(rf"^([0-9]+[A-Z]?) N_ {_NOT_A_NAME}\b", r"\1 NO UNKNOWN"),
    Rewriting(" N_ ", " N "),
    Rewriting(
        rf"\b({TYPE}|(?:HWY|HIGHWAY|ROUTE|RTE|RT|ROAD|RD) [0-9]+[A-Z]?) NO *($| {UNIT_WORD}\b| #)",
        r"\1 N\2",
    ),
    Rewriting(
        rf"\b((?:HWY|HIGHWAY|ROUTE|RTE|RT|ROAD|RD|US|SR|CR) [0-9]+[A-Z]?) SO"
        rf" *($| {UNIT_WORD}\b| #)",
        r"\1 S\2",
    ),
)
"""Rewritings of directions in the older dress."""

NUMBERS = (
    # W 204 N 5611 LANNON RD; 5 N 305 ELM RD, as two counties of Illinois number
    Rewriting(r"^ *([NS]) ?([0-9]+) ?([EW]) ?([0-9]+)\b", r"\1\2\3\4"),
    Rewriting(r"^ *([EW]) ?([0-9]+) ?([NS]) ?([0-9]+)\b", r"\1\2\3\4"),
    Rewriting(
        rf"^ *([0-9]{{1,2}}) ?([NSEW]) ?([0-9]{{3}}) ([A-Z0-9]{{2,}}(?: [A-Z]+)*? {TYPE}\b)",
        r"\1\2\3 \4",
    ),
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
    # 214 ONE HALF BIRCH ST
    Rewriting(r"^ *([0-9]+) (?:AND )?ONE HALF ([A-Z])", r"\1 1/2 \2"),
    # S4230 RD, as Oklahoma lays out its grid; O NEAL LN
    Rewriting(r"^( *[0-9]+) ([NSEW])([0-9]{3,4}) (ROAD|RD)\b", r"\1 \2 \3 \4"),
    Rewriting(rf"^( *[0-9]+[A-Z]?(?: [NSEW])?) O ([A-Z]{{3,}}) ({TYPE})( *\|| *$)", r"\1 O\2 \3\4"),
    Rewriting(r"\bBWAY\b", "BROADWAY"),
    # AVDA PALMAS, PSO DE PERALTA, CAM DEL SOL
    Rewriting(r"^ *([0-9]+[A-Z]?(?: [NSEW])?) AVDA? ", r"\1 AVENIDA "),
    Rewriting(r"^ *([0-9]+[A-Z]?(?: [NSEW])?) PSO ", r"\1 PASEO "),
    Rewriting(r"^ *([0-9]+[A-Z]?(?: [NSEW])?) CAM (DEL|DE|LA|LAS|LOS|EL|REAL)\b", r"\1 CAMINO \2"),
    Rewriting(r"^ *([0-9]+[A-Z]?(?: [NSEW])?) CLL ", r"\1 CALLE "),
    # L B J FWY, J F K BLVD
    Rewriting(
        r"^ *([0-9]+[A-Z]?(?: [NSEW])?) ([A-Z]) ([A-Z]) ([A-Z]) ([A-Z]{2,})",
        r"\1 \2\3\4 \5",
    ),
    Rewriting(
        r"\b(?:JFK|J F KENNEDY|JF KENNEDY|JOHN FITZGERALD KENNEDY) ([A-Z])",
        r"JOHN F KENNEDY \1",
        ("JF", "KENNEDY"),
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
    *("^ *[NSEW] [0-9]+ ?[NSEW]", "^ *[0-9][0-9]? ?[NSEW] ?[0-9]{3} [A-Z]", r"PH ?[A-H]\b"),
    *("^ *[A-Z]{3}[A-Z ]* [0-9]+[A-Z]? [0-9]", r"\b(?:HUNDRED|THOUSAND)\b", r"\bNR [0-9]"),
    *("[23]D [A-Z]", "[0-9]FLR?\\b", rf"{_NAMED_ROADS} [0-9]+[A-Z]? *(?:\\||$)"),
    *("MAIL ?BOX", r"\b(?:BLDG|BUILDING|HALL|TOWER|CENTER|CTR|ROOM|OFFICE|AUDITORIUM)(?: *$| *\|)"),
    *(*TENS_IN_WORDS, r"[0-9] (?:TH|ND)\b", "[13] (?:ST|RD) ", r"\bFL(?:OOR|R)?\b"),
    *(r"\b(?:UPPER|LOWER) (?:LEVEL|LVL|UNIT|APT)", rf"\b(?:{_GLUED})[0-9]", r"\bN(?:O|UM|UMBER)\b"),
    *(r"\bSO\b", rf"^ *[0-9]+[A-Z]? +{UNIT_WORD}\b", "[0-9][NSEW] [0-9]", r"[NSEW] [0-9]+[NSEW]\b"),
    *(
        *(
            "[123]TH",
            "BWAY",
            "USA *$",
            "U S A",
            "UNITED S",
            " O [A-Z]{3}",
            "[0-9] [NSEW][0-9]{3,4} R",
            "[0-9] (?:ST|AV)[A-Z]* ",
        ),
        *("(?:BAY|BEACH|BRIGHTON|PAERDEGAT|FLATLANDS|PLUMB|CORBIN|DAHILL) [0-9]", " M[0-9]"),
    ),
    *(
        "[0-9] (?:AVDA?|PSO|CAM|CLL) ",
        " (?:BED|BUNK|CELL|POD|TOWER|TWR|WING|DORM|PAVILION|QUAD) [A-Z0-9]",
        "JFK",
        "HALF",
        "TOWNHO",
        " TH [A-Z]?[0-9]",
        " MH [0-9]",
    ),
    *(
        " (?:CABIN|CASITA|COTTAGE|SITE|STUDIO|VILLA)(?: #)? [A-Z]?[0-9]",
        "BOAT SLIP",
        "LE?FT(?: (?:HAND )?SIDE)?(?: *$| *\\|)",
    ),
    *(r"\b(?:RIGHT|RGHT|RT|MIDDLE|MID|CENTER|CTR)(?: (?:HAND )?SIDE)?(?: *$| *\|)",),
    *(rf"(?:{_COMPASS}) (?:TOWER|TWR|WING|BLDG|BUILDING)(?: *$| *\\|)", "(?:REAR|FRONT) "),
    *(r"\b(?:UPPER|LOWER) FLAT", _MAIL_STOP, " (?:MSC|MC|MS|M S) ?[A-Z]?[0-9]"),
    *(
        "(?: [A-Z]){3} ",
        "MLK",
        "KING",
        r"\bJ(?: ?F|OHN FITZGERALD) KENNEDY",
        "^ *[NSEW][0-9]+ +[NSEW] ?[0-9]",
        " FLAT ",
        "CONDO",
    ),
    *("POBOX [A-Z0-9]+ [0-9]", f"{TYPE}.* (?:PO)?BOX [A-Z]?[0-9]"),
    *(
        "^ *M[MP] [0-9]",
        "^ *MILE",
        " (?:KEY|PIER|STOP) [0-9]",
        "^ *[0-9]+ [A-DF-MO-RT-VX-Z] [A-Z]{3}",
    ),
)
"""What every line in one of these dresses has."""

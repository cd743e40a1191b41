"""Dresses of a line: numbered and lettered roads, each with one name (Publication 28, app. F).

A road of the state is ``STATE HIGHWAY``, whether it is written route, road or highway, and so is a
bare ``ROUTE``; a bare ``HIGHWAY`` may be anybody's and stays. ``PR`` before a number is a private
road (a *carretera* in Puerto Rico, see ``streets``).
"""

from string import ascii_uppercase

from ostiary.deciding.standardisation.definition import Rewriting
from ostiary.deciding.standardisation.line_names import DIRECTION, STATE_NAMES, UNIT_WORD

_ID = r"([0-9]+[A-Z]?|[A-Z]{1,2})\b"
_NUMBER = r"([0-9]+[A-Z]?)\b"
_LETTERS = "|".join(f"{letter}{letter}?" for letter in ascii_uppercase)
_ROAD = "(?:RD|ROAD|HWY|HIGHWAY|RT|RTE|ROUTE)"
_ROUTE = "(?:HWY|HIGHWAY|RT|RTE|ROUTE)"
_HOUSE = rf"^ *([0-9A-Z-]*[0-9][0-9A-Z-]*(?: {DIRECTION})?)"
# CO is a county, CT a court, FL a floor, NE a direction, UT a unit: those say ROUTE besides.
_STATES = (
    "A[KLRZ]|CA|DE|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|V[AT]|"
    "W[AIVY]"
)
_STATES_BEFORE_ROUTE = f"CT|FL|UT|{STATE_NAMES}"
STATE_ROAD = rf"^( *[0-9]+[A-Z]?) ({STATE_NAMES}) ([0-9]{{1,3}} *)$"
"""OHIO 44, which within Ohio is a road of the state; elsewhere it may be a street and a door."""
MICHIGAN_ROAD = (
    rf"^( *[0-9]+[A-Z]?(?:[. ]+{DIRECTION})?)[. ]+M([0-9]{{1,3}})([ .,]*$| *\||[ ,]+{UNIT_WORD})"
)
"""M28, which in Michigan is a road of the state, where nothing but a unit follows; elsewhere it is
a door or a lot."""
_COUNTY, _TRUNK = "(?:COUNTY|CO|CNTY|CTY)", "(?:TRUNK|TRK)"
_BRANCHES = {
    "BUS": "BUSINESS|BUSN|BUS", "ALT": "ALTERNATE|ALTERNATIVE|ALTN|ALT", "BYP": "BYPASS|BYP",
    "TRUCK": "TRUCK|TRK",
}  # fmt: skip
_BRANCH = "|".join(_BRANCHES.values())
_BRANCHED = "US HIGHWAY|STATE HIGHWAY|INTERSTATE|HIGHWAY|HWY|COUNTY ROAD"

ROADS = (
    Rewriting(rf"\b({_ROUTE}) ([0-9]+) AND ([0-9]+)\b", r"\1 \2 \3"),  # HWY 6 AND 50
    # JOE DOE 3645 N ROUTE Z DOE PROPANE INC
    Rewriting(
        rf"^ *([A-Z ]*)\b([0-9]+[A-Z]? (?:{DIRECTION} )?(?:[A-Z]+ )?{_ROUTE} {_ID})"
        r" ([A-Z]{3,}(?: [A-Z]+)* (?:INC|LLC|LTD|CORP)\b[A-Z ]*)(\|.*)?$",
        r"\2 | \1 \4 \5",
    ),
    # SR9, US20: the letters of a road stand by themselves.
    Rewriting(
        rf"{_HOUSE} (CR|SR|SH|US|FM|RM|HWY|RTE|RT|CTH|STH|IH|TR)([0-9]+[A-Z]?)\b", r"\1 \2 \3"
    ),
    # HIGHWAY # 9, COUNTY ROAD NO 9; CREEK HIGHWAY # 9 is a door.
    Rewriting(
        rf"(^ *[0-9]+[A-Z]?(?: [NSEW])?|\b(?:US|U S|STATE|ST|{_COUNTY}|TOWNSHIP|TWP|OLD|PRIVATE|PVT"
        rf"|INTERSTATE)(?: {_TRUNK})?) ({_ROAD}) (?:#|NO|NUM|NUMBER) ([0-9]+[A-Z]?|[A-Z])\b",
        r"\1 \2 \3",
    ),
    Rewriting(
        rf"\b(?:CR|C R|CTH|{_COUNTY}(?: {_TRUNK})? {_ROAD}|{_COUNTY} {_TRUNK}) {_ID}",
        r"COUNTY ROAD \1",
    ),
    # COUNTY ROAD 1200N: where hundreds are miles, the letter is a direction.
    Rewriting(r"\b(COUNTY ROAD [0-9]{1,3}[05])([NSEW])\b", r"\1 \2"),
    Rewriting(rf"\bNYS ({_ROUTE})\b", r"STATE \1"),
    Rewriting(rf"{_HOUSE} BIA (?:(?:{_ROUTE}|RD|ROAD) )?([0-9]+)\b", r"\1 BIA ROUTE \2"),
    Rewriting(
        rf"{_HOUSE} (?:COUNTY|CNTY|CTY) ([0-9]+[A-Z]?|{_LETTERS})( [NSEW])? *$",
        r"\1 COUNTY ROAD \2\3",
    ),
    Rewriting(
        rf"{_HOUSE} (?:{_STATES}) (?:(?:STATE )?{_ROAD} )?([0-9]+[A-Z]?)\b",
        r"\1 STATE HIGHWAY \2",
    ),
    Rewriting(
        rf"{_HOUSE} (?:{_STATES}|{_STATES_BEFORE_ROUTE}) (?:STATE {_ROAD}|{_ROUTE}) "
        rf"([0-9]+[A-Z]?|{_LETTERS})\b",
        r"\1 STATE HIGHWAY \2",
    ),
    Rewriting(
        rf"{_HOUSE} (?:(?:FL|FLA|FLORIDA|STATE|SR) )?(?:{_ROAD} )?A ?1 ?A\b",
        r"\1 STATE HIGHWAY A1A",
    ),
    Rewriting(
        rf"\b(?:SR|S R|SH|S H|STH|STATE {_ROAD}|ST (?:RD|HWY|RT|RTE)) {_ID}", r"STATE HIGHWAY \1"
    ),
    Rewriting(rf"{_HOUSE} CH {_NUMBER}", r"\1 COUNTY ROAD \2"),
    Rewriting(r"\bSTATE (LOOP|SPUR) ([0-9]+[A-Z]?)\b", r"\1 \2"),
    Rewriting(rf"\b(?:STATE )?L(?:OO)?P {_NUMBER}", r"LOOP \1"),
    Rewriting(
        r"\b(?:(?:FOREST SERVICE|FOREST SVC|U ?S ?F ?S|N ?F ?S|F ?S|NATIONAL FOREST|NATL FOREST"
        rf"|N ?F) {_ROAD}|N?FSR) {_NUMBER}",
        r"FOREST ROAD \1",
    ),
    Rewriting(rf"{_HOUSE} ISR {_NUMBER}", r"\1 INDIAN SERVICE ROUTE \2"),
    Rewriting(rf"{_HOUSE} PAR(?:ISH)? (?:RD|ROAD) {_NUMBER}", r"\1 PARISH ROAD \2"),
    Rewriting(rf"{_HOUSE} (?:BUS|BUSN|BUSINESS)(?: {_ROUTE})? {_NUMBER}", r"\1 HIGHWAY \2 BUS"),
    Rewriting(rf"{_HOUSE} (HWY|HIGHWAY|ROUTE|RTE) US {_NUMBER}", r"\1 US HIGHWAY \3"),
    Rewriting(
        rf"^ *([0-9]+[A-Z]?(?: [NSEW])?) ST (?:ROAD|HIGHWAY|ROUTE) {_ID}", r"\1 STATE HIGHWAY \2"
    ),
    Rewriting(rf"\bUNITED STATES {_ROUTE} {_NUMBER}", r"US HIGHWAY \1"),
    Rewriting(rf"\b(?:US|U S)(?: {_ROAD})? {_NUMBER}", r"US HIGHWAY \1"),
    Rewriting(
        rf"{_HOUSE} (?:RT|RTE|ROUTE) ([0-9]+[A-Z]?|{_LETTERS})\b",
        r"\1 STATE HIGHWAY \2",
    ),
    Rewriting(
        rf"\b(?:INTERSTATE(?: (?:HWY|HIGHWAY))?|IH|I) {_NUMBER}",
        r"INTERSTATE \1",
    ),
    Rewriting(
        rf"\b(?:F ?M|FARM(?: TO)? MARKET)(?: {_ROAD})? {_NUMBER}",
        r"FM \1",
    ),
    Rewriting(
        rf"^ *([0-9]+[A-Z]?(?: [NSEW])?) (?:R ?[MR]|RANCH(?: TO MARKET| MARKET)?)"
        rf"(?: {_ROAD})? {_NUMBER}",
        r"\1 RANCH ROAD \2",
    ),
    Rewriting(
        rf"\b(?:TR|T R|TSR|(?:TWP|TWNSHP|TOWNSHIP) {_ROAD}) {_NUMBER}",
        r"TOWNSHIP ROAD \1",
    ),
    Rewriting(
        rf"\b(?:PR|P R|(?:PVT|PRIV|PRIVATE) (?:RD|ROAD)) {_NUMBER}",
        r"PRIVATE ROAD \1",
    ),
    # FM 170 BOX 77
    Rewriting(
        r"^ *((?:FM|COUNTY ROAD|STATE HIGHWAY|US HIGHWAY|RANCH ROAD) "
        r"[0-9]+[A-Z]?) BOX ([0-9]+[A-Z]?)\b",
        r"\2 \1",
    ),
    # BIA ROUTE 15 MILE 3
    Rewriting(
        r"^ *([A-Z ]*(?:HIGHWAY|ROAD|ROUTE|HWY|RD|RTE) [0-9]+[A-Z]?) "
        r"(?:MILE|MILE ?POST|MILE MARKER|MP|MM) ([0-9]+)\b",
        r"\2MI \1",
    ),
    Rewriting(r"^ *((?:[A-Z]+ )*(?:HIGHWAY|HWY) [0-9]+[A-Z]?) +([0-9]+KM[0-9]+)\b", r"\2 \1"),
    # US BUSINESS 77, BUSINESS US 77, US 77 BUSINESS
    Rewriting(rf"\bUS ({_BRANCH}) {_NUMBER}", r"US HIGHWAY \2 \1"),
    Rewriting(rf"\b({_BRANCH}) ({_BRANCHED}) {_NUMBER}", r"\2 \3 \1"),
    *(
        Rewriting(rf"\b((?:{_BRANCHED}) [0-9]+[A-Z]?) (?:{words})\b", rf"\1 {short}")
        for short, words in _BRANCHES.items()
    ),
)
"""Rewritings of roads."""

ODD = (
    *(
        r"\bC ?[RH][ 0-9]",
        r"\bCO ",
        "COUNTY",
        "CNTY",
        "CTY",
        "CTH",
        r"\bS ?[RH][ 0-9]",
        "STATE",
        rf"\bST {_ROAD}\b",
    ),
    *("STH[ 0-9]", "ROUTE", "RTE", r"\bRT[ 0-9]", r"\bU ?S[ 0-9]", "INTERSTATE", r"\bIH[ 0-9]"),
    *(
        r"\bI [0-9]",
        r"\b(?:FM|RM|HWY|TR)[0-9]",
        rf"(?:{_STATES_BEFORE_ROUTE}) {_ROUTE} ",
        r"\bA ?1 ?A\b",
    ),
    *(rf"\b(?:{_BRANCH})\b", "FOREST S", rf"F ?S {_ROAD} ", "KM", r"\b(?:INC|LLC|LTD|CORP)\b"),
    rf"{_ROAD} (?:#|NO|NUM|NUMBER) ",
    "NYS",
    r"\bBIA ",
    rf"FOREST {_ROAD}",
    rf"\bN ?F {_ROAD} ",
    *(r"\bF ?M ", "FARM", r"\bR ?[MR] ", "RANCH", r"\bT ?R ", "TWP", "TOWNSHIP", r"\bP ?R ", "PVT"),
    *("[0-9] AND [0-9]", r"\bLP [0-9]", "FSR", r"\bISR ", r"\bPAR ", "TSR", "TWNSHP"),
    rf"^ *[0-9]+[A-Z]? (?:{STATE_NAMES}) [0-9]",
    *("PRIV", "MILE", r"\bMP ", r"\bMM ", rf" (?:{_STATES}) (?:{_ROAD} )?[0-9]"),
)
"""What every line in one of these dresses has."""

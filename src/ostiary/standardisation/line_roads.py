"""Dresses of a line: numbered and lettered roads, each with one name (Publication 28, app. F).

A road of the state is ``STATE HIGHWAY``, whether it is written route, road or highway, and so is a
bare ``ROUTE``; a bare ``HIGHWAY`` may be anybody's and stays. ``PR`` before a number is a private
road (a *carretera* in Puerto Rico, see ``streets``).
"""

from ostiary.standardisation.definition import Rewriting

_ID = r"([0-9]+[A-Z]?|[A-Z]{1,2})\b"
_NUMBER = r"([0-9]+[A-Z]?)\b"
_ROAD = "(?:RD|ROAD|HWY|HIGHWAY|RT|RTE|ROUTE)"
_STATES = "VT|NH|ME|NY|NJ|PA|MD|VA|NC|SC|OH|TX|CA|WA|OR|WI|IL|IN"
_TRUNK = "(?: TRUNK)?"

ROADS = (
    Rewriting(r"\b(ROUTE|RTE|HWY|HIGHWAY) # ([A-Z0-9])", r"\1 \2"),
    Rewriting(
        rf"\b(?:CR|C R|CTH|(?:COUNTY|CO|CNTY|CTY){_TRUNK} {_ROAD}) {_ID}",
        r"COUNTY ROAD \1",
    ),
    Rewriting(
        rf"^ *([0-9A-Z-]*[0-9][0-9A-Z-]*(?: [NSEW])?) (?:{_STATES}) "
        rf"(?:{_ROAD} )?([0-9]+[A-Z]?)\b",
        r"\1 STATE HIGHWAY \2",
    ),
    Rewriting(rf"\b(?:SR|S R|STH|STATE {_ROAD}|ST (?:RD|HWY|RT|RTE)) {_ID}", r"STATE HIGHWAY \1"),
    Rewriting(
        rf"^ *([0-9]+[A-Z]?(?: [NSEW])?) ST (?:ROAD|HIGHWAY|ROUTE) {_ID}", r"\1 STATE HIGHWAY \2"
    ),
    Rewriting(rf"\b(?:US|U S)(?: {_ROAD})? {_NUMBER}", r"US HIGHWAY \1"),
    Rewriting(
        rf"^ *([0-9A-Z-]*[0-9][0-9A-Z-]*(?: [NSEW])?) (?:RT|RTE|ROUTE) {_NUMBER}",
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
        rf"\b(?:TR|T R|(?:TWP|TOWNSHIP) {_ROAD}) {_NUMBER}",
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
)
"""Rewritings of roads."""

ODD = (
    *(
        r"\bC ?R ",
        r"\bCO ",
        "COUNTY",
        "CNTY",
        "CTY",
        "CTH",
        r"\bS ?R ",
        "STATE",
        rf"\bST {_ROAD}\b",
    ),
    *(r"\bSTH ", "ROUTE", "RTE", r"\bRT ", r"\bU ?S ", "INTERSTATE", r"\bIH ", r"\bI [0-9]"),
    *(r"\bF ?M ", "FARM", r"\bR ?[MR] ", "RANCH", r"\bT ?R ", "TWP", "TOWNSHIP", r"\bP ?R ", "PVT"),
    *("PRIV", "MILE", r"\bMP ", r"\bMM ", rf" (?:{_STATES}) (?:{_ROAD} )?[0-9]"),
)
"""What every line in one of these dresses has."""

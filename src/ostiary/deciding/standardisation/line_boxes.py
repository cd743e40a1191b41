"""Dresses of a line: boxes, routes and military mail (Publication 28, sections 24, 25 and 28)."""

from ostiary.deciding.standardisation.definition import Rewriting
from ostiary.deciding.standardisation.line_names import STATES
from ostiary.deciding.standardisation.vocabulary.numbers import UNITS_IN_WORDS

_BOX = ("BOX", "BX", "P O B", "PO B", "POB", "DRAWER")
_OTHER_BOX = ("LOCK", "LBX", "CALLER", "BIN ", "DRAWER", "APARTADO", "APDO", "CAJA", "CASILLA")
_NO = "(?: +(?:#|NO|NUM|NUMBER))*"
_ROUTE = ("RR", "R R", "RURAL", "RFD", "R F D", "R D")
_RURAL = r"(?:RURAL (?:FREE DELIVERY|ROUTE|RT|RTE|RD|DELIVERY)|R ?R|R ?F ?D(?: (?:ROUTE|RT|RTE))?)"
_CONTRACT = r"(?:H ?C ?R?|(?:HIGHWAY|HWY) CONTRACT|STAR|S ?R)(?: (?:ROUTE|RTE|RT))?"

BOXES_OF_ISLANDS = (Rewriting(r"\b(?:BUZON|BZN|BUZ)\b", "BOX"),)
BOXES = (
    # PO BOX in all its spellings is the one word POBOX; box numbers stand by themselves.
    Rewriting(
        r"\b(?:P ?[O0]|POST (?:OFFICE|OFC|OFF)|POSTAL) ?(?:BOX|BX|B|DRAWER)"
        + _NO
        + r" *([0-9]|\b)",
        r"POBOX \1",
    ),
    Rewriting(
        r"(?:^ *(?:P ?O |POST OFFICE )?(?:(?:FIRM )?CALLER(?: SERVICE)?|BIN|DRAWER"
        r"|(?:APARTADO|APDO|CASILLA)(?: POSTAL)?|CAJA POSTAL)"
        rf"|\b(?:LOCK ?BOX|LBX))(?: BOX)?{_NO} *"
        r"(?:[A-Z]{2} )?([0-9]+[A-Z]?|[A-Z])\b",
        r"POBOX \1",
    ),
    # PO BOX G-14, PO BOX 14 G, PO BOX 12 34: nothing of the box's number is dropped.
    Rewriting(r"\bPOBOX ([A-Z]{1,2}) ([0-9]+) *$", r"POBOX \1\2"),
    Rewriting(r"\bPOBOX ([0-9]+) ([A-Z]) *$", r"POBOX \1\2"),
    Rewriting(r"\bPOBOX ([0-9]+) ([0-9]+) *$", r"POBOX \1-\2"),
    # PO BOX 10 CK, as on Saipan; PO BOX 10 OR names the state.
    Rewriting(rf"\bPOBOX ([0-9]+) ({STATES}) *$", r"POBOX \1 | \2"),
    Rewriting(r"\bPOBOX ([0-9]+) ([A-Z]{2}) *$", r"POBOX \1\2"),
    # PO 726
    Rewriting(rf"^ *P ?O{_NO} ([0-9]+[A-Z]?) *$", r"POBOX \1"),
    # POST OFFICE 20387; DEPARTMENT 1480 BOX 4110
    Rewriting(rf"^ *POST OFFICE{_NO} *([0-9]+) *$", r"POBOX \1"),
    Rewriting(r"^ *(?:DEPARTMENT|DEPT) ([A-Z0-9]+) (?:POBOX|BOX) ([0-9]+) *$", r"POBOX \2 DEPT \1"),
    Rewriting(r"\bB(?:OX|X)" + _NO + r" *([0-9]+[A-Z]?)\b", r"BOX \1"),
    # RR2BOX12, RURAL ROUTE TWO BOX 12
    Rewriting(r"^ *(RR|HC|RT|RTE)([0-9]+)(BOX|BX)", r"\1 \2 \3 "),
    *(
        Rewriting(rf"^ *({_RURAL}|ROUTE|RTE|RT) {word} +(BOX|BX)\b", rf"\1 {digit} \2")
        for digit, word in enumerate(UNITS_IN_WORDS, 1)
    ),
    Rewriting(
        rf"^ *(?:PO)?BOX ([0-9]+[A-Z]?) +(?:{_RURAL}|ROUTE|RTE|RT){_NO} *([0-9]+[A-Z]?)\b",
        r"RR \2 BOX \1",
    ),
    # BOX 310 HC 62
    Rewriting(
        rf"^ *(?:PO)?BOX ([0-9]+[A-Z]?) +{_CONTRACT}{_NO} *([0-9]+[A-Z]{{0,2}}) *$",
        r"HC \2 BOX \1",
    ),
    Rewriting(
        rf"\b{_RURAL}{_NO} *([0-9]+[A-Z]?)(?: +(?:BOX|POBOX|BX|#)(?: #)?|-| +-) *([0-9]+[A-Z]?)\b",
        r"RR \1 BOX \2",
    ),
    Rewriting(r"^ *(?:RTE|RT|ROUTE|R ?D|R)(?: +#)? *([0-9]+[A-Z]?) +BOX ", r"RR \1 BOX "),
    Rewriting(
        rf"^ *{_CONTRACT}{_NO} *([0-9]+[A-Z]{{0,2}})(?: +(?:BOX|#)|-) *([0-9]+[A-Z]?)",
        r"HC \1 BOX \2",
    ),
    # BOX 041, BOX 41 C
    Rewriting(r"\bBOX 0+([1-9])", r"BOX \1"),
    Rewriting(r"\b((?:RR|HC) [0-9]+[A-Z]? BOX [0-9]+) ([A-Z]) *$", r"\1\2"),
    Rewriting(r"\bPOSTAL SERVICES? CENT(?:ER|RE)\b", "PSC"),
    Rewriting(r"\bCOMMUNITY MAIL ?ROOM\b", "CMR"),
    Rewriting(r"\bP S C\b", "PSC"),
    Rewriting(r"\b(PSC|CMR|OMC)(?: +#)? *([0-9])", r"\1 \2"),
    Rewriting(r"^ *UNIT(?: +#)? *([0-9]+)", r"UNIT \1"),
    # NAVAL STATION UNIT 5 BOX 7: a name before the post.
    Rewriting(
        r"^ *([A-Z][A-Z ]*?(?: [0-9]+(?:ST|ND|RD|TH) [A-Z][A-Z ]*?)?) "
        r"((?:PSC|CMR|OMC|UNIT)(?: +#)? *[0-9]+ BOX [0-9]+[A-Z]?)( *\|.*| *)$",
        r"\2 | \1 \3",
    ),
)
"""Rewritings after which a box, a route or a post begins with one word."""

ODD = (
    *(
        "BO?X",
        "BU?ZO?N?\\b",
        "P ?[O0] ?B",
        "POST OF",
        "POSTAL",
        "DRAWER",
        "CALLER",
        r"\bBIN\b",
        "APARTADO",
    ),
    *("APDO", "CAJA", r"\bR ?R(?:\b|[0-9])", "RURAL", "R ?F ?D", r"\bH ?C", "CONTRACT", "^ *STAR"),
    *("P ?S ?C", "CMR", "OMC", "^ *UNIT", "LBX", "^ *S ?R", "^ *(?:RT|R ?D)", "CASILLA"),
    *("COMMUNITY MAIL", "^ *P ?O [0-9]"),
)
"""What every line in one of these dresses has."""

HINTS = (
    *("POST OF", "DEPARTMENT", "DEPT"),
    *(*_BOX, *_OTHER_BOX, *_ROUTE, "HC", "H C", "CONTRACT", "STAR", "SR", "S R", "PSC", "P S C"),
    *("CMR", "OMC", "UNIT", "ROUTE", "RTE", "RT", "SERVICE", "COMMUNITY", "PO ", "P O "),
)
"""Every line in need of these rewritings holds one of them."""

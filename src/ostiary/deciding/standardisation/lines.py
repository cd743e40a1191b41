"""How the text of an address line is made even before its words are read.

Each group of rewritings is one kind of dress; they run in the order of :data:`LINE`. What is set
aside (the name of a building, of a person, of a place) goes behind a bar, ``|``: it is no part of
the address, but whoever looks for a placeholder still sees it.
"""

from ostiary.deciding.standardisation import (
    line_boxes,
    line_islands,
    line_names,
    line_numbers,
    line_roads,
)
from ostiary.deciding.standardisation.definition import Rewriting, together
from ostiary.deciding.standardisation.line_boxes import BOXES, BOXES_OF_ISLANDS
from ostiary.deciding.standardisation.line_islands import AREAS_AND_COMMAS, ISLANDS
from ostiary.deciding.standardisation.line_names import DIRECTION, NAMES_BESIDE, UNIT_WORD
from ostiary.deciding.standardisation.line_numbers import (
    DIRECTIONS,
    FLOORS,
    MAIL_STOPS,
    NUMBERS,
    NUMBERS_IN_WORDS,
    PENTHOUSES,
    PRIVATE_MAILBOX,
    SIDES,
    TENS_AND_ONES,
    UNITS,
)
from ostiary.deciding.standardisation.line_roads import ROADS

# KM 15 HM 5, K15 H5: kilometre and hectometre are 15.5.
_HECTOMETRES = Rewriting(
    r"\bKM?[ .-]*([0-9]+)[ ,.]*HM?[ .-]*([0-9])\b", r" KM \1.\2", sought=r"\bKM?[ .-]*[0-9]"
)
_MARKS = (
    # Apostrophes join (O'BRIEN ST); dots join initials (N.W., P.O.) and part everything else.
    Rewriting(r"\|", " "),
    Rewriting("['`]", ""),
    Rewriting(r"\bKM[ .]*([0-9]+)\.([0-9]+)\b", r" \1KM\2 "),
    Rewriting(r"\bKM[ .]*([0-9]+)\b", r" \1KM0 "),
    # U.N.K.N.O.W.N is one word, however long.
    Rewriting(r"\b([A-Z])\.([A-Z])\.([A-Z])\.([A-Z])\b\.?", r"\1\2\3\4~"),
    Rewriting(r"~([A-Z])\.([A-Z])\.([A-Z])\b\.?", r"\1\2\3"),
    Rewriting(r"~([A-Z])\.([A-Z])\b\.?", r"\1\2"),
    Rewriting(r"~([A-Z])\b\.?", r"\1"),
    Rewriting("~([A-Z])", r"\1"),
    Rewriting(r"\b([A-Z])\.([A-Z])\.([A-Z])\.?( |$)", r"\1\2\3 "),
    Rewriting(r"\b([A-Z])\.([A-Z])\.?( |$|[0-9]|[A-Z]{2})", r"\1\2 \3"),
    Rewriting(r"\b([NS])\. +([EW])(?:\.|\b)", r"\1\2"),
    Rewriting(r"\b([0-9]{1,3}),([0-9]{3})\b", r"\1\2"),
    Rewriting(r"^ *([0-9]+)\.5 ", r"\1 1/2 "),
    # 627 24.5 RD is in 24 1/2 RD, 4567 H.5 RD in H 1/2 RD, as three states lay out their grids.
    *(
        Rewriting(
            rf"^( *[0-9]+[A-Z]?(?: [NSEW])?(?: RO?A?D| AVE(?:NUE)?)? (?:[0-9]{{1,3}}|[A-Z]))"
            rf"\.{decimal}\b",
            rf"\1 {fraction}",
        )
        for decimal, fraction in (("50?", "1/2"), ("25", "1/4"), ("75", "3/4"))
    ),
    Rewriting(r"[ ,]+(?:USA|U S A|UNITED STATES(?: OF AMERICA)?)[ .]*$", ""),
)
_SIGNS = (
    # A number sign means a unit only before an identifier.
    Rewriting("#+", " # "),
    Rewriting("  +", " "),
    Rewriting("# ([A-Z]{3})", r"\1"),
    Rewriting("  +", " "),
    # Somebody else's name is no part of the address: up to what the address goes on with.
    Rewriting(
        r"\b(?:C ?/ ?O|ATTN|ATTENTION|IN CARE OF|CARE OF)\b.*?"
        r"([0-9#]|\bP ?O ?B|\bGENERAL\b|\bR ?R\b|\bPSC\b|\bCMR\b|\bAPT\b|\bUNIT\b|$)",
        r" \1",
    ),
    Rewriting(r"\bN ?/ ?A\b", "NA"),
    Rewriting(r"\bC/ *([A-Z]{2})", r"CALLE \1"),
)
_SLASHES_AND_HYPHENS = (
    # 2/F, as in Hong Kong
    Rewriting(r" ([0-9]{1,2})/ ?F( *\|| *$)", r" FL \1\2"),
    # 1200 - 1204 VINE ST; M-59, as Michigan names a road of the state; APT LL-2
    Rewriting("^ *([0-9]+) +- +([0-9]+) ", r"\1-\2 "),
    Rewriting(rf"^ *([0-9]+[A-Z]?(?: {DIRECTION})?) [MK]-([0-9]{{1,3}})\b", r"\1 STATE HIGHWAY \2"),
    # AVENUE K-8 is a road between K and L; AVENUE K, 8 is a door.
    Rewriting(
        rf"^ *([0-9]+[A-Z]?(?: {DIRECTION})?) (?:AVE|AVENUE) ([A-Z])-([0-9]{{1,2}})\b",
        r"\1 AVENUE \2\3",
    ),
    Rewriting("^ *([A-Z])-([0-9]{3,5}) ", r"\1\2 "),
    Rewriting(rf"({UNIT_WORD} ?)([A-Z]{{2,3}})-([0-9]+)\b", r"\1\2\3"),
    # A slash stays in a fraction, a hyphen between digits; 4-B is one word; all others part.
    Rewriting("([0-9])-([0-9]/[0-9])", r"\1 \2"),
    Rewriting("^ *([0-9]{2,})/([0-9]{2,}) ", r"\1-\2 "),
    Rewriting("^ *([0-9]{3,})/([0-9]) +([A-Z0-9].*)$", r"\1 \3 # \2"),
    Rewriting("([0-9])/([0-9])", r"\1_\2"),
    Rewriting("/", " "),
    Rewriting("_", "/"),
    Rewriting(
        r"^ *([NSEW][0-9]+)[ -]+([NSEW][0-9]+)\b",
        r"\1\2",
    ),
    Rewriting(r"\b([0-9]+)-([A-Z])\b", r"\1\2"),
    Rewriting("([0-9])-([0-9])", r"\1_\2"),
    Rewriting("-", " "),
    Rewriting("_", "-"),
)

LINE = (
    _HECTOMETRES,
    *together(_MARKS, ("|", "'", "`", "KM", ".", ",", "USA", "U S A", "UNITED")),
    *together(AREAS_AND_COMMAS, ("CALLE", "CARR", "C/", "AVE", "VEREDA", "CAMINO", "PASEO")),
    *together(NAMES_BESIDE, (*"0123456789", ",")),
    Rewriting("[^A-Z0-9 #/|-]+", " "),
    *together(_SIGNS, ("#", "/", "  ", "ATT", "CARE OF")),
    *together((*BOXES_OF_ISLANDS, *ISLANDS), line_islands.HINTS),
    *together(_SLASHES_AND_HYPHENS, ("/", "-", " N", " S", " E", " W", " M")),
    *together(BOXES, line_boxes.HINTS),
    *together(
        (*NUMBERS_IN_WORDS, *UNITS, *DIRECTIONS, *NUMBERS),
        sought="|".join(("#", *line_numbers.ODD)),
    ),
    *together(ROADS, sought="|".join(line_roads.ODD)),
)
"""Rewritings of ``address_line`` in capitals, in order."""

_EACH = (line_names, line_islands, line_boxes, line_numbers, line_roads)
ODD = "|".join(("[^A-Z0-9 ]", "  ", *(part for each in _EACH for part in each.ODD)))
"""What every line has that :data:`LINE` changes: nine in ten have nothing of it, and are left as
they are. It is sought with one pattern, for the hints of so many dresses would cost more."""

UNIT = (
    Rewriting("['`]", "", ("'", "`")),
    # P.M.B. 223
    Rewriting(r"\b([A-Z])\.([A-Z])\.([A-Z])\b", r"\1\2\3", (".",)),
    # BLDG 6 #3: a kind that nobody said, as in UNIT 3.
    Rewriting(
        r"\b((?:BLDG|BUILDING|BLD|EDIF|EDIFICIO|FL|FLOOR|STE|SUITE)[.# ]+[A-Z0-9-]+)[ ,]*# *",
        r"\1 UNIT ",
        ("#",),
    ),
    # TRL is a trailer here, and a trail only in a street.
    Rewriting(r"^ *TRL\.? ", "TRLR ", ("TRL",)),
    Rewriting("[^A-Z0-9 ]+", " "),
    Rewriting("  +", " ", ("  ",)),
    *together((PRIVATE_MAILBOX,), ("MAIL",)),
    *together((TENS_AND_ONES, *FLOORS), ("FL",)),
    *together(
        SIDES,
        ("LEFT", "LFT", "RIGHT", "RGHT", "RT", "MID", "CENTER", "CTR", "TOWER", "TWR", "WING", "B"),
    ),
    *together(MAIL_STOPS, ("MAIL", "MSC", "MC", "MS", "M S")),
    Rewriting("^ *([0-9]+) L(?:EFT|FT) *$", r"\1L", ("L",)),
    Rewriting("^ *([0-9]+) RI?GHT *$", r"\1R", ("R",)),
    *together((PENTHOUSES,), ("PH",)),
    Rewriting(r"^ *MOBILE HOME ", "TRLR ", ("MOBILE",)),
    Rewriting(r"^ *(?:CAMPUS|COLLEGE|STUDENT) (?:BOX|BX) ", "UBOX ", (" BOX", " BX")),
    # 303 LARCH ST, and PO BOX 11 in the column.
    Rewriting(r"\bP ?O ?BO?X ([A-Z]?[0-9])", r"UBOX \1", ("BOX", "BX")),
    Rewriting(
        r"\b(APT|APTO|UNIT|STE|SUITE|LOT|BLDG|RM|ROOM|SPC|SP|TRLR|FL|PH|PMB)([0-9])", r"\1 \2"
    ),
)
"""Rewritings of ``unit`` in capitals, in order."""

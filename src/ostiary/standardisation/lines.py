"""How the text of an address line is made even before its words are read."""

from ostiary.standardisation.definition import Rewriting

_BOX = ("BOX", "BX", "P O B", "PO B", "POB", "DRAWER")
_UNITS = ("APT", "UNIT", "STE", "SUITE", "LOT", "BLDG", "RM", "SPC", "TRLR")
_ROADS = ("CR ", "SR ", "O RD", "O ROAD", "TY RD", "RT", "ROUTE", "HWY", "HIGHWAY")

LINE = (
    # Apostrophes join (O'BRIEN ST); dots join initials (N.W., P.O.) and part everything else.
    Rewriting("['`]", "", ("'", "`")),
    Rewriting(r"\b([A-Z])\.([A-Z])\.?( |$|[0-9]|[A-Z]{2})", r"\1\2 \3", (".",)),
    Rewriting("[^A-Z0-9 #/-]+", " "),
    # A number sign means a unit only before an identifier.
    Rewriting("#+", " # ", ("#",)),
    Rewriting("  +", " ", ("#",)),
    Rewriting("# ([A-Z]{2})", r"\1", ("#",)),
    Rewriting("^ *([0-9]+[A-Z]?) # ", r"\1 ", ("#",)),
    Rewriting("  +", " ", ("  ",)),
    # Somebody else's name is no part of the address: up to what the address goes on with.
    Rewriting(
        r"\b(?:C ?/ ?O|ATTN|ATTENTION|IN CARE OF|CARE OF)\b.*?"
        r"([0-9#]|\bP ?O ?B|\bGENERAL\b|\bR ?R\b|\bPSC\b|\bCMR\b|\bAPT\b|\bUNIT\b|$)",
        r" \1",
        ("C/O", "C /", "C/ ", "ATT", "CARE OF"),
    ),
    Rewriting(r"\bN ?/ ?A\b", "NA", ("/",)),
    # A slash stays in a fraction, a hyphen between digits; 4-B is one word; all others part.
    Rewriting("([0-9])-([0-9]/[0-9])", r"\1 \2", ("/",)),
    Rewriting("([0-9])/([0-9])", r"\1_\2", ("/",)),
    Rewriting("/", " ", ("/",)),
    Rewriting("_", "/", ("/",)),
    Rewriting(r"\b([0-9]+)-([A-Z])\b", r"\1\2", ("-",)),
    Rewriting("([0-9])-([0-9])", r"\1_\2", ("-",)),
    Rewriting("-", " ", ("-",)),
    Rewriting("_", "-", ("-",)),
    # PO BOX in all its spellings is the one word POBOX; box numbers stand by themselves.
    Rewriting(
        r"\b(?:P ?[O0]|POST OFFICE) ?(?:BOX|BX|B|DRAWER)(?: +#)? *([0-9]|\b)", r"POBOX \1", _BOX
    ),
    Rewriting(r"\bB(?:OX|X)(?: +#)? *([0-9]+[A-Z]?)\b", r"BOX \1", _BOX),
    Rewriting(
        r"^ *(?:RURAL (?:ROUTE|RT|RTE|RD)|R ?R|R ?F ?D|RTE|RT|ROUTE|RD)"
        r"(?: +#)? *([0-9]+[A-Z]?) +BOX ",
        r"RR \1 BOX ",
        _BOX,
    ),
    Rewriting(
        r"^ *(?:H ?C ?R?|HIGHWAY CONTRACT(?: ROUTE)?|STAR (?:ROUTE|RTE|RT))"
        r"(?: +#)? *([0-9]+[A-Z]?) +BOX ",
        r"HC \1 BOX ",
        _BOX,
    ),
    Rewriting(r"^ *(PSC|CMR|UNIT) *([0-9])", r"\1 \2", _BOX),
    Rewriting(r"\b(APT|UNIT|STE|SUITE|LOT|BLDG|RM|SPC|TRLR)([0-9])", r"\1 \2", _UNITS),
    # Numbered roads: one way to say each.
    Rewriting(
        r"\b(?:CR|CO RD|CO ROAD|COUNTY RD|CNTY RD) ([0-9]+[A-Z]?)\b", r"COUNTY ROAD \1", _ROADS
    ),
    Rewriting(
        r"\b(?:SR|STATE RT|STATE RTE|ST ROUTE|ST RTE) ([0-9]+[A-Z]?)\b", r"STATE ROUTE \1", _ROADS
    ),
    Rewriting(r"\b(?:ST|STATE) HWY ([0-9]+[A-Z]?)\b", r"STATE HIGHWAY \1", _ROADS),
    Rewriting(
        r"\b(?:US|U S) (?:HWY|HIGHWAY|RT|RTE|ROUTE) ([0-9]+[A-Z]?)\b",
        r"US HIGHWAY \1",
        _ROADS,
    ),
)
"""Rewritings of ``address_line`` in capitals, in order."""

UNIT = (
    Rewriting("['`]", "", ("'", "`")),
    Rewriting("[^A-Z0-9 ]+", " "),
    Rewriting("  +", " ", ("  ",)),
)
"""Rewritings of ``unit`` in capitals, in order."""

"""Dresses of a line: the name of a building, an institution or a person beside the address.

A comma or a bracket says what stands by itself. What is set aside goes behind the bar.
"""

from ostiary.deciding.standardisation.definition import Rewriting

TYPE = (
    "(?:ST|STR|STREET|AVE?|AVENUE|RD|ROAD|DR|DRIVE|LN|LANE|BLVD|BOULEVARD|CT|COURT|PL|PLACE|TER|"
    "TERRACE|WAY|CIR|CIRCLE|PKWY|PARKWAY|HWY|HIGHWAY|TRL|TRAIL|SQ|SQUARE|LOOP|PIKE|CV|COVE|XING|"
    "PLZ|PLAZA|ALY|ALLEY)"
)
"""Common street types."""
DIRECTION = "(?:NORTH|SOUTH|EAST|WEST|[NS][EW]?|[EW])"
UNIT_WORD = (
    r"(?:(?:APT|APARTMENT|APTO|UNIT|STE|SUITE|RM|ROOM|LOT|SPC|SPACE|FL|FLOOR|BLDG?|BUILDING)\b|#)"
)
_IDENTIFIER = "[A-Z]?[0-9][A-Z0-9-]*|[A-Z]"
NAMED_BUILDINGS = (
    *("HALL", "DORM", "DORMITORY", "TOWER", "HOUSE", "BUILDING", "BLDG", "BARRACKS"),
    *("WING", "PAVILION", "LODGE", "QUAD"),
)
"""Kinds of buildings of which several, each with a name, share one street number."""
_OF_STREETS_TOO = ("WING", "PAVILION", "LODGE", "QUAD")
_NAMED = "|".join(kind for kind in NAMED_BUILDINGS if kind not in _OF_STREETS_TOO)
_BUILDING = (
    rf"(?:{_NAMED}|TOWERS|CENTER|CENTRE|CTR|JAIL|PRISON|PENITENTIARY|DETENTION|"
    "FACILITY|INSTITUTION|HOSPITAL|CLINIC|HOTEL|MOTEL|INN|MISSION|SHELTER|APARTMENTS|APTS|CONDOS?|"
    "CONDOMINIUMS?|PLAZA|COMPLEX|CAMPUS|SCHOOL|COLLEGE|UNIVERSITY|CHURCH|INC|LLC|CORP|VILLAGE|"
    "MANOR|ESTATES?|MALL|TERMINAL|LIBRARY|MUSEUM|HOME|CONVENT|MONASTERY|"
    "SEMINARY|INSTITUTE|ACADEMY|BANK|OFFICES?|COURTHOUSE|SERVICES|DEPARTMENT|AGENCY|REHABILITATION)"
)
_WORDS = "[A-Z][A-Z .&-]*"
STATE_NAMES = (
    "ALABAMA|ALASKA|ARIZONA|ARKANSAS|CALIFORNIA|CALIF|COLORADO|COLO|CONNECTICUT|CONN|"
    "DELAWARE|FLORIDA|FLA|GEORGIA|HAWAII|IDAHO|ILLINOIS|ILL|INDIANA|IOWA|KANSAS|KENTUCKY|LOUISIANA|"
    "MAINE|MARYLAND|MASSACHUSETTS|MASS|MICHIGAN|MICH|MINNESOTA|MINN|MISSISSIPPI|MISSOURI|MONTANA|"
    "NEBRASKA|NEBR|NEVADA|NEW (?:HAMPSHIRE|JERSEY|MEXICO|YORK)|(?:N|NORTH|S|SOUTH) "
    "(?:CAROLINA|DAKOTA)|OHIO|OKLAHOMA|OKLA|OREGON|PENNSYLVANIA|PENNA|RHODE ISLAND|TENNESSEE|TENN|"
    "TEXAS|TEX|UTAH|VERMONT|VIRGINIA|WASHINGTON|WASH|(?:W|WEST) VIRGINIA|WISCONSIN|WISC|WIS|WYOMING"
)
"""States in words, as people write them."""
STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|"
    "T[NX]|UT|V[AIT]|W[AIVY]"
)
"""States by two letters."""

NAMES_BESIDE = (
    # MOTEL 6, 12 MAIN ST: the number is of the name; STUDIO 6 is a unit of a house as well.
    Rewriting(
        r"^ *((?:MOTEL|SUPER) (?:6|8))(?: (?:MOTEL|INN))?[ ,]+([0-9]+[A-Z]? +[A-Z0-9].*)$",
        r"\2 | \1",
    ),
    # 12 ELM ST % SMITH; 1036 & 1038 ELM ST
    Rewriting("% *([A-Z])", r" C/O \1"),
    Rewriting("^ *([0-9]+) *(?:&|AND|TO|THRU) *([0-9]+) +([A-Z0-9])", r"\1-\2 \3"),
    # HILL & DALE RD is HILL AND DALE RD
    Rewriting(rf"^( *[0-9]+[A-Z]? +(?:{DIRECTION} +)?[A-Z]+) *& *([A-Z]+ {TYPE}\b)", r"\1 AND \2"),
    # 10 ELM ST APT 3 SPRINGFIELD IL 60675: the place is said in its own columns.
    Rewriting(
        rf"^([0-9]+[A-Z]? +(?:{DIRECTION}\.? +)?[A-Z0-9]+ (?:[A-Z ]+ )?{TYPE}\.?(?: +{DIRECTION})?"
        rf"(?:,? +{UNIT_WORD} *[A-Z0-9-]+)?),? +([A-Z][A-Z .]*),? +({STATES}|{STATE_NAMES})\.?,? +"
        r"([0-9]{5}(?:-[0-9]{4})?) *$",
        r"\1 | \2 \3 \4",
    ),
    # MAIN ST (HARRIS COUNTY JAIL)
    Rewriting(rf"^(.*)\(({_WORDS}\b{_BUILDING})\)(.*)$", r"\1 \3 | \2"),
    # MAIN ST (THE ARBORS): what has an article is a name.
    Rewriting(r"^([^|(]*[A-Z][^|(]*)\((THE [A-Z .&-]+)\)([^|]*)(\|.*)?$", r"\1 \3 | \2 \4"),
    # PH 1, 7 CREEK RD; SECOND FLOOR, 7 CREEK RD; REAR, 7 CREEK RD
    Rewriting(
        r"^ *((?:PH|PENTHOUSE|PMB|TRLR|TRAILER|SPC?|SPACE|SLIP|HNGR|HANGAR)[ .#]*"
        rf"(?:{_IDENTIFIER}))[ ,]+([0-9]+[A-Z]? +[A-Z0-9].*)$",
        r"\2 \1",
    ),
    Rewriting(
        r"^ *((?:[0-9]+(?:ST|ND|RD|TH)|[A-Z]+(?:[ -][A-Z]+)?) (?:FLOOR|FLR?)\.?), *"
        r"([0-9]+[A-Z]? +[A-Z0-9].*)$",
        r"\2 \1",
    ),
    Rewriting(
        r"^ *(BASEMENT|BSMT|REAR|FRONT|FRNT|LOWER|LOWR|UPPER|UPPR|LOBBY|PENTHOUSE|PH)"
        r"(?: (?:UNIT|APT|APARTMENT|LEVEL))?, *([0-9]+[A-Z]? +[A-Z0-9].*)$",
        r"\2 \1",
    ),
    # APT B, 123 MAIN ST; STE 200 BLDG 17 7000 PEACHTREE RD
    Rewriting(
        rf"^ *((?:{UNIT_WORD}[ .#]*(?:{_IDENTIFIER})[ ,]+){{1,3}})([0-9]+[A-Z]? +[A-Z0-9].*)$",
        r"\2 \1",
    ),
    Rewriting(rf", *({STATES})\.? *$", r" | \1"),
    # JON SAMPLE, 90 CLAIRE GULCH; JON SAMPLE, PO BOX 12
    Rewriting(
        r"^([^0-9,#|]*[A-Z][^0-9,#|]*), *(#? ?[0-9]+[A-Z]?[ -][^|]*[A-Z][^|]*)(\|.*)?$",
        r"\2 | \1",
    ),
    Rewriting(
        r"^([^0-9,#|]*[A-Z][^0-9,#|]*), *((?:P ?O|POST OFFICE|BOX|R ?R|HC|PSC|CMR) [^|]*[0-9].*)$",
        r"\2 | \1",
    ),
    # 110 8TH STREET, WEST HALL, ROOM 311
    Rewriting(
        rf"^([^,|]*[0-9][^|]*\b{TYPE}\.?(?: {DIRECTION}\.?)?) *, *"
        rf"({_WORDS}\b{_BUILDING})( *,[^|]*)?$",
        r"\1 \3 | \2",
    ),
    # 2400 ELM PIKE - DEPT OF CORRECTIONS
    Rewriting(
        rf"^([^,|]*[0-9][^|]*\b{TYPE}\.?(?: {DIRECTION}\.?)?) +- +([A-Z]+(?: [A-Z]+){{1,}}) *$",
        r"\1 | \2",
    ),
    # 111 W MONROE, 12C: the comma says that it is a unit.
    Rewriting(
        r"^([^|]*[0-9][^|]*[A-Z][^|]*?), *(?:# *)?"
        r"([0-9]{1,4}[A-Z]?|[A-Z]-?[0-9]{1,4}|[A-DF-MO-RT-VX-Z])"
        r" *$",
        r"\1 # \2",
    ),
)
"""Rewritings that read commas and brackets, before these go."""

ODD = (
    *(r"[0-9]{5} *$", rf"^ *{UNIT_WORD}\b", "ATT", "CARE OF", "^ *[0-9]+ (?:AND|TO|THRU) [0-9]"),
    r"^ *(?:MOTEL|SUPER) [68]\b",
    r"^ *(?:PH|PENTHOUSE|PMB|TRLR|TRAILER|SPC?|SPACE|SLIP|HNGR|HANGAR) ?[A-Z]?[0-9]",
)
"""What every line in one of these dresses has, beside signs."""

"""States, countries and the small words of city names."""

from ostiary.deciding.standardisation.terms import Table

_STATES = """
AL ALABAMA ALA | AK ALASKA | AZ ARIZONA ARIZ | AR ARKANSAS ARK | CA CALIFORNIA CALIF CAL
CO COLORADO COLO | CT CONNECTICUT CONN | DE DELAWARE DEL | DC DISTRICTOFCOLUMBIA
FL FLORIDA FLA | GA GEORGIA | HI HAWAII | ID IDAHO | IL ILLINOIS ILL | IN INDIANA IND
IA IOWA | KS KANSAS KANS | KY KENTUCKY | LA LOUISIANA | ME MAINE | MD MARYLAND
MA MASSACHUSETTS MASS | MI MICHIGAN MICH | MN MINNESOTA MINN | MS MISSISSIPPI MISS
MO MISSOURI | MT MONTANA MONT | NE NEBRASKA NEBR | NV NEVADA NEV | NH NEWHAMPSHIRE
NJ NEWJERSEY | NM NEWMEXICO | NY NEWYORK | NC NORTHCAROLINA NCAROLINA
ND NORTHDAKOTA NDAKOTA | OH OHIO | OK OKLAHOMA OKLA | OR OREGON OREG | PA PENNSYLVANIA PENN PENNA
RI RHODEISLAND | SC SOUTHCAROLINA SCAROLINA | SD SOUTHDAKOTA SDAKOTA | TN TENNESSEE TENN
TX TEXAS TEX | UT UTAH | VT VERMONT | VA VIRGINIA | WA WASHINGTON WASH | WV WESTVIRGINIA WVIRGINIA
WI WISCONSIN WISC WIS | WY WYOMING WYO
AS AMERICANSAMOA | GU GUAM | MP NORTHERNMARIANAISLANDS | PR PUERTORICO
VI VIRGINISLANDS USVIRGINISLANDS | FM MICRONESIA | MH MARSHALLISLANDS | PW PALAU
AA ARMEDFORCESAMERICAS | AE ARMEDFORCESEUROPE | AP ARMEDFORCESPACIFIC
"""
_STATE_LINES = [entry.split() for entry in _STATES.replace("\n", " | ").split("|") if entry.split()]

STATES = Table.of("states", {word: line[0] for line in _STATE_LINES for word in line})
"""Letters of a state, its name or an older abbreviation, without spaces, to its two letters."""

TERRITORIES = ("AS", "GU", "MP", "PR", "VI")
"""States by Publication 28 that are also country codes of ISO 3166-1."""

MILITARY_STATES = ("AA", "AE", "AP")
MILITARY_CITIES = ("APO", "FPO", "DPO")

_FOREIGN = (
    "AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC "
    "EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HK HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB "
    "LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PY QA RE RO RS RU RW SA "
    "SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UY UZ VA VC VE VG VN VU WF WS YE YT ZA ZM ZW"
)
FOREIGN = Table.of(
    "foreign",
    {
        **{code: code for code in _FOREIGN.split()},
        "CANADA": "CA", "MEXICO": "MX", "CAN": "CA", "MEX": "MX", "UK": "GB", "GBR": "GB",
    },
)  # fmt: skip
"""Codes of ISO 3166-1 for countries that the United States Postal Service does not deliver in."""

CITY_WORDS = Table.of(
    "city_words",
    {
        "SAINT": "ST", "SAINTE": "STE", "FORT": "FT", "MOUNT": "MT", "NORTH": "N", "SOUTH": "S",
        "EAST": "E", "WEST": "W", "PORT": "PT", "POINT": "PT", "HEIGHTS": "HTS", "HGTS": "HTS",
        "SPRINGS": "SPGS", "SPRING": "SPG", "JUNCTION": "JCT", "JUNC": "JCT", "BEACH": "BCH",
        "VILLAGE": "VLG", "VILL": "VLG", "TOWNSHIP": "TWP", "LAKE": "LK", "CENTER": "CTR",
        "CENTRE": "CTR", "CNTR": "CTR", "GROVE": "GRV", "HARBOR": "HBR", "HARBOUR": "HBR",
        "MOUNTAIN": "MTN", "FALLS": "FLS", "VALLEY": "VLY", "ISLAND": "IS", "GARDENS": "GDNS",
        "CREEK": "CRK", "BRIDGE": "BRG", "RIVER": "RIV",
        "CROSSING": "XING", "STATION": "STA", "PARK": "PK", "CITY": "CY", "GREAT": "GRT",
        "UPPER": "UPR", "LOWER": "LWR", "ROCK": "RK", "TOWN": "TWN",
    },
)  # fmt: skip
"""Words of city names that are written in full as often as short."""

CITIES = Table.of(
    "cities",
    {
        "NYC": "NEW YORK", "N Y C": "NEW YORK", "NEW YORK CY": "NEW YORK", "NY": "NEW YORK",
        "N Y": "NEW YORK", "MANHATTAN": "NEW YORK", "PHILA": "PHILADELPHIA",
        "PHILLY": "PHILADELPHIA", "WASHINGTON DC": "WASHINGTON", "WASH DC": "WASHINGTON",
        "WASHINGTON D C": "WASHINGTON", "COLO SPGS": "COLORADO SPGS",
        "OKC": "OKLAHOMA CY", "SLC": "SALT LK CY",
        "MPLS": "MINNEAPOLIS", "INDPLS": "INDIANAPOLIS", "CHGO": "CHICAGO", "BALTO": "BALTIMORE",
        "BKLYN": "BROOKLYN", "SF": "SAN FRANCISCO", "S F": "SAN FRANCISCO",
        "SAN FRAN": "SAN FRANCISCO",
        "LA": "LOS ANGELES", "L A": "LOS ANGELES", "KC": "KANSAS CY", "ABQ": "ALBUQUERQUE",
        "CINTI": "CINCINNATI", "JAX": "JACKSONVILLE", "PGH": "PITTSBURGH",
        "VEGAS": "LAS VEGAS", "ATL": "ATLANTA", "NOLA": "NEW ORLEANS",
        "ST PETE": "ST PETERSBURG", "SAN BUENAVENTURA": "VENTURA",
    },
)  # fmt: skip
"""Whole cities in everyday dress, to the name that the Postal Service knows."""

_ZIP_STATES = """
005 NY | 006-007 PR | 008 VI | 009 PR | 010-027 MA | 028-029 RI | 030-038 NH | 039-049 ME
050-054 VT | 055 MA | 056-059 VT | 060-069 CT | 070-089 NJ | 090-098 AE | 100-149 NY | 150-196 PA
197-199 DE | 200 DC | 201 VA | 202-205 DC | 206-212 MD | 214-219 MD | 220-246 VA | 247-268 WV
270-289 NC | 290-299 SC | 300-319 GA | 320-339 FL | 340 AA | 341-349 FL | 350-369 AL | 370-385 TN
386-397 MS | 398-399 GA | 400-427 KY | 430-459 OH | 460-479 IN | 480-499 MI | 500-528 IA
530-549 WI | 550-567 MN | 569 DC | 570-577 SD | 580-588 ND | 590-599 MT | 600-629 IL | 630-658 MO
660-679 KS | 680-693 NE | 700-714 LA | 716-729 AR | 730-732 OK | 733 TX | 734-749 OK | 750-799 TX
800-816 CO | 820-831 WY | 832-838 ID | 840-847 UT | 850-865 AZ | 870-884 NM | 885 TX | 889-898 NV
900-961 CA | 962-966 AP | 967-968 HI | 969 GU | 969 MP | 969 PW | 969 FM | 969 MH | 970-979 OR
980-994 WA | 995-999 AK
"""
_ACROSS_A_BORDER = """
02861 MA | 03579 ME | 06390 NY | 20135 WV | 21912 DE | 31905 AL | 37317 GA | 38079 KY | 42223 TN
49936 WI | 54540 MI | 57717 WY | 57724 MT | 59221 ND | 69201 SD | 71749 LA | 73949 TX | 79922 NM
81137 NM | 82082 CO | 83120 ID | 83342 UT | 83414 WY | 84034 NV | 84536 AZ | 86044 UT | 86504 NM
86514 NM | 86514 UT | 86515 NM | 88063 TX | 88430 OK | 89019 CA | 89439 CA | 89832 ID | 96799 AS
97635 CA | 97910 ID | 97913 ID | 99128 ID | 99362 OR | 20500 DC | 20001 DC
"""
_OLD_MILITARY = {"NY": ("AE", 90, 98), "FL": ("AA", 340, 340), "CA": ("AP", 962, 966)}


def _zip_states() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in _ZIP_STATES.replace("\n", "|").split("|"):
        if entry.strip():
            span, state = entry.split()
            first, _, last = span.partition("-")
            for number in range(int(first), int(last or first) + 1):
                found |= {f"{number:03d}": "known", f"{number:03d}{state}": state}
    for entry in _ACROSS_A_BORDER.replace("\n", "|").split("|"):
        if entry.strip():
            zip5, state = entry.split()
            found[zip5 + state] = state
    for old, (state, first_of, last_of) in _OLD_MILITARY.items():
        found |= {f"{number:03d}{old}": state for number in range(first_of, last_of + 1)}
    return found


ZIP_STATES = Table.of("zip_states", _zip_states())
"""The first three digits of a ZIP Code (or all five, across a border) with a state that it lies in,
to that state; the digits alone, to ``known``. Before 1989 military mail was sent to the state of
its gateway: APO NEW YORK NY 09012 is APO AE 09012."""

CONTRADICTION = "XX"
"""Stands for the state where state and ZIP Code name two."""

NEVER_ZIPS = ("11111", "33333", "66666", "77777", "88888", "99999")
"""Runs of one digit that are no ZIP Code. (22222, 44444 and 55555 are.)"""
LOWEST_ZIP, HIGHEST_ZIP = "00501", "99950"

"""Parts of formulas that several facts share: DuckDB SQL as text."""

from ostiary.domain.facts.lists import ITEMS

# What is written as no provision of the Code is none; what the register of offences does not settle
# is unknown, and a person determines it.
PROVISION = r"^/us/usc/t[0-9]+[A-Za-z]?/s[0-9A-Za-z.-]+(/[0-9A-Za-z]+)*$"

# A provision of a State's law, `/us-ca/rtc/s19706`. No register tells its tax crimes from others.
OF_A_STATE = r"^/us-[a-z][a-z]/[0-9a-z./-]+$"

# What is filled in where no name is known.
NO_NAME = (
    "^(UNK|UNKNOWN|NA|N A|NONE|NULL|NIL|NO NAME|NOT KNOWN|NOT PROVIDED|FAILED TO PROVIDE|FNU|LNU"
    "|TEST|REFUSED|BLANK|X+|0+)( |$)"
)

# What is written over letters and lists for whoever is there, or before anybody has a name.
NOBODY = (
    "^((CURRENT|PRESENT|POSTAL) )?(RESIDENT|OCCUPANT|TENANT|CUSTOMER)$|^(BABY|INFANT) (BOY|GIRL)$"
    "|^UNIDENTIFIED( |$)"
)

# Words by which a reason may say that the matter is somebody else's: another country's, a State's,
# a private one. A machine cannot tell; a person is asked.
OTHERS_PROCEEDING = (
    "another country|(of|in) another state|foreign (prosecut|court|government|police|proceeding)"
    "|extradit|letters? rogatory|mutual legal assistance"
    "|(state|district|county|city|commonwealth)(.s)? (prosecutor|attorney|court)|state police"
    "|state (proceeding|prosecution|charge|law)|plaintiff|private (suit|party|parties)|divorce"
)


def beyond(*kinds: str) -> str:
    """Count the items that are of none of these kinds."""
    known = tuple(item for kind in kinds for item in ITEMS[kind])
    return f"len(list_filter(coalesce(r.items, []), lambda x: x NOT IN {known}))"


def not_granted(asked: str, granted: str) -> str:
    """Count what is asked for and not among what is granted."""
    within = f"list_contains(coalesce({granted}, []), x)"
    return f"len(list_filter(coalesce({asked}, []), lambda x: NOT {within}))"


def is_a_name(part: str) -> str:
    """Say whether what stands alone as a name is one: of an organisation, or of somebody's own."""
    return f"{part} <> '' AND NOT regexp_matches({part}, '{NO_NAME}|{NOBODY}')"


def names_somebody() -> str:
    """Say whether given name and surname together are no word for whoever is there."""
    return f"NOT regexp_matches(r.n_given || ' ' || r.n_surname, '{NOBODY}')"


def plain(identifier: str) -> str:
    """Write the dashes of the Code's section numbers (1320a, dash, 7b) as a keyboard has them."""
    return f"replace(replace({identifier}, '\u2013', '-'), '\u2011', '-')"


def one_offense(identifier: str) -> str:
    """Name an offence as the rules name it: failure to depart by its seven names alone.

    Whatever stands below 8 USC 1253(a) is one offence, in capitals or not; what is no limb of
    (a)(1) is (a)(1) as a whole, and what is no part of that is (a).
    """
    whole = "/us/usc/t8/s1253/a"
    named = [(f"/1/({x}|{x.lower()})", f"{whole}/1/{x}") for x in "ABCD"]
    branches = "".join(
        f" WHEN regexp_matches({identifier}, '^/us/usc/t8/s1253/(A|a){part}(/|$)') THEN '{name}'"
        for part, name in (*named, ("/1", f"{whole}/1"), ("", whole))
    )
    return f"CASE{branches} ELSE {identifier} END"


def one_provision(identifier: str) -> str:
    """Name a provision as the rules name it: what opens by a judge's order alone by its paragraph.

    Whatever stands below 26 USC 6103(i)(5), (i)(7)(C) or (D) is that, at whatever depth; below
    (i)(1), which is served by its own name, it is the subparagraph. Letters count in either case.
    """
    above = "/us/usc/t26/s6103/i"
    parts = ("1/A", "1/B", "1/C", "5", "7/C", "7/D")
    branches = "".join(
        f" WHEN regexp_matches({identifier}, '^{above}/({part}|{part.lower()})(/|$)')"
        f" THEN '{above}/{part}'"
        for part in parts
    )
    return f"CASE{branches} ELSE {identifier} END"


def finds(finding: str) -> str:
    """Say whether the judge made a finding."""
    return f"list_contains(coalesce(r.court_order_findings, []), '{finding}')"


def has_role(role: str) -> str:
    """Say whether the register gives an agency a role; undetermined for an agency it lacks."""
    roles = "string_split(replace(coalesce(a.roles, ''), ' ', ''), ';')"
    return f"CASE WHEN a.agency IS NOT NULL THEN list_contains({roles}, '{role}') END"

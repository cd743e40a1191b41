"""Short forms, diminutives and spellings of given names, curated for verification.

``given_name_groups.txt`` has one line a group: the representative first. A group holds one name and
what *it* is called or how it is spelled, never two names: PAUL and PAULA, MARIO and MARIA, JULIE
and JULIA are different people, and BILL is no ROBERT. ``=`` marks a spelling of the full name. Two
spellings in one family may be two people (DIANE and DIANNE), which a short form and its full name
are not.

A short form that several names share (ALEX, CHRIS, SAM) stands in no group: it stands before
them in ``shared_short_forms.txt``, and agrees with each of the names, which do not agree with one
another. It stands with one name when that name outnumbers the others by far (ED with EDWARD, not
EDWIN).
"""

from pathlib import Path

from ostiary.deciding.standardisation.terms import Table


def _lines(file: str) -> list[str]:
    return Path(__file__).with_name(file).read_text("ascii").splitlines()


_LINES = [line.split() for line in _lines("given_name_groups.txt")]

GROUPS: tuple[tuple[str, ...], ...] = tuple(
    tuple(name.removeprefix("=") for name in line) for line in _LINES
)
"""Each group with its representative first."""

NICKNAMES = Table.of("nicknames", {name: group[0] for group in GROUPS for name in group})
"""Given name to the representative of its group."""

FULL_FORMS = frozenset(
    name.removeprefix("=")
    for line in _LINES
    if any(name.startswith("=") for name in line)
    for name in line
    if name == line[0] or name.startswith("=")
)
"""The names that are spelled in more than one way, in each of these ways; short forms apart."""


SHARED_FORMS: dict[str, tuple[str, ...]] = {
    short: tuple(sorted({NICKNAMES.entries.get(name, name) for name in names}))
    for short, *names in (line.split() for line in _lines("shared_short_forms.txt"))
}
"""Short form that several names share, to the representatives of these names."""

OWN_NAMES_TOO = (
    *("ALLY", "BECK", "BENNIE", "CARRIE", "CHER", "CLAUD", "DANN", "DORA", "FRITZ", "GLORY"),
    *("JESSIE", "JOY", "JULE", "LENA", "LEO", "LINA", "LINDY", "LORI", "LOU", "LUCY", "LYNN"),
    *("MAX", "MIRA", "MOLLY", "NICO", "REN", "ROY", "SALLY", "SHAY", "TERRI", "TESSA", "THOM"),
    *("TORY", "WEN", "ZAC", "ZAK"),
)
"""Short forms that several names share and that as many people are named by themselves: LORI may be
LORRAINE, and as well her daughter."""

_WRITTEN = """
ABR ANTO BDO BENJ CHAS DANL DGO EDW FCA FCISCO FCO FDO GDO GEO GMO GPE HDO HTO JAS JNO MA MARGT
NATHL RGO RICHD ROBT SAML STGO THOS VTE WM
"""
WRITTEN_FORMS = Table.of(
    "written_forms", {word: NICKNAMES.entries[word] for word in _WRITTEN.split()}
)
"""Short forms that are written and not spoken, to the name; a middle name may be one as well."""

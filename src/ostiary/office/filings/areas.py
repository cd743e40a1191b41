"""The areas of published totals: the country and its states, and nothing smaller.

The table of addresses knows more words for a state; reading it costs a second that this command
does not need. A test holds the two against each other.
"""

import re

COUNTRY = "US"
_STATES = """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa
KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota
MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey
NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon
PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah
VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico
"""


def _letters(text: str) -> str:
    return re.sub(r"[ .]+", "", text.upper())


STATES = {
    line[:2]: line[3:] for line in _STATES.replace("\n", "|").split("|") if line
}  # letters: name
_AREAS = {
    **dict.fromkeys(("US", "USA", "UNITEDSTATES"), COUNTRY),
    **{_letters(word): code for code, name in STATES.items() for word in (code, name)},
}


def read_area(text: str) -> str | None:
    """Read US, two letters of a state or its name, in any case; None for everything else."""
    return _AREAS.get(_letters(text))

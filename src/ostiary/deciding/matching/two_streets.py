"""Which two names of streets are two streets, whatever few letters they differ in.

``q`` is the request and ``f`` the filed record, ``k`` the street asked for, as in
:mod:`ostiary.deciding.matching.place_levels`.
"""

from ostiary.deciding.matching.drawn_digits import DIGITS
from ostiary.deciding.standardisation.vocabulary.numbers import (
    TEENS_IN_WORDS,
    TENS_IN_WORDS,
    UNITS_IN_WORDS,
)


def same(form: str) -> str:
    """Give SQL that tells whether a form, with ``{side}`` in it, comes out alike on both sides."""
    return f"{form.format(side='q')} = {form.format(side='f')}"


# What of a street's name is no letter to slip on, beside digits: short words, numerals.
WORDS_APART = "replace(' ' || {side}.a_street || ' ', ' ', '  ')"


def short_words(street: str) -> str:
    """Give SQL for the words of up to three letters and the numerals of a street, run together."""
    return (
        f"replace(regexp_replace(replace(' ' || {street} || ' ', ' ', '  '),"
        " ' (?:[A-HJ-UWYZ][A-Z]{3,}"
        "|[IVX][A-HJ-UWYZ][A-Z]{2,}|[IVX]{2}[A-HJ-UWYZ][A-Z]+|[IVX]{3,}[A-HJ-UWYZ][A-Z]*) ',"
        " '', 'g'), ' ', '')"
    )


SAME_SHORT_WORDS = f"{short_words('q.a_street')} = {short_words('f.a_street')}"

_OPPOSITES = ("NORTH", "SOUTH", "EAST", "WEST", "UPPER", "LOWER", "INNER", "OUTER")

_SAME_OPPOSITES = " AND ".join(
    f"contains(q.a_street, '{word}') = contains(f.a_street, '{word}')" for word in _OPPOSITES
)

_HAS_ONE = "(" + " OR ".join(f"contains({{side}}.a_street, '{w}')" for w in _OPPOSITES) + ")"

_COMPASS_DIFFERS = (
    f"({_HAS_ONE.format(side='q')} AND {_HAS_ONE.format(side='f')} AND NOT ({_SAME_OPPOSITES}))"
)

# What is left of a name without the words that tell streets of one name apart.
_TELLING = (
    *UNITS_IN_WORDS,
    *TEENS_IN_WORDS,
    *TENS_IN_WORDS,
    *("HUNDRED", "THOUSAND", "UNO", "DOS", "TRES", "CUATRO", "CINCO", "SEIS", "SIETE", "OCHO"),
    *("NUEVE", "DIEZ", "NORTE", "SUR", "ESTE", "OESTE", "ORIENTE", "PONIENTE", "NORESTE"),
    *("NOROESTE", "SURESTE", "SUROESTE", "SUDESTE", "SUDOESTE"),
    *("PRIMERA", "PRIMERO", "SEGUNDA", "SEGUNDO", "TERCERA", "TERCERO", "CUARTA", "CUARTO"),
    *("QUINTA", "QUINTO", "SENIOR", "JUNIOR", "OLD", "NEW"),
    *("BYP", "BYPASS", "BUS", "BUSINESS", "ALT", "ALTERNATE", "SPUR", "TRUCK", "CONN"),
)

_NOT_TOLD = f"regexp_replace({WORDS_APART}, ' (?:{'|'.join(_TELLING)}) ', '', 'g')"

_ROAD_ALONE = (
    "regexp_replace({side}.a_street, '(?:ROAD|HIGHWAY|ROUTE|LOOP|SPUR) [A-Z]{{3}}$', '', 'g')"
)

# BAY VIEW is BAYVIEW, whether both are streets or not.
SOLID_NAME = "replace({side}.a_street, ' ', '')"

# ROAD 10 5 is not ROAD 105.
_NUMBERS = "regexp_replace(' ' || {side}.a_street || ' ', '[^0-9]+', ' ', 'g')"

SOLID = f"({same(SOLID_NAME)} AND {same(_NUMBERS)})"

# KAHANA is not KAHALA: of twelve letters words are made that lie close together, in Hawaii.
_HAWAIIAN = (
    "(q.a_state = 'HI' AND regexp_replace(q.a_street, '[AEIOUHKLMNPW ]', '', 'g') = ''"
    " AND regexp_replace(f.a_street, '[AEIOUHKLMNPW ]', '', 'g') = '')"
)

NOT_ANOTHER = (
    f"k.street IS NULL AND NOT {_HAWAIIAN} AND {same(DIGITS)}"
    f" AND NOT {_COMPASS_DIFFERS} AND NOT {same(_NOT_TOLD)} AND NOT {same(_ROAD_ALONE)}"
)

NO_STREET = f"({NOT_ANOTHER} AND {SAME_SHORT_WORDS})"

"""Slips of the pen in a street: the name, the type, the direction, or two of them.

``q`` is the request and ``f`` the filed record, ``k`` the street asked for, as in
:mod:`ostiary.deciding.matching.place_levels`.
"""

from ostiary.deciding.matching.drawn_digits import DIGITS
from ostiary.deciding.matching.edits import EDIT_FROM, edits, one_edit
from ostiary.deciding.matching.two_streets import (
    NO_STREET,
    NOT_ANOTHER,
    SAME_SHORT_WORDS,
    SOLID_NAME,
    WORDS_APART,
    same,
    short_words,
)
from ostiary.deciding.standardisation.vocabulary.damaged_types import DAMAGED_TYPES
from ostiary.deciding.standardisation.vocabulary.streets import (
    SPELLED_OUT_TYPES,
    STREETS_BEGIN_WITH,
)

TWO_STREET_EDITS_FROM = 8

SPACE_FOR_A_LETTER_FROM = 7

HEAD_EDIT_FROM = 5


def _street_slip(a: str, b: str) -> str:
    two = edits(a, b, at_most=2, longer=TWO_STREET_EDITS_FROM)
    return f"({one_edit(a, b)} OR left({a}, 1) = left({b}, 1) AND {two})"


# FAIR OAKS is not FOUR OAKS: two edits in a word of up to four letters make another word.
_LONG_WORDS = f"replace(regexp_replace({WORDS_APART}, ' [A-Z]{{{{5,}}}} ', '', 'g'), ' ', '')"

# MOUNT VERNON is not MOUNT HERMON: two edits leave the first letter of each word whole.
_FIRST_LETTERS = r"regexp_replace({side}.a_street, '\B[A-Z]', '', 'g')"

_SPACES = "length({side}.a_street) - length(replace({side}.a_street, ' ', ''))"

_BEGIN_ALIKE = (
    f"({same(_FIRST_LETTERS)} OR {_SPACES.format(side='q')} <> {_SPACES.format(side='f')})"
)

# FARWELL WVENUE, where the file has FARWELL AVE: the type is damaged and was taken for a name.
_COMMON_TYPES = (
    *("AVE", "BLVD", "CIR", "CT", "CV", "DR", "HWY", "LN", "PKWY", "PL", "PT", "RD", "SQ", "ST"),
    *("TER", "TRL"),
)

_TYPES = " ".join(f"WHEN '{short}' THEN ' {SPELLED_OUT_TYPES[short]}'" for short in _COMMON_TYPES)

_WITH_TYPE = f"f.a_street || CASE f.a_type {_TYPES} ELSE ' ' || f.a_type END"

# GARNETT PLX is no GARRETT PL: what stands before the damaged type is a street of its own.
_HEAD_IS_NO_OTHER = "(k.head IS NULL OR k.head = f.a_street)"

# HILLCRAFT DT is no HILLCREST DR: beside a damaged type the name has one edit at most, and from
# five letters on.
_HEAD = "regexp_replace(q.a_street, ' [^ ]+$', '', 'g')"

_HEAD_IS_CLOSE = f"""({_HEAD_IS_NO_OTHER} AND (starts_with(q.a_street, f.a_street)
    OR length(f.a_street) >= {HEAD_EDIT_FROM}
       AND {edits(_HEAD, "f.a_street", at_most=1, longer=HEAD_EDIT_FROM)}))"""

# HAMPTOM DRUVE is two slips: the name is whole, or name and type together one edit away.
_TYPED = ("(f.a_street || ' ' || f.a_type)", f"({_WITH_TYPE})")

_ONE_DAMAGE = (
    "(starts_with(q.a_street, f.a_street)"
    f" OR {' OR '.join(one_edit('q.a_street', typed) for typed in _TYPED)})"
)

_BOTH_DAMAGED = f"""(q.a_type = '' AND f.a_type <> '' AND {_HEAD_IS_CLOSE}
    AND ({" OR ".join(_street_slip("q.a_street", typed) for typed in _TYPED)}))"""

_DAMAGED_TYPE = f"({_ONE_DAMAGE} AND {_BOTH_DAMAGED})"

# SUSAN CJR, 2ND AFE: the name is whole and one letter of the type's abbreviation is damaged. What
# is a short form of some other type (PK, TR) is left alone.
_OTHER_SHORT_FORMS = (
    "('BL', 'CK', 'CR', 'CY', 'GN', 'GR', 'HL', 'MT', 'PK', 'PT', 'RN', 'TP', 'TR', 'VL')"
)

_LAST_WORD = "regexp_replace(q.a_street, '^.* ', '', 'g')"

TYPE_SLIP = f"""(q.a_type = '' AND f.a_type <> '' AND k.street IS NULL
    AND starts_with(q.a_street, f.a_street || ' ')
    AND q.a_street = f.a_street || ' ' || {_LAST_WORD} AND length({_LAST_WORD}) >= 2
    AND {_LAST_WORD} NOT IN {_OTHER_SHORT_FORMS} AND {same(DIGITS)}
    AND {edits(_LAST_WORD, "f.a_type", at_most=1, longer=2)})"""

_DAMAGED_TYPES = "'|" + "|".join(f"{word}/{short}" for word, short in DAMAGED_TYPES.items()) + "|'"

# Of all types AFE is a slip of AVE alone: then it is that one, however many streets of the name the
# place has.
POINTS_AT_ONE = f"contains({_DAMAGED_TYPES}, '|' || {_LAST_WORD} || '/' || f.a_type || '|')"

# 4TB AVE is 4TH AVE: the digits are whole, and one letter behind them.
_ORDINAL = "regexp_replace(f.a_street, '^[0-9]+(?:ST|ND|RD|TH)$', '', 'g') = ''"

ENDING_SLIP = f"""({_ORDINAL} AND q.a_street <> f.a_street
    AND regexp_replace(q.a_street, '^[0-9]+[A-Z][A-Z]$', '', 'g') = '' AND {same(DIGITS)}
    AND length(q.a_street) = length(f.a_street)
    AND (right(q.a_street, 1) = right(f.a_street, 1)
         OR left(right(q.a_street, 2), 1) = left(right(f.a_street, 2), 1)))"""

# WESTT FARWELL, where the file has W FARWELL: the direction is damaged and was taken for a name.
_COMPASS = {"N": "NORTH", "S": "SOUTH", "E": "EAST", "W": "WEST"}

_FIRST_WORD = "regexp_replace(q.a_street, ' .*$', '', 'g')"


def _direction(shorts: str) -> str:
    """Give SQL for the word of the filed direction; or, by another order, of its opposite."""
    pairs = zip(shorts, _COMPASS.values(), strict=True)
    whens = " ".join(f"WHEN '{one}' THEN '{word}'" for one, word in pairs)
    return f"CASE f.a_pre {whens} END"


DIRECTION_SLIP = f"""(q.a_pre = '' AND f.a_pre IN ('N', 'S', 'E', 'W') AND k.street IS NULL
    AND q.a_street = {_FIRST_WORD} || ' ' || f.a_street AND length({_FIRST_WORD}) >= 4
    AND {edits(_FIRST_WORD, _direction("NSEW"), at_most=1, longer=4)}
    AND damerau_levenshtein({_FIRST_WORD}, {_direction("SNWE")}) >= 2)"""

# Worse than that, but no other street, at the number and in the ZIP (the city, where one side gives
# no ZIP) of one whose name is whole. REDWOOT CT under another ZIP is two slips, and so is that.
ZIPS_ALLOW = "(q.a_zip5 = f.a_zip5 OR q.a_zip5 = '' OR f.a_zip5 = '')"


def _garbled(street: str) -> str:
    return f"""damerau_levenshtein(q.a_street, {street})
    <= CASE WHEN length({street}) >= 12 THEN 4 WHEN length({street}) >= 8 THEN 3
            WHEN length({street}) >= 5 THEN 2 WHEN length({street}) = 4 THEN 1 ELSE 0 END"""


# EELMA XT is SELMA ST, name and type both damaged: the short words are those before the type.
_GARBLED_WITH_TYPE = f"""(q.a_type = '' AND f.a_type <> '' AND {_HEAD_IS_CLOSE}
    AND ({_garbled("(f.a_street || ' ' || f.a_type)")}
            AND length({_LAST_WORD}) <= greatest(3, length(f.a_type))
            AND {_LAST_WORD} NOT IN {_OTHER_SHORT_FORMS}
            AND {short_words(_HEAD)} = {short_words("f.a_street")}
         OR {_garbled(_WITH_TYPE)} AND {SAME_SHORT_WORDS}))"""

# MICH GAN is MICHIGAN: a space stands where a letter was, in one long word.
_SOLID_ASKED = SOLID_NAME.format(side="q")

_SPACE_FOR_A_LETTER = f"""(length(q.a_street) = length(f.a_street)
    AND length({_SOLID_ASKED}) = length(f.a_street) - 1 AND NOT contains(f.a_street, ' ')
    AND {edits(_SOLID_ASKED, "f.a_street", at_most=1, longer=SPACE_FOR_A_LETTER_FROM)})"""

GARBLED = f"""(({_garbled("f.a_street")} AND {SAME_SHORT_WORDS} OR {_GARBLED_WITH_TYPE}
    OR {_SPACE_FOR_A_LETTER}) AND {NOT_ANOTHER})"""

# CALLE RUSA is not CALLE ROSA, nor LAKE ANKA LAKE ANNA: beside a word that streets begin with, the
# name has as many letters as a slip needs anywhere, and no word of up to four letters slips.
_NAME_ALONE = f"regexp_replace({{side}}.a_street, '^(?:(?:{STREETS_BEGIN_WITH}) )+', '', 'g')"

_ASKED_ALONE, _FILED_ALONE = (_NAME_ALONE.format(side=side) for side in "qf")

_ALONE = f"greatest(length({_ASKED_ALONE}), length({_FILED_ALONE}))"

_ONE_LETTER = f"({one_edit('q.a_street', 'f.a_street')} AND {_ALONE} >= {EDIT_FROM})"

_TWO_LETTERS = f"""({_street_slip("q.a_street", "f.a_street")} AND {_BEGIN_ALIKE}
    AND {_ALONE} >= {TWO_STREET_EDITS_FROM})"""

STREET_EDIT = f"""({NO_STREET}
    AND ({_DAMAGED_TYPE} OR ({_ONE_LETTER} OR {_TWO_LETTERS}) AND {same(_LONG_WORDS)}))"""

# The name and the type, or one of them and the ZIP Code.
TWO_DAMAGES = f"""({STREET_EDIT} OR {TYPE_SLIP} OR {DIRECTION_SLIP}
    OR {ZIPS_ALLOW} AND {NO_STREET} AND {_BOTH_DAMAGED})"""

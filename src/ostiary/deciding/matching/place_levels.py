"""Levels of an address: how far door, unit and place of a request agree with a filed record.

``q`` is the request (*question*) and ``f`` the filed record; both have the standard columns, and
``f`` what stands beside it in the file (:mod:`ostiary.deciding.reference.twins`).
``k`` is the row of ``streets`` for the street asked for: ``k.street`` is missing where the file has
no such street anywhere, and it is not what thousands of people are called (streets are named so);
``k.head`` is what stands before its last word, where that is a street and the whole is none.

1. A slip of the pen in a street's name needs a name that is no street: two names that both exist as
   streets in the file, or are people's names, are two streets. Digits, words of up to three
   letters, numerals and compass words are never slips: 21ST is not 31ST, AVENUE C not AVENUE D,
   LOS ALTOS not LAS ALTAS, PHASE II not PHASE III, NORTHGATE not SOUTHGATE. Two edits leave the
   first letter whole: ARMITAGE is not HERMITAGE. A word of up to four letters is never damaged,
   and the words that many streets begin with do not make a name longer: CALLE LUNA, CALLE TUNA.
   One place of an address is damaged, the name or the type or the ZIP Code; where two are
   (``slip``), something further must agree.
   Nor are words that tell streets of one name apart: FIVE MILE is not NINE MILE, CALLE ESTE not
   CALLE OESTE, HIGHWAY 12 BYP not HIGHWAY 12 BUS, COUNTY ROAD ABC not COUNTY ROAD ABD.
2. A direction or a type left out (``unsaid``) is settled only where the place has one such street.
3. A unit is a kind and an identifier. Kinds may stand for one another (``kind``) only where the
   building has that identifier once; a part left out (``part``) likewise, and the whole unit
   (``only``) where the building has no other, and no other household there is filed as the
   request has it: with that unit, or without any.
4. A box, a route or a counter belongs to its ZIP Code. A number and street that two households have
   under two ZIP Codes of a city belong to theirs as well (``another-zip``).
5. A place whose state and ZIP Code contradict each other agrees with nothing but itself.
"""

from ostiary.deciding.matching.drawn_digits import DIGITS, SAME_AS_DRAWN
from ostiary.deciding.matching.edits import EDIT_FROM, edits, one_edit
from ostiary.deciding.matching.name_levels import FURTHER
from ostiary.deciding.reference.twins import BOXED
from ostiary.deciding.standardisation.vocabulary.damaged_types import DAMAGED_TYPES
from ostiary.deciding.standardisation.vocabulary.numbers import (
    TEENS_IN_WORDS,
    TENS_IN_WORDS,
    UNITS_IN_WORDS,
)
from ostiary.deciding.standardisation.vocabulary.places import CONTRADICTION
from ostiary.deciding.standardisation.vocabulary.streets import (
    SPELLED_OUT_TYPES,
    STREETS_BEGIN_WITH,
)
from ostiary.deciding.standardisation.vocabulary.units import (
    ALIKE_KINDS,
    BERTHS,
    HOUSES_APART,
    UNIT_KINDS,
)

TWO_STREET_EDITS_FROM = 8
SPACE_FOR_A_LETTER_FROM = 7
HEAD_EDIT_FROM = 5


def _contradict(column: str) -> str:
    return f"(q.{column} <> '' AND f.{column} <> '' AND q.{column} <> f.{column})"


def _same(form: str) -> str:
    return f"{form.format(side='q')} = {form.format(side='f')}"


# What of a street's name is no letter to slip on, beside digits: short words, numerals.
_WORDS_APART = "replace(' ' || {side}.a_street || ' ', ' ', '  ')"


def _short_words(street: str) -> str:
    return (
        f"replace(regexp_replace(replace(' ' || {street} || ' ', ' ', '  '),"
        " ' (?:[A-HJ-UWYZ][A-Z]{3,}"
        "|[IVX][A-HJ-UWYZ][A-Z]{2,}|[IVX]{2}[A-HJ-UWYZ][A-Z]+|[IVX]{3,}[A-HJ-UWYZ][A-Z]*) ',"
        " '', 'g'), ' ', '')"
    )


_SAME_SHORT_WORDS = f"{_short_words('q.a_street')} = {_short_words('f.a_street')}"
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
_NOT_TOLD = f"regexp_replace({_WORDS_APART}, ' (?:{'|'.join(_TELLING)}) ', '', 'g')"
_ROAD_ALONE = (
    "regexp_replace({side}.a_street, '(?:ROAD|HIGHWAY|ROUTE|LOOP|SPUR) [A-Z]{{3}}$', '', 'g')"
)
# BAY VIEW is BAYVIEW, whether both are streets or not.
_SOLID_NAME = "replace({side}.a_street, ' ', '')"
# ROAD 10 5 is not ROAD 105.
_NUMBERS = "regexp_replace(' ' || {side}.a_street || ' ', '[^0-9]+', ' ', 'g')"
_SOLID = f"({_same(_SOLID_NAME)} AND {_same(_NUMBERS)})"
# KAHANA is not KAHALA: of twelve letters words are made that lie close together, in Hawaii.
_HAWAIIAN = (
    "(q.a_state = 'HI' AND regexp_replace(q.a_street, '[AEIOUHKLMNPW ]', '', 'g') = ''"
    " AND regexp_replace(f.a_street, '[AEIOUHKLMNPW ]', '', 'g') = '')"
)
_NOT_ANOTHER = (
    f"k.street IS NULL AND NOT {_HAWAIIAN} AND {_same(DIGITS)}"
    f" AND NOT {_COMPASS_DIFFERS} AND NOT {_same(_NOT_TOLD)} AND NOT {_same(_ROAD_ALONE)}"
)
_NO_STREET = f"({_NOT_ANOTHER} AND {_SAME_SHORT_WORDS})"


def _street_slip(a: str, b: str) -> str:
    two = edits(a, b, at_most=2, longer=TWO_STREET_EDITS_FROM)
    return f"({one_edit(a, b)} OR left({a}, 1) = left({b}, 1) AND {two})"


# FAIR OAKS is not FOUR OAKS: two edits in a word of up to four letters make another word.
_LONG_WORDS = f"replace(regexp_replace({_WORDS_APART}, ' [A-Z]{{{{5,}}}} ', '', 'g'), ' ', '')"

# MOUNT VERNON is not MOUNT HERMON: two edits leave the first letter of each word whole.
_FIRST_LETTERS = r"regexp_replace({side}.a_street, '\B[A-Z]', '', 'g')"
_SPACES = "length({side}.a_street) - length(replace({side}.a_street, ' ', ''))"
_BEGIN_ALIKE = (
    f"({_same(_FIRST_LETTERS)} OR {_SPACES.format(side='q')} <> {_SPACES.format(side='f')})"
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
_TYPE_SLIP = f"""(q.a_type = '' AND f.a_type <> '' AND k.street IS NULL
    AND starts_with(q.a_street, f.a_street || ' ')
    AND q.a_street = f.a_street || ' ' || {_LAST_WORD} AND length({_LAST_WORD}) >= 2
    AND {_LAST_WORD} NOT IN {_OTHER_SHORT_FORMS} AND {_same(DIGITS)}
    AND {edits(_LAST_WORD, "f.a_type", at_most=1, longer=2)})"""

_DAMAGED_TYPES = "'|" + "|".join(f"{word}/{short}" for word, short in DAMAGED_TYPES.items()) + "|'"
# Of all types AFE is a slip of AVE alone: then it is that one, however many streets of the name the
# place has.
_POINTS_AT_ONE = f"contains({_DAMAGED_TYPES}, '|' || {_LAST_WORD} || '/' || f.a_type || '|')"

# 4TB AVE is 4TH AVE: the digits are whole, and one letter behind them.
_ORDINAL = "regexp_replace(f.a_street, '^[0-9]+(?:ST|ND|RD|TH)$', '', 'g') = ''"
_ENDING_SLIP = f"""({_ORDINAL} AND q.a_street <> f.a_street
    AND regexp_replace(q.a_street, '^[0-9]+[A-Z][A-Z]$', '', 'g') = '' AND {_same(DIGITS)}
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


_DIRECTION_SLIP = f"""(q.a_pre = '' AND f.a_pre IN ('N', 'S', 'E', 'W') AND k.street IS NULL
    AND q.a_street = {_FIRST_WORD} || ' ' || f.a_street AND length({_FIRST_WORD}) >= 4
    AND {edits(_FIRST_WORD, _direction("NSEW"), at_most=1, longer=4)}
    AND damerau_levenshtein({_FIRST_WORD}, {_direction("SNWE")}) >= 2)"""


# Worse than that, but no other street, at the number and in the ZIP (the city, where one side gives
# no ZIP) of one whose name is whole. REDWOOT CT under another ZIP is two slips, and so is that.
_ZIPS_ALLOW = "(q.a_zip5 = f.a_zip5 OR q.a_zip5 = '' OR f.a_zip5 = '')"


def _garbled(street: str) -> str:
    return f"""damerau_levenshtein(q.a_street, {street})
    <= CASE WHEN length({street}) >= 12 THEN 4 WHEN length({street}) >= 8 THEN 3
            WHEN length({street}) >= 5 THEN 2 WHEN length({street}) = 4 THEN 1 ELSE 0 END"""


# EELMA XT is SELMA ST, name and type both damaged: the short words are those before the type.
_GARBLED_WITH_TYPE = f"""(q.a_type = '' AND f.a_type <> '' AND {_HEAD_IS_CLOSE}
    AND ({_garbled("(f.a_street || ' ' || f.a_type)")}
            AND length({_LAST_WORD}) <= greatest(3, length(f.a_type))
            AND {_LAST_WORD} NOT IN {_OTHER_SHORT_FORMS}
            AND {_short_words(_HEAD)} = {_short_words("f.a_street")}
         OR {_garbled(_WITH_TYPE)} AND {_SAME_SHORT_WORDS}))"""

# MICH GAN is MICHIGAN: a space stands where a letter was, in one long word.
_SOLID_ASKED = _SOLID_NAME.format(side="q")
_SPACE_FOR_A_LETTER = f"""(length(q.a_street) = length(f.a_street)
    AND length({_SOLID_ASKED}) = length(f.a_street) - 1 AND NOT contains(f.a_street, ' ')
    AND {edits(_SOLID_ASKED, "f.a_street", at_most=1, longer=SPACE_FOR_A_LETTER_FROM)})"""

_GARBLED = f"""(({_garbled("f.a_street")} AND {_SAME_SHORT_WORDS} OR {_GARBLED_WITH_TYPE}
    OR {_SPACE_FOR_A_LETTER}) AND {_NOT_ANOTHER})"""

# CALLE RUSA is not CALLE ROSA, nor LAKE ANKA LAKE ANNA: beside a word that streets begin with, the
# name has as many letters as a slip needs anywhere, and no word of up to four letters slips.
_NAME_ALONE = f"regexp_replace({{side}}.a_street, '^(?:(?:{STREETS_BEGIN_WITH}) )+', '', 'g')"
_ASKED_ALONE, _FILED_ALONE = (_NAME_ALONE.format(side=side) for side in "qf")
_ALONE = f"greatest(length({_ASKED_ALONE}), length({_FILED_ALONE}))"
_ONE_LETTER = f"({one_edit('q.a_street', 'f.a_street')} AND {_ALONE} >= {EDIT_FROM})"
_TWO_LETTERS = f"""({_street_slip("q.a_street", "f.a_street")} AND {_BEGIN_ALIKE}
    AND {_ALONE} >= {TWO_STREET_EDITS_FROM})"""
_STREET_EDIT = f"""({_NO_STREET}
    AND ({_DAMAGED_TYPE} OR ({_ONE_LETTER} OR {_TWO_LETTERS}) AND {_same(_LONG_WORDS)}))"""

# The name and the type, or one of them and the ZIP Code.
_TWO_DAMAGES = f"""({_STREET_EDIT} OR {_TYPE_SLIP} OR {_DIRECTION_SLIP}
    OR {_ZIPS_ALLOW} AND {_NO_STREET} AND {_BOTH_DAMAGED})"""
_SAME_PERSON_SAID = """(q.n_surname_key = f.n_surname_key AND (q.n_given = f.n_given
    OR q.n_given_group <> '' AND q.n_given_group = f.n_given_group))"""

# One side leaves out what tells this street from another of its name in the place.
_SAME_ZIP = "q.a_zip5 <> '' AND q.a_zip5 = f.a_zip5"
_UNSAID = f"""((q.a_pre <> f.a_pre OR q.a_type <> f.a_type OR q.a_post <> f.a_post)
    AND CASE WHEN {_SAME_ZIP} THEN f.street_twin_zip ELSE f.street_twin_city END)"""

# US HIGHWAY 30 BYP is a road beside US HIGHWAY 30, and no longer name of it.
_BRANCHES = "('BYP', 'EXT', 'LOOP', 'RAMP', 'SPUR')"
_BRANCH_UNSAID = (
    f"q.a_type <> f.a_type AND (q.a_type IN {_BRANCHES} OR f.a_type IN {_BRANCHES})"
    f" AND {DIGITS.format(side='q')} <> ''"
)

# 405 W ELM ST is not 405 ELM ST E: one direction before the name, another one behind it. WEST
# VIRGINIA is another state.
_ACROSS = " OR ".join(
    f"({a}.a_pre <> '' AND {b}.a_post <> '' AND {a}.a_post = '' AND {b}.a_pre = ''"
    f" AND {a}.a_pre <> {b}.a_post)"
    for a, b in ("qf", "fq")
)
_TWO_STATES = """(q.a_street = 'VIRGINIA' AND f.a_street = 'VIRGINIA'
    AND (q.a_pre = 'W') <> (f.a_pre = 'W'))"""

# A shape other than complete is no address, on either side: a placeholder agrees with nothing.
DOOR = f"""CASE
    WHEN q.a_shape <> 'complete' OR f.a_shape <> 'complete' THEN 'incomplete'
    WHEN q.a_kind <> f.a_kind OR q.a_number <> f.a_number THEN 'different'
    WHEN {_contradict("a_type")} OR {_contradict("a_pre")} OR {_contradict("a_post")}
         OR {_ACROSS} OR {_TWO_STATES} THEN 'different'
    WHEN q.a_street = f.a_street THEN CASE
         WHEN {_BRANCH_UNSAID} THEN 'different' WHEN {_UNSAID} THEN 'unsaid' ELSE 'exact' END
    WHEN {_ZIPS_ALLOW} AND {_DIRECTION_SLIP} AND q.a_type = f.a_type AND q.a_post = f.a_post
         THEN 'edit'
    WHEN {_ZIPS_ALLOW} AND ({_TYPE_SLIP} OR {_DIRECTION_SLIP}) THEN CASE
         WHEN {_UNSAID} AND NOT ({_TYPE_SLIP} AND {_POINTS_AT_ONE} AND q.a_pre = f.a_pre
              AND q.a_post = f.a_post) THEN 'unsaid' ELSE 'edit' END
    WHEN {_SOLID} OR {SAME_AS_DRAWN} OR {_ZIPS_ALLOW} AND {_STREET_EDIT} OR {_ENDING_SLIP}
         THEN CASE WHEN q.a_type <> '' AND {_UNSAID} THEN 'unsaid' ELSE 'edit' END
    WHEN k.street IS NOT NULL THEN 'another-street'
    WHEN {_SAME_PERSON_SAID} AND {_TWO_DAMAGES} AND NOT {_UNSAID} THEN 'slip'
    WHEN q.n_given = f.n_given AND q.n_surname_key = f.n_surname_key AND {_ZIPS_ALLOW}
         AND {_GARBLED} THEN 'slip'
    ELSE 'different' END"""


def _without(kinds: tuple[str, ...], instead: str, unit: str) -> str:
    return f"regexp_replace({unit}, '(?:{'|'.join(kinds)}) ', '{instead}', 'g')"


def _identifiers(unit: str) -> str:
    return _without(UNIT_KINDS, "", unit)


_Q, _F, _FIRST_UNIT = "q.a_unit", "f.a_unit", "f.place_first_unit"


def _no_kind(unit: str) -> str:
    return f"{unit} = {_identifiers(unit)}"


def _ends(whole: str, part: str) -> str:
    return f"starts_with(reverse({whole}), reverse(' ' || {part}))"


def _alike(kinds: tuple[str, ...]) -> str:
    return f"{_without(kinds, 'UNIT ', _Q)} = {_without(kinds, 'UNIT ', _F)}"


# UNIT 5 may be CABIN 5, and as well VILLA 5; these two are not one.
_PLAIN_KINDS = tuple(kind for kind in ALIKE_KINDS if kind not in HOUSES_APART)
_NO_HOUSE = " OR ".join(f"{_without(HOUSES_APART, 'UNIT ', unit)} = {unit}" for unit in (_Q, _F))
_KINDS_MAY_STAND = (
    f"({_no_kind(_Q)} OR {_no_kind(_F)} OR {_alike(_PLAIN_KINDS)}"
    f" OR {_alike(ALIKE_KINDS)} AND ({_NO_HOUSE})"
    + "".join(f" OR {_alike((berth, 'SPC', 'UNIT'))}" for berth in BERTHS)
    # STE 10 # 44, as Publication 28 (284) lets STE 10 PMB 44 be written
    + f" OR {_alike(('PMB', 'UNIT'))} AND (contains({_Q}, ' PMB ') OR contains({_F}, ' PMB '))"
    + ")"
)
# RM 12 may be 12 OAK HALL, which is UNIT 12 of its building.
_PLAIN = {unit: _without(_PLAIN_KINDS, "UNIT ", unit) for unit in (_Q, _F)}
_PART_ALIKE = f"({_ends(_PLAIN[_F], _PLAIN[_Q])} OR {_ends(_PLAIN[_Q], _PLAIN[_F])})"
_A_PART = f"""({_ends(_F, _Q)} OR {_ends(_Q, _F)}
    OR {_no_kind(_Q)} AND {_ends(_identifiers(_F), _Q)}
    OR {_no_kind(_F)} AND {_ends(_identifiers(_Q), _F)}
    OR {_PART_ALIKE}
    OR starts_with({_F}, {_Q} || ' URB ') OR starts_with({_Q}, {_F} || ' URB '))"""

# Only one side gives a unit: that agrees when the building has no other unit.
_FIRST_IS_Q = f"""({_FIRST_UNIT} = {_Q} OR {_identifiers(_FIRST_UNIT)} = {_identifiers(_Q)}
    AND ({_no_kind(_FIRST_UNIT)} OR {_no_kind(_Q)}))"""
_OTHER_UNITS = f"""(f.place_units >= 2 OR f.unsaid_unit_twin
    OR f.place_units = 1 AND f.a_unit = '' AND NOT {_FIRST_IS_Q})"""

# On a route the box comes first: RR 6 BOX 2, and one side says APT 4; or one says # 4.
_ONE_BOX = f"starts_with({_F}, {_Q} || ' ') OR starts_with({_Q}, {_F} || ' ')"
_SAID_ALIKE = f"{_identifiers(_Q)} = {_identifiers(_F)}"

UNIT = f"""CASE
    WHEN {_Q} = {_F} THEN 'exact'
    WHEN {_Q} <> '' AND {_F} <> '' THEN CASE
        WHEN f.a_kind = 'route' AND ({_ONE_BOX}) THEN 'missing'
        WHEN f.a_kind NOT IN ('street', 'route') OR f.a_kind = 'route' AND NOT ({_SAID_ALIKE})
             THEN 'different'
        WHEN {_identifiers(_Q)} = {_identifiers(_F)} THEN CASE
            WHEN NOT {_KINDS_MAY_STAND} THEN 'another-kind'
            WHEN NOT f.unit_twin THEN 'kind'
            WHEN {_no_kind(_Q)} OR {_no_kind(_F)} THEN 'missing'
            ELSE 'another-kind' END
        WHEN {_A_PART} THEN CASE WHEN f.unit_twin THEN 'missing' ELSE 'part' END
        ELSE 'different' END
    WHEN {_OTHER_UNITS} THEN 'missing'
    ELSE 'only' END"""

_IN_BOXED = ", ".join(f"'{kind}'" for kind in BOXED)
PLACE = f"""CASE
    WHEN (q.a_state = '{CONTRADICTION}' OR f.a_state = '{CONTRADICTION}')
         AND NOT (q.a_state = f.a_state AND q.a_city = f.a_city AND q.a_zip5 = f.a_zip5)
         THEN 'contradicts'
    WHEN q.a_zip5 <> '' AND q.a_zip5 = f.a_zip5 THEN 'zip'
    WHEN q.a_city <> '' AND q.a_city = f.a_city AND q.a_state <> '' AND q.a_state = f.a_state
         THEN CASE WHEN f.a_kind IN ({_IN_BOXED})
                   AND (q.a_zip5 <> '' AND f.a_zip5 <> '' OR f.box_twin) THEN 'another-office'
              WHEN f.door_twin AND q.a_zip5 <> f.a_zip5 THEN 'another-zip'
              ELSE 'city' END
    ELSE 'different' END"""

_PLACED = "door_level IN ('exact', 'edit') AND place_level IN ('zip', 'city')"

_UNIT_AGREES = "unit_level IN ('exact', 'kind', 'part', 'only')"

# A garbled street is the one meant only where somebody of exactly that name lives at the number.
_GARBLED_PLACED = f"(door_level = 'slip' AND place_level IN ('zip', 'city') AND {FURTHER})"

ADDRESS_AGREES = f"(({_PLACED} OR {_GARBLED_PLACED}) AND {_UNIT_AGREES})"

# Whom one cannot rule out by address: the unit, or the street, may be the same.
_UNSAID_PLACED = "door_level = 'unsaid' AND place_level IN ('zip', 'city')"
ADDRESS_NEAR = (
    f"(({_PLACED} OR {_UNSAID_PLACED} OR {_GARBLED_PLACED})"
    " AND unit_level NOT IN ('different', 'another-kind'))"
)

"""Levels: how far each field of a request agrees with one filed record.

Every level is computed from equal strings, lengths and whole edits; no score with a threshold is
in it, so every engine computes the same. ``q`` is the request (*question*) and ``f`` the filed
record; both have the standard columns, ``surname_known`` and ``given_known``.
``k`` is the row of ``streets`` for the street asked for in the record's ZIP: missing when the file
knows no such street there.

One edit (Damerau-Levenshtein) is a slip of the pen where the longer word has six letters or more,
unless both words are known names: ``MARIAN`` and ``MARION`` are two people. In a given name the
edit must lie within the word (its last two letters may be exchanged), because the ends of names
carry sex and set twins apart (``ROBERTO``, ``ROBERTA``; ``JAYDEN``, ``HAYDEN``).

What is damaged more than that (``slip``: a short word, the end of a word, two edits in a long one,
the first letter always whole)
and two spellings that may be two people (``spelling``: ``DIANE``, ``DIANNE``) agree only where the
middle name or the birth date agrees too. A TIN does not mend a name.
"""

from ostiary.standardisation.vocabulary.nicknames import FULL_FORMS, SHARED_FORMS
from ostiary.standardisation.vocabulary.streets import SPELLED_OUT_TYPES

EDIT_FROM = 6
SLIP_FROM = 4
TWO_EDITS_FROM = 7
TWO_STREET_EDITS_FROM = 8


def _edits(a: str, b: str, *, at_most: int, longer: int) -> str:
    return (
        f"(greatest(length({a}), length({b})) >= {longer}"
        f" AND abs(length({a}) - length({b})) <= {at_most}"
        f" AND damerau_levenshtein({a}, {b}) <= {at_most})"
    )


def _one_edit(a: str, b: str) -> str:
    return _edits(a, b, at_most=1, longer=EDIT_FROM)


def _slip(a: str, b: str) -> str:
    one = _edits(a, b, at_most=1, longer=SLIP_FROM)
    two = _edits(a, b, at_most=2, longer=TWO_EDITS_FROM)
    return f"(left({a}, 1) = left({b}, 1) AND ({one} OR {two}))"


def _listed(words: frozenset[str] | set[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in sorted(words)) + ")"


def _beyond(column: str, *, agree: str = "") -> str:
    return f"""CASE
    WHEN q.{column} = '' AND f.{column} = '' THEN 'not-stated'
    WHEN f.{column} = '' THEN 'asked-only'
    WHEN q.{column} = '' THEN 'filed-only'
    WHEN q.{column} = f.{column} THEN 'exact'
    {agree}
    ELSE 'different' END"""


_CROSSWISE = (
    "(q.n_given <> '' AND replace(q.n_given, ' ', '') = f.n_surname_key"
    " AND q.n_surname_key = replace(f.n_given, ' ', ''))"
)

# A surname is part of a double one when its words stand in it, and are not only particles.
_PART = """(contains(' ' || f.n_surname || ' ', ' ' || q.n_surname || ' ')
            AND contains(f.n_surname_key, q.n_surname_key)
         OR contains(' ' || q.n_surname || ' ', ' ' || f.n_surname || ' ')
            AND contains(q.n_surname_key, f.n_surname_key))"""

# The key of DELCASTILLO is CASTILLO, that of DELCASITLLO is itself: compare the whole as well.
_SOLID = ("replace(q.n_surname, ' ', '')", "replace(f.n_surname, ' ', '')")
_SOLID_EDIT, _SOLID_SLIP = _one_edit(*_SOLID), _slip(*_SOLID)

# MUELLER is how MULLER is written where there is no umlaut; each is a name of many people.
_UMLAUTS = "replace(replace(replace({}, 'UE', 'U'), 'OE', 'O'), 'AE', 'A')"
_UMLAUT = (
    f"(length(q.n_surname_key) >= {EDIT_FROM} AND length(f.n_surname_key) >= {EDIT_FROM} AND "
    f"{_UMLAUTS.format('q.n_surname_key')} = {_UMLAUTS.format('f.n_surname_key')})"
)

SURNAME = f"""CASE
    WHEN q.n_surname_key = '' OR f.n_surname_key = '' THEN 'absent'
    WHEN q.n_surname_key = f.n_surname_key THEN 'exact'
    WHEN {_PART} THEN 'part'
    WHEN {_CROSSWISE} THEN 'swapped'
    WHEN ({_one_edit("q.n_surname_key", "f.n_surname_key")} OR {_SOLID_EDIT})
         AND NOT (q.surname_known AND f.surname_known) THEN 'edit'
    WHEN {_UMLAUT} THEN 'edit'
    WHEN q.n_given = f.n_given AND NOT (q.surname_known AND f.surname_known)
         AND ({_slip("q.n_surname_key", "f.n_surname_key")} OR {_SOLID_SLIP}) THEN 'slip'
    ELSE 'different' END"""

_INITIAL = (
    "(length(q.n_given) = 1 AND starts_with(f.n_given, q.n_given)"
    " OR length(f.n_given) = 1 AND starts_with(q.n_given, f.n_given))"
)

_WITHIN = (
    "(left(q.n_given, 1) = left(f.n_given, 1) AND (right(q.n_given, 1) = right(f.n_given, 1)"
    " OR right(q.n_given, 2) = reverse(right(f.n_given, 2))))"
)

# Both are the full name: whether DIANE is DIANNE is not for a table to say.
_TWO_SPELLINGS = f"(q.n_given IN {_listed(FULL_FORMS)} AND f.n_given IN {_listed(FULL_FORMS)})"

_SHARED = _listed({f"{short}/{name}" for short, names in SHARED_FORMS.items() for name in names})


def shared_form(a: str, b: str) -> str:
    """Give SQL that tells whether one given name is a short form that the other one shares."""
    return (
        f"({a}.n_given || '/' || {b}.n_given_group IN {_SHARED}"
        f" OR {b}.n_given || '/' || {a}.n_given_group IN {_SHARED})"
    )


# MARY ANN is MARYANN.
_JOINED = (
    "(length(q.n_middle) >= 2 AND q.n_given || replace(q.n_middle, ' ', '') = f.n_given"
    " OR length(f.n_middle) >= 2 AND f.n_given || replace(f.n_middle, ' ', '') = q.n_given)"
)

GIVEN = f"""CASE
    WHEN q.n_given = '' OR f.n_given = '' THEN 'absent'
    WHEN q.n_given = f.n_given THEN 'exact'
    WHEN {_CROSSWISE} AND q.n_surname_key <> f.n_surname_key THEN 'swapped'
    WHEN q.n_given_group <> '' AND q.n_given_group = f.n_given_group
         THEN CASE WHEN {_TWO_SPELLINGS} THEN 'spelling' ELSE 'nickname' END
    WHEN {_JOINED} THEN 'exact'
    WHEN {shared_form("q", "f")} THEN 'shared'
    WHEN {_INITIAL} THEN 'initial'
    WHEN {_one_edit("q.n_given", "f.n_given")} AND {_WITHIN}
         AND NOT (q.given_known AND f.given_known) THEN 'edit'
    WHEN {_slip("q.n_given", "f.n_given")} AND NOT (q.given_known AND f.given_known) THEN 'slip'
    ELSE 'different' END"""

_MIDDLE_INITIAL = (
    "(length(q.n_middle) = 1 AND starts_with(f.n_middle, q.n_middle)"
    " OR length(f.n_middle) = 1 AND starts_with(q.n_middle, f.n_middle))"
)

# Items beyond name and address.
MIDDLE = _beyond(
    "n_middle",
    agree=f"""WHEN {_MIDDLE_INITIAL} THEN 'initial'
    WHEN {_one_edit("q.n_middle", "f.n_middle")} THEN 'edit'""",
)
SUFFIX = _beyond("n_suffix")
BIRTH_DATE = _beyond("born")
TIN = _beyond("tin")


def _contradict(column: str) -> str:
    return f"(q.{column} <> '' AND f.{column} <> '' AND q.{column} <> f.{column})"


# The digits of a street's name are no letters to slip on: 21ST is not 31ST.
_DIGITS = "regexp_replace({side}.a_street, '[^0-9]', '', 'g')"
_NOT_A_STREET_THERE = (
    f"({_DIGITS.format(side='q')} = {_DIGITS.format(side='f')}"
    " AND f.a_zip5 <> '' AND k.a_street IS NULL)"
)


def _street_slip(a: str, b: str) -> str:
    two = _edits(a, b, at_most=2, longer=TWO_STREET_EDITS_FROM)
    return f"({_one_edit(a, b)} OR {two})"


# FARWELL WVENUE, where the file has FARWELL AVE: the type is damaged and was taken for a name.
_COMMON_TYPES = (
    *("AVE", "BLVD", "CIR", "CT", "CV", "DR", "HWY", "LN", "PKWY", "PL", "PT", "RD", "SQ", "ST"),
    *("TER", "TRL"),
)
_TYPES = " ".join(f"WHEN '{short}' THEN ' {SPELLED_OUT_TYPES[short]}'" for short in _COMMON_TYPES)
_WITH_TYPE = f"f.a_street || CASE f.a_type {_TYPES} ELSE ' ' || f.a_type END"
_DAMAGED_TYPE = f"""(q.a_type = '' AND f.a_type <> '' AND (
        {_street_slip("q.a_street", "f.a_street || ' ' || f.a_type")}
        OR {_street_slip("q.a_street", _WITH_TYPE)}))"""

# Worse than that, but no other street, at the number and in the ZIP of one whose name is whole.
_GARBLED = f"""({_NOT_A_STREET_THERE} AND damerau_levenshtein(q.a_street, f.a_street)
    <= CASE WHEN length(f.a_street) >= 12 THEN 4 WHEN length(f.a_street) >= 8 THEN 3
            WHEN length(f.a_street) >= 5 THEN 2 ELSE 0 END)"""

_STREET_EDIT = f"""({_NOT_A_STREET_THERE}
    AND ({_street_slip("q.a_street", "f.a_street")} OR {_DAMAGED_TYPE}))"""

# A shape other than complete is no address, on either side: a placeholder agrees with nothing.
DOOR = f"""CASE
    WHEN q.a_shape <> 'complete' OR f.a_shape <> 'complete' THEN 'incomplete'
    WHEN q.a_kind <> f.a_kind OR q.a_number <> f.a_number THEN 'different'
    WHEN {_contradict("a_type")} OR {_contradict("a_pre")} OR {_contradict("a_post")}
         THEN 'different'
    WHEN q.a_street = f.a_street THEN 'exact'
    WHEN {_STREET_EDIT} THEN 'edit'
    WHEN q.n_given = f.n_given AND q.n_surname_key = f.n_surname_key AND {_GARBLED} THEN 'slip'
    ELSE 'different' END"""

# Only one side gives a unit: that agrees when the building has no other unit.
_OTHER_UNITS = (
    "(f.place_units >= 2 OR f.place_units = 1 AND f.a_unit = '' AND f.place_first_unit <> q.a_unit)"
)

UNIT = f"""CASE
    WHEN q.a_unit = f.a_unit THEN 'exact'
    WHEN q.a_unit <> '' AND f.a_unit <> '' THEN 'different'
    WHEN {_OTHER_UNITS} THEN 'missing'
    ELSE 'only' END"""

PLACE = """CASE
    WHEN q.a_zip5 <> '' AND q.a_zip5 = f.a_zip5 THEN 'zip'
    WHEN q.a_city <> '' AND q.a_city = f.a_city AND q.a_state <> '' AND q.a_state = f.a_state
         THEN 'city'
    ELSE 'different' END"""

LEVELS = {
    "surname_level": SURNAME,
    "given_level": GIVEN,
    "middle_level": MIDDLE,
    "suffix_level": SUFFIX,
    "birth_level": BIRTH_DATE,
    "tin_level": TIN,
    "door_level": DOOR,
    "unit_level": UNIT,
    "place_level": PLACE,
}

# Over the levels. A placeholder is no name, and at most one of the two names may be damaged; what
# is damaged badly, or may be another person's, needs something further that is not a number.
_FURTHER = "(middle_level IN ('exact', 'initial') OR birth_level = 'exact')"

NAME_AGREES = f"""(names_stated AND (surname_level = 'swapped'
    OR surname_level = 'exact'
       AND given_level IN ('exact', 'nickname', 'shared', 'initial', 'edit')
    OR surname_level = 'exact' AND given_level IN ('spelling', 'slip') AND {_FURTHER}
    OR surname_level IN ('part', 'edit') AND given_level IN ('exact', 'nickname')
    OR surname_level = 'part' AND given_level = 'shared'
    OR surname_level = 'slip' AND given_level = 'exact' AND {_FURTHER}))"""

# Whom one cannot rule out by name: both names damaged, or no given name on file.
NAME_NEAR = f"""(surname_level = 'swapped'
    OR surname_level IN ('exact', 'part', 'edit')
       AND (given_level IN
                ('exact', 'nickname', 'shared', 'spelling', 'initial', 'edit', 'absent')
            OR given_level = 'slip' AND {_FURTHER})
    OR surname_level = 'slip' AND {_FURTHER})"""

_PLACED = "door_level IN ('exact', 'edit') AND place_level IN ('zip', 'city')"

# A garbled street is the one meant only where somebody of exactly that name lives at the number.
_GARBLED_PLACED = f"(door_level = 'slip' AND place_level = 'zip' AND {_FURTHER})"

ADDRESS_AGREES = f"(({_PLACED} OR {_GARBLED_PLACED}) AND unit_level IN ('exact', 'only'))"

# Whom one cannot rule out by address: the unit may be the same.
ADDRESS_NEAR = f"(({_PLACED} OR {_GARBLED_PLACED}) AND unit_level <> 'different')"

# How close one record comes: 4 name and address, 3 only the unit is unsaid, 2 the name alone,
# 1 the address alone, 0 neither.
TIER = """CASE WHEN name_agrees AND address_agrees THEN 4
    WHEN name_agrees AND address_near THEN 3
    WHEN name_agrees THEN 2
    WHEN address_agrees THEN 1 ELSE 0 END"""

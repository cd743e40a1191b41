"""Levels of a name: how far given name, surname, middle name and suffix of a request agree.

``q`` is the request (*question*) and ``f`` the filed record; both have the standard columns,
``surname_known`` and ``given_known``.

One edit (Damerau-Levenshtein) is a slip of the pen where the longer word has six letters or more,
unless both words are known names: ``MARIAN`` and ``MARION`` are two people. In a given name the
edit must lie within the word (its last two letters may be exchanged), because the ends of names
carry sex and set twins apart (``ROBERTO``, ``ROBERTA``; ``JAYDEN``, ``HAYDEN``).

What is damaged more than that (``slip``: a short word, the end of a word, two edits in a long one,
the first letter always whole)
and two spellings that may be two people (``spelling``: ``DIANE``, ``DIANNE``) agree only where the
middle name or the birth date agrees too. A TIN does not mend a name.
"""

from ostiary.matching.edits import EDIT_FROM, edits, one_edit
from ostiary.standardisation.vocabulary.nicknames import FULL_FORMS, SHARED_FORMS

SLIP_FROM = 4
TWO_EDITS_FROM = 7


def _slip(a: str, b: str) -> str:
    one = edits(a, b, at_most=1, longer=SLIP_FROM)
    two = edits(a, b, at_most=2, longer=TWO_EDITS_FROM)
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
_SOLID_EDIT, _SOLID_SLIP = one_edit(*_SOLID), _slip(*_SOLID)

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
    WHEN ({one_edit("q.n_surname_key", "f.n_surname_key")} OR {_SOLID_EDIT})
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
    WHEN {one_edit("q.n_given", "f.n_given")} AND {_WITHIN}
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
    WHEN {one_edit("q.n_middle", "f.n_middle")} THEN 'edit'""",
)
SUFFIX = _beyond("n_suffix")
BIRTH_DATE = _beyond("born")
TIN = _beyond("tin")

# Over the levels. A placeholder is no name, and at most one of the two names may be damaged; what
# is damaged badly, or may be another person's, needs something further that is not a number.
FURTHER = "(middle_level IN ('exact', 'initial') OR birth_level = 'exact')"

NAME_AGREES = f"""(names_stated AND (surname_level = 'swapped'
    OR surname_level = 'exact'
       AND given_level IN ('exact', 'nickname', 'shared', 'initial', 'edit')
    OR surname_level = 'exact' AND given_level IN ('spelling', 'slip') AND {FURTHER}
    OR surname_level IN ('part', 'edit') AND given_level IN ('exact', 'nickname')
    OR surname_level = 'part' AND given_level = 'shared'
    OR surname_level = 'slip' AND given_level = 'exact' AND {FURTHER}))"""

# Whom one cannot rule out by name: both names damaged, or no given name on file.
NAME_NEAR = f"""(surname_level = 'swapped'
    OR surname_level IN ('exact', 'part', 'edit')
       AND (given_level IN
                ('exact', 'nickname', 'shared', 'spelling', 'initial', 'edit', 'absent')
            OR given_level = 'slip' AND {FURTHER})
    OR surname_level = 'slip' AND {FURTHER})"""

"""The level of a given name: short forms, initials, names grown together, markers, slips.

``q`` is the request and ``f`` the filed record; what a slip needs is told in
:mod:`ostiary.deciding.matching.name_levels`.
"""

from ostiary.deciding.matching.edits import edits, one_edit
from ostiary.deciding.matching.name_relations import (
    CROSSWISE,
    CROSSWISE_IN_PART,
    FATHER_AND_SON,
    SAME_BEGINNING,
    SAME_DAY,
    SLIP_FROM,
    TURNED_GIVEN,
    among,
    slip,
    spelled,
)
from ostiary.deciding.standardisation.vocabulary.nicknames import (
    FULL_FORMS,
    OWN_NAMES_TOO,
    SHARED_FORMS,
)
from ostiary.deciding.standardisation.vocabulary.surnames import HALF_NAMES, WHOLE_NAMES_TOO
from ostiary.deciding.standardisation.vocabulary.transliterations import PROPHETS

BOTH_GIVEN_FROM = 6

_INITIAL = (
    "(length(q.n_given) = 1 AND starts_with(f.n_given, q.n_given)"
    " OR length(f.n_given) = 1 AND starts_with(q.n_given, f.n_given))"
)

_WITHIN = (
    "(left(q.n_given, 1) = left(f.n_given, 1) AND (right(q.n_given, 1) = right(f.n_given, 1)"
    " OR right(q.n_given, 2) = reverse(right(f.n_given, 2))))"
)

# Both are the full name: whether DIANE is DIANNE is not for a table to say.
_TWO_SPELLINGS = f"({among('q.n_given', FULL_FORMS)} AND {among('f.n_given', FULL_FORMS)})"

_SHARED = [f"{short}/{name}" for short, names in SHARED_FORMS.items() for name in names]


def shared_form(a: str, b: str) -> str:
    """Give SQL that tells whether one given name is a short form that the other one shares.

    The other one is a full name: BOBBIE and BOBBY may be sister and brother. Both sides need the
    column ``given_shares``, so that the long list is asked of few pairs.
    """
    pairs = (
        f"{one}.given_shares AND ({other}.n_given = {other}.n_given_group"
        f" OR {among(f'{other}.n_given', FULL_FORMS)})"
        " AND " + among(f"{one}.n_given || '/' || {other}.n_given_group", _SHARED)
        for one, other in ((a, b), (b, a))
    )
    return f"({' OR '.join(pairs)})"


# LORI may be LORRAINE, and as well her daughter.
_OWN_NAME_TOO = f"({among('q.n_given', OWN_NAMES_TOO)} OR {among('f.n_given', OWN_NAMES_TOO)})"

# MARY ANN is MARYANN; the middle name is part of the given name then.
_GROWN = (
    "(length({one}.n_middle) >= 2"
    " AND {one}.n_given || replace({one}.n_middle, ' ', '') = {other}.n_given)"
)

GROWN_ON_FILE, GROWN_IN_ASKED = (_GROWN.format(one=one, other=other) for one, other in ("qf", "fq"))

JOINED = f"({GROWN_ON_FILE} OR {GROWN_IN_ASKED})"


def _joined_before(one: str, other: str, *, agree: str) -> str:
    """MEI LING ROSE is MEILING ROSE: the first middle name is part of the given name then."""
    first = f"regexp_replace({one}.n_middle, ' .*$', '', 'g')"
    rest = f"regexp_replace({one}.n_middle, '^[A-Z]+ ', '', 'g')"
    return (
        f"(contains({one}.n_middle, ' ') AND {other}.n_middle <> '' AND length({first}) >= 2"
        f" AND {one}.n_given || {first} = {other}.n_given AND {agree.format(rest, other)})"
    )


_REST_SAME = "{0} = {1}.n_middle"

_REST_INITIAL = (
    "({0} = {1}.n_middle OR length({0}) = 1 AND starts_with({1}.n_middle, {0})"
    " OR length({1}.n_middle) = 1 AND starts_with({0}, {1}.n_middle))"
)

JOINED_BEFORE, JOINED_BEFORE_SAME = (
    f"({_joined_before('q', 'f', agree=agree)} OR {_joined_before('f', 'q', agree=agree)})"
    for agree in (_REST_INITIAL, _REST_SAME)
)

# THI, MD, BIBI: every sister or brother has it, so that it says nothing of one person.
GIVEN_MARKED = "(q.given_marked OR f.given_marked)"

# MUHAMMAD ASLAM and MUHAMMAD TARIQ are brothers; MUHAMMAD A is one who bears the name itself.
_HALVES = [*HALF_NAMES.split("|"), *sorted(PROPHETS)]
_WHOLE_TOO = [*WHOLE_NAMES_TOO.split("|"), *sorted(PROPHETS)]

# ABDUL may be ABDUL RAHIM, and as well ABDUL KARIM; HAILE M is no half of a name.
_BOTH_MIDDLES = "q.n_middle || f.n_middle"

HALF_SAID = f"""({among("q.n_given", _HALVES)} AND q.n_given = f.n_given
    AND (q.n_middle = '') <> (f.n_middle = '')
    AND (NOT {among("q.n_given", _WHOLE_TOO)}
         OR regexp_replace({_BOTH_MIDDLES}, '[A-Z][A-Z]', '', 'g') <> {_BOTH_MIDDLES}))"""

# MOHD ASIF, of which ASIF is left, is MOHAMMED ASIF: born on one day, for the son of ALI HASSAN may
# be MOHAMMED ALI HASSAN.
_CALLED = (
    "({one}.n_given <> '' AND ({one}.n_middle = '' AND {one}.n_given = {other}.n_middle"
    " OR {one}.n_given || ' ' || {one}.n_middle = {other}.n_middle))"
)

_CALLED_BY = " OR ".join(
    f"{among(f'{other}.n_given', PROPHETS)} AND {_CALLED.format(one=one, other=other)}"
    for one, other in ("qf", "fq")
)

_GIVEN_SLIP = slip("q.n_given", "f.n_given", shorter=BOTH_GIVEN_FROM)

SAME_GIVEN = spelled("given_others", "f.n_given")

GIVEN = f"""CASE
    WHEN q.n_given = '' OR f.n_given = '' THEN 'absent'
    WHEN q.n_given = f.n_given THEN CASE
         WHEN q.given_marked OR {HALF_SAID} THEN 'spelling' ELSE 'exact' END
    WHEN {GIVEN_MARKED} THEN 'spelling'
    WHEN {FATHER_AND_SON} THEN CASE
         WHEN length(q.n_middle) >= 2 AND q.n_middle = f.n_middle THEN 'swapped'
         ELSE 'spelling' END
    WHEN ({CROSSWISE} OR {CROSSWISE_IN_PART}) AND q.n_surname_key <> f.n_surname_key
         THEN 'swapped'
    WHEN q.n_given_group <> '' AND q.n_given_group = f.n_given_group
         THEN CASE WHEN {_TWO_SPELLINGS} THEN 'spelling' ELSE 'nickname' END
    WHEN {JOINED} OR {JOINED_BEFORE} THEN 'exact'
    WHEN (q.given_shares OR f.given_shares) AND {shared_form("q", "f")}
         THEN CASE WHEN {_OWN_NAME_TOO} THEN 'spelling' ELSE 'shared' END
    WHEN {_INITIAL} THEN 'initial'
    WHEN {SAME_DAY} AND ({TURNED_GIVEN} OR {_CALLED_BY}) OR {SAME_GIVEN} THEN 'spelling'
    WHEN NOT q.given_borne AND f.given_common AND {_WITHIN}
         AND {one_edit("q.n_given", "f.n_given")} THEN 'edit'
    WHEN NOT (q.given_borne AND f.given_known) AND {_GIVEN_SLIP} THEN 'slip'
    WHEN NOT q.given_borne AND f.given_common AND {SAME_BEGINNING}
         AND {edits("q.n_given", "f.n_given", at_most=1, longer=SLIP_FROM)} THEN 'slip'
    ELSE 'different' END"""

"""The level of a middle name: several against fewer, initials, other spellings, slips.

``q`` is the request and ``f`` the filed record, as in :mod:`ostiary.deciding.matching.name_levels`.
"""

from ostiary.deciding.matching.edits import one_edit
from ostiary.deciding.matching.given_levels import (
    GROWN_IN_ASKED,
    GROWN_ON_FILE,
    JOINED,
    JOINED_BEFORE,
    JOINED_BEFORE_SAME,
    SAME_GIVEN,
)
from ostiary.deciding.matching.name_relations import (
    CROSSWISE_WHOLE,
    HALVED,
    ONE_INITIAL,
    SAME_DAY,
    TURNED_GIVEN,
)


def _initials(column: str) -> str:
    return rf"regexp_replace({column}, '\B[A-Z]', '', 'g')"


_FIRST_WORD, _LAST_WORD = (
    "regexp_replace({0}, ' .*$', '', 'g')",
    "regexp_replace({0}, '^.* ', '', 'g')",
)


def _fewer(a: str, b: str) -> str:
    """Middle names ``a`` are some of ``b``, in order: whole, initials, JAMES L, first and last."""
    first, last = _FIRST_WORD.format(b), _LAST_WORD.format(b)
    return (
        f"(length({a}) >= 2 AND contains(' ' || {b} || ' ', ' ' || {a} || ' ')"
        f" OR {a} = {_initials(a)} AND starts_with({_initials(b)} || ' ', {a} || ' ')"
        f" OR left(right({a}, 2), 1) = ' ' AND starts_with({b}, {a})"
        f" OR {a} IN ({first} || ' ' || {last}, left({first}, 1) || ' ' || left({last}, 1)))"
    )


_BETWEEN = "regexp_replace({0}, '^[A-Z]+ | [A-Z]+$', '', 'g')"


def _each(a: str, b: str) -> str:
    """As many middle names on either side, each of them whole or an initial: J PAUL, JOHN PAUL."""
    words = [
        f"({one} = {other} OR length({one}) = 1 OR length({other}) = 1)"
        for one, other in ((part.format(a), part.format(b)) for part in (_FIRST_WORD, _LAST_WORD))
    ]
    between = [_BETWEEN.format(each) for each in (a, b)]
    alike = f"{between[0]} IN ({between[1]}, {_initials(between[1])})"
    return (
        f"({_initials(a)} = {_initials(b)} AND {words[0]} AND {words[1]}"
        f" AND ({alike} OR {between[1]} = {_initials(between[0])}))"
    )


def _run_together(a: str, b: str) -> str:
    """``a`` is initials without a space between them: JP is no name, JO is one."""
    return (
        f"(length({a}) >= 2 AND {a} = replace({_initials(b)}, ' ', '')"
        f" AND {a} = regexp_replace({a}, '[AEIOUY]', '', 'g'))"
    )


# What nobody can be told by: neither side has a middle name, or one that says something.
_NOT_SAID = """((q.n_middle = '' OR f.n_middle = '' OR q.n_middle = f.n_middle)
    AND q.middle_says_little AND f.middle_says_little)"""

# DE LA CRUZ is DELACRUZ.
_SAME_MIDDLE = "replace(q.n_middle, ' ', '') = replace(f.n_middle, ' ', '')"

# DMITRIEVICH is DMITRIYEVICH, MOHAMMED is MUHAMMAD: who is born on the same day and has the same
# given name is no twin.
_SINGLE = "replace({side}.n_middle, 'X', 'KS')"
for _letter in "BDFKLMNPRSTZ":
    _SINGLE = f"replace({_SINGLE}, '{_letter * 2}', '{_letter}')"

_CONSONANTS = f"regexp_replace({_SINGLE}, '[AEIOUYJ ]', '', 'g')"

_SAME_CONSONANTS = f"""({SAME_DAY} AND (q.n_given = f.n_given OR {SAME_GIVEN})
    AND length({_CONSONANTS.format(side="q")}) >= 3
    AND {_CONSONANTS.format(side="q")} = {_CONSONANTS.format(side="f")})"""

# RASHID and RASHAD, KARINA and MARINA: brothers and sisters who share a first name differ so. As in
# a given name, a slip needs a reason to be one. Of two middle names nothing is known of either.
_MIDDLE_SLIP = f"""(NOT q.middle_borne AND f.middle_common
    AND {one_edit("q.n_middle", "f.n_middle")})"""

MIDDLE = f"""CASE
    WHEN {_NOT_SAID} THEN 'not-stated'
    WHEN q.n_middle = f.n_middle THEN 'exact'
    WHEN {HALVED} OR {CROSSWISE_WHOLE} OR {SAME_DAY} AND {TURNED_GIVEN} THEN 'not-stated'
    WHEN {_SAME_CONSONANTS} THEN 'not-stated'
    WHEN {JOINED} AND (f.n_middle = '' OR q.n_middle = '') THEN 'not-stated'
    WHEN f.n_middle = '' THEN 'asked-only'
    WHEN q.n_middle = '' THEN 'filed-only'
    WHEN {JOINED_BEFORE} THEN CASE WHEN {JOINED_BEFORE_SAME} THEN 'exact' ELSE 'initial' END
    WHEN {GROWN_ON_FILE} THEN 'filed-only'
    WHEN {GROWN_IN_ASKED} THEN 'asked-only'
    WHEN {ONE_INITIAL} THEN 'initial'
    WHEN contains(q.n_middle, ' ') OR contains(f.n_middle, ' ') THEN CASE
         WHEN {_SAME_MIDDLE} THEN 'exact'
         WHEN {_fewer("q.n_middle", "f.n_middle")} OR {_fewer("f.n_middle", "q.n_middle")}
              OR {_each("q.n_middle", "f.n_middle")} OR {_run_together("q.n_middle", "f.n_middle")}
              OR {_run_together("f.n_middle", "q.n_middle")} THEN 'initial'
         ELSE 'different' END
    WHEN {_MIDDLE_SLIP} THEN 'edit'
    ELSE 'different' END"""

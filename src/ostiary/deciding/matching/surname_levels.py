"""The level of a surname: word by word, particles, double surnames, slips of the pen.

``q`` is the request and ``f`` the filed record; what a slip needs is told in
:mod:`ostiary.deciding.matching.name_levels`.
"""

from ostiary.deciding.matching.edits import EDIT_FROM, edits, one_edit
from ostiary.deciding.matching.name_relations import (
    CROSSWISE,
    CROSSWISE_IN_PART,
    HALVED,
    ONE_INITIAL,
    SAME_BEGINNING,
    SAME_DAY,
    SLIP_FROM,
    slip,
    spelled,
)
from ostiary.deciding.reference.blocking_keys import GROWN_ON
from ostiary.deciding.standardisation.vocabulary.surnames import (
    BEGINNINGS,
    FIRMS_TOO,
    LEGAL_PERSONS,
    NAMES_OF_THINGS,
    PARTICLES,
    TWO_WITH_CO,
)

THREE_EDITS_FROM = 8

TWO_EDITS_IN_SURNAME_FROM = 5

GARBLED_FROM = ((6, 2), (8, 3), (10, 4))
"""Letters of the shorter surname, and how many edits it may lie apart, its first letter too."""

MOST_EDITS = max(apart for _, apart in GARBLED_FROM)
"""How many edits two surnames may lie apart at most, and agree."""

UMLAUT_FROM = 5


def _garbled(a: str, b: str) -> str:
    """Give SQL for more than that in a surname: its first letter, two edits, three in a long one.

    Nobody shares given name and middle name with a housemate whose surname is close to theirs, so
    that longer surnames may be damaged anywhere, as long as the first two letters of both have one
    in common (:mod:`.matching.name_tokens` finds them by it).
    """
    one = edits(a, b, at_most=1, longer=SLIP_FROM)
    two = edits(a, b, at_most=2, longer=TWO_EDITS_IN_SURNAME_FROM)
    three = edits(a, b, at_most=3, longer=THREE_EDITS_FROM)
    shorter = f"least(length({a}), length({b}))"
    anywhere = " ".join(
        f"WHEN {shorter} >= {letters} THEN {apart}" for letters, apart in reversed(GARBLED_FROM)
    )
    return (
        f"({one} OR left({a}, 1) = left({b}, 1) AND ({two} OR {three})"
        f" OR {shorter} >= {GARBLED_FROM[0][0]} AND (contains(left({a}, 2), left({b}, 1))"
        f" OR contains(left({a}, 2), right(left({b}, 2), 1)))"
        f" AND damerau_levenshtein({a}, {b}) <= CASE {anywhere} END)"
    )


# FALK TRUST, FALK & SONS INC: no second surname, and another taxpayer.
_NO_PERSON = f"""regexp_replace(replace(' ' || {{side}}.n_surname || ' ', ' ', '  '),
    ' (?:{LEGAL_PERSONS.replace(" ", "  ")}) ', '', 'g')"""

_NO_PERSONS_APART = (
    f"(contains({_NO_PERSON.format(side='q')}, replace(q.n_surname, ' ', '  '))"
    f" = contains({_NO_PERSON.format(side='f')}, replace(f.n_surname, ' ', '  ')))"
)


def _is_either(names: str) -> str:
    """Give SQL that tells whether the surname of one side is what a pattern says."""
    return (
        "("
        + " OR ".join(
            f"contains({side}.n_surname, ' ')"
            f" AND regexp_replace({side}.n_surname, '^{names}$', '', 'g') = ''"
            for side in "qf"
        )
        + ")"
    )


_MIDDLE_TELLS = f"""(q.n_middle <> '' AND f.n_middle <> ''
    AND NOT (q.middle_says_little AND f.middle_says_little)
    AND (q.n_middle = f.n_middle OR {ONE_INITIAL}))"""

# Who asks for FALK LAW may mean the firm, whose owner has his middle name in it, but no birth date;
# who asks for FALK means him, FALK LAW by both surnames.
_ASKED_FOR_A_FIRM = (
    f"(NOT {SAME_DAY} AND length(q.n_surname) > length(f.n_surname)"
    " AND contains(' ' || q.n_surname || ' ', ' ' || f.n_surname || ' ')"
    f" AND regexp_replace(q.n_surname, '^{FIRMS_TOO}$', '', 'g') = ''"
    f" AND regexp_replace(f.n_surname, '^{FIRMS_TOO}$', '', 'g') <> '')"
)

# WHITE EAGLE is one name of two words, and no WHITE; but BROWN BIRD may be two surnames, so that a
# birth date or a middle name tells who it is. CHUA CO is two surnames, and no firm.
_ONE_OF_TWO = (
    f"(({_NO_PERSONS_APART} OR {_is_either(TWO_WITH_CO)})"
    f" AND NOT {_ASKED_FOR_A_FIRM}"
    f" AND (NOT {_is_either(NAMES_OF_THINGS)} OR {SAME_DAY} OR {_MIDDLE_TELLS}))"
)

# FALK UPHOLSTERY: what nobody is called is no second surname.
_SURNAMES_ALL = "(length(q.n_surname) <= length(f.n_surname) OR q.surname_borne)"

# A surname is part of a double one when its words stand in it, and are not only particles.
_PART = """(contains(' ' || f.n_surname || ' ', ' ' || q.n_surname || ' ')
            AND contains(f.n_surname_key, q.n_surname_key)
         OR contains(' ' || q.n_surname || ' ', ' ' || f.n_surname || ' ')
            AND contains(q.n_surname_key, f.n_surname_key))"""

# GARCIA L. is GARCIA LOPEZ: of two surnames systems keep the second one's first letter. DE L.,
# ST J. and BEN D. have no first one.
_NO_FIRST = f"^(?:(?:{PARTICLES}|{BEGINNINGS}) )+[A-Z]$"

_SHORTENED = " OR ".join(
    f"left(right({a}.n_surname, 2), 1) = ' ' AND contains({b}.n_surname, ' ')"
    f" AND length({b}.n_surname) > length({a}.n_surname)"
    f" AND starts_with({b}.n_surname, {a}.n_surname)"
    f" AND regexp_replace({a}.n_surname, '{_NO_FIRST}', '', 'g') <> ''"
    for a, b in ("qf", "fq")
)

# The two surnames of RUIZ ORTEGA in the other order, ORTEGA RUIZ; particles move with their name.
_TURNED = """(contains(f.n_surname, ' ') AND length(q.n_surname) = length(f.n_surname)
            AND length(q.n_surname_key) = length(f.n_surname_key)
            AND contains(' ' || f.n_surname || ' ' || f.n_surname || ' ',
                         ' ' || q.n_surname || ' '))"""

# The letters alone: DU PONT is DUPONT, whatever particles anybody listed. The key of DELCASTILLO is
# CASTILLO, that of DELCASITLLO is itself: where one of the two is written apart, compare the whole.
_SOLID = ("replace(q.n_surname, ' ', '')", "replace(f.n_surname, ' ', '')")

# ST CLAIR is SAINTCLAIR.
_SAINT = " OR ".join(
    f"starts_with({a}.n_surname, 'ST ')"
    f" AND {b}.n_surname = regexp_replace({a}.n_surname, '^ST ', 'SAINT', 'g')"
    for a, b in ("qf", "fq")
)

_ONE_APART = "(contains(q.n_surname, ' ') <> contains(f.n_surname, ' ') AND NOT q.stem_borne)"

_SOLID_EDIT, _SOLID_SLIP = (f"({_ONE_APART} AND {found(*_SOLID)})" for found in (one_edit, slip))


def _part_grown(a: str, b: str) -> str:
    """``b``, GARCIA DE LA CRUZ, has ``a``, DELACRUZ, in it."""
    solid = f"contains(replace({b}.n_surname, ' ', ''), replace({a}.n_surname, ' ', ''))"
    return (
        f"({solid} AND contains({b}.n_surname_key, {a}.n_surname_key)"
        f" AND contains(' ' || {b}.n_surname || ' ', ' ' || {a}.n_surname_key || ' '))"
    )


def _leaves_out(a: str, b: str) -> str:
    """Of two surnames with one stem, ``a`` has no particle, or not all of ``b``'s."""
    second = f"regexp_replace({b}.n_surname, ' (?:LA|LAS|LOS|DER|DEN) ', ' ', 'g')"
    return (
        f"(replace({a}.n_surname, ' ', '') = {a}.n_surname_key"
        f" OR contains(' ' || {b}.n_surname, ' ' || {a}.n_surname) OR {second} = {a}.n_surname)"
    )


# DE LA CRUZ is CRUZ, LA CRUZ and DE CRUZ; DI NAPOLI is not DE NAPOLI: a particle is a word, and two
# of them are no slip. The same where they are grown on, as far as the stem is anybody's name.
OTHER_PARTICLE = f"""(q.n_surname_key = f.n_surname_key AND {_SOLID[0]} <> {_SOLID[1]}
    AND NOT {_leaves_out("q", "f")} AND NOT {_leaves_out("f", "q")})"""

_BEFORE = "regexp_replace({side}.n_surname, ' [A-Z]+$', '', 'g')"

_PARTICLES_DIFFER = " AND ".join(
    (
        *(f"contains({side}.n_surname, ' ')" for side in "qf"),
        *(f"NOT starts_with({side}.n_surname_key, {_BEFORE.format(side=side)})" for side in "qf"),
        f"{_BEFORE.format(side='q')} <> {_BEFORE.format(side='f')}",
    )
)

_GROWN_OTHERWISE = f"""(q.stem_borne AND right(q.n_surname_key, 4) = right(f.n_surname_key, 4)
    AND regexp_replace(f.n_surname_key, '{GROWN_ON}', '', 'g') = '')"""

# MUELLER is how MULLER is written where there is no umlaut; each is a name of many people.
_UMLAUTS = "replace(replace(replace({}, 'UE', 'U'), 'OE', 'O'), 'AE', 'A')"

_UMLAUT = (
    f"(least(length(q.n_surname_key), length(f.n_surname_key)) >= {UMLAUT_FROM}"
    f" AND greatest(length(q.n_surname_key), length(f.n_surname_key)) >= {EDIT_FROM} AND "
    f"{_UMLAUTS.format('q.n_surname_key')} = {_UMLAUTS.format('f.n_surname_key')})"
)

# GARCIA NORCA is no slip of GARCIA LORCA, nor BEN AVID of BEN DAVID: word by word, each as short as
# it is.
_SHORT_WORDS = f"""regexp_replace(replace(' ' || {{side}}.n_surname || ' ', ' ', '  '),
    ' [A-Z]{{{{{EDIT_FROM},}}}} ', '', 'g')"""

_ANOTHER_SHORT_WORD = f"""(contains(q.n_surname, ' ') AND contains(f.n_surname, ' ')
    AND {_SHORT_WORDS.format(side="q")} <> {_SHORT_WORDS.format(side="f")})"""

# V D MEER is VAN DER MEER. Beside MEER or DE LA CRUZ the V may be an initial: V D CRUZ. Then it is
# a slip, for which the middle name or the birth date must agree.
_VAN_SHORT = "regexp_replace({side}.n_surname, '^(?:VDR?|V D|V DE[NR]) [A-Z]{{2}}', '', 'g')"

_VANS_SHORT = tuple(f"{_VAN_SHORT.format(side=s)} <> {s}.n_surname" for s in "qf")

_IS_VAN = " OR ".join(
    f"{short} AND ({other_short} OR starts_with({b}.n_surname, 'VAN DE'))"
    for short, other_short, b in zip(_VANS_SHORT, reversed(_VANS_SHORT), "fq", strict=True)
)

_OF_VANS = f"""CASE WHEN q.n_surname_key <> f.n_surname_key THEN 'different'
    WHEN {_IS_VAN} THEN 'exact' ELSE 'slip' END"""

SURNAME = f"""CASE
    WHEN q.n_surname_key = '' OR f.n_surname_key = '' THEN 'absent'
    WHEN q.n_surname = f.n_surname THEN 'exact'
    WHEN {" OR ".join(_VANS_SHORT)} THEN {_OF_VANS}
    WHEN {OTHER_PARTICLE} THEN 'slip'
    WHEN q.n_surname_key = f.n_surname_key OR {_SOLID[0]} = {_SOLID[1]} OR {HALVED}
         OR {_SAINT} THEN 'exact'
    WHEN ({_PART} OR {_part_grown("q", "f")} OR {_part_grown("f", "q")} OR {_TURNED}
          OR {_SHORTENED})
         AND {_ONE_OF_TWO} AND {_SURNAMES_ALL} THEN 'part'
    WHEN NOT {_NO_PERSONS_APART} THEN 'different'
    WHEN {CROSSWISE} THEN 'swapped'
    WHEN {spelled("surname_others", "f.n_surname_key")} THEN 'spelling'
    WHEN NOT q.surname_borne AND f.surname_known
         AND ({one_edit("q.n_surname_key", "f.n_surname_key")} OR {_SOLID_EDIT})
         AND NOT {_GROWN_OTHERWISE} AND NOT ({_PARTICLES_DIFFER}) AND NOT {_ANOTHER_SHORT_WORD}
         THEN 'edit'
    WHEN {_UMLAUT} THEN 'edit'
    WHEN {CROSSWISE_IN_PART} THEN 'swapped'
    WHEN q.n_given = f.n_given AND NOT (q.surname_borne AND f.surname_known)
         AND ({slip("q.n_surname_key", "f.n_surname_key")} OR {_SOLID_SLIP}) THEN 'slip'
    WHEN q.n_given = f.n_given AND NOT q.surname_borne AND f.surname_known
         AND ({SAME_BEGINNING} OR {SAME_DAY})
         AND {_garbled("q.n_surname_key", "f.n_surname_key")}
         THEN 'slip'
    ELSE 'different' END"""

"""Levels of a name: how far given name, surname, middle name and suffix of a request agree.

``q`` is the request (*question*) and ``f`` the filed record; both have the standard columns,
``surname_known`` and ``given_known``; ``q`` has the other spellings of its names, each between two
bars (``given_others``, ``surname_others``).

A name is *borne* when a present-day list has it or anybody in the file, at any count; *known* when
a list has it, or several people in the file; *common* when thousands bear it. One edit
(Damerau-Levenshtein) is a slip of the pen where the longer word has six letters or more, nobody
bears what the request says, and what is on file is common (a given name) or known (a surname, in
which brothers and sisters do not differ). Two names that nobody knows are two names: ``JAGPREET``
and ``JASPREET``. In a given name the edit must lie within the word (its last two letters may be
exchanged), because the ends of names carry sex and set twins apart (``ROBERTO``, ``ROBERTA``;
``JAYDEN``, ``HAYDEN``).

What is damaged more than that (``slip``: a short word, the end of a word, two edits in a long one,
the first letter whole; where nobody bears what the request says, the file's name is common and the
middle name agrees, also the first letter, and in a surname two edits from five letters on, three
from eight;
two surnames that differ in a particle, ``DI NAPOLI`` and ``DE NAPOLI``)
and two spellings that may be two people (``spelling``: ``DIANE``, ``DIANNE``; ``MOHAMMED``,
``MUHAMMAD``, where birth dates agree; a short form that is a name of its own, ``LORI`` and
``LORRAINE``; a title that stands as a given name) agree only where the
middle name or the birth date agrees too. Only where birth dates agree may both the given name and
the surname be in another spelling. A TIN does not mend a name.
"""

from collections.abc import Iterable

from ostiary.deciding.matching.edits import EDIT_FROM, edits, one_edit
from ostiary.deciding.reference.blocking_keys import GROWN_ON
from ostiary.deciding.standardisation.vocabulary.nicknames import (
    FULL_FORMS,
    OWN_NAMES_TOO,
    SHARED_FORMS,
)
from ostiary.deciding.standardisation.vocabulary.surnames import (
    BEGINNINGS,
    FIRMS_TOO,
    HALF_NAMES,
    LEGAL_PERSONS,
    NAMES_OF_THINGS,
    PARTICLES,
    TWO_WITH_CO,
    WHOLE_NAMES_TOO,
)
from ostiary.deciding.standardisation.vocabulary.transliterations import PROPHETS

SLIP_FROM = 4
TWO_EDITS_FROM = 7
THREE_EDITS_FROM = 8
TWO_EDITS_IN_SURNAME_FROM = 5
BOTH_GIVEN_FROM = 6
UMLAUT_FROM = 5


def _slip(a: str, b: str, *, shorter: int = 1) -> str:
    """Give SQL for a slip that leaves the first letter whole; two edits in words as long as said.

    ANISHTA is no slip of ANITA.
    """
    one = edits(a, b, at_most=1, longer=SLIP_FROM)
    two = edits(a, b, at_most=2, longer=TWO_EDITS_FROM)
    long = f"least(length({a}), length({b})) >= {shorter}"
    return f"(left({a}, 1) = left({b}, 1) AND ({one} OR {two} AND {long}))"


def _garbled(a: str, b: str) -> str:
    """Give SQL for more than that in a surname: its first letter, two edits, three in a long one.

    One edit leaves one of the first two letters in place; more leave the first one.
    """
    one = edits(a, b, at_most=1, longer=SLIP_FROM)
    two = edits(a, b, at_most=2, longer=TWO_EDITS_IN_SURNAME_FROM)
    three = edits(a, b, at_most=3, longer=THREE_EDITS_FROM)
    return f"({one} OR left({a}, 1) = left({b}, 1) AND ({two} OR {three}))"


def _among(text: str, words: Iterable[str]) -> str:
    """Give SQL that looks a text up in one text of words.

    DuckDB makes a join of a list for IN, and asks it for every pair, whatever branch it stands in.
    """
    return f"contains('|{'|'.join(sorted(words))}|', '|' || {text} || '|')"


def _beyond(column: str) -> str:
    return f"""CASE
    WHEN q.{column} = '' AND f.{column} = '' THEN 'not-stated'
    WHEN f.{column} = '' THEN 'asked-only'
    WHEN q.{column} = '' THEN 'filed-only'
    WHEN q.{column} = f.{column} THEN 'exact'
    ELSE 'different' END"""


def _crosswise_whole(a: str, b: str) -> str:
    """SUNG, HO, BAE is BAE, SUNG HO: all of ``a``'s given names are the surname of ``b``."""
    return (
        f"({a}.n_middle <> '' AND {b}.n_middle = '' AND {a}.n_surname_key = {b}.n_given"
        f" AND {a}.n_given || replace({a}.n_middle, ' ', '') = replace({b}.n_surname, ' ', ''))"
    )


CROSSWISE_WHOLE = f"({_crosswise_whole('q', 'f')} OR {_crosswise_whole('f', 'q')})"
_CROSSWISE = f"""(q.n_given <> '' AND (q.n_given = f.n_surname_key AND q.n_surname_key = f.n_given
    OR {CROSSWISE_WHOLE}))"""

# HASSAN HUSSEIN is the son of HUSSEIN HASSAN, and his father as well: where a father's given name
# is a surname, families go round.
FATHER_AND_SON = f"""(q.n_given = f.n_surname_key AND q.n_surname_key = f.n_given
    AND f.surname_given_too AND f.given_given_too AND NOT {CROSSWISE_WHOLE})"""

SAME_DAY = "(q.born <> '' AND q.born = f.born)"

# THI HOA TRAN is filed as TRAN, THI HOA; without the marker only HOA is left of it.
_CROSSWISE_IN_PART = f"""({SAME_DAY} AND q.n_given <> '' AND f.n_given <> ''
    AND (q.n_surname_key = f.n_given
         AND contains(' ' || f.n_surname || ' ', ' ' || q.n_given || ' ')
      OR q.n_given = f.n_surname_key
         AND contains(' ' || q.n_surname || ' ', ' ' || f.n_given || ' ')))"""

# Twins share a birth date, and not a middle name.
_SAME_BEGINNING = "(q.n_middle <> '' AND left(q.n_middle, 1) = left(f.n_middle, 1))"

# Given and middle name in each other's place.
TURNED_GIVEN = """(length(q.n_given) >= 2 AND length(f.n_given) >= 2
    AND q.n_given = f.n_middle AND q.n_middle = f.n_given)"""

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


_ONE_INITIAL = """(length(q.n_middle) = 1 AND starts_with(f.n_middle, q.n_middle)
    OR length(f.n_middle) = 1 AND starts_with(q.n_middle, f.n_middle))"""
_MIDDLE_TELLS = f"""(q.n_middle <> '' AND f.n_middle <> ''
    AND NOT (q.middle_says_little AND f.middle_says_little)
    AND (q.n_middle = f.n_middle OR {_ONE_INITIAL}))"""

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

# ELENA, PRIETO, VEGA is ELENA PRIETO VEGA: half of a double surname stands as a middle name.
_HALF = (
    "({one}.n_middle <> '' AND {other}.n_middle = '' AND contains({other}.n_surname, ' ')"
    " AND ({one}.n_middle || ' ' || {one}.n_surname = {other}.n_surname"
    " OR length({one}.n_middle) >= 2 AND replace({one}.n_middle || {one}.n_surname, ' ', '')"
    " = replace({other}.n_surname, ' ', '')))"
)
HALVED = f"({_HALF.format(one='q', other='f')} OR {_HALF.format(one='f', other='q')})"

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
_SOLID_EDIT, _SOLID_SLIP = (f"({_ONE_APART} AND {found(*_SOLID)})" for found in (one_edit, _slip))


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


def _spelled(others: str, name: str) -> str:
    return f"(q.{others} <> '' AND {SAME_DAY} AND contains(q.{others}, '|' || {name} || '|'))"


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
    WHEN {_CROSSWISE} THEN 'swapped'
    WHEN {_spelled("surname_others", "f.n_surname_key")} THEN 'spelling'
    WHEN NOT q.surname_borne AND f.surname_known
         AND ({one_edit("q.n_surname_key", "f.n_surname_key")} OR {_SOLID_EDIT})
         AND NOT {_GROWN_OTHERWISE} AND NOT ({_PARTICLES_DIFFER}) AND NOT {_ANOTHER_SHORT_WORD}
         THEN 'edit'
    WHEN {_UMLAUT} THEN 'edit'
    WHEN {_CROSSWISE_IN_PART} THEN 'swapped'
    WHEN q.n_given = f.n_given AND NOT (q.surname_borne AND f.surname_known)
         AND ({_slip("q.n_surname_key", "f.n_surname_key")} OR {_SOLID_SLIP}) THEN 'slip'
    WHEN q.n_given = f.n_given AND NOT q.surname_borne AND f.surname_known
         AND ({_SAME_BEGINNING} OR {SAME_DAY})
         AND {_garbled("q.n_surname_key", "f.n_surname_key")}
         THEN 'slip'
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
_TWO_SPELLINGS = f"({_among('q.n_given', FULL_FORMS)} AND {_among('f.n_given', FULL_FORMS)})"


_SHARED = [f"{short}/{name}" for short, names in SHARED_FORMS.items() for name in names]


def shared_form(a: str, b: str) -> str:
    """Give SQL that tells whether one given name is a short form that the other one shares.

    The other one is a full name: BOBBIE and BOBBY may be sister and brother. Both sides need the
    column ``given_shares``, so that the long list is asked of few pairs.
    """
    pairs = (
        f"{one}.given_shares AND ({other}.n_given = {other}.n_given_group"
        f" OR {_among(f'{other}.n_given', FULL_FORMS)})"
        " AND " + _among(f"{one}.n_given || '/' || {other}.n_given_group", _SHARED)
        for one, other in ((a, b), (b, a))
    )
    return f"({' OR '.join(pairs)})"


# LORI may be LORRAINE, and as well her daughter.
_OWN_NAME_TOO = f"({_among('q.n_given', OWN_NAMES_TOO)} OR {_among('f.n_given', OWN_NAMES_TOO)})"

# MARY ANN is MARYANN; the middle name is part of the given name then.
_GROWN = (
    "(length({one}.n_middle) >= 2"
    " AND {one}.n_given || replace({one}.n_middle, ' ', '') = {other}.n_given)"
)
_GROWN_ON_FILE, _GROWN_IN_ASKED = (
    _GROWN.format(one=one, other=other) for one, other in ("qf", "fq")
)
JOINED = f"({_GROWN_ON_FILE} OR {_GROWN_IN_ASKED})"


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
_JOINED_BEFORE, _JOINED_BEFORE_SAME = (
    f"({_joined_before('q', 'f', agree=agree)} OR {_joined_before('f', 'q', agree=agree)})"
    for agree in (_REST_INITIAL, _REST_SAME)
)

# THI, MD, BIBI: every sister or brother has it, so that it says nothing of one person.
GIVEN_MARKED = "(q.given_marked OR f.given_marked)"

# ABDUL may be ABDUL RAHIM, and as well ABDUL KARIM; HAILE M is no half of a name.
_BOTH_MIDDLES = "q.n_middle || f.n_middle"
HALF_SAID = f"""({_among("q.n_given", HALF_NAMES.split("|"))} AND q.n_given = f.n_given
    AND (q.n_middle = '') <> (f.n_middle = '')
    AND (NOT {_among("q.n_given", WHOLE_NAMES_TOO.split("|"))}
         OR regexp_replace({_BOTH_MIDDLES}, '[A-Z][A-Z]', '', 'g') <> {_BOTH_MIDDLES}))"""

# MOHD ASIF, of which ASIF is left, is MOHAMMED ASIF: born on one day, for the son of ALI HASSAN may
# be MOHAMMED ALI HASSAN.
_CALLED = (
    "({one}.n_given <> '' AND ({one}.n_middle = '' AND {one}.n_given = {other}.n_middle"
    " OR {one}.n_given || ' ' || {one}.n_middle = {other}.n_middle))"
)
_CALLED_BY = " OR ".join(
    f"{_among(f'{other}.n_given', PROPHETS)} AND {_CALLED.format(one=one, other=other)}"
    for one, other in ("qf", "fq")
)

_GIVEN_SLIP = _slip("q.n_given", "f.n_given", shorter=BOTH_GIVEN_FROM)

_SAME_GIVEN = _spelled("given_others", "f.n_given")

GIVEN = f"""CASE
    WHEN q.n_given = '' OR f.n_given = '' THEN 'absent'
    WHEN q.n_given = f.n_given THEN CASE
         WHEN q.given_marked OR {HALF_SAID} THEN 'spelling' ELSE 'exact' END
    WHEN {GIVEN_MARKED} THEN 'spelling'
    WHEN {FATHER_AND_SON} THEN CASE
         WHEN length(q.n_middle) >= 2 AND q.n_middle = f.n_middle THEN 'swapped'
         ELSE 'spelling' END
    WHEN ({_CROSSWISE} OR {_CROSSWISE_IN_PART}) AND q.n_surname_key <> f.n_surname_key
         THEN 'swapped'
    WHEN q.n_given_group <> '' AND q.n_given_group = f.n_given_group
         THEN CASE WHEN {_TWO_SPELLINGS} THEN 'spelling' ELSE 'nickname' END
    WHEN {JOINED} OR {_JOINED_BEFORE} THEN 'exact'
    WHEN (q.given_shares OR f.given_shares) AND {shared_form("q", "f")}
         THEN CASE WHEN {_OWN_NAME_TOO} THEN 'spelling' ELSE 'shared' END
    WHEN {_INITIAL} THEN 'initial'
    WHEN {SAME_DAY} AND ({TURNED_GIVEN} OR {_CALLED_BY}) OR {_SAME_GIVEN} THEN 'spelling'
    WHEN NOT q.given_borne AND f.given_common AND {_WITHIN}
         AND {one_edit("q.n_given", "f.n_given")} THEN 'edit'
    WHEN NOT (q.given_borne AND f.given_known) AND {_GIVEN_SLIP} THEN 'slip'
    WHEN NOT q.given_borne AND f.given_common AND {_SAME_BEGINNING}
         AND {edits("q.n_given", "f.n_given", at_most=1, longer=SLIP_FROM)} THEN 'slip'
    ELSE 'different' END"""


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
_SAME_CONSONANTS = f"""({SAME_DAY} AND (q.n_given = f.n_given OR {_SAME_GIVEN})
    AND length({_CONSONANTS.format(side="q")}) >= 3
    AND {_CONSONANTS.format(side="q")} = {_CONSONANTS.format(side="f")})"""

# RASHID and RASHAD, KARINA and MARINA: brothers and sisters who share a first name differ so. As in
# a given name, a slip needs a reason to be one. Of two middle names nothing is known of either.
_MIDDLE_SLIP = f"""(NOT q.middle_borne AND f.middle_common
    AND {one_edit("q.n_middle", "f.n_middle")})"""

# Items beyond name and address.
MIDDLE = f"""CASE
    WHEN {_NOT_SAID} THEN 'not-stated'
    WHEN q.n_middle = f.n_middle THEN 'exact'
    WHEN {HALVED} OR {CROSSWISE_WHOLE} OR {SAME_DAY} AND {TURNED_GIVEN} THEN 'not-stated'
    WHEN {_SAME_CONSONANTS} THEN 'not-stated'
    WHEN {JOINED} AND (f.n_middle = '' OR q.n_middle = '') THEN 'not-stated'
    WHEN f.n_middle = '' THEN 'asked-only'
    WHEN q.n_middle = '' THEN 'filed-only'
    WHEN {_JOINED_BEFORE} THEN CASE WHEN {_JOINED_BEFORE_SAME} THEN 'exact' ELSE 'initial' END
    WHEN {_GROWN_ON_FILE} THEN 'filed-only'
    WHEN {_GROWN_IN_ASKED} THEN 'asked-only'
    WHEN {_ONE_INITIAL} THEN 'initial'
    WHEN contains(q.n_middle, ' ') OR contains(f.n_middle, ' ') THEN CASE
         WHEN {_SAME_MIDDLE} THEN 'exact'
         WHEN {_fewer("q.n_middle", "f.n_middle")} OR {_fewer("f.n_middle", "q.n_middle")}
              OR {_each("q.n_middle", "f.n_middle")} OR {_run_together("q.n_middle", "f.n_middle")}
              OR {_run_together("f.n_middle", "q.n_middle")} THEN 'initial'
         ELSE 'different' END
    WHEN {_MIDDLE_SLIP} THEN 'edit'
    ELSE 'different' END"""
# III JR contradicts itself: it is not known which of the two is meant.
SUFFIX = f"""CASE
    WHEN q.n_suffix <> f.n_suffix AND (contains(q.n_suffix, ' ')
         OR q.n_suffix <> '' AND contains(f.n_suffix, ' ')) THEN 'unclear'
    ELSE {_beyond("n_suffix")} END"""
BIRTH_DATE = _beyond("born")
TIN = _beyond("tin")

# Over the levels. A placeholder is no name, and at most one of the two names may be damaged; what
# is damaged badly, or may be another person's, needs something further that is not a number.
FURTHER = "(middle_level IN ('exact', 'initial') OR birth_level = 'exact')"

NAME_AGREES = f"""(names_stated AND (surname_level = 'swapped'
       AND (given_level <> 'spelling' OR birth_level = 'exact')
    OR surname_level = 'exact'
       AND (given_level IN ('exact', 'nickname', 'shared') OR given_level IN ('initial', 'edit'))
    OR surname_level = 'exact' AND given_level IN ('spelling', 'slip') AND {FURTHER}
    OR surname_level IN ('part', 'edit') AND given_level IN ('exact', 'nickname')
    OR surname_level = 'part' AND given_level = 'shared'
    OR surname_level = 'slip' AND given_level = 'exact' AND {FURTHER}
    OR surname_level = 'spelling' AND given_level IN ('exact', 'nickname', 'spelling')))"""

# Whom one cannot rule out by name: both names damaged, or no given name on file.
NAME_NEAR = f"""(surname_level = 'swapped'
    OR (surname_level IN ('exact', 'part') OR surname_level IN ('edit', 'spelling'))
       AND given_level NOT IN ('swapped', 'different')
    OR surname_level = 'slip' AND {FURTHER})"""

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

The levels of the parts stand beside: :mod:`.surname_levels`, :mod:`.given_levels`,
:mod:`.middle_levels`.
"""


def _beyond(column: str) -> str:
    return f"""CASE
    WHEN q.{column} = '' AND f.{column} = '' THEN 'not-stated'
    WHEN f.{column} = '' THEN 'asked-only'
    WHEN q.{column} = '' THEN 'filed-only'
    WHEN q.{column} = f.{column} THEN 'exact'
    ELSE 'different' END"""


# Items beyond name and address.
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

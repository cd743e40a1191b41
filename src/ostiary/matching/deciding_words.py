"""The words that decided: why two names agree, or do not, in a line for the custodian's officer.

SQL over a request ``q``, a filed record ``f`` and the levels of the two; empty where the level says
it all. Like the whole comparison it is no part of any answer.
"""

from ostiary.matching.name_levels import GIVEN_MARKED, HALVED, SAME_DAY, TURNED_GIVEN

_GIVEN = f"""CASE
    WHEN given_level = 'different' AND q.given_borne AND f.given_known
        THEN 'both names are known: two people'
    WHEN given_level = 'slip' AND NOT q.given_borne AND NOT f.given_common
        THEN 'two names that hardly anybody bears: something further must agree'
    WHEN given_level = 'slip' THEN 'more than one inner letter: something further must agree'
    WHEN given_level = 'edit' THEN 'nobody bears the one, thousands bear the other'
    WHEN given_level = 'spelling' AND {GIVEN_MARKED}
        THEN 'a title or marker, no given name: a birth date must agree'
    WHEN given_level = 'spelling' AND {SAME_DAY} AND {TURNED_GIVEN}
        THEN 'given and middle name exchanged, and birth dates agree'
    WHEN given_level = 'spelling' AND {SAME_DAY} THEN 'two spellings, and birth dates agree'
    WHEN given_level = 'spelling'
        THEN 'two spellings that may be two people: something further must agree'
    ELSE '' END"""

_SURNAME = f"""CASE
    WHEN surname_level = 'different' AND q.surname_borne AND f.surname_known
        THEN 'both names are known: two people'
    WHEN surname_level = 'edit' THEN 'nobody bears the one, and the other is known'
    WHEN surname_level = 'slip' THEN 'something further must agree'
    WHEN surname_level = 'exact' AND {HALVED} THEN 'half of it stands as a middle name'
    WHEN surname_level = 'exact' AND q.n_surname <> f.n_surname
        THEN 'equal but for spaces and particles'
    WHEN surname_level = 'part' THEN 'one of two surnames, or both in the other order'
    ELSE '' END"""

_MIDDLE = f"""CASE
    WHEN middle_level = 'not-stated' AND {HALVED} THEN 'half of the surname'
    WHEN middle_level = 'not-stated' AND (q.n_middle <> '' OR f.n_middle <> '')
        THEN 'it says nothing of one person'
    WHEN middle_level = 'initial' THEN 'fewer names, or initials, in order'
    ELSE '' END"""

WHY = {"given_level": _GIVEN, "surname_level": _SURNAME, "middle_level": _MIDDLE}
"""Level to SQL for the words."""

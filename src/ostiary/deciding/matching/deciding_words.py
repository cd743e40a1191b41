"""The words that decided: why two names agree, or do not, in a line for the custodian's officer.

SQL over a request ``q``, a filed record ``f`` and the levels of the two; empty where the level says
it all. Like the whole comparison it is no part of any answer.
"""

from ostiary.deciding.matching.given_levels import GIVEN_MARKED, HALF_SAID, JOINED
from ostiary.deciding.matching.name_relations import FATHER_AND_SON, HALVED, SAME_DAY, TURNED_GIVEN
from ostiary.deciding.matching.surname_levels import OTHER_PARTICLE

_GIVEN = f"""CASE
    WHEN given_level = 'different' AND q.given_borne AND f.given_known
        THEN 'both names are known: two people'
    WHEN given_level = 'slip' AND NOT q.given_borne AND NOT f.given_common
        THEN 'two names that hardly anybody bears: something further must agree'
    WHEN given_level = 'slip'
        THEN 'more than an inner letter damaged: something further must agree'
    WHEN given_level = 'edit' THEN 'nobody bears the one, thousands bear the other'
    WHEN given_level = 'spelling' AND {GIVEN_MARKED}
        THEN 'a title or marker, no given name: a birth date must agree'
    WHEN given_level = 'spelling' AND {FATHER_AND_SON}
        THEN 'father and son may be called so: something further must agree'
    WHEN given_level = 'spelling' AND {HALF_SAID}
        THEN 'half a name, and one side has the other half: a birth date must agree'
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
    WHEN surname_level = 'slip' AND {OTHER_PARTICLE}
        THEN 'another particle before one name: something further must agree'
    WHEN surname_level = 'slip' THEN 'something further must agree'
    WHEN surname_level = 'spelling' THEN 'two spellings, and birth dates agree'
    WHEN surname_level = 'exact' AND {HALVED} THEN 'half of it stands as a middle name'
    WHEN surname_level = 'exact' AND q.n_surname <> f.n_surname
        THEN 'equal but for spaces and particles'
    WHEN surname_level = 'part' THEN 'one of two surnames, or both in the other order'
    ELSE '' END"""

_MIDDLE = f"""CASE
    WHEN middle_level = 'not-stated' AND {HALVED} THEN 'half of the surname'
    WHEN middle_level = 'not-stated' AND {JOINED} THEN 'part of the given name'
    WHEN middle_level = 'not-stated' AND (q.n_middle <> '' OR f.n_middle <> '')
        THEN 'it says nothing of one person'
    WHEN middle_level = 'initial' THEN 'fewer names, or initials, in order'
    ELSE '' END"""

_DOOR = """CASE
    WHEN door_level = 'incomplete' THEN 'no complete address'
    WHEN door_level = 'unsaid'
        THEN 'direction or kind of street left out, and the place has more than one such street'
    WHEN door_level = 'another-street' THEN 'both names are streets: two streets'
    WHEN door_level = 'edit' AND replace(q.a_street, ' ', '') = replace(f.a_street, ' ', '')
        THEN 'equal but for spaces'
    WHEN door_level = 'edit' THEN 'the one is no street on file, and close to the other'
    WHEN door_level = 'slip' AND q.a_number <> f.a_number
        THEN 'letters in the number, drawn like its digits: something further must agree'
    WHEN door_level = 'slip' THEN 'a garbled street: something further must agree'
    WHEN door_level = 'exact' AND (q.a_type <> f.a_type OR q.a_pre <> f.a_pre
                                   OR q.a_post <> f.a_post)
        THEN 'direction or kind of street left out; the place has one such street'
    WHEN door_level <> 'different' THEN ''
    WHEN q.a_kind <> f.a_kind THEN 'kind of address differs'
    WHEN q.a_number <> f.a_number THEN 'number differs'
    WHEN q.a_street <> f.a_street THEN 'two names of streets'
    WHEN q.a_type <> f.a_type AND q.a_type <> '' AND f.a_type <> '' THEN 'kind of street differs'
    ELSE 'direction differs' END"""

_UNIT = """CASE
    WHEN unit_level = 'another-kind' THEN 'kind of unit differs'
    WHEN unit_level = 'kind' THEN 'kind of unit differs; the building has this identifier once'
    WHEN unit_level = 'part' THEN 'a part left out; the building has this identifier once'
    WHEN unit_level = 'missing' AND q.a_unit <> '' AND f.a_unit <> ''
        THEN 'a part left out, and the building has this identifier more than once'
    WHEN unit_level = 'missing' AND f.unsaid_unit_twin AND q.a_unit <> ''
        THEN 'no unit on file, and another household there has one'
    WHEN unit_level = 'missing' AND f.unsaid_unit_twin
        THEN 'unit left out, and another household there is filed without one'
    WHEN unit_level = 'missing' THEN 'unit left out, and the building has others'
    WHEN unit_level = 'only' AND q.a_unit <> f.a_unit
        THEN 'unit left out; the building has no other'
    WHEN unit_level = 'different' AND f.a_kind <> 'street' THEN 'a box or route has no other unit'
    ELSE '' END"""

_PLACE = """CASE
    WHEN place_level = 'contradicts' THEN 'state and ZIP Code contradict each other'
    WHEN place_level = 'another-office' THEN 'a box or route belongs to its ZIP Code'
    WHEN place_level = 'another-zip'
        THEN 'others live at that number and street under another ZIP Code of the city'
    WHEN place_level = 'zip' AND q.a_city <> f.a_city
        THEN 'one ZIP Code, whatever the city is called'
    WHEN place_level = 'city' AND q.a_zip5 <> f.a_zip5 AND q.a_zip5 <> '' AND f.a_zip5 <> ''
        THEN 'one city, another ZIP Code'
    ELSE '' END"""

_SUFFIX = """CASE
    WHEN suffix_level = 'unclear' THEN 'two suffixes that contradict one another' ELSE '' END"""

WHY = {
    "given_level": _GIVEN,
    "surname_level": _SURNAME,
    "middle_level": _MIDDLE,
    "suffix_level": _SUFFIX,
    "door_level": _DOOR,
    "unit_level": _UNIT,
    "place_level": _PLACE,
}
"""Level to SQL for the words."""

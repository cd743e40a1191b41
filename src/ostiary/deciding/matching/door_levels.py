"""The level of a door: number, street, type and direction.

``q`` is the request and ``f`` the filed record, ``k`` the street asked for, as in
:mod:`ostiary.deciding.matching.place_levels`.
"""

from ostiary.deciding.matching.drawn_digits import DIGITS, NUMBER_AS_DRAWN, SAME_AS_DRAWN
from ostiary.deciding.matching.street_slips import (
    DIRECTION_SLIP,
    ENDING_SLIP,
    GARBLED,
    POINTS_AT_ONE,
    STREET_EDIT,
    TWO_DAMAGES,
    TYPE_SLIP,
    ZIPS_ALLOW,
)
from ostiary.deciding.matching.two_streets import SOLID


def _contradict(column: str) -> str:
    return f"(q.{column} <> '' AND f.{column} <> '' AND q.{column} <> f.{column})"


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

# 40O ELM ST is 400 ELM ST for who has exactly that name; all else of the address is whole. In
# Puerto Rico a house is a block and a lot: I7, I-12 and L12 CALLE 4 are in blocks I and L.
_NUMBER_DRAWN = f"""({NUMBER_AS_DRAWN} AND q.a_state <> 'PR' AND f.a_state <> 'PR'
    AND q.a_street = f.a_street AND q.a_type = f.a_type
    AND q.a_pre = f.a_pre AND q.a_post = f.a_post AND q.a_unit = f.a_unit
    AND q.n_given = f.n_given AND q.n_surname_key = f.n_surname_key AND {_SAME_ZIP})"""

# A shape other than complete is no address, on either side: a placeholder agrees with nothing.
DOOR = f"""CASE
    WHEN q.a_shape <> 'complete' OR f.a_shape <> 'complete' THEN 'incomplete'
    WHEN q.a_kind <> f.a_kind THEN 'different'
    WHEN q.a_number <> f.a_number THEN CASE WHEN {_NUMBER_DRAWN} THEN 'slip' ELSE 'different' END
    WHEN {_contradict("a_type")} OR {_contradict("a_pre")} OR {_contradict("a_post")}
         OR {_ACROSS} OR {_TWO_STATES} THEN 'different'
    WHEN q.a_street = f.a_street THEN CASE
         WHEN {_BRANCH_UNSAID} THEN 'different' WHEN {_UNSAID} THEN 'unsaid' ELSE 'exact' END
    WHEN {ZIPS_ALLOW} AND {DIRECTION_SLIP} AND q.a_type = f.a_type AND q.a_post = f.a_post
         THEN 'edit'
    WHEN {ZIPS_ALLOW} AND ({TYPE_SLIP} OR {DIRECTION_SLIP}) THEN CASE
         WHEN {_UNSAID} AND NOT ({TYPE_SLIP} AND {POINTS_AT_ONE} AND q.a_pre = f.a_pre
              AND q.a_post = f.a_post) THEN 'unsaid' ELSE 'edit' END
    WHEN {SOLID} OR {SAME_AS_DRAWN} OR {ZIPS_ALLOW} AND {STREET_EDIT} OR {ENDING_SLIP}
         THEN CASE WHEN q.a_type <> '' AND {_UNSAID} THEN 'unsaid' ELSE 'edit' END
    WHEN k.street IS NOT NULL THEN 'another-street'
    WHEN {_SAME_PERSON_SAID} AND {TWO_DAMAGES} AND NOT {_UNSAID} THEN 'slip'
    WHEN q.n_given = f.n_given AND q.n_surname_key = f.n_surname_key AND {ZIPS_ALLOW}
         AND {GARBLED} THEN 'slip'
    ELSE 'different' END"""

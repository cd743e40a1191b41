"""Whose key an answer is sealed to: officers of the agency that asks, and of its components."""

from collections import defaultdict
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.deciding.intake.lookups import stand_on
from ostiary.deciding.intake.registers import put_registers, read_registers
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.register_tables import AGENCY_WITHIN, REGISTER
from ostiary.office.cases.recipient_keys import recipient_keys_in
from ostiary.verifying.keys.files import key_text, new_opening_key

DAY = date(2025, 8, 6)
NAMES = "own", "below", "above", "both", "both too", "two", "two too", "one", "gone", "left"
KEY = {name: key_text(new_opening_key().public_key()) for name in NAMES}
AGENCIES = """agency,name,federal,from,until,roles,parent
top,A department,true,2025-01-01,,,
middle,A bureau,true,2025-01-01,,,top
low,A division,true,2025-01-01,,,middle
beside,Another bureau,true,2025-01-01,,,top
left,A bureau that left,true,2025-01-01,2025-06-30,,top
left,A bureau that left,true,2025-07-01,,,
"""
OFFICERS = f"""officer,agency,employee,from,until,encryption_key
own,middle,true,2025-01-01,,{KEY["own"]}
below,low,true,2025-01-01,,{KEY["below"]}
above,top,true,2025-01-01,,{KEY["above"]}
both,middle,true,2025-01-01,,{KEY["both"]}
both,low,true,2025-01-01,,{KEY["both too"]}
two,low,true,2025-01-01,,{KEY["two"]}
two,beside,true,2025-01-01,,{KEY["two too"]}
one,low,true,2025-01-01,,{KEY["one"]}
one,beside,true,2025-01-01,,{KEY["one"]}
gone,low,true,2025-01-01,2025-07-31,{KEY["gone"]}
keyless,middle,true,2025-01-01,,
left,left,true,2025-01-01,,{KEY["left"]}
"""
IDS = sorted({line.partition(",")[0] for line in OFFICERS.splitlines()[1:]})


@pytest.fixture
def registers(con, tmp_path):
    (tmp_path / "agencies.csv").write_text(AGENCIES)
    (tmp_path / "officers.csv").write_text(OFFICERS)
    put_registers(con, read_registers([shipped_book() / "registers", tmp_path]))
    return con


@pytest.mark.parametrize(
    ("agency", "found"),
    [
        ("middle", {"own": "own", "below": "below", "both": "both", "two": "two", "one": "one"}),
        ("low", {"below": "below", "both": "both too", "two": "two", "one": "one"}),
        ("beside", {"two": "two too", "one": "one"}),
        # two persons may bear one id: a key of either would be a guess
        ("top", {"own": "own", "below": "below", "above": "above", "one": "one"}),
        ("left", {"left": "left"}),
        ("nobody", {}),
    ],
)
def test_a_key_is_that_of_the_agency_or_of_its_components(registers, agency, found):
    keys = recipient_keys_in(registers).of(DAY, agency, IDS)
    assert keys == {officer: KEY[which] for officer, which in found.items()}


def test_a_component_is_one_on_the_days_that_its_row_has(registers):
    keys = recipient_keys_in(registers)
    assert keys.of(date(2025, 6, 30), "top", ["left"]) == {"left": KEY["left"]}
    assert keys.of(date(2025, 7, 1), "top", ["left"]) == {}


_NAMED = st.sampled_from("abcdef")
_FIRST = st.integers(-3, 3).map(lambda days: DAY + timedelta(days))
_LAST = st.none() | _FIRST
_PARENTS = st.lists(st.tuples(_NAMED, st.none() | _NAMED, _FIRST, _LAST), max_size=8)
_KEYS = st.lists(st.tuples(st.sampled_from("xyz"), _NAMED, _FIRST, _LAST, st.sampled_from("123")))


def _by_the_law(con) -> dict[tuple[str, str], dict[str, str]]:
    """Give the keys of the rows that the law counts, by agency and officer, under the row's own."""
    rows = con.execute(
        f"""
        SELECT w.within, o.officer, o.agency, max(o.encryption_key)
        FROM {REGISTER["officers"]} o JOIN {AGENCY_WITHIN} w USING (agency)
        WHERE o."from" <= $1 AND coalesce($1 <= o."until", TRUE) GROUP BY ALL
        """,
        [DAY],
    ).fetchall()
    found: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for within, officer, agency, key in rows:
        found[within, officer][agency] = key
    return found


@settings(max_examples=60)
@given(parents=_PARENTS, keys=_KEYS)
def test_keys_are_found_by_the_components_that_the_law_counts_by(parents, keys):
    """Both ways: no key but of whom the law counts, and each of theirs that is one person's."""
    with duckdb.connect() as con:
        for table in REGISTER.values():
            con.execute(table.made_empty())
        agencies = [*parents, *((name, None, DAY - timedelta(9), None) for name in "abcdef")]
        con.executemany(
            f'INSERT INTO {REGISTER["agencies"]} (agency, parent, "from", "until")'
            " VALUES (?, ?, ?, ?)",
            agencies,
        )
        for row in keys:
            con.execute(
                f"INSERT INTO {REGISTER['officers']}"
                ' (officer, agency, "from", "until", encryption_key) VALUES (?, ?, ?, ?, ?)',
                row,
            )
        stand_on(con, DAY)
        found = recipient_keys_in(con)
        lawful = _by_the_law(con)
        for agency in "abcdef":
            for officer in "xyz":
                held = lawful.get((agency, officer), {})
                own = {held[agency]} if agency in held else set(held.values())
                expected = {officer: next(iter(own))} if len(own) == 1 else {}
                assert found.of(DAY, agency, [officer]) == expected

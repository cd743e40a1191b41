"""Whose key an answer is sealed to: officers of the agency that asks, and of its components."""

from datetime import date

import pytest

from ostiary.deciding.intake.lookups import stand_on
from ostiary.deciding.intake.registers import put_registers, read_registers
from ostiary.deciding.law.shipped import shipped_book
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


@pytest.mark.parametrize("day", [date(2025, 6, 30), DAY])
def test_whoever_has_a_key_for_an_agency_is_a_recipient_by_the_law(registers, day):
    stand_on(registers, day)
    keys = recipient_keys_in(registers)
    for (agency,) in registers.execute("SELECT DISTINCT within FROM agency_within").fetchall():
        lawful = registers.execute(
            "SELECT DISTINCT officer FROM reg_officers o JOIN agency_within w USING (agency)"
            " WHERE w.within = ?",
            [agency],
        ).fetchall()
        assert set(keys.of(day, agency, IDS)) <= {officer for (officer,) in lawful}

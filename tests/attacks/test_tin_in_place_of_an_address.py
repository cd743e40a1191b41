"""Attack: a true TIN is sent with no address, a made-up one, or somebody else's name.

It is how addresses went out in August 2025: the number was looked up and nobody compared the
address that the statute demands. Here a TIN can contradict, and can tell two people apart who both
agree in name and address; it never stands in for either.
"""

import duckdb
import pytest

from small_file import SmallFile, born, filed, said

TIN = "000111111"
BIRTH = born("1960-01-01")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = SmallFile(duckdb.connect(), tmp_path_factory.mktemp("town") / "reference")
    town.load(
        filed("p1", "James Joseph Schulze", tin=TIN, birth_date=BIRTH),
        filed("p2", "Ann Wu", "7 Oak Ave", tin="000222222"),
        filed("p3", "Homer Noad", "UNKNOWN", tin="000333333", postal_code="", city="", state=""),
    )
    yield town
    town.con.close()


ADDRESSES = [
    {"address_line": "", "city": "", "state": "", "postal_code": ""},
    {"address_line": ""},
    {"address_line": "UNKNOWN"},
    {"address_line": "FAILED TO PROVIDE"},
    {"address_line": "DON'T CARE 12345", "city": "", "state": "", "postal_code": "00000"},
    {"address_line": "Main St"},
    {"address_line": "101 Main St"},
    {"address_line": "7 Oak Ave"},
    {"address_line": "100 Main St", "city": "Bend", "postal_code": "97702"},
    {"address_line": "General Delivery"},
]


def test_everything_right_but_the_address_is_not_confirmed(town):
    true = said("James Joseph Schulze", tin=TIN, birth_date=BIRTH)
    right, *wrong = town.verify(true, *(true | address for address in ADDRESSES))
    assert right.outcome == "confirmed"
    assert {each.outcome for each in wrong} == {"mismatch"}


def test_everything_right_but_the_name_is_not_confirmed(town):
    names = ("Ann Wu", "Karl Schulze", "James Wu", "Jamie Shultz")
    wrong = town.verify(*(said(name, tin=TIN, birth_date=BIRTH) for name in names))
    assert {each.outcome for each in wrong} == {"mismatch"}


def test_the_tin_alone_finds_somebody_and_confirms_nobody(town):
    request = said("X Y", tin=TIN) | {
        "given_name": "",
        "surname": "",
        "address_line": "",
        "city": "",
        "state": "",
        "postal_code": "",
    }
    (verified,) = town.verify(request)
    assert verified.outcome == "mismatch"
    assert verified.rule == "nothing-agrees"
    assert verified.person_id == ""


def test_a_placeholder_that_the_file_has_too_is_not_confirmed_by_the_tin(town):
    nowhere = {"address_line": "UNKNOWN", "city": "", "state": "", "postal_code": ""}
    request = said("Homer Noad", tin="000333333") | nowhere
    assert [each.outcome for each in town.verify(request)] == ["mismatch"]


def test_a_wrong_tin_refuses_what_name_and_address_would_confirm(town):
    assert town.ask("James Schulze", tin="000222222") == ("mismatch", "tin-contradicts")


def test_the_tin_never_lifts_an_outcome(town):
    """Whatever is not confirmed without its TIN for want of name or address, is not with it."""
    requests = [
        said(name, address, unit=unit)
        for name in ("James Schulze", "J Schulze", "James Wu", "Ann Schulze", "Ann Wu")
        for address in ("100 Main St", "7 Oak Ave", "9 Elm St", "UNKNOWN")
        for unit in ("", "Apt 9")
    ]
    tins = (TIN, "000222222", "000333333")
    without = town.verify(*requests)
    for tin in tins:
        given = town.verify(*(request | {"tin": tin} for request in requests))
        for before, after in zip(without, given, strict=True):
            assert before.outcome != "mismatch" or after.outcome == "mismatch"
            assert before.outcome != "no-record" or after.outcome in {"no-record", "mismatch"}

"""What hangs on a day of a register holds on its last day, and no longer; notices come before."""

from datetime import date, timedelta

import pytest
from test_facts import DAY, REGISTERS, REQUEST, facts_of, knowing

__all__ = ["facts_of", "knowing"]

STATE = {
    "agency": "state",
    "signer": "dhs-secretary",
    "recipients": ["elsewhere"],
    "agreement": "state-2025",
    "provision": "/us/usc/t26/s6103/d",
}
LAST = DAY


@pytest.fixture
def registers(tmp_path):
    more = {
        "agreements": (
            "agreement,agency,provision,from,until\n"
            f"state-2025,state,/us/usc/t26/s6103/d,2025-01-01,{LAST}\n"
        ),
        "arrangements": f"agency,kind,from,until\nstate,cloud,2025-07-01,{LAST}\n",
        "notices": "agency,kind,given_on,acknowledged_on\nstate,cloud,2025-05-17,\n",
    }
    for name, text in (REGISTERS | more).items():
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def test_an_agreement_stands_on_its_last_day_and_no_longer(facts_of):
    assert facts_of(**STATE)["agreement_standing"] is True
    after = LAST + timedelta(days=1)
    assert facts_of(after, **STATE)["agreement_standing"] is False
    assert facts_of(LAST, after, **STATE)["agreement_standing"] is False


def test_a_class_stands_on_its_last_day_and_the_next_ones_from_its_first(facts_of, registers):
    """What an amendment of the Code does: a row ends, another begins, and no formula is touched."""
    a_6, of_6 = "/us/usc/t8/s1227/a/6", {"removal_basis": "/us/usc/t8/s1227/a/6/B"}
    (registers / "provision_classes.csv").write_text(
        "provision,concerns,class,within,from,until,read_on\n"
        f"{a_6},removal_basis,deportable,true,2025-01-01,{LAST},2025-01-01\n"
        f"{a_6},removal_basis,inadmissible,true,{LAST + timedelta(days=1)},,2025-08-01\n"
    )
    assert facts_of(**of_6)["removal_basis_class"] == "deportable"
    after = LAST + timedelta(days=1)
    assert facts_of(after, **of_6)["removal_basis_class"] == "inadmissible"
    assert facts_of(LAST, after, **of_6)["removal_basis_class"] == "inadmissible"


def test_an_offices_classes_replace_the_books_of_that_provision_and_column_alone(
    facts_of, registers
):
    clause = "/us/usc/t26/s6103/l/7/D/i"
    (registers / "provision_classes.csv").write_text(
        "provision,concerns,class,within,from,until,read_on\n"
        f"{clause},removal_basis,deportable,true,2025-01-01,,2025-01-01\n"
        f"{clause}i,programme,housing,false,2025-01-01,,2025-01-01\n"
    )
    kinds = {end: facts_of(programme=f"{clause}{end}")["programme_kind"] for end in ("", "i", "ii")}
    assert kinds == {"": "plain", "i": "housing", "ii": "plain"}


def test_an_agreement_stands_from_its_first_day(facts_of):
    assert facts_of(date(2025, 1, 1), **STATE)["agreement_standing"] is True
    assert facts_of(date(2024, 12, 31), **STATE)["agreement_standing"] is False


@pytest.mark.parametrize(
    "other",
    [
        {"provision": "/us/usc/t26/s6103/l/7"},
        {"agreement": "state-2024"},
        {"agency": "dhs-ice", "recipients": REQUEST["recipients"]},
    ],
)
def test_an_agreement_stands_for_its_agency_and_provision_alone(facts_of, other):
    assert facts_of(**STATE | other)["agreement_standing"] is False


def test_a_notice_45_days_ahead_is_in_time_and_one_day_less_is_not(facts_of, registers):
    assert facts_of(**STATE)["notices_missing"] == 0
    late = "agency,kind,given_on,acknowledged_on\nstate,cloud,2025-05-18,\n"
    (registers / "notices.csv").write_text(late)
    assert facts_of(**STATE)["notices_missing"] == 1


def test_an_arrangement_that_is_over_wants_no_notice(facts_of, registers):
    (registers / "notices.csv").write_text("agency,kind,given_on,acknowledged_on\n")
    assert facts_of(LAST, **STATE)["notices_missing"] == 1
    assert facts_of(LAST + timedelta(days=1), **STATE)["notices_missing"] == 0


OBJECTED = "agency,kind,given_on,acknowledged_on,objected_on\nstate,{},2025-01-10,2025-02-10,{}\n"


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("death-information", "state_death_contract"),
        ("state-confidentiality-law", "state_law_protects"),
        ("artificial-intelligence", "ai_notice_acknowledged"),
    ],
)
@pytest.mark.parametrize(
    ("objected", "counts"), [("2025-08-06", False), ("2025-08-07", True), ("2025-02-09", True)]
)
def test_an_objection_takes_back_an_acknowledgement_before_it_whatever_the_notice(
    facts_of, registers, kind, fact, objected, counts
):
    (registers / "notices.csv").write_text(OBJECTED.format(kind, objected))
    assert facts_of(ai_analysis=True, **STATE)[fact] is counts

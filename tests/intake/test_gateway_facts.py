"""The facts that gateways other than 6103(i)(2) rest on, each formula on its own."""

import pytest
from test_facts import REGISTERS, check_each, knowing  # noqa: F401 - fixtures

from ostiary.domain.facts import ITEMS

ROLES = (
    "agency,name,federal,from,until,roles\n"
    "dhs-ice,ICE,true,2025-01-01,,law-enforcement; marketplace\n"
    "state,State,false,2025-01-01,,state-tax\n"
)
AGREEMENTS = (
    "agreement,agency,provision,from,until\n"
    "treasury-dhs-2025,dhs-ice,/us/usc/t26/s6103/l/7,2025-08-06,2025-08-06\n"
)
ORDER = {
    "court_order": "D. Minn. 25-mj-1",
    "court_order_date": "2025-08-01",
    "court_order_judge": "Magistrate-Judge",
    "court_order_findings": ["crime", "relevance"],
    "court_order_items": ["address-confirmation"],
    "court_order_periods": ["2022"],
}


@pytest.fixture(scope="module")
def registers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registers")
    texts = REGISTERS | {"agencies": ROLES, "agreements": AGREEMENTS}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


UNDER_I = "/us/usc/t26/s6103/i"


def test_what_opens_by_an_order_is_named_by_the_whole_at_every_depth(check_each):  # noqa: F811
    check_each(
        [
            ({"provision": f"{UNDER_I}/{part}{below}"}, "provision", f"{UNDER_I}/{part.upper()}")
            for below in ("", "/i", "/ii/I", "/B/ii/II", "/ii/I/aa/AA/1")
            for part in ("1/A", "1/B", "1/C", "5", "7/C", "7/D", "7/c")
        ]
    )


def test_every_other_provision_is_named_as_it_is_written(check_each):  # noqa: F811
    others = ("1", "1/D", "2/A", "3/B", "50", "5A", "7/A", "7/B/i", "7/CC")
    named = [f"{UNDER_I}/{other}" for other in others]
    check_each([({"provision": name}, "provision", name) for name in named])


EACH_FORMULA = [
    ({}, "agency_law_enforcement", True),
    ({}, "agency_marketplace", True),
    ({}, "agency_state_tax", False),
    ({"agency": "state"}, "agency_state_tax", True),
    ({"agency": "state"}, "agency_benefits", False),
    ({"agency": "nobody"}, "agency_student_aid", None),
    ({"provision": None}, "provision", "none"),
    ({"agreement": None}, "agreement", "none"),
    ({}, "agreement_standing", False),
    ({"provision": "/us/usc/t26/s6103/l/7"}, "agreement_standing", True),
    (
        {"provision": "/us/usc/t26/s6103/l/7", "agency": "state"},
        "agreement_standing",
        False,
    ),
    ({}, "order_stated", False),
    (ORDER, "order_stated", True),
    (ORDER, "order_judge", "magistrate-judge"),
    (ORDER | {"court_order_judge": "justice of the peace"}, "order_judge", "other"),
    ({}, "order_judge", None),
    (ORDER, "order_finds_crime", True),
    (ORDER, "order_finds_exclusive_use", False),
    ({}, "order_finds_relevance", False),
    (ORDER, "items_beyond_order", 0),
    (ORDER | {"items": ["address-confirmation", "tin"]}, "items_beyond_order", 1),
    ({}, "items_beyond_order", 1),
    (ORDER, "periods_beyond_order", 1),
    (ORDER | {"taxable_periods": []}, "periods_beyond_order", 0),
    ({"circumstance": "Danger"}, "circumstance", "danger"),
    ({"circumstance": "curiosity"}, "circumstance", "other"),
    ({}, "circumstance", None),
    ({"purpose": "ELIGIBILITY"}, "purpose", "eligibility"),
    ({"purpose": "locating"}, "purpose", "other"),
    ({}, "purpose", None),
    ({"programme": "/us/usc/t26/s6103/l/7/D/ix"}, "programme_listed", True),
    ({"programme": "/us/usc/t26/s6103/l/7/D/x"}, "programme_listed", False),
    ({"programme": "/us/usc/t26/s6103/l/7/D/i/1"}, "programme_listed", False),
    ({"programme": "/us/usc/t26/s6103/l/7/D/viii/III"}, "programme_listed", True),
    ({"programme": "/us/usc/t26/s6103/l/7/D/viii/V"}, "programme_listed", False),
    ({}, "programme_listed", None),
    ({"programme": "/us/usc/t26/s6103/l/7/D/vi"}, "programme_kind", "plain"),
    ({"programme": "/us/usc/t26/s6103/l/7/D/viii/II"}, "programme_kind", "plain"),
    ({"programme": "/us/usc/t26/s6103/l/7/D/viii/IV"}, "programme_kind", "earnings-alone"),
    ({"programme": "/us/usc/t26/s6103/l/7/D/viii"}, "programme_kind", "without-subclause"),
    ({"programme": "/us/usc/t26/s6103/l/7/D/ix"}, "programme_kind", "housing"),
    ({"programme": "/us/usc/t26/s6103/l/7/D/x"}, "programme_kind", "unlisted"),
    ({"reason": "The prosecutor of another country asks."}, "party_doubts", 1),
    ({"reason": "For the District Attorney, about a divorce."}, "party_doubts", 2),
    ({"reason": "He left the State before the grand jury met."}, "party_doubts", 0),
    ({}, "party", None),
    ({"given_name": "Current", "surname": "Resident"}, "name_stated", False),
    ({"given_name": "", "surname": "Occupant"}, "name_stated", False),
    ({"given_name": "Baby", "surname": "Girl"}, "surname_stated", False),
    ({"given_name": "Ana", "surname": "Boy"}, "name_stated", True),
    ({"given_name": "John", "surname": "Doe"}, "name_stated", True),
    ({"approval_certified": True}, "approval_certified", True),
    ({}, "approval_certified", False),
    ({"items": ["phone"]}, "items_unknown", 1),
    ({"items": [item for kind in ITEMS.values() for item in kind]}, "items_unknown", 0),
    ({"items": ["tax-year", "tin", "wages"]}, "items_beyond_eligibility", 1),
    ({"items": ["unearned-income", "tin", "return"]}, "items_beyond_income", 2),
    ({"items": ["wages", "tin", "return"]}, "items_beyond_aid", 1),
    ({"items": ["return-information", "tin", "return"]}, "items_beyond_third_party", 1),
    ({"items": []}, "items_beyond_income", 0),
]


def test_each_formula_finds_what_it_says(check_each):  # noqa: F811 - a fixture
    check_each(EACH_FORMULA)

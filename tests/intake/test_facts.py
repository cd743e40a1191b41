"""Each fact's formula on its own, from a request in words; the law's footing is only as good."""

import json
from datetime import date, timedelta

import duckdb
import pytest

from ostiary.deciding.intake.derivations import DERIVATIONS
from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.intake.registers import load_registers
from ostiary.deciding.intake.requests import one_request, read_requests
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation import standardise
from ostiary.domain.facts import VOCABULARY
from request_alone import facts_alone

DAY = date(2025, 8, 6)
REQUEST = {
    "request_id": "R-1",
    "agency": "dhs-ice",
    "agreement": "treasury-dhs-2025",
    "provision": "/us/usc/t26/s6103/i/2",
    "signer": "dhs-secretary",
    "signed_on": "2025-08-04",
    "given_name": "Rosa",
    "surname": "Quill",
    "address_line": "12 Elm Street",
    "city": "Akron",
    "state": "OH",
    "postal_code": "44301",
    "taxable_periods": ["2022", "2023"],
    "offense": "/us/usc/t8/s1253/a/1",
    "offense_limb": "a",
    "removal_basis": "/us/usc/t8/s1227/a/2/A",
    "removal_order_date": "2024-11-01",
    "matter_number": "HSI-1",
    "posture": "Investigation",
    "reason": "She moved twice during the investigation.",
    "recipients": ["officer-1"],
    "sole_use": True,
    "items": ["address-confirmation"],
}
OF_THE_FILE = {
    "file_rows",
    "reason_shared",
    "reason_matters",
    "matter_people",
    "recipient_open_matters",
}
REGISTERS = {
    "agencies": (
        "agency,name,federal,from,until\n"
        "dhs-ice,ICE,true,2025-01-01,\n"
        "state,State,false,2025-01-01,\n"
    ),
    "signers": (
        "signer,agency,office,from,until\n"
        "dhs-secretary,dhs-ice,agency-head,2025-01-25,\n"
        "former,dhs-ice,agency-head,2021-01-01,2025-01-19\n"
        "clerk,dhs-ice,other,2025-01-01,\n"
    ),
    "officers": (
        "officer,agency,employee,from,until\n"
        "officer-1,dhs-ice,true,2025-01-01,\n"
        "contractor,dhs-ice,false,2025-01-01,\n"
        "gone,dhs-ice,true,2025-01-01,2025-08-05\n"
        "elsewhere,state,true,2025-01-01,\n"
    ),
    "safeguards": (
        "agency,report_date,corrective_plan_due,suspended_from,suspended_until\n"
        "dhs-ice,2025-01-31,2025-08-06,2025-09-01,2025-09-30\n"
    ),
    "notices": (
        "agency,kind,given_on,acknowledged_on\ndhs-ice,artificial-intelligence,2025-06-01,2025-08-06\n"
    ),
}


@pytest.fixture(scope="module")
def registers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registers")
    for name, text in REGISTERS.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


@pytest.fixture(scope="module")
def knowing():
    """A connection, and the registers that were loaded into it last: what they say."""
    with duckdb.connect() as con:
        yield con, {}


def derived(con, days):
    """Give the facts of each of ``requests``."""
    con.execute("DROP TABLE IF EXISTS standard")
    standardise(con, "requests", "standard")
    no_history(con)
    mark_reasons(con, "standard", "secret")
    derive_facts(con, days, requests="standard", into="facts")
    cursor = con.execute("SELECT * EXCLUDE (row) FROM facts ORDER BY row")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def at_hand(knowing, registers):
    """Give the connection, with the registers as they are now."""
    con, loaded = knowing
    found = {file.name: file.read_bytes() for file in registers.glob("*.csv")}
    if found != loaded:
        load_registers(con, [shipped_book() / "registers", registers])
        loaded.clear()
        loaded.update(found)
    return con


@pytest.fixture
def facts_of(knowing, registers):
    """Give the facts of the request with some columns changed, on some days."""

    def derive(received=DAY, disclosed=None, **changed):
        con = at_hand(knowing, registers)
        assert one_request(con, REQUEST | changed) == ()
        (facts,) = derived(con, Days(received, disclosed))
        assert facts_alone(con, "requests", Days(received, disclosed)) == [facts]
        return facts

    return derive


@pytest.fixture
def check_each(knowing, registers, tmp_path):
    """Check one fact of each of many requests, a row of one file each: ``(changed, fact, value)``.

    The facts of a row alone do not depend on the other rows.
    """

    def check(cases):
        con, days = at_hand(knowing, registers), Days(DAY)
        file = tmp_path / "requests.jsonl"
        asked = [REQUEST | changed for changed, *_ in cases]
        rows = [row | {"request_id": f"R-{number}"} for number, row in enumerate(asked)]
        file.write_text("\n".join(json.dumps(row) for row in rows))
        assert read_requests(con, file).unreadable == 0
        facts, alone = derived(con, days), facts_alone(con, "requests", days)
        assert len(facts) == len(alone) == len(cases)
        for case, one, other in zip(cases, facts, alone, strict=True):
            changed, fact, value = case
            assert one[fact] == other[fact] == value, case
            differ = {name for name in one if one[name] != other[name]}
            assert differ <= OF_THE_FILE, changed

    return check


def test_every_word_has_one_formula():
    assert list(DERIVATIONS) == list(VOCABULARY)


def test_a_lawful_request_in_words(facts_of, lawful):
    facts = facts_of()
    expected = lawful | {
        "reason_words": 6,
        "recipient_open_matters": 1,
        "file_rows": 1,
        "ai_notice_acknowledged": True,
    }
    assert facts == expected


ONE_COLUMN = [
    ({"agency": "nobody"}, "agency", "other"),
    ({"agency": "nobody"}, "agency_registered", False),
    ({"agency": "nobody"}, "safeguards_suspended", None),
    ({"agency": "state"}, "agency_federal", False),
    ({"signer": "former"}, "signer_in_office", False),
    ({"signer": "former", "signed_on": "2025-01-19"}, "signer_in_office", True),
    ({"signer": "clerk"}, "signer_office", "other"),
    ({"signer": "nobody"}, "signer_office", None),
    ({"signed_on": None}, "signer_in_office", False),
    ({"given_name": "", "middle_name": ""}, "given_name_stated", False),
    ({"surname": ""}, "surname_stated", False),
    ({"given_name": "UNKNOWN", "surname": "UNKNOWN"}, "surname_stated", False),
    ({"given_name": "Null", "surname": "Na"}, "surname_stated", False),
    ({"surname": "Null"}, "surname_stated", True),
    ({"address_line": "Failed to Provide"}, "address_shape", "placeholder"),
    ({"address_line": "", "city": "", "state": ""}, "address_shape", "zip-only"),
    ({"taxable_periods": []}, "periods_count", 0),
    ({"taxable_periods": []}, "period_latest", None),
    ({"taxable_periods": ["2025", "2021"]}, "period_latest", 2025),
    ({"offense": "/us/usc/t26/s7201"}, "offense_class", "tax"),
    ({"offense": "/us/usc/t8/s1231/a/1"}, "offense_class", "civil"),
    ({"offense": "/us/usc/t8/s1229a"}, "offense_class", "civil"),
    ({"offense": "/us/usc/t18/s1001"}, "offense_class", "criminal"),
    ({"offense": "/us/usc/t8/s1253/a/10"}, "offense_class", "unknown"),
    ({"offense": "/us/usc/t18/s1343/zz"}, "offense_class", "unknown"),
    ({"offense": "/us/usc/t18/s1343/a"}, "offense_class", "unknown"),
    ({"offense": "/us/usc/t18/s924/c/1/A"}, "offense_class", "criminal"),
    ({"offense": "/us/usc/t18/s924/q"}, "offense_class", "unknown"),
    ({"offense": "/us/usc/t18/s1956/b/zz"}, "offense_class", "civil"),
    ({"offense": "/us/usc/t18/s2339B/z"}, "offense_class", "unknown"),
    ({"offense": "/us/usc/t18/s1343/undivided"}, "offense_class", "unknown"),
    ({"offense": "/us/usc/t42/s1320a\u20137b"}, "offense_class", "criminal"),
    ({"offense": "/us/usc/t42/s1320a-7b/b"}, "offense_class", "criminal"),
    ({"offense": "/us/usc/t18/s981"}, "offense_class", "civil"),
    ({"offense": "/us/usc/t18/s921/a/1"}, "offense_class", "none"),
    ({"offense": "/us/usc/t33/s1319/c"}, "offense_class", "criminal"),
    ({"offense": "/us/usc/t33/s1319/d"}, "offense_class", "civil"),
    ({"offense": None}, "offense_class", "unstated"),
    ({"offense": "/us/usc/t18/s3142"}, "offense_class", "none"),
    ({"offense": "/us/usc/t18/s99999"}, "offense_class", "none"),
    ({"offense": "/us/usc/t18/"}, "offense_class", "none"),
    ({"offense": "/us/usc/t21/s841/b/1"}, "offense_class", "criminal"),
    ({"offense": "/us/usc/t47/s9999"}, "offense_class", "unknown"),
    ({"given_name": "", "surname": "Quill Roofing LLC"}, "name_stated", True),
    ({"given_name": "UNKNOWN", "surname": "UNKNOWN"}, "name_stated", False),
    ({"given_name": "", "surname": "UNKNOWN"}, "name_stated", False),
    ({"judicial_review_date": "2020-01-01"}, "review_before_order", True),
    ({"judicial_review_date": None}, "review_before_order", False),
    ({"removal_order_date": None}, "review_before_order", False),
    ({"removal_order_date": str(DAY)}, "review_before_order", False),
    ({"removal_order_date": str(DAY + timedelta(1))}, "review_before_order", True),
    ({"judicial_review_date": str(DAY)}, "review_before_order", False),
    ({"judicial_review_date": str(DAY + timedelta(1))}, "review_before_order", True),
    ({"taxable_periods": ["1950", "2023"]}, "periods_reach", 75),
    ({"offense_limb": "e"}, "offense_limb", "other"),
    *(
        ({"offense": f"/us/usc/t8/s1253{below}"}, "offense", f"/us/usc/t8/s1253{name}")
        for below, name in (
            ("", ""),
            ("/a", "/a"),
            ("/A/2", "/a"),
            ("/a/10", "/a"),
            ("/a/1", "/a/1"),
            ("/a/1/E", "/a/1"),
            ("/a/1/AB", "/a/1"),
            ("/a/1/A", "/a/1/A"),
            ("/a/1/a/i", "/a/1/A"),
            ("/A/1/d", "/a/1/D"),
            ("/b", "/b"),
            ("a/1", "a/1"),
        )
    ),
    ({"removal_basis": "/us/usc/t8/s1182/a/6"}, "removal_basis_class", "inadmissible"),
    ({"removal_basis": "/us/usc/t8/s1182"}, "removal_basis_class", "inadmissible"),
    ({"removal_basis": "/us/usc/t8/s1227"}, "removal_basis_class", "other"),
    ({"removal_basis": "/us/usc/t8/s1227/a"}, "removal_basis_class", "deportable"),
    ({"removal_basis": "/us/usc/t8/s1227/a/10"}, "removal_basis_class", "other"),
    ({"removal_basis": "/us/usc/t8/s1227/a/1" + "/A" * 40}, "removal_basis_class", "other"),
    ({"removal_basis": None}, "removal_basis_class", None),
    ({"removal_order_date": "2025-05-08"}, "days_since_final_order", 90),
    ({"judicial_review_date": "2025-08-05"}, "days_since_final_order", 1),
    ({"removal_order_date": None}, "days_since_final_order", None),
    ({"matter_number": None}, "matter_stated", False),
    ({"posture": "curiosity"}, "posture", "other"),
    ({"posture": None}, "posture", "unstated"),
    ({"removal_basis": "/us/usc/t8/s1227/a/6/A"}, "removal_basis_class", "deportable"),
    ({"removal_basis": "/us/usc/t8/s1227/a/7"}, "removal_basis_class", "other"),
    ({"removal_basis": "/us/usc/t8/s1227/a/8"}, "removal_basis_class", "other"),
    ({"reason": None}, "reason_words", 0),
    ({"recipients": []}, "recipients_count", 0),
    ({"recipients": ["officer-1", "officer-1"]}, "recipients_count", 1),
    ({"recipients": ["nobody", "elsewhere", "gone"]}, "recipients_unknown", 3),
    ({"recipients": ["officer-1", "contractor"]}, "recipients_not_employed", 1),
    ({"sole_use": ""}, "sole_use", False),
    ({"items": []}, "items_count", 0),
    ({"items": ["name", "phone", "address-confirmation"]}, "items_beyond_identity", 1),
    ({"items": ["name", "phone", "address-confirmation"]}, "items_beyond_confirmation", 2),
]


def test_one_column_one_fact(check_each):
    check_each(ONE_COLUMN)


@pytest.mark.parametrize(
    ("disclosed", "fact", "value"),
    [
        (date(2025, 8, 6), "corrective_plan_overdue", False),
        (date(2025, 8, 7), "corrective_plan_overdue", True),
        (date(2025, 8, 31), "safeguards_suspended", False),
        (date(2025, 9, 1), "safeguards_suspended", True),
        (date(2025, 9, 30), "safeguards_suspended", True),
        (date(2025, 10, 1), "safeguards_suspended", False),
        (date(2026, 1, 31), "safeguard_report_overdue", False),
        (date(2026, 2, 1), "safeguard_report_overdue", True),
    ],
)
def test_standing_is_read_on_the_day_of_disclosure(facts_of, disclosed, fact, value):
    assert facts_of(disclosed=disclosed)[fact] == value


def test_a_notice_counts_from_the_day_it_was_acknowledged(facts_of):
    assert (
        facts_of(received=date(2025, 8, 5), signed_on="2025-08-04")["ai_notice_acknowledged"]
        is False
    )
    assert facts_of()["ai_notice_acknowledged"] is True


def test_reasons_that_differ_in_dress_alone_are_one_text(con):
    con.execute(
        """
        CREATE TABLE standard AS SELECT * FROM (VALUES
            (1, 'HSI-77', 'Rosa', 'Quill', 'Rosa Quill (HSI-77) moved twice.'),
            (2, 'HSI-78', 'Omar', 'Stone', 'OMAR  STONE, HSI-78: moved twice!'),
            (3, 'HSI-79', 'Eve', 'Marsh', 'Eve Marsh (HSI-79) moved three times.')
        ) t(row, matter_number, given_name, surname, reason)
        """
    )
    mark_reasons(con, "standard", "secret")
    digests = [
        d for (d,) in con.execute("SELECT reason_digest FROM standard ORDER BY row").fetchall()
    ]
    assert digests[0] == digests[1] != digests[2]

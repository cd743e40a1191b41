"""A lawful request lacks nothing; a deficient one lacks what its kind says, and only that."""

import re

import duckdb
import pytest

from ostiary.worlds.faults import UNREADABLE_DATE
from ostiary.worlds.kinds import ADDRESS_FAULTS

RECEIVED = "DATE '2025-08-06'"

LAWFUL = {
    "agency": "= 'dhs-ice'",
    "agreement": "= 'treasury-dhs-2025'",
    "provision": "= '/us/usc/t26/s6103/i/2'",
    "signer": "= 'dhs-secretary'",
    "signed_on": f"::DATE BETWEEN {RECEIVED} - 5 AND {RECEIVED} - 1",
    "given_name": "<> ''",
    "surname": "<> ''",
    "address_line": "<> ''",
    "country": "= 'US'",
    "taxable_periods": "SIMILAR TO '20(1[7-9]|2[0-4])(;20(1[7-9]|2[0-4]))*'",
    "offense": "= '/us/usc/t8/s1253/a/1'",
    "offense_limb": "IN ('A', 'B', 'C', 'D')",
    "removal_basis": "LIKE '/us/usc/t8/s1227/a/%'",
    "removal_order_date": f"::DATE BETWEEN {RECEIVED} - 1500 AND {RECEIVED} - 120",
    "matter_number": "SIMILAR TO 'HSI-2025-[0-9]{7}'",
    "posture": "IN ('investigation', 'proceeding', 'grand-jury')",
    "recipients": "LIKE 'officer-0%'",
    "sole_use": "= 'true'",
    "items": "= 'address-confirmation'",
    "ai_analysis": "= 'false'",
}

FAULTY = {
    "name-missing": {"given_name", "surname"},
    "signer-not-listed": {"signer"},
    "signer-out-of-office": {"signer"},
    "signer-delegate": {"signer"},
    "signer-component-head": {"signer"},
    "signed-after-receipt": {"signed_on"},
    "recipient-none": {"recipients"},
    "recipient-contractor": {"recipients"},
    "recipient-other-agency": {"recipients"},
    "recipient-unknown": {"recipients"},
    "period-missing": {"taxable_periods"},
    "period-future": {"taxable_periods"},
    "offense-civil": {"offense"},
    "offense-tax": {"offense"},
    "offense-other-criminal": {"offense"},
    "posture-missing": {"posture"},
    "matter-missing": {"matter_number"},
    "no-sole-use": {"sole_use"},
    "item-phone": {"items"},
    "item-new-address": {"items"},
    "basis-inadmissible": {"removal_basis"},
    "order-too-recent": {"removal_order_date"},
    "order-date-missing": {"removal_order_date"},
    "bad-date": {"removal_order_date"},
    "limb-missing": {"offense_limb"},
    "ai-without-notice": {"ai_analysis"},
    "provision-unknown": {"provision"},
    "agreement-unknown": {"agreement"},
    "agency-unknown": {"agency"},
    "agency-not-federal": {"agency"},
    "safeguards-suspended": {"agency", "recipients"},
    "address-empty": {"address_line"},
    "tin-without-address": {"address_line"},
}


def fits(column: str) -> str:
    test = LAWFUL[column]
    value = f"TRY_CAST(r.{column} AS DATE) {test[6:]}" if test.startswith("::DATE") else test
    return value if test.startswith("::DATE") else f"r.{column} {test}"


def test_a_request_departs_from_a_lawful_one_in_the_columns_of_its_kind_alone(world):
    tests = ", ".join(f"bool_and(coalesce({fits(column)}, false))" for column in LAWFUL)
    rows = world.rows(
        f"SELECT kind, {tests} FROM requests r JOIN truth USING (request_id, row) GROUP BY kind"
    )
    for kind, *lawful in rows:
        wrong = {column for column, fine in zip(LAWFUL, lawful, strict=True) if not fine}
        assert wrong == FAULTY.get(kind, set()), kind


def test_every_matter_has_its_own_number(world):
    assert not world.count(
        """SELECT matter_number FROM requests WHERE matter_number <> ''
        GROUP BY 1 HAVING count(*) > 1"""
    )


def test_a_reason_is_particular_even_without_the_number_of_its_matter(world):
    rows = world.rows(
        """SELECT reason FROM requests JOIN truth USING (request_id, row)
        WHERE kind NOT IN ('reason-boilerplate', 'reason-empty')"""
    )
    texts = [re.sub(r"HSI-2025-\d{7}", "", reason) for (reason,) in rows]
    assert len(set(texts)) == len(texts)
    assert all(20 <= len(reason.split()) <= 45 for (reason,) in rows)


def test_reasons_hold_nothing_about_the_person(world):
    assert not world.count(
        """FROM requests WHERE length(address_line) > 9
        AND contains(upper(reason), upper(address_line))"""
    )


def test_boilerplate_is_one_text_for_eight_or_more(world):
    shared = world.rows(
        "SELECT reason, count(*) AS n FROM requests WHERE reason <> '' GROUP BY 1 HAVING n > 1"
    )
    assert len(shared) == 1
    assert shared[0][1] == world.summary.kinds["reason-boilerplate"] >= 8


def carried(world) -> dict[str, int]:
    return dict(
        world.rows(
            """SELECT officer, count(*) FROM (
            SELECT unnest(string_split(recipients, ';')) AS officer FROM requests
            WHERE recipients <> '') GROUP BY officer"""
        )
    )


def test_nobody_but_one_officer_carries_more_than_twenty_requests(world):
    loads = sorted(carried(world).values())
    assert loads[-1] == world.summary.kinds["recipient-overloaded"] >= 40
    assert loads[-2] <= 20


def register(world, name: str) -> duckdb.DuckDBPyRelation:
    path = world.folder / "registers" / f"{name}.csv"
    return world.con.execute(f"SELECT * FROM read_csv('{path}', all_varchar = true)").fetchall()


def test_recipients_are_registered_as_their_kind_says(world):
    officers = {row[0]: (row[1], row[2]) for row in register(world, "officers")}
    sort = {
        "recipient-contractor": ("dhs-ice", "false"),
        "recipient-other-agency": ("state-revenue", "true"),
        "recipient-unknown": None,
        "safeguards-suspended": ("dhs", "true"),
    }
    named = world.rows(
        """SELECT kind, unnest(string_split(recipients, ';')) FROM requests
        JOIN truth USING (request_id, row) WHERE recipients <> ''"""
    )
    for kind, officer in named:
        assert officers.get(officer) == sort.get(kind, ("dhs-ice", "true")), (kind, officer)


def test_the_registers_know_who_may_sign_and_who_may_not(world):
    signers = {(row[0], row[1]): (row[2], row[4]) for row in register(world, "signers")}
    assert signers["dhs-secretary", "dhs-ice"] == ("agency-head", None)
    assert signers["dhs-ice-director", "dhs-ice"][0] == "component-head"
    assert signers["dhs-deputy-delegate", "dhs-ice"][0] == "delegate"
    assert signers["dhs-secretary-former", "dhs-ice"] == ("agency-head", "2025-01-19")
    assert not register(world, "notices")


def test_a_court_reviewed_order_is_old_enough_unless_it_is_to_be_too_recent(world):
    rows = world.rows(
        f"""SELECT kind = 'review-too-recent', {RECEIVED} - judicial_review_date::DATE
        FROM requests JOIN truth USING (request_id, row) WHERE judicial_review_date <> ''"""
    )
    assert {days for recent, days in rows if recent} == {20}
    assert min(days for recent, days in rows if not recent) > 90


def test_a_date_that_is_none_stands_where_it_should(world):
    rows = world.rows(
        f"""SELECT kind FROM requests JOIN truth USING (request_id, row)
        WHERE removal_order_date = '{UNREADABLE_DATE}'"""
    )
    assert {kind for (kind,) in rows} == {"bad-date"}


ADDRESSES = {
    "address-failed-to-provide": r"(?i)failed to provide\.?",
    "address-unknown": r"(?i)(address )?unknown( address)?",
    "address-na-na": r"N/?A( N/?A)?",
    "address-dont-care": r"DON'T CARE \d{5}",
    "address-zeros": r"0{5}",
    "address-zip-only": r"\d{5}",
    "address-no-street": r"\d+",
    "address-jail": r"(?i).*(jail|prison|detention|correctional).*",
    "address-homeless": r"(?i)homeless|no fixed address|transient",
    "address-empty": r"",
    "tin-without-address": r"",
    "address-city-only": r"[^\d]+",
    "address-no-number": r"(\d+(ST|ND|RD|TH) )?[^\d]+|[NESW]{1,2} \d+(ST|ND|RD|TH) (ST|AVE)",
}


@pytest.mark.parametrize("kind", [*ADDRESS_FAULTS, "tin-without-address"])
def test_what_stands_for_an_address_is_none(world, kind):
    rows = world.rows(
        f"""SELECT address_line, unit FROM requests JOIN truth USING (request_id, row)
        WHERE kind = '{kind}'"""
    )
    assert rows
    for line, unit in rows:
        assert re.fullmatch(ADDRESSES[kind], line), line
        assert not unit


def test_a_tin_without_an_address_is_the_right_tin(world):
    right = world.count(
        """SELECT DISTINCT row FROM requests r JOIN truth t USING (request_id, row)
        JOIN people p USING (person_id) WHERE kind = 'tin-without-address' AND r.tin = p.tin"""
    )
    assert right == world.summary.kinds["tin-without-address"]

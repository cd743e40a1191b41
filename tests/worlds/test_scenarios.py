"""The other scenarios: a clean file, August 2025 as it was, and as it could have been asked."""

import pyarrow.parquet as pq
import pytest
from told_world import Told, tell

from ostiary.worlds.kinds import AUGUST_PLACEHOLDERS, SCENARIOS, allotted
from ostiary.worlds.world import make_world

AUGUST = 12_800  # a hundredth of the rows of 2025


@pytest.fixture(scope="module")
def august(tmp_path_factory) -> dict[str, Told]:
    folder = tmp_path_factory.mktemp("august")
    return {
        name: tell(make_world(folder / name, people=3_000, requests=AUGUST, scenario=name))
        for name in ("august-2025", "august-2025-cured")
    }


def test_a_clean_file_is_lawful_throughout(tmp_path):
    clean = tell(make_world(tmp_path / "clean", people=2_000, requests=1_000, scenario="clean"))
    assert clean.rows("SELECT DISTINCT lawful, expected_status FROM truth") == [(True, "accepted")]
    assert clean.count("SELECT DISTINCT request_id FROM requests") == 1_000
    confirmed = clean.count("FROM truth WHERE expected_outcome = 'confirmed'") / 1_000
    assert 0.65 < confirmed < 0.75


def test_the_full_file_of_august_has_the_numbers_of_the_record():
    kinds = SCENARIOS["august-2025"]
    counts = dict(zip((kind.name for kind in kinds), allotted(kinds, 1_280_000), strict=True))
    by_tin = sum(rows for name, rows in counts.items() if name.startswith("tin-"))
    assert by_tin == 42_695
    placeholders = [counts[f"tin-{name}"] for name in AUGUST_PLACEHOLDERS]
    assert sum(placeholders) == 2_364
    assert max(placeholders) - min(placeholders) <= 1
    assert by_tin + counts["address-in-other-format"] == 47_289
    assert counts["tin-address-on-file"] + counts["address-in-other-format"] == 14_300


def test_august_is_one_officer_one_reason_and_a_signer_who_is_no_head(august):
    world = august["august-2025"]
    assert world.rows(
        "SELECT DISTINCT recipients, signer FROM requests"
    ) == [("officer-000001", "dhs-ice-director")]  # fmt: skip
    assert world.count("SELECT DISTINCT reason FROM requests") == 1
    assert not world.count("FROM requests WHERE taxable_periods = ''")
    assert world.rows("SELECT DISTINCT expected_status, expected_outcome FROM truth") == [
        ("returned", "")
    ]
    assert world.summary.officers == 1


def test_those_let_through_in_august_gave_name_and_tin_of_somebody_in_the_file(august):
    world = august["august-2025"]
    matched = world.count(
        """SELECT DISTINCT row FROM requests r JOIN truth t USING (request_id, row)
        JOIN people p USING (person_id) WHERE kind LIKE 'tin-%'
        AND (r.given_name, r.surname, r.tin) = (p.given_name, p.surname, p.tin)"""
    )
    assert matched == world.count("FROM truth WHERE kind LIKE 'tin-%'") == 427


def test_the_cured_file_is_about_the_same_people_in_the_same_rows(august):
    before, after = august["august-2025"], august["august-2025-cured"]
    about = """SELECT request_id, person_id, kind, given_name, surname, address_line, tin
        FROM requests JOIN truth USING (request_id, row) ORDER BY request_id"""
    assert before.rows(about) == after.rows(about)
    assert pq.read_table(before.folder / "people.parquet") == pq.read_table(
        after.folder / "people.parquet"
    )


def test_the_cured_file_names_an_officer_and_a_reason_for_each(august):
    world = august["august-2025-cured"]
    for column in ("recipients", "reason", "matter_number"):
        assert world.count(f"SELECT DISTINCT {column} FROM requests") == AUGUST
    assert world.rows("SELECT DISTINCT signer FROM requests") == [("dhs-secretary",)]
    assert (world.summary.officers, world.summary.keys) == (AUGUST, 1_000)


def test_a_placeholder_is_not_cured_by_anything_else(august):
    rows = august["august-2025-cured"].rows(
        "SELECT DISTINCT kind, expected_status, expected_outcome FROM truth"
    )
    assert sorted(rows) == sorted(
        [
            ("address-in-other-format", "accepted", "confirmed"),
            ("not-in-file", "accepted", "no-record"),
            ("tin-address-elsewhere", "accepted", "mismatch"),
            ("tin-address-on-file", "accepted", "confirmed"),
            *((f"tin-{name}", "returned", "") for name in sorted(AUGUST_PLACEHOLDERS)),
        ]
    )


def test_among_relatives_three_in_ten_are_not_in_the_file(tmp_path):
    world = tell(
        make_world(tmp_path / "relatives", people=3_000, requests=1_000, scenario="relatives")
    )
    assert world.count("FROM truth WHERE person_id = ''") == 300
    assert not world.count("FROM truth WHERE person_id = '' AND expected_outcome = 'confirmed'")


def test_an_absent_namesake_bears_the_name_of_one_who_lives_there_and_a_close_name_does_not(
    tmp_path,
):
    world = tell(
        make_world(tmp_path / "relatives", people=3_000, requests=1_000, scenario="relatives")
    )
    found = dict(
        world.rows(
            """SELECT t.kind, count(DISTINCT t.request_id) FROM requests r
            JOIN truth t USING (request_id, row)
            JOIN people p ON (p.given_name, p.surname, p.address_line, p.postal_code)
                           = (r.given_name, r.surname, r.address_line, r.postal_code)
            WHERE t.kind IN ('absent-namesake', 'close-name') GROUP BY t.kind"""
        )
    )
    assert found == {"absent-namesake": 30}

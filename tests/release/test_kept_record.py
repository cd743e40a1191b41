"""26 USC 6103(p)(3)(A): what stays for ever when openings are destroyed, and who can read it."""

import json
import shutil
from datetime import date

import pytest

from aftermath import answered
from casedb import ask, tamper
from commands import ostiary
from officers import desk_on
from ostiary.domain.errors import FaultError, OfficeError
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.oversight.annual_report import count_year, put_into_log
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.office.release.permanent_record import kept_row
from ostiary.office.release.permanent_record_reader import kept_of, kept_rows, record_key
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import new_opening_key, private_pem
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

REPORTED = date(2026, 1, 2)
LATER = date(2033, 1, 5)


@pytest.fixture(scope="module")
def story(served_office, tmp_path_factory):
    """An office that answered, reported its year, and destroyed all openings; what was known."""
    root = tmp_path_factory.mktemp("kept") / "office"
    shutil.copytree(served_office, root)
    files = answered(root)
    with at_work(root, on=REPORTED) as place:
        report = count_year(place, 2025)
        put_into_log(place, report)
    with desk_on(root) as (place, desk):
        before = {name: kept_row(desk.case(name)) for name in files}
        before |= {"case": {name: desk.case(name) for name in files}}
        people = {one.person_id for one in place.store.answers() if one.disclosed}
    returned = ask(root, "SELECT request_id FROM request WHERE status = 'returned'")[0][0]
    with at_work(root, on=LATER) as place:
        dispose(place, due(place))
    return {
        "root": root,
        "answered": list(files),
        "before": before,
        "people": people,
        "returned": returned,
        "figures": report.agencies,
    }


def opened(root, name):
    with at_work(root, on=LATER) as place:
        return kept_of(place, place.store.find_request(name).id, record_key(place))


def test_date_purpose_reasons_recipient_person_and_item_stay(story):
    for name in story["answered"]:
        kept = opened(story["root"], name)
        asked = json.loads(story["before"]["case"][name].request.payload)
        assert kept == story["before"][name]
        assert kept["received"] == "2025-08-06"
        assert (kept["status"], kept["came_to"]) == ("accepted", "answered")
        assert kept["reasons"] == asked["reason"]
        assert kept["recipients"] == asked["recipients"]
        assert kept["items"] == ["address-confirmation"]
        assert kept["person"]["surname"] == asked["surname"]
        assert kept["matter"]["matter_number"] == asked["matter_number"]
        assert kept["disclosed"] is bool(kept["person_id"])
    assert {opened(story["root"], one)["person_id"] for one in story["answered"]} == {
        *story["people"],
        "",
    }


def test_nothing_else_stays(story):
    kept = json.dumps(opened(story["root"], story["answered"][0]))
    asked = json.loads(story["before"]["case"][story["answered"][0]].request.payload)
    for column in ("address_line", "postal_code", "tin", "birth_date"):
        assert not asked[column] or f'"{asked[column]}"' not in kept
    assert story["before"]["case"][story["answered"][0]].request.salt not in kept


def test_what_was_returned_is_kept_with_its_reasons_and_person(story):
    kept = opened(story["root"], story["returned"])
    assert kept["status"] == kept["came_to"] == "returned"
    assert kept["inspected"] is False
    assert kept["person"] or kept["reasons"]
    assert "person_id" not in kept


def test_the_commands_read_it_and_the_reading_is_logged(story):
    root, name = story["root"], story["answered"][0]
    shown = ostiary("accounting", "show", root, name, "--json", "--reader", "gao-1")
    assert json.loads(shown.out)["record"] == story["before"][name]
    told = ostiary("accounting", "show", root, name)
    assert "the permanent record" in told.out
    assert story["before"][name]["reasons"].split()[0] in told.out
    person = min(story["people"])
    view = ostiary("accounting", "person", root, person, "--json", "--reader", "gao-1")
    (one,) = json.loads(view.out)["disclosures"]
    assert one["items"] == ["address-confirmation"]
    assert one["released_on"] == "2025-08-07"
    nobody = ostiary("accounting", "person", root, "nobody-of-this-id", "--json")
    assert json.loads(nobody.out)["disclosures"] == []
    last = ask(root, "SELECT body FROM log_entry WHERE body LIKE '%case.read%'")
    assert [read_entry(body.encode())["reader"] for (body,) in last].count("unproved/gao-1") == 2


def test_the_year_is_counted_again_from_it(story):
    with at_work(story["root"], on=LATER) as place:
        assert count_year(place, 2025).agencies == story["figures"]


def test_the_log_tells_of_what_was_kept_and_verifies(story):
    root = story["root"]
    with open_source(str(root / "accounting")) as source:
        keys = [key.vkey for key in read_trust(root / "accounting" / TRUST_FILE).logs]
        report = verify_log(source, keys, every=True)
    assert report.is_sound
    assert report.by_type["record.kept"] == report.by_type["openings.disposed"] == 1
    with at_work(root, on=LATER) as place:
        rows = list(kept_rows(place, record_key(place)))
        assert len(rows) == ask(root, "SELECT count(*) FROM request")[0][0]
        assert check_openings(place).faults == ()


def test_only_the_records_own_key_opens_it(story, tmp_path):
    other = tmp_path / "other.pem"
    other.write_bytes(private_pem(new_opening_key()))
    with at_work(story["root"], on=LATER) as place:
        number = place.store.find_request(story["answered"][0]).id
        with pytest.raises(OfficeError, match="not sealed to this key"):
            kept_of(place, number, record_key(place, other))
    database = (story["root"] / "cases.db").read_bytes()
    assert story["before"][story["answered"][0]]["reasons"].encode() not in database


def test_where_the_key_is_kept_elsewhere_the_log_is_shown_and_the_record_on_demand(story, tmp_path):
    root, name = tmp_path / "office", story["answered"][0]
    shutil.copytree(story["root"], root)
    away = tmp_path / "record.pem"
    (root / "keys" / "record.key").rename(away)
    shown = ostiary("accounting", "show", root, name, "--json")
    assert json.loads(shown.out)["record"] is None
    shown = ostiary("accounting", "show", root, name, "--json", "--record-key", away)
    assert json.loads(shown.out)["record"] == story["before"][name]


def test_a_part_that_was_exchanged_or_left_out_is_found(story, tmp_path):
    for n, change in enumerate(
        ("UPDATE kept_record SET sealed = x'00' WHERE id = 1", "DELETE FROM kept_record")
    ):
        root = tmp_path / f"office-{n}"
        shutil.copytree(story["root"], root)
        tamper(root, change)
        if n == 1:
            with pytest.raises(FaultError, match="kept_record"), at_work(root, on=LATER):
                pytest.fail("an office that lost its record was entered")
            (root / ".log-marks").unlink()  # without the marks, its openings tell
        with at_work(root, on=LATER) as place:
            assert check_openings(place).faults
            if n == 0:
                with pytest.raises((FaultError, OfficeError)):
                    list(kept_rows(place, record_key(place)))

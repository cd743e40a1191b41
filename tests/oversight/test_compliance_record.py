"""The record of compliance: a court checks it alone, and every change to it is found."""

import json
import shutil
from datetime import date, timedelta

import pytest

from aftermath import answered_office
from commands import ostiary
from officers import NEXT_DAY
from order import order_text
from ostiary.domain.errors import InputError
from ostiary.office.oversight.compliance_record import write_compliance
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.export import compliance
from ostiary.verifying.export.compliance import check_compliance
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.tree import leaf_hash
from ostiary.verifying.log.vkeys import Signer

LATER = NEXT_DAY + timedelta(days=30)
LEAVES = "order,docket_entry,agency,from,until\nnarrow,ECF 9,dhs-ice,2025-08-07,\n"
NOTICES = (
    "order,agency,given_on,hours,told,proof,given_by\n"
    "narrow,dhs-ice,2025-08-06,24,court;plaintiffs,ECF 10,counsel\n"
)
SCOPE = "scope:\n  agencies: [dhs]\nfrom:"


@pytest.fixture(scope="module")
def office(served_office, stores, tmp_path_factory):
    """An office with answers out, and an order that stands since before them."""
    made = answered_office(tmp_path_factory, served_office, stores)
    root = stores.copy(made, tmp_path_factory.mktemp("compliance") / "office").root
    text = order_text("narrow", "2025-08-07", "FALSE").replace("from:", SCOPE, 1)
    (root / "orders" / "narrow.md").write_text(text)
    (root / "registers" / "court_leaves.csv").write_text(LEAVES)
    (root / "registers" / "court_notices.csv").write_text(NOTICES)
    return root


@pytest.fixture(scope="module")
def record(office, tmp_path_factory):
    folder = tmp_path_factory.mktemp("record") / "record"
    with at_work(office, on=LATER) as place:
        found = write_compliance(place, "narrow", folder)
    return folder, found


@pytest.fixture
def keys(office):
    return [key.vkey for key in read_trust(office / "accounting" / TRUST_FILE).logs]


def faults(folder, keys):
    return check_compliance(folder, keys, every=True).faults


def test_a_court_checks_it_with_the_public_key_alone(record, keys, office, tmp_path):
    folder, found = record
    copy = shutil.copytree(folder, tmp_path / "record")
    report = check_compliance(copy, keys, every=True)
    assert report.faults == ()
    assert dict(report.figures) == found.figures()
    with at_work(office, on=LATER) as place:
        released = [one for one in place.store.answers() if one.agency in {"dhs", "dhs-ice"}]
    assert report.figures["answers that left"] == len(released) == 3
    said = ostiary(
        "accounting", "verify-compliance", copy, "--public-key", office / "accounting" / TRUST_FILE
    )
    assert said.status == 0, said.err
    assert "sound" in said.out
    page = (copy / "report.html").read_text()
    assert "<td>ECF 9</td>" in page
    assert "<td>court;plaintiffs</td>" in page


def test_components_are_within_the_order_and_nobody_is_named(record, world):
    folder, found = record
    statement = json.loads((folder / "statement.json").read_text())
    assert set(statement["scope"]["agencies"]) >= {"dhs", "dhs-ice"}
    assert {entry["agency"] for _, entry in found.answers} == {"dhs-ice"}
    whole = b"".join(path.read_bytes() for path in folder.iterdir())
    with (world / "requests.csv").open() as file:
        surnames = {line.split(",")[8] for line in list(file)[1:40]} - {""}
    assert not any(f">{name}<".encode() in whole for name in surnames)
    assert b"payload" not in whole


def spoilt(name, change):
    def spoil(folder):
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return spoil


def without_answer(entries):
    lines = entries.split(b"\n")
    at = next(n for n, line in enumerate(lines) if b'"answer.released"' in line)
    return b"\n".join(lines[:at] + lines[at + 1 :])


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("entries.jsonl", without_answer, "not all entries"),
        ("entries.jsonl", lambda raw: raw.replace(b'"dhs-ice"', b'"treasury"', 1), "not all"),
        ("entries.jsonl", lambda raw: raw + raw.split(b"\n")[-2] + b"\n", "not all entries"),
        ("statement.json", lambda raw: raw.replace(b'"dhs-ice"', b'"irs"', 1), "log took in"),
        ("statement.json", lambda raw: raw.replace(b"2025-08-07", b"2025-09-07"), "log took in"),
        ("order.md", lambda raw: raw.replace(b"stayed", b"allowed"), "order.md is not"),
        ("report.html", lambda raw: raw.replace(b"<td>3</td>", b"<td>0</td>"), "report.html does"),
        ("proof.json", lambda raw: raw.replace(b'"first": ', b'"first": 1'), ""),
        (
            "statement.json",
            lambda raw: raw.replace(b'"made_by"', b'"mode_by"'),
            "not what it should",
        ),
        ("entries.jsonl", lambda _: b"", ""),
        ("checkpoint", lambda raw: raw.replace(b"\n\n", b"\nx\n\n", 1), "checkpoint"),
    ],
)
def test_every_change_is_found(record, keys, tmp_path, name, change, told):
    copy = shutil.copytree(record[0], tmp_path / "record")
    spoilt(name, change)(copy)
    found = faults(copy, keys)
    assert found
    assert any(told in fault for fault in found), found


def test_a_page_of_another_version_is_not_compared_and_made_anew(
    record, keys, office, tmp_path, monkeypatch
):
    copy = shutil.copytree(record[0], tmp_path / "record")
    (copy / "report.html").write_bytes(b"laid out otherwise")
    assert faults(copy, keys)
    monkeypatch.setattr(compliance, "__version__", "another")
    report = check_compliance(copy, keys, every=True)
    assert report.faults == ()
    assert "not compared" in report.remarks[0]
    assert report.page == (record[0] / "report.html").read_bytes()
    pages = ("--page", tmp_path / "page.html")
    trust = office / "accounting" / TRUST_FILE
    done = ostiary("accounting", "verify-compliance", record[0], "--public-key", trust, *pages)
    assert done.status == 0, done.err
    assert (tmp_path / "page.html").read_bytes() == report.page


def test_a_record_that_begins_after_the_order_is_found(record, keys, tmp_path):
    """Entries cut off at the front would still lead to the root: the first one's day gives it."""
    copy = shutil.copytree(record[0], tmp_path / "record")
    proof = json.loads((copy / "proof.json").read_text())
    bodies = (copy / "entries.jsonl").read_bytes().split(b"\n")[:-1]
    border = [[bytes.fromhex(one) for one in tile] for tile in proof["border"]]
    tree = TreeHasher.resume(proof["first"], border)
    cut = next(n for n, body in enumerate(bodies) if b'"answer.released"' in body) + 1
    tree.add([leaf_hash(body) for body in bodies[:cut]])
    tiles = {level: tile for level, _, tile in tree.border()}
    levels = range(max(tiles, default=-1) + 1)
    proof["first"] += cut
    proof["border"] = [[one.hex() for one in tiles.get(level, [])] for level in levels]
    (copy / "proof.json").write_text(json.dumps(proof))
    (copy / "entries.jsonl").write_bytes(b"".join(body + b"\n" for body in bodies[cut:]))
    assert faults(copy, keys)


def test_another_logs_key_is_not_believed(record):
    statement = json.loads((record[0] / "statement.json").read_text())
    strange = Signer(statement["origin"], new_signing_key()).verifier.vkey
    report = check_compliance(record[0], [strange])
    assert report.origin == ""
    assert report.faults


@pytest.mark.usefixtures("record")
def test_the_log_took_in_what_the_office_said(office):
    with at_work(office, on=LATER) as place:
        entries = [read_entry(body) for body in place.store.entries_from(0)]
    (entry,) = [one for one in entries if one.type == "compliance.recorded"]
    assert (entry["order"], entry["on"]) == ("narrow", str(LATER))


def test_only_an_order_has_a_record_and_nothing_is_written_over(office, record, tmp_path):
    with at_work(office, on=LATER) as place:
        with pytest.raises(InputError, match="no order"):
            write_compliance(place, "usc-26-6103-p-4", tmp_path / "x")
        with pytest.raises(InputError, match="there already"):
            write_compliance(place, "narrow", record[0])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("statement", [b"", b"[]", b'{"format": "ostiary-compliance/1"}'])
def test_what_is_no_record_is_said_to_be_none(tmp_path, keys, statement):
    (tmp_path / "statement.json").write_bytes(statement)
    (tmp_path / "proof.json").write_text("{}")
    with pytest.raises(InputError, match="no record"):
        check_compliance(tmp_path, keys)


def test_the_order_of_2025_is_recorded_too(office, keys, tmp_path):
    with at_work(office, on=date(2025, 12, 1)) as place:
        found = write_compliance(place, "ddc-2025-11-21", tmp_path / "record")
    assert found.figures()["answers that left"] == 0
    assert faults(tmp_path / "record", keys) == ()

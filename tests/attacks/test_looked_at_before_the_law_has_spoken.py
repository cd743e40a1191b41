"""Nobody looks at a record before every element of the law is met: not the run, not an officer.

The reference file is not only kept from an officer's eyes: no comparison is made. So whatever page,
command, export or file is read, there is nothing in it to be read.
"""

import csv
import json
import re
from collections import Counter
from datetime import date

import duckdb
import pytest

from officers import NEXT_DAY, OFFICERS, desk_on, first_case, key_of
from ostiary.deciding.matching.rules import RULES
from ostiary.domain.errors import InputError, NotAllowedError
from ostiary.domain.facts import HUMAN
from ostiary.domain.words import Outcome
from ostiary.faces.server.roles import Role
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.dossier import case_file
from ostiary.office.cases.states import CaseState
from ostiary.office.cases.steps import determine, sweep
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.recovery.entering import at_work
from ostiary.office.rulings.decision_document import awaited_by
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.faults import FaultKind, FaultList
from ostiary.verifying.log.recount import Recount
from web_office import opened, person

RECEIVED = date(2025, 8, 6)
BATCH = "2025-08-06-001"
# Words that stand for what a record held, and for nothing in a page's own prose.
TELLING = {
    word
    for word in {*map(str, Outcome), *(rule.name for rule in RULES)}
    if "-" in word or word in {"mismatch", "ambiguous"}
}


@pytest.fixture
def site(office):
    with opened(office, NEXT_DAY) as found:
        yield found


@pytest.fixture
def officer(site):
    return person(site, Role.OFFICER, "anna")


@pytest.fixture
def auditor(site):
    return person(site, Role.AUDITOR, "auditor-1")


def entries(office):
    with open_office(office).store as store:
        return list(store.entries_from(0))


def looked_at(office):
    with duckdb.connect() as con:
        path = office / "batches" / BATCH / "custody" / "verifications.parquet"
        return con.execute(
            "SELECT request_id, outcome FROM read_parquet($1)", [str(path)]
        ).fetchall()


def test_a_run_looks_at_no_record_of_which_a_person_must_determine_something(office):
    with at_work(office, on=NEXT_DAY) as place:
        accepted = list(place.store.queue())
        assert len(accepted) > 100
        cases = [place.store.case(one.id) for one in accepted]
    assert all(case.verification is None for case in cases)
    assert looked_at(office) == []
    assert not [one for one in entries(office) if b"record.examined" in one]
    summary = json.loads((office / "batches" / BATCH / "summary.json").read_text())
    assert summary["outcomes"] == {}
    awaited = Counter(fact for case in cases for fact in awaited_by(case))
    assert awaited["reason_specific"] == len(accepted)
    assert summary["steps"]["awaiting_determination"] == awaited
    assert summary["steps"]["looked_at"] == 0


def test_no_command_page_or_file_tells_what_nobody_has_looked_at(office, officer, auditor):
    with desk_on(office) as (place, desk):
        case = first_case(desk)
        name = case.request.request_id
        shown = case_file(place, name, officer="anna")
        assert shown["verification"] == {}
        assert shown["comparison"] == []
        assert shown["answer"] is None
    pages = [
        browser.get(path).content.decode()
        for browser, paths in (
            (officer, ("/cases/", "/cases/export/", f"/cases/{case.request.id}/")),
            (auditor, ("/audit/", f"/audit/cases/{case.request.id}/")),
        )
        for path in paths
    ]
    files = [
        path.read_text(encoding="utf-8")
        for path in (office / "batches" / BATCH).rglob("*")
        if path.suffix in {".jsonl", ".csv"}
    ]
    for text in (*pages, *files, json.dumps(shown)):
        words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()))
        assert sorted(words & TELLING) == []
    assert "The verification, field by field" not in "".join(pages)


def test_the_look_follows_on_the_last_element_at_once(office):
    with desk_on(office) as (place, desk):
        name = first_case(desk).request.request_id
        done = determine(place, name, "anna", key_of(office, "anna"), found=True)
        assert done.awaited == ()
        assert len(done.examined.looked_at) == 1
        case = desk.case(name)
        assert desk.state(case) is CaseState.AWAITS_APPROVAL
        assert case.determinations[-1].entry_index < case.verification.entry_index
    assert looked_at(office) == [(name, "confirmed")]


def test_what_is_found_lacking_is_never_looked_at(office):
    with desk_on(office) as (place, desk):
        name = first_case(desk).request.request_id
        determine(place, name, "anna", key_of(office, "anna"), found=False)
        assert sweep(place).looked_at == ()
        with pytest.raises(NotAllowedError, match="returned"):
            sweep(place, [name])
        assert desk.case(name).verification is None
        assert desk.state(desk.case(name)) is CaseState.RETURNED


def test_a_sweep_looks_at_what_was_determined_and_at_nothing_else(office):
    with desk_on(office) as (place, desk):
        numbers = [one.id for one in place.store.queue()][:8]
        names = [desk.numbered(number).request for number in numbers]
        for one in names[:5]:
            key = f"{one.agency}/{one.request_id}"
            determine(place, key, "anna", key_of(office, "anna"), found=True, look=False)
            assert desk.state(desk.numbered(one.id)) is CaseState.AWAITS_LOOK
        with pytest.raises(NotAllowedError):
            sweep(place, [f"{names[6].agency}/{names[6].request_id}"])
        done = sweep(place)
        assert done.looked_at == tuple(numbers[:5])
        assert done.decoys is not None
        assert sweep(place).looked_at == ()
    assert len(looked_at(office)) == 5


@pytest.mark.parametrize("day", ["2025-11-21", "2026-03-02"])
def test_an_order_in_force_on_the_day_of_the_look_keeps_the_record_closed(office, day):
    with desk_on(office, date.fromisoformat(day)) as (place, desk):
        name = first_case(desk).request.request_id
        done = determine(place, name, "anna", key_of(office, "anna"), found=True)
        assert done.examined.looked_at == ()
        assert "ddc-2025.stay" in done.examined.stopped
        assert desk.state(desk.case(name)) is CaseState.AWAITS_LOOK
        with pytest.raises(NotAllowedError):
            desk.approve(name, "anna", key_of(office, "anna"))


def test_a_real_office_takes_nothing_as_found(world, tmp_path):
    root = create_office(tmp_path / "real").root
    with at_work(root) as place, pytest.raises(InputError, match="only a training office"):
        run_batch(place, world / "requests.csv", RECEIVED, determined=True)
    assert not list(root.glob("batches/*"))


def test_an_outsider_sees_a_look_before_its_time(office):
    """The recount reads the public entries alone."""
    told = entries(office)
    decided = next(
        index
        for index, body in enumerate(told)
        if b'"status":"accepted","type":"request.decided"' in body
    )
    look = _entry("record.examined", of=decided, outcome="sha256:" + "0" * 64, model=_DIGEST)
    word = {"of": decided, "officer": "anna", "signature": "A" * 88}
    yes = _entry("reason.determined", specific=True, **word)
    no = _entry("reason.determined", specific=False, **word)
    assert _faults(told, yes, look) == []
    for wrong in ([look], [look, yes], [no, look], [no, yes, look]):
        assert FaultKind.ELEMENT in _faults(told, *wrong)


_DIGEST = "sha256:" + "1" * 64


def _entry(kind, **fields):
    return journal_entry(kind, at="2025-08-07T12:00:00Z", **fields).body


def _faults(told, *more):
    faults = FaultList()
    recount = Recount(str(read_entry(told[0])["origin"]), faults)
    for body in (*told, *more):
        recount.add(body)
    return [fault.kind for fault in faults.kept if fault.kind is not FaultKind.CLOCK]


def test_every_officer_speaks_of_each_element_apart(office):
    """Elements other than the reason are determined, signed and awaited in the same way."""
    assert "reason_specific" in HUMAN
    with desk_on(office) as (_, desk):
        name = first_case(desk).request.request_id
        with pytest.raises(InputError, match="a person does not determine this"):
            desk.determine(name, OFFICERS[0], key_of(office, "anna"), found=True, fact="sole_use")


def test_the_export_is_a_list_of_what_waits(officer):
    rows = list(csv.reader(officer.get("/cases/export/").content.decode().splitlines()))
    assert rows[0] == ["case", "agency", "request_id", "received", "due", "waits_for"]
    assert {row[-1] for row in rows[1:]} == {"awaits-determination"}

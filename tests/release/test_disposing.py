"""Disposal: what the register no longer has kept is gone from every file; the log stays whole."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from aftermath import answered_office, recipients, signing_key
from aftermath import left_of as answers_of
from aftermath import opened as opened_by
from aftermath import receipt as signed_receipt
from casedb import ask
from commands import ostiary
from ostiary.domain.errors import BookError, OfficeError
from ostiary.domain.words import Status
from ostiary.office.counsel.replay import replay
from ostiary.office.oversight.annual_report import count_year, put_into_log
from ostiary.office.recovery.entering import at_work
from ostiary.office.release import disposal as disposing
from ostiary.office.release.disposal import disposal_root, dispose, due
from ostiary.office.release.recall import answer_to, recall
from ostiary.office.release.receipts import take_receipt
from ostiary.office.release.release import release
from ostiary.office.rulings.decision_document import salt_of
from ostiary.verifying.answers.receipts import How, ReceiptKind
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

LATER = date(2033, 1, 5)
SOONER = date(2032, 8, 7)  # seven years after receipt, a day before those of the first answers


@pytest.fixture
def office(served_office, stores, tmp_path_factory, tmp_path) -> Path:
    """An office from which one answer has left."""
    made = answered_office(tmp_path_factory, served_office, stores, "confirmed")
    return stores.copy(made, tmp_path / "office").root


def retention(office: Path, **years: int) -> None:
    """Enter years in the office's register; kinds left out are kept as the book says."""
    rows = "".join(f"{kind},{kept},the office's own policy\n" for kind, kept in years.items())
    (office / "registers" / "retention.csv").write_text("kind,years,authority\n" + rows)


def report_year(office: Path) -> None:
    with at_work(office, on=date(2026, 1, 2)) as place:
        put_into_log(place, count_year(place, 2025))


def run(office: Path, day: date):
    with at_work(office, on=day) as place:
        chosen = due(place)
        dispose(place, chosen)
    return chosen


def whole_log(office: Path):
    trust = read_trust(office / "accounting" / TRUST_FILE)
    with open_source(office / "accounting") as source:
        report = verify_log(source, [key.vkey for key in trust.logs], every=True)
    assert report.faults == ()
    return report


def secrets_of(office: Path) -> dict[str, list[bytes]]:
    """What must be gone: words of each request, the random bits, the people that were found."""
    found: dict[str, list[bytes]] = {"salts": [], "words": [], "people": []}
    for (salt,) in ask(office, "SELECT salt FROM request"):
        found["salts"].append(salt.encode())
    for (payload,) in ask(office, "SELECT payload FROM request WHERE payload IS NOT NULL"):
        said = json.loads(payload)
        found["words"] += [
            json.dumps(said[name], ensure_ascii=False).encode()
            for name in ("address_line", "reason")
            if said[name]
        ]
    for (person,) in ask(office, "SELECT person_id FROM verification WHERE person_id <> ''"):
        found["people"].append(person.encode())
    return {kind: all_[::5] for kind, all_ in found.items()}  # each is looked for in every byte


def bytes_of(office: Path) -> bytes:
    """Every byte of an office but its reference file, keys and registers, unpacked."""
    found = []
    for path in sorted(office.rglob("*")):
        if not path.is_file() or path.relative_to(office).parts[0] in {"reference", "keys"}:
            continue
        found.append(path.read_bytes())
        if path.suffix == ".parquet":
            found.append(json.dumps(pq.read_table(path).to_pylist(), default=str).encode())
    return b"\n".join(found)


def left_of(office: Path, secrets: dict[str, list[bytes]]) -> dict[str, int]:
    whole = bytes_of(office)
    return {
        kind: sum(b'"' + one + b'"' in whole or (kind != "people" and one in whole) for one in all_)
        for kind, all_ in secrets.items()
    }


def test_no_byte_of_what_was_destroyed_is_left_in_any_file(
    served_office, stores, tmp_path_factory, tmp_path
) -> None:
    made = answered_office(tmp_path_factory, served_office, stores)
    office = stores.copy(made, tmp_path / "office").root
    files = answers_of(office)
    report_year(office)
    before = secrets_of(office)
    there = left_of(office, before)
    assert there["salts"] == len(before["salts"]) > 100
    assert there["words"] == len(before["words"]) > 20
    chosen = run(office, LATER)
    assert chosen.answers == len(files)
    (count,) = ask(office, "SELECT count(*) FROM request")[0]
    assert len(chosen.requests) == count
    database = (office / "cases.db").read_bytes()
    assert not [one for one in before["people"] if one in database]
    assert left_of(office, before) == {"salts": 0, "words": 0, "people": 0}
    assert not list((office / "answers").glob("*.answer"))
    assert not list((office / "batches").glob("*/custody"))
    assert whole_log(office).by_type["openings.disposed"] == 1


@pytest.mark.both_stores
def test_the_entry_names_exactly_what_can_no_longer_be_opened(office: Path) -> None:
    report_year(office)
    retention(office, answered=50, unanswered=7, returned=7, suspended=7)
    chosen = run(office, LATER)
    with at_work(office, on=LATER) as place:
        entries = [read_entry(body) for body in place.store.entries_from(0)]
        (entry,) = [one for one in entries if one.type == "openings.disposed"]
        assert entry["requests"] == len(chosen.requests)
        assert entry["answers"] == 0
        assert entry["root"] == disposal_root(one.entry_index for one in chosen.requests)
        (disposal,) = place.store.disposals()
        assert (disposal.done, disposal.requests) == (True, len(chosen.requests))
        (answer,) = place.store.answers()
        assert answer.sealed
        assert salt_of(place.store.case(answer.request))
    whole_log(office)


@pytest.mark.both_stores
def test_what_was_counted_of_whom_a_file_asked_about_is_known_by_agency_to_be_destroyed(
    office: Path,
) -> None:
    counted = ask(office, "SELECT r.agency, r.id FROM asking p JOIN request r ON r.id = p.request")
    report_year(office)
    destroyed = {one.id for one in run(office, LATER).requests}
    rows: dict[str, list[int]] = {}
    for agency, number in counted:
        rows.setdefault(agency, []).append(number)
    assert rows
    assert {number for _, number in counted} <= destroyed
    with at_work(office, on=LATER) as place:
        wanted = {agency: (min(numbers), len(numbers)) for agency, numbers in rows.items()}
        assert place.store.asking_destroyed() == wanted


def test_of_a_batch_in_parts_only_what_is_due_goes(office: Path) -> None:
    (request,) = answers_of(office)
    report_year(office)
    retention(office, answered=50, unanswered=50, returned=7, suspended=7)
    chosen = run(office, SOONER)
    assert {str(one.status) for one in chosen.requests} == {"returned", "suspended"}
    (folder,) = (office / "batches").glob("2025*")
    kept = {
        name: pq.read_table(folder / "custody" / f"{name}.parquet").num_rows
        for name in ("requests", "determinations", "verifications")
    }
    ((accepted,),) = ask(office, "SELECT count(*) FROM request WHERE status = 'accepted'")
    assert kept == {"requests": accepted, "determinations": accepted, "verifications": 1}
    with at_work(office, on=SOONER) as place:
        assert replay(place)["untold_batches"] == [folder.name]
        assert salt_of(place.store.case(place.store.find_request(request).id))
        assert due(place).requests == ()


def test_the_day_comes_after_whole_years_and_not_a_day_before(
    served_office, stores, tmp_path
) -> None:
    office = stores.copy(served_office, tmp_path / "office").root
    with at_work(office, on=date(2032, 8, 5)) as place:
        assert due(place).requests == ()
    with at_work(office, on=date(2032, 8, 6)) as place:
        assert due(place).requests != ()
    assert disposing._later(date(2024, 2, 29), 7) == date(2031, 3, 1)


def test_what_is_under_recall_stays_until_every_recipient_has_certified(
    office: Path, world: Path, tmp_path: Path
) -> None:
    ((request, path),) = answers_of(office).items()
    report_year(office)
    named = recipients(office, request)
    with at_work(office, on=date(2025, 9, 1)) as place:
        recall(place, answer_to(place, request))
    with at_work(office, on=LATER) as place:
        chosen = due(place)
        assert chosen.under_recall == 1
        assert path.stem not in {one.answer for one in chosen.requests}
    for number, officer in enumerate(named):
        key = signing_key(office, officer)
        opened = opened_by(office, world, path, officer)
        file = tmp_path / f"{number}.json"
        file.write_bytes(signed_receipt(opened, officer, key, ReceiptKind.DISPOSED, How.DESTROYED))
        with at_work(office, on=LATER) as place:
            take_receipt(place, file)
    with at_work(office, on=LATER) as place:
        chosen = due(place)
        assert chosen.under_recall == 0
        dispose(place, chosen)
    assert not list((office / "recalls").glob("*.recall"))


def test_a_year_that_was_not_reported_is_not_destroyed(office: Path) -> None:
    with at_work(office, on=LATER) as place:
        assert due(place).not_reported == 1
    report_year(office)
    with at_work(office, on=LATER) as place:
        assert due(place).not_reported == 0


HOLD = """---
title: Preserve
layer: order
prefix: keep
kind: litigation-hold
cites: /us/court/ddc/2026-01-05
citation: an invented order
from: 2026-01-05
{until}scope:
  {scope}
---

# Keep what is asked about
"""


@pytest.mark.parametrize(
    ("until", "scope", "keeps"),
    [
        ("", "agencies: [dhs-ice]", True),
        ("", "agencies: [dhs]", True),
        ("", "people: true", True),
        ("", "agencies: [fincen]", False),
        ("", "provisions: [/us/usc/t26/s6103/d]", False),
        ("until: 2032-12-31\n", "agencies: [dhs-ice]", False),
    ],
)
def test_what_a_court_has_us_keep_is_kept_until_its_last_day(office, until, scope, keeps) -> None:
    report_year(office)
    with at_work(office, on=LATER) as place:
        before = due(place).requests
    (office / "orders").mkdir(exist_ok=True)
    (office / "orders" / "keep.md").write_text(HOLD.format(until=until, scope=scope))
    with (office / "registers" / "agencies.csv").open("a") as file:
        file.write("fincen,Financial Crimes Enforcement Network,true,2025-01-01,,,\n")
    with at_work(office, on=LATER) as place:
        chosen = due(place)
        assert chosen.under_hold + len(chosen.requests) == len(before)
        let_through = [one for one in before if one.status is Status.ACCEPTED]
        still = [one for one in chosen.requests if one.status is Status.ACCEPTED]
        assert len(let_through) > 0
        assert still == ([] if keeps else let_through)
        assert (chosen.under_hold == 0) is bool(until)


def test_a_stop_before_the_files_is_made_good(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_year(office)

    class PowerCut(Exception):  # noqa: N818 - nothing that the program expects
        pass

    def cut(*_args: object) -> None:
        raise PowerCut

    with at_work(office, on=LATER) as place, monkeypatch.context() as patch:
        patch.setattr(disposing, "_clear_answers", cut)
        chosen = due(place)
        with pytest.raises(PowerCut):
            dispose(place, chosen)
    assert list((office / "answers").glob("*.answer"))
    with at_work(office, on=LATER) as place:
        assert [one.done for one in place.store.disposals()] == [True]
        size = place.store.log_size()
        assert dispose(place, due(place)) == ""
        assert place.store.log_size() == size, "nothing more is due, so nothing is logged"
    assert not list((office / "answers").glob("*.answer"))


def test_nothing_is_said_of_a_request_whose_openings_are_gone(office: Path, world: Path) -> None:
    ((request, path),) = answers_of(office).items()
    officer = recipients(office, request)[0]
    key = signing_key(office, officer)
    raw = signed_receipt(opened_by(office, world, path, officer), officer, key)
    report_year(office)
    run(office, LATER)
    late = office.parent / "late.json"
    late.write_bytes(raw)
    with at_work(office, on=LATER) as place, pytest.raises(OfficeError, match="destroyed"):
        take_receipt(place, late)
    shown = ostiary("accounting", "show", office, request)
    assert "its openings have been destroyed" in shown.out


def test_a_register_that_says_nothing_is_refused(office: Path) -> None:
    for kind, years in (("answered", "soon"), ("answered", "0"), ("answers", "7")):
        (office / "registers" / "retention.csv").write_text(
            f"kind,years,authority\n{kind},{years},x\n"
        )
        with at_work(office, on=LATER) as place, pytest.raises(BookError, match="retention"):
            due(place)


def test_the_command_destroys_and_says_what(office: Path) -> None:
    report_year(office)
    copy = office.parent / "copy"
    shutil.copytree(office, copy)
    dry = ostiary("dispose", copy, "--on", LATER, "--dry-run", "--json")
    assert json.loads(dry.out)["requests"] > 500, dry.err
    done = ostiary("dispose", copy, "--on", LATER)
    assert done.status == 0, done.err
    assert "destroyed, 1 answers among" in done.out


def test_what_was_destroyed_since_it_was_listed_is_passed_over(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when one program releases all that is approved, and another disposes meanwhile."""
    with at_work(office, on=LATER) as place:
        listed = [replace(one, approvals=2) for one in place.store.queue()]
    assert listed
    (answered,) = answers_of(office)
    report_year(office)
    run(office, LATER)
    with at_work(office, on=LATER) as place:
        monkeypatch.setattr(type(place.store), "queue", lambda _store: iter(listed))
        assert release(place).stopped == ()
        with pytest.raises(OfficeError, match="destroyed"):
            release(place, answered)

"""What administrators have the office do: looked at first, by two where it destroys, in the log."""

import html
import json
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from ostiary.deciding.matching.model import open_model
from ostiary.domain.errors import InputError
from ostiary.faces.server.roles import Role
from ostiary.faces.web.templatetags.office import told
from ostiary.faces.web.views import tasks as views
from ostiary.office.administration.key_tasks import would_rotate
from ostiary.office.administration.task_runs import RunState, begin, run_of, runs_of, work_on
from ostiary.office.administration.tasks import TASKS, years_of
from ostiary.office.folder.report_files import REPORT_FILES
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log
from request_file import PERSON, REFERENCE_COLUMNS, csv_bytes
from web_office import opened_copy, person

PATH = "/administration/tasks/"


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("tasks")) as found:
        yield found


@pytest.fixture(scope="module")
def first(site):
    return person(site, Role.ADMINISTRATOR, "admin-1")


@pytest.fixture(scope="module")
def second(site):
    return person(site, Role.ADMINISTRATOR, "admin-2")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Wait for each thread, so that a test sees what became of the task."""
    begun = views.start

    def start(*said):
        begun(*said).join()

    monkeypatch.setattr(views, "start", start)


def run(site, browser, task: str, **asked):
    """Begin a task as its form does; give the run as it is then."""
    got = browser.post(PATH, {"task": task, **asked})
    assert got.status_code == 302, html.unescape(got.content.decode())
    return run_of(site.office, int(got["Location"].rstrip("/").rpartition("/")[2]))


def do(browser, found) -> int:
    return int(browser.post(f"{PATH}{found.number}/", {"seen": found.prepared}).status_code)


def logged(site, size: int) -> list[dict]:
    return [json.loads(body) for body in site.office.store.entries_from(size)]


def test_a_release_is_done_at_once_and_the_log_says_who(site, first):
    size = site.office.store.log_size()
    found = run(site, first, "release")
    assert (found.state, found.done_by) == (RunState.DONE, "admin-1")
    assert set(found.told) == {"answers", "stopped by the law of the day"}
    begun = logged(site, size)[0]
    assert (begun["type"], begun["task"], begun["administrator"]) == (
        "task.begun", "release", "admin-1",
    )  # fmt: skip
    page = first.get(f"{PATH}{found.number}/").content.decode()
    assert not any(item.request_id in page for item in site.office.store.queue())


def test_what_destroys_is_looked_at_by_one_and_done_by_another(site, first, second):
    size = site.office.store.log_size()
    found = run(site, first, "dispose")
    assert found.state is RunState.LOOKED_AT
    assert [(one["type"], one["prepared_by"]) for one in logged(site, size)] == [
        ("step.prepared", "admin-1")
    ]
    assert (
        "another administrator has it done" in first.get(f"{PATH}{found.number}/").content.decode()
    )
    assert do(first, found) == 422
    assert do(second, found) == 302
    done = run_of(site.office, found.number)
    assert (done.state, done.asked_by, done.done_by) == (RunState.DONE, "admin-1", "admin-2")
    assert do(second, found) == 422


def test_answers_are_called_back_under_an_order_by_two(site, first, second):
    found = run(site, first, "recall", order="ddc-2025-11-21")
    assert found.state is RunState.LOOKED_AT
    assert "answers affected" in found.looked
    assert do(second, found) == 302
    assert run(site, first, "recall", rule="no.such").state is RunState.FAILED
    begun = {"task": "recall", "order": "../office.toml"}
    assert first.post(PATH, begun).status_code == 422


@pytest.mark.parametrize("who", ["first", "second"])
def test_what_was_looked_at_is_withdrawn_by_any_administrator(site, request, first, second, who):
    """Nothing is done, and the look alone is logged; the page says who, and nobody does it now."""
    by, size = request.getfixturevalue(who), site.office.store.log_size()
    found = run(site, first, "dispose")
    assert "Withdraw it" in by.get(f"{PATH}{found.number}/").content.decode()
    assert by.post(f"{PATH}{found.number}/", {"do": "withdraw"}).status_code == 302
    page = html.unescape(by.get(PATH).content.decode())
    assert f"{found.number}, was withdrawn. Nothing was done." in page
    assert not re.search(rf'tasks/{found.number}/">.*?Waits for.*?</tr>', page.partition("<h2")[2])
    gone = run_of(site.office, found.number)
    assert (gone.state, gone.done_by) == (RunState.WITHDRAWN, "")
    assert gone.withdrawn_by == ("admin-1" if who == "first" else "admin-2")
    assert f"Withdrawn by</dt><dd>{gone.withdrawn_by}" in (
        by.get(f"{PATH}{found.number}/").content.decode()
    )
    assert do(second, found) == 422
    again = by.post(f"{PATH}{found.number}/", {"do": "withdraw"})
    assert again.status_code == 422
    assert "It was withdrawn already" in again.content.decode()
    assert "egin it again" not in again.content.decode()
    assert [one["type"] for one in logged(site, size)] == ["step.prepared", "step.settled"]


def test_only_what_waits_is_withdrawn(site, first):
    done = run(site, first, "release")
    got = first.post(f"{PATH}{done.number}/", {"do": "withdraw"})
    assert got.status_code == 422
    assert "It is done already" in got.content.decode()
    assert "egin it again" not in got.content.decode()
    assert run_of(site.office, done.number).state is RunState.DONE


def test_the_files_of_a_report_are_taken_on_its_page_and_each_is_logged(site, first):
    found = run(site, first, "report", year="2025")
    page, size = first.get(f"{PATH}{found.number}/").content.decode(), site.office.store.log_size()
    for name in REPORT_FILES:
        assert f'href="{PATH}{found.number}/{name}/"' in page
        got = first.get(f"{PATH}{found.number}/{name}/")
        assert got.content == (site.office.root / "reports" / "2025" / name).read_bytes()
        assert got["Content-Disposition"] == f'attachment; filename="2025-{name}"'
    taken = logged(site, size)
    assert [one["list"] for one in taken] == [f"reports/2025/{one}" for one in REPORT_FILES]
    assert {one["reader"] for one in taken} == {"admin-1"}
    assert {one["rows"] for one in taken} == {found.told["agencies"]}
    folder = site.office.root / "reports" / "2025"
    lies = json.loads((folder / "report.json").read_bytes())
    lies["agencies"] *= 3  # a later report of the year, with more agencies
    (folder / "report.json").write_text(json.dumps(lies))
    size = site.office.store.log_size()
    first.get(f"{PATH}{found.number}/report.csv/")
    assert [one["rows"] for one in logged(site, size)] == [3 * found.told["agencies"]]
    other = run(site, first, "release")
    for path in (f"{found.number}/office.toml/", f"{other.number}/report.csv/"):
        assert first.get(f"{PATH}{path}").status_code in {403, 404}


def test_a_file_of_a_report_that_goes_while_it_is_fetched_is_not_found(site, first, monkeypatch):
    found = run(site, first, "report", year="2025")
    path, size = f"{PATH}{found.number}/report.csv/", site.office.store.log_size()
    looked = views._report_files
    lies = iter([True])  # the first look, of the rule, finds it
    monkeypatch.setattr(views, "_report_files", lambda one: looked(one) if next(lies, 0) else [])
    assert first.get(path).status_code == 404
    assert site.office.store.log_size() == size


def people(*rows) -> bytes:
    return csv_bytes(*(PERSON | row for row in rows), columns=REFERENCE_COLUMNS)


def test_whom_a_task_waits_for_is_said_to_each(site, first, second):
    found = run(site, first, "dispose")
    row = rf'tasks/{found.number}/">.*?</tr>'
    said = {
        name: html.unescape(one.get(PATH).content.decode())
        for name, one in (("me", first), ("you", second))
    }
    assert "Waits for another administrator" in re.search(row, said["me"], re.DOTALL)[0]
    assert "Waits for you" in re.search(row, said["you"], re.DOTALL)[0]
    assert "Waits for another" in first.get(f"{PATH}{found.number}/").content.decode()
    assert "Waits for another" not in second.get(f"{PATH}{found.number}/").content.decode()
    for one in TASKS:
        assert f'<li><a href="#{one.name}">' in said["me"]


@pytest.mark.parametrize("asked", [{}, {"rule": "i2.signer", "order": "ddc-2025-11-21"}])
def test_a_recall_of_nothing_or_of_two_things_begins_nothing(site, first, asked):
    before = runs_of(site.office)
    got = first.post(PATH, {"task": "recall", **asked})
    assert got.status_code == 422
    assert "Name a rule or an order" in got.content.decode()
    assert runs_of(site.office) == before


def test_a_reference_is_looked_at_loaded_and_taken_back(site, first):
    before = open_model(site.office.reference)
    sent = SimpleUploadedFile("people-new.csv", people({"person_id": "x-1"}, {"person_id": "x-2"}))
    first.post(f"{PATH}incoming/", {"file": sent})
    found = run(site, first, "reference-load", file="people-new.csv", how="replace")
    assert found.state is RunState.LOOKED_AT, found.fault
    assert found.looked["new"] == 2
    assert found.looked["ended"] == before.counts.people
    assert open_model(site.office.reference).digest == before.digest
    assert do(first, found) == 302
    done = run_of(site.office, found.number)
    assert done.told["people"] == 2, done.fault
    assert (told(4632, "people"), told(True, "stolen"), told("x", "model")) == ("4,632", "yes", "x")
    assert not list((site.office.root / "incoming").iterdir())
    size = site.office.store.log_size()
    back = run(site, first, "reference-back")
    counts = {"people": before.counts.people, "addresses": before.counts.addresses}
    assert back.looked == counts | {"model": before.digest}
    assert do(first, back) == 302
    assert run_of(site.office, back.number).state is RunState.DONE
    assert open_model(site.office.reference).digest == before.digest
    types = [entry["type"] for entry in logged(site, size)]
    assert types == ["step.prepared", "task.begun", "step.settled", "reference.loaded"]
    before_it = runs_of(site.office)
    again = first.post(PATH, {"task": "reference-back"})
    assert again.status_code == 422
    assert "No earlier reference is kept" in again.content.decode()
    assert runs_of(site.office) == before_it


def test_why_a_file_cannot_be_loaded_is_told_kind_by_kind(site, first):
    wrong = people({"person_id": "x-1", "tin": "12"}, {"person_id": "x-2", "period": "23"})
    first.post(f"{PATH}incoming/", {"file": SimpleUploadedFile("wrong.csv", wrong)})
    found = run(site, first, "reference-load", file="wrong.csv", how="replace")
    assert found.state is RunState.FAILED
    assert found.fault.startswith("wrong.csv row 1 column tin: not nine digits")
    page = first.get(f"{PATH}{found.number}/").content.decode()
    assert "<li>Column tin: not nine digits (row 1)." in page
    assert "<li>Column period: not a year from 1900 to 2100 (row 2)." in page
    first.post(f"{PATH}incoming/", {"remove": "wrong.csv"})


def test_a_report_and_a_backup_lie_where_the_page_says(site, first):
    report = run(site, first, "report", year="2025")
    assert report.state is RunState.DONE, report.fault
    assert (site.office.root / "reports" / "2025" / "report.csv").is_file()
    size = site.office.store.log_size()
    refused = first.post("/administration/tasks/", {"task": "report", "year": "20x5"})
    assert (refused.status_code, site.office.store.log_size()) == (422, size)
    backup = run(site, first, "backup")
    assert backup.state is RunState.DONE, backup.fault
    assert backup.told["log entries"] == site.office.store.log_size()


@pytest.mark.parametrize("training", [True, False])
def test_every_year_from_the_first_is_offered_and_this_one_for_training_alone(site, training):
    office = SimpleNamespace(store=site.office.store, config=SimpleNamespace(training=training))
    begun = min(
        int(logged(site, 0)[0]["at"][:4]), *(o.received.year for o in office.store.batches())
    )
    over = [str(year) for year in range(begun + 3, begun - 1, -1)]
    now = [str(begun + 4)] if training else []
    assert list(years_of(office, begun + 4)) == [*over, *now]
    empty = SimpleNamespace(log_size=lambda: 0, first_received=lambda: None)
    new = SimpleNamespace(store=empty, config=office.config)
    assert list(years_of(new, begun + 4)) == now


def test_nothing_chosen_begins_no_report(site, first):
    size = site.office.store.log_size()
    assert first.post(PATH, {"task": "report", "year": ""}).status_code == 422
    assert site.office.store.log_size() == size


def test_one_task_works_at_a_time_and_a_dead_one_blocks_nobody(site, first):
    place = site.place()
    begun = begin(place, "release", {}, "admin-1")
    assert first.post(PATH, {"task": "backup"}).status_code == 422
    page = first.get(f"{PATH}{begun.number}/").content.decode()
    assert "At work" in page
    assert 'http-equiv="refresh"' in page
    path = site.office.root / "tasks" / f"{begun.number:06}.json"
    path.write_text(path.read_text().replace(begun.program, "1 0 elsewhere"))
    assert run_of(site.office, begun.number).state is RunState.FAILED
    assert run(site, first, "release").state is RunState.DONE


def test_a_fault_is_said_and_nothing_is_raised(site):
    begun = begin(site.place(), "reference-load", {"file": "none.csv"}, "admin-1")
    assert work_on(site.working, site.office, begun).state is RunState.FAILED
    connections.close_all()


@pytest.mark.parametrize("name", ["../x.csv", "", "a b.csv", ".hidden"])
def test_a_file_to_load_cannot_lie_elsewhere(site, first, name):
    before = sorted(one.name for one in site.office.root.iterdir())
    first.post(f"{PATH}incoming/", {"file": SimpleUploadedFile(name or "x y", b"a")})
    names = sorted(one.name for one in (site.office.root / "incoming").iterdir())
    assert all(one == "x.csv" for one in names)
    assert sorted(one.name for one in site.office.root.iterdir()) == before


def test_a_file_that_is_not_to_be_loaded_is_removed(site, first):
    """Its name is free again then; a wrong name, or one that leads elsewhere, removes nothing."""
    sent = {"file": SimpleUploadedFile("wrong.parquet", b"no Parquet")}
    first.post(f"{PATH}incoming/", sent)
    first.post(f"{PATH}incoming/", {"file": SimpleUploadedFile("wrong.parquet", b"once more")})
    assert "Remove that one first" in first.get(PATH).content.decode()
    for name in ("../office.toml", "none.csv"):
        first.post(f"{PATH}incoming/", {"remove": name})
        assert "Nothing was removed: no such file" in first.get(PATH).content.decode()
    working = begin(site.place(), "reference-load", {"file": "wrong.parquet"}, "admin-1")
    first.post(f"{PATH}incoming/", {"remove": "wrong.parquet"})
    refused = "Nothing was removed: load a reference file is at work"
    assert refused in first.get(PATH).content.decode()
    assert (site.office.root / "incoming" / "wrong.parquet").read_bytes() == b"no Parquet"
    assert work_on(site.working, site.office, working).state is RunState.FAILED
    connections.close_all()
    first.post(f"{PATH}incoming/", {"remove": "wrong.parquet"})
    assert "wrong.parquet was removed" in first.get(PATH).content.decode()
    assert not (site.office.root / "incoming" / "wrong.parquet").exists()


def test_what_is_looked_at_first_says_so_on_its_button(first):
    page = first.get(PATH).content.decode()
    looked_at = sum(one.looks_first for one in TASKS if one.name != "reference-load")
    shown = looked_at + page.count('id="reference-load-file"')
    assert page.count("Look at what it would do") == shown


def test_nobody_else_has_the_office_do_anything(site):
    auditor = person(site, Role.AUDITOR, "auditor-7")
    assert auditor.get(PATH).status_code == 403
    assert auditor.post(PATH, {"task": "dispose"}).status_code == 403


def test_the_logs_keys_are_changed_by_two_and_the_log_verifies_before_and_after(
    site, first, second
):
    before = site.place().log_keys
    found = run(site, first, "key-change", stolen="no")
    assert found.state is RunState.LOOKED_AT
    assert site.place().log_keys == before
    assert do(first, found) == 422
    assert do(second, found) == 302
    done = run_of(site.office, found.number)
    assert (done.state, done.fault, done.done_by) == (RunState.DONE, "", "admin-2")
    after = site.place().log_keys
    assert {key.vkey for key in before}.isdisjoint(key.vkey for key in after)
    trust = read_trust(site.office.accounting / TRUST_FILE)
    assert done.told["fingerprint of the new keys"] == trust.fingerprint
    with open_source(str(site.office.accounting)) as source:
        report = verify_log(source, [key.vkey for key in trust.logs])
    assert report.is_sound, report.faults
    page = first.get(f"{PATH}{found.number}/").content.decode()
    assert trust.fingerprint in page
    assert "give the witnesses the new keys" in page


def test_keys_in_a_token_are_for_the_command(site, tmp_path):
    (tmp_path / "keys").mkdir()
    name = "pkcs11:token=office;object=log;id=%01?module-path=/m.so&pin-source=/pin"
    (tmp_path / "keys" / "log.key").write_text(f"{name}\n")
    place = replace(site.place(), office=replace(site.office, root=tmp_path))
    with pytest.raises(InputError, match="rotate-key"):
        would_rotate(place, {}, print)

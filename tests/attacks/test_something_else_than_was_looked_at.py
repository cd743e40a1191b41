"""Attack: between the look and the word to go on, what a task is about becomes something else.

One administrator looks at numbers, another has it done. Numbers of the same size fit other answers,
other requests and another file; so a look leaves a mark of exactly what it looked at. What waits
lies in files of the office's folder, and whoever writes there could exchange it, or write that a
colleague prepared it; so it counts as the log has it.
"""

import dataclasses
import json
import shutil
from datetime import date

import pytest

from ostiary.deciding.matching.model import open_model
from ostiary.domain.errors import InputError
from ostiary.domain.words import Status
from ostiary.office.administration.changing import prepare, put_into_force, withdraw
from ostiary.office.administration.governed_files import digest_of, governed_file
from ostiary.office.administration.task_runs import (
    RunState,
    begin,
    have_done,
    run_of,
    withdraw_run,
    work_on,
)
from ostiary.office.administration.tasks import _to_destroy, _would_recall
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import Due
from ostiary.office.release.recall import RecallSet
from ostiary.office.store import OpenableRequest
from request_file import PERSON, REFERENCE_COLUMNS, csv_bytes

ON = date(2025, 8, 7)


@pytest.fixture(scope="module")
def root(served_office, stores, tmp_path_factory):
    return stores.copy(served_office, tmp_path_factory.mktemp("exchanged") / "office").root


def test_a_file_to_load_is_the_one_that_was_looked_at(root):
    incoming = root / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    path = incoming / "people.csv"
    looked, other = ({"person_id": "x-1", "address_line": f"{n} MAIN ST"} for n in (1, 2))
    path.write_bytes(csv_bytes(PERSON | looked, columns=REFERENCE_COLUMNS))
    with at_work(root, on=ON) as place:
        before = open_model(place.office.reference).digest
        asked = {"file": "people.csv", "how": "extend"}
        run = begin(place, "reference-load", asked, "admin-1")
    working = lambda: at_work(root, on=ON)  # noqa: E731
    found = work_on(working, place.office, run)
    assert found.state is RunState.LOOKED_AT, found.fault
    path.write_bytes(csv_bytes(PERSON | other, columns=REFERENCE_COLUMNS))
    with at_work(root, on=ON) as place:
        run = have_done(place, found.number, "admin-2")
    done = work_on(working, place.office, run)
    assert (done.state, run_of(place.office, found.number).state) == (RunState.FAILED,) * 2
    assert "something else" in done.fault
    assert open_model(place.office.reference).digest == before


def due(*numbers):
    one = OpenableRequest(0, Status.ACCEPTED, ON, "answer-0", ON, 7, "batch")
    chosen = tuple(one._replace(id=n, answer=f"answer-{n}") for n in numbers)
    return Due(chosen, 0, 0, 0, "sha256:" + "0" * 64)


def test_as_many_other_requests_or_answers_are_something_else(root):
    with at_work(root, on=ON) as place:
        destroyed = [_to_destroy(place, due(*some)) for some in ((1, 2), (2, 1), (1, 3))]
        assert destroyed[0] == destroyed[1] != destroyed[2]
        sets = [RecallSet(((name, "rule/x"),)) for name in ("a", "b")]
        sets.append(dataclasses.replace(sets[0], causes=(("a", "order/y"),)))
        recalled = [_would_recall(place, one) for one in sets]
        assert len({str(one) for one in recalled}) == len(sets)
        assert all(one["answers affected"] == 1 for one in recalled)


@pytest.mark.parametrize("name", ["recall", "dispose"])
def test_who_looked_at_what_destroys_or_calls_back_does_not_have_it_done(root, name):
    with at_work(root, on=ON) as place:
        run = begin(place, name, {"order": "ddc-2025-11-21"}, "admin-1")
    found = work_on(lambda: at_work(root, on=ON), place.office, run)
    assert found.state is RunState.LOOKED_AT, found.fault
    with at_work(root, on=ON) as place, pytest.raises(InputError, match="does not have it done"):
        have_done(place, found.number, "admin-1")


HOOKS = "agency,url,from,until\ndhs-ice,https://{}.example/told,2025-01-01,\n"


def prepared(place, name, by="admin-1"):
    content = HOOKS.format(name).encode()
    seen = digest_of(governed_file(place.office, "webhooks.csv").content())
    return prepare(place, "webhooks.csv", content, seen=seen, why="told of answers", by=by)


def exchanged(folder):
    """Another wording with its digest, as if it had been prepared."""
    content = HOOKS.format("other").encode()
    (folder / "after").write_bytes(content)
    return {"after": digest_of(content)}


@pytest.mark.parametrize(
    "altered",
    [
        exchanged,
        lambda _: {"prepared_by": "admin-2"},
        lambda _: {"why": "asked for by the head"},
        lambda _: {"salt": "0" * 32},
        lambda _: {"prepared": 0},
        lambda _: {"prepared": None},
        lambda _: {"prepared": 10**9},
        lambda _: {"prepared": -1},
    ],
)
def test_a_change_comes_into_force_as_the_log_has_it_or_not_at_all(root, altered):
    with at_work(root, on=ON) as place:
        change = prepared(place, "told")
        folder = root / "changes" / f"{change.number:06}"
        record, size = folder / "change.json", place.store.log_size()
        record.write_text(json.dumps(json.loads(record.read_text()) | altered(folder)))
        for by in ("admin-1", "admin-2", "admin-3"):
            with pytest.raises(InputError, match="not what the log has"):
                put_into_force(place, change.number, by)
        assert (size, (root / "registers" / "webhooks.csv").exists()) == (
            place.store.log_size(),
            False,
        )


def test_a_change_does_not_take_the_place_of_another(root):
    """Not one laid over it, nor one that was given its number once it had been taken away."""
    with at_work(root, on=ON) as place:
        shown, other = prepared(place, "shown"), prepared(place, "other")
        folders = [root / "changes" / f"{one.number:06}" for one in (shown, other)]
        shutil.copytree(folders[1], folders[0], dirs_exist_ok=True)
        record = folders[0] / "change.json"
        record.write_text(json.dumps(json.loads(record.read_text()) | {"number": shown.number}))
        with pytest.raises(InputError, match="not what the log has"):
            put_into_force(place, shown.number, "admin-2", seen=shown.prepared)
        shutil.rmtree(folders[1])
        again = prepared(place, "again")
        assert again.number == other.number
        with pytest.raises(InputError, match="another change than was shown"):
            put_into_force(place, other.number, "admin-2", seen=other.prepared)
        assert put_into_force(place, again.number, "admin-2", seen=again.prepared).entry


@pytest.mark.parametrize(
    "altered",
    [
        {"asked_by": "admin-2"},
        {"asked": {"order": "training-monitor"}},
        {"looked": {}},
        {"task": "recall"},
        {"prepared": None},
    ],
)
def test_a_task_is_done_as_the_log_has_the_look_or_not_at_all(root, altered):
    with at_work(root, on=ON) as place:
        run = begin(place, "dispose", {}, "admin-1")
    found = work_on(lambda: at_work(root, on=ON), place.office, run)
    record = root / "tasks" / f"{found.number:06}.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | altered))
    with at_work(root, on=ON) as place:
        for by in ("admin-1", "admin-2"):
            with pytest.raises(InputError, match="not what the log has"):
                have_done(place, found.number, by)
        with pytest.raises(InputError, match="not what the log has"):
            have_done(place, found.number, "admin-2", seen=0)


@pytest.mark.parametrize("end", [put_into_force, withdraw])
def test_a_change_that_was_done_or_withdrawn_is_not_put_into_force_again(root, end):
    """Its files are put back as they once waited, and the register as it was then."""
    with at_work(root, on=ON) as place:
        register = root / "registers" / "webhooks.csv"
        before = register.read_bytes() if register.exists() else None
        change = prepared(place, f"once-{end.__name__}")
        record = root / "changes" / f"{change.number:06}" / "change.json"
        waiting = record.read_bytes()
        end(place, change.number, "admin-2")
        record.write_bytes(waiting)
        if before is None:
            register.unlink(missing_ok=True)
        else:
            register.write_bytes(before)
        for by in ("admin-1", "admin-2"):
            with pytest.raises(InputError, match="done or withdrawn before"):
                put_into_force(place, change.number, by)


def test_a_task_that_was_withdrawn_or_begun_is_not_done_again(root):
    for how in ("withdrawn", "begun"):
        with at_work(root, on=ON) as place:
            run = begin(place, "dispose", {}, "admin-1")
        found = work_on(lambda: at_work(root, on=ON), place.office, run)
        record = root / "tasks" / f"{found.number:06}.json"
        waiting = record.read_bytes()
        with at_work(root, on=ON) as place:
            if how == "withdrawn":
                withdraw_run(place, found.number, "admin-1")
            else:
                going = have_done(place, found.number, "admin-2")
        if how == "begun":
            assert work_on(lambda: at_work(root, on=ON), place.office, going).done_by == "admin-2"
        record.write_bytes(waiting)
        with at_work(root, on=ON) as place, pytest.raises(InputError, match="withdrawn before"):
            have_done(place, found.number, "admin-2")

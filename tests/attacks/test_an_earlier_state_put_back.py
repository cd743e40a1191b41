"""Attack: whoever may edit the database puts rows of yesterday back, table by table.

Each row was right once, and its entry bears it out; only that it is not the last one is told by the
log. So an office lives for a while, and what each of its tables held after each step is laid into
the office as it is at the end: into the later log. Nobody may work on as if nothing had been.
"""

import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest
from test_a_key_put_into_a_register import new_key, put

from casedb import change
from officers import accept_keys, approve_twice, desk_on, first_case, key_of
from ostiary.domain.errors import FaultError, InputError, OstiaryError
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.steps import determine
from ostiary.office.folder.log_marks import FILE
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.recall import answer_to, recall
from ostiary.office.release.release import release
from walks import RECEIVED, lawful_of, run, walk, written

TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table'"
    " AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'django%' AND name <> 'office'"
)
Tables = dict[str, list[tuple[object, ...]]]


def held(root) -> Tables:
    """All rows of all tables."""
    with closing(sqlite3.connect(root / "cases.db")) as db:
        names = [name for (name,) in db.execute(TABLES)]
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def put_back(root, earlier: Tables, names) -> None:
    """Lay what some tables held into an office, with its triggers as they were."""
    with closing(sqlite3.connect(root / "cases.db")) as db:
        db.execute("PRAGMA foreign_keys = off")
        laid = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in laid:
            db.execute(f'DROP TRIGGER "{name}"')
        for name in names:
            db.execute(f"DELETE FROM {name}")
            for row in earlier[name]:
                places = ", ".join("?" * len(row))
                db.execute(f"INSERT INTO {name} VALUES ({places})", row)
        for _, text in laid:
            db.execute(text)
        db.commit()


def live(root, world, folder):
    """Let an office live; give what its tables held after each step."""
    yield held(root)
    with desk_on(root) as (place, desk):
        case = first_case(desk)
        answered = f"{case.request.agency}/{case.request.request_id}"
        approve_twice(desk, root, answered)
    yield held(root)
    put(root, "reviewers", "cora", new_key()[1])
    with desk_on(root) as (place, _):
        accept_keys(place)
    with desk_on(root) as (place, _):
        assert len(release(place, answered).answers) == 1  # another key of cora's voids no vote
    yield held(root)
    run(root, written(folder / "walk.csv", walk(lawful_of(world), 3)))
    with desk_on(root) as (place, desk):
        used = [case.request.request_id]
        other = first_case(desk, besides=used)
        name = f"{other.request.agency}/{other.request.request_id}"
        determine(place, name, "anna", key_of(root, "anna"), found=True)
        desk.refuse(name, "bert", key_of(root, "bert"), "the address is a shelter")
        desk.write_note(name, "anna", "the matter number is of another district")
    yield held(root)
    with desk_on(root) as (place, _):
        recall(place, answer_to(place, answered))


@pytest.fixture(scope="module")
def lived(served_office, stores, world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lived")
    root = stores.copy(served_office, folder / "office").root
    states = list(live(root, world, folder))
    with desk_on(root) as (place, _):
        assert check_openings(place).faults == ()
    return root, states, held(root)


@contextmanager
def as_it_was(root):
    """Give an office to do with as one likes, and put it back."""
    kept = [root / "cases.db", root / FILE]
    for path in kept:
        shutil.copy2(path, path.with_suffix(".kept"))
    log = shutil.copytree(root / "accounting", root.parent / "log")
    try:
        yield
    finally:
        for path in kept:
            path.with_suffix(".kept").replace(path)
        shutil.rmtree(root / "accounting")
        log.rename(root / "accounting")


def said_of(root) -> str:
    """What is said by who enters the office, or by the audit; nothing when all seems well."""
    try:
        with desk_on(root) as (place, _):
            return "; ".join(check_openings(place).faults)
    except OstiaryError as error:
        return f"refused: {error}"


def test_no_table_of_yesterday_is_believed(lived):
    """The state before the last change of each: it lacks least, and is the hardest to find."""
    root, states, last = lived
    found, believed = set(), []
    for name in last:
        changed = [one for one in states if one[name] != last[name]]
        for earlier in changed[-1:]:
            with as_it_was(root):
                put_back(root, earlier, [name])
                said = said_of(root)
            found.add(name)
            if not said:
                believed.append(name)
    assert believed == []
    # what the life of this office did not touch is not shown by it
    assert last.keys() - found <= {
        *("person_asked", "look_order", "later_verification", "counsel_answer", "receipt"),
        *("use_report", "disposal", "kept_record", "reported_figures"),
    }


LET_OUT = ("law_adopted", "key_seen", "key_acceptance")


@pytest.mark.parametrize("step", range(3))
@pytest.mark.parametrize("names", [LET_OUT, LET_OUT[:2], ("asking",), ("batch", "request")])
def test_nor_are_several_that_bear_each_other_out_and_nobody_gets_to_work(lived, step, names):
    root, states, last = lived
    assert any(states[step][name] != last[name] for name in names)
    with as_it_was(root):
        put_back(root, states[step], names)
        assert said_of(root).startswith("refused: ")


def test_everything_but_the_log_is_not_believed_either(lived):
    root, states, last = lived
    for earlier in states:
        with as_it_was(root):
            put_back(root, earlier, last.keys() - {"log_entry"})
            assert said_of(root).startswith("refused: ")


def test_without_what_was_kept_between_programs_the_log_alone_tells_of_the_law(lived):
    root, states, _ = lived
    with as_it_was(root):
        (root / FILE).unlink()
        put_back(root, states[1], LET_OUT)
        assert said_of(root).startswith("refused: ")


@pytest.mark.both_stores
def test_the_law_before_the_last_one_is_refused_on_either_database(served_office, stores, tmp_path):
    root = stores.copy(served_office, tmp_path / "office").root
    with desk_on(root):
        put(root, "reviewers", "cora", new_key()[1])
    with desk_on(root) as (place, _):
        accept_keys(place)
    with desk_on(root):
        pass
    gone = "(SELECT max(entry_index) FROM law_adopted)"
    if stores.kind == "postgresql":
        off = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in LET_OUT[:2]]
        on = [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in LET_OUT[:2]]
    else:
        with closing(sqlite3.connect(root / "cases.db")) as db:
            laid = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            off, on = map(list, zip(*laid.fetchall(), strict=True))
            off = [f'DROP TRIGGER "{name}"' for name in off]
    deleted = [
        f"DELETE FROM {name} WHERE entry_index >= {gone}" for name in ("key_seen", "law_adopted")
    ]
    change(root, *off, *deleted, *on)
    with pytest.raises(FaultError, match="law_adopted that stood in"), desk_on(root):
        pytest.fail("the office worked on")
    (root / FILE).unlink()  # the log alone tells of it, too
    with pytest.raises(FaultError, match=r"entry \d+: the law that"), desk_on(root):
        pytest.fail("the office worked on")


@pytest.mark.parametrize("lies_there", ["folder", "link", "dead link"])
def test_a_file_does_not_come_to_lie_where_that_of_a_later_state_lies(
    office, world, tmp_path, lies_there
):
    """Store, log and marks are all of yesterday: the folder of today's file still lies there.

    Its replies are another's, perhaps; nothing is stored, and the office works on once it is away.
    """
    path = written(tmp_path / "walk.csv", walk(lawful_of(world), 1))
    later = office / "batches" / "2025-08-06-002"
    if lies_there == "folder":
        later.mkdir()
        (later / "replies.csv").write_text("what another agency was told\n")
    else:
        later.symlink_to(office / "batches" / ("2025-08-06-001" if lies_there == "link" else "x"))
    with at_work(office, on=RECEIVED) as place:
        size, batches = place.store.log_size(), place.store.batches()
        with pytest.raises(InputError, match="an earlier state of the store was put back") as found:
            run_batch(place, path, RECEIVED)
        assert found.value.where == str(later)
        assert (place.store.log_size(), place.store.batches()) == (size, batches)
    assert not list((office / "batches").glob(".unnamed*"))
    later.rename(tmp_path / "put-away")
    [done] = run(office, path)
    assert done["batch"] == later.name

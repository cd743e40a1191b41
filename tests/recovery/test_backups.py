"""An office copied while it works, and put back: whole, the same, and said in its log."""

import json
import stat

import pytest

from commands import ostiary
from forks import FORKS
from officers import NEXT_DAY, approve_twice, desk_on, first_case
from ostiary.domain.errors import InputError, OfficeError
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.recovery import backup
from ostiary.office.recovery.backup import make_backup, read_backup
from ostiary.office.recovery.entering import at_work
from ostiary.office.recovery.restore import restore
from ostiary.office.release.release import release
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log


def files_of(root):
    """Everything that an office holds, but for its store, and what is made anew."""
    left_out = {"cases.db", "cases.db-journal", "checkpoint", "backup.json"}
    return {
        path.relative_to(root): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in root.rglob("*")
        if path.is_file() and path.name not in left_out and path.name[0] != "."
        if "tile" not in path.parts
    }


def checkpoint_of(root):
    return (root / "accounting" / "checkpoint").read_bytes()


def is_whole(root):
    log = root / "accounting"
    with open_source(str(log)) as source:
        report = verify_log(source, [read_trust(log / TRUST_FILE).log.vkey])
    with at_work(root, on=NEXT_DAY) as place:
        return not report.faults and not check_openings(place).faults


def test_what_is_put_back_is_the_office(office, tmp_path):
    made = make_backup(office, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "again", checkpoint_of(office))
    assert files_of(tmp_path / "again") == files_of(office)
    with at_work(tmp_path / "again", on=NEXT_DAY) as place:
        size = place.store.log_size()
        last = read_entry(place.store.entry(size - 1).body)
    assert size == made.entries + 1
    assert (last.type, last["entries"], last["made"]) == ("office.restored", made.entries, made.at)
    assert is_whole(tmp_path / "again")


@pytest.mark.postgres
def test_cases_in_postgresql_are_backed_up_and_put_back_into_either(office, stores, tmp_path):
    with desk_on(office) as (_, desk):
        name = first_case(desk).request.request_id
        approve_twice(desk, office, name)
    made = make_backup(office, tmp_path / "backup")
    assert stat.S_IMODE((tmp_path / "backup" / "cases.db").stat().st_mode) == 0o600
    with pytest.raises(OfficeError, match="office"):
        restore(tmp_path / "backup", tmp_path / "taken", checkpoint_of(office))
    assert not (tmp_path / "taken").exists()
    for place_of, url in (
        ("file", "sqlite:///cases.db"),
        ("database", stores.server.url(stores.server.new_database())),
    ):
        again = tmp_path / place_of
        restore(tmp_path / "backup", again, checkpoint_of(office), database=url)
        assert is_whole(again)
        with desk_on(again) as (place, _):
            assert place.store.log_size() == made.entries + 1
            assert [request for request, _ in release(place).answers] == [name]


def test_work_goes_on_where_it_was(office, tmp_path):
    with desk_on(office) as (_, desk):
        name = first_case(desk).request.request_id
        approve_twice(desk, office, name)
    make_backup(office, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "again", checkpoint_of(office))
    with desk_on(tmp_path / "again") as (place, _):
        assert [request for request, _ in release(place).answers] == [name]


def test_while_others_write_a_backup_is_whole(office, world, tmp_path):
    header, *rows = (world / "requests.csv").read_text().splitlines()
    file = tmp_path / "more.csv"
    file.write_text("\n".join([header, *(f"more-{row}" for row in rows)]) + "\n")
    writing = FORKS.Process(target=ostiary, args=("run", office, file, "--received", "2025-08-06"))
    writing.start()
    made = []
    while writing.is_alive() or len({entries for _, entries in made}) < 2:
        folder = tmp_path / f"backup-{len(made)}"
        made.append((folder, make_backup(office, folder, with_reference=False).entries))
    writing.join()
    assert writing.exitcode == 0
    first_behind = next(one for one in made if one[1] > made[0][1])
    for folder, entries in (made[0], first_behind):
        again = folder.with_suffix(".again")
        assert restore(folder, again, None).entries == entries
        assert is_whole(again)


def test_a_backup_is_for_its_owner_alone(office, tmp_path):
    make_backup(office, tmp_path / "backup")
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "backup" / "cases.db").stat().st_mode) == 0o600


def test_without_the_reference_file_it_says_so(office, tmp_path):
    (office / "incoming").mkdir(mode=0o700)
    (office / "incoming" / "people.csv").write_text("what it is loaded from")
    made = make_backup(office, tmp_path / "backup", with_reference=False)
    assert not made.reference
    assert not any(place.startswith(("reference/", "incoming/")) for place in made.files)


@pytest.mark.parametrize("place", ["office", "office/backup", "taken"])
def test_it_goes_nowhere_that_is_taken_or_inside_the_office(office, tmp_path, place):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    with pytest.raises(InputError):
        make_backup(office, tmp_path / place)
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]


MEANWHILE = {
    "openings were destroyed": ("dispose", "--on", "2045-01-01"),
    "keys of the log were changed": ("accounting", "rotate-key"),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_what_is_taken_away_or_changed_meanwhile_spoils_it(office, tmp_path, monkeypatch, what):
    copy_batches = backup._copy_batches
    command = MEANWHILE[what]
    at = 2 if command[0] == "accounting" else 1

    def do_first(*arguments):
        assert ostiary(*command[:at], office, *command[at:]).status == 0
        return copy_batches(*arguments)

    monkeypatch.setattr(backup, "_copy_batches", do_first)
    with pytest.raises(OfficeError, match=f"{what} while the backup was made.*run it again"):
        make_backup(office, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


DAMAGES = {
    "is not as it was": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "is missing": lambda path: path.unlink(),
    "was not in it": lambda path: (path.parent / "more").touch(),
    "no backup": lambda path: (path.parent.parent / "backup.json").unlink(),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_backup_is_refused_and_nothing_is_left(office, tmp_path, what):
    make_backup(office, tmp_path / "backup", with_reference=False)
    DAMAGES[what](tmp_path / "backup" / "keys" / "log.key")
    with pytest.raises(InputError, match=what):
        restore(tmp_path / "backup", tmp_path / "again", None)
    assert not (tmp_path / "again").exists()


def test_the_commands_say_what_they_did(office, tmp_path):
    done = ostiary("backup", office, tmp_path / "backup", "--json")
    assert json.loads(done.out)["entries"] == read_backup(tmp_path / "backup").entries
    done = ostiary("restore", tmp_path / "backup", tmp_path / "again")
    assert (done.status, "--checkpoint" in done.err) == (2, True)
    shown = office / "accounting" / "checkpoint"
    done = ostiary("restore", tmp_path / "backup", tmp_path / "again", "--checkpoint", shown)
    assert done.status == 0, done.err

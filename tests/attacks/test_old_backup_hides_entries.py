"""Attack: whoever runs the office puts an old backup back, and what was logged since is gone."""

import pytest

from commands import ostiary
from officers import NEXT_DAY, approve_twice, desk_on, first_case
from ostiary.office.folder.rotation import rotate_keys
from ostiary.office.recovery.backup import make_backup
from ostiary.office.recovery.entering import at_work
from ostiary.office.recovery.restore import restore
from ostiary.verifying.log.faults import RollbackError
from ostiary.verifying.log.notes import NoteError


@pytest.fixture
def old(office, tmp_path):
    """A backup from before an officer's decisions."""
    make_backup(office, tmp_path / "old")
    with desk_on(office) as (_, desk):
        approve_twice(desk, office, first_case(desk).request.request_id)
    return tmp_path / "old"


def checkpoint(office):
    return (office / "accounting" / "checkpoint").read_bytes()


def test_entries_that_outsiders_hold_cannot_be_undone(office, old, tmp_path):
    with pytest.raises(RollbackError, match="would hide the entries between"):
        restore(old, tmp_path / "again", checkpoint(office))
    with at_work(office, on=NEXT_DAY) as place:
        rotate_keys(place)
    with pytest.raises(RollbackError, match="keys were changed after the backup was made"):
        restore(old, tmp_path / "again", checkpoint(office))
    assert not (tmp_path / "again").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]


def test_by_the_command_it_is_a_fault(office, old, tmp_path):
    shown = office / "accounting" / "checkpoint"
    done = ostiary("restore", old, tmp_path / "again", "--checkpoint", shown)
    assert done.status == 1
    assert "Traceback" not in done.err


@pytest.mark.usefixtures("old")
def test_a_later_backup_is_taken(office, tmp_path):
    make_backup(office, tmp_path / "new", with_reference=False)
    restore(tmp_path / "new", tmp_path / "again", checkpoint(office))
    with at_work(tmp_path / "again", on=NEXT_DAY) as place:
        assert place.store.log_size() > 600


def test_a_checkpoint_of_another_log_is_none_of_this_one(old, tmp_path):
    ostiary("init", tmp_path / "other", "--training")
    with pytest.raises(NoteError):
        restore(old, tmp_path / "again", checkpoint(tmp_path / "other"))


def test_an_office_that_went_another_way_after_a_restore_is_found_out(office, old, tmp_path):
    """The log forks: the second backup has as many entries as outsiders hold, but others."""
    restore(old, tmp_path / "forked", None)
    with desk_on(tmp_path / "forked") as (_, desk):
        approve_twice(desk, tmp_path / "forked", first_case(desk).request.request_id)
    make_backup(tmp_path / "forked", tmp_path / "fork", with_reference=False)
    with pytest.raises(RollbackError, match="another log"):
        restore(tmp_path / "fork", tmp_path / "again", checkpoint(office))

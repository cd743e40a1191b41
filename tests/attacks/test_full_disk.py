"""A disk that fills up in the middle: one clear message, and nothing half done."""

import resource
import signal
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pytest

from commands import ostiary
from ostiary.faces.cli.main import _engine_errors, _engine_message, _system_message
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

DAY = ("--received", "2025-08-06")


def no_file_above(size):
    """Limit each file's size: the system refuses a write as it does on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("kibibytes", [4, 200, 400])
def test_a_run_that_finds_no_room(office, world, tmp_path, kibibytes):
    file = tmp_path / "again.csv"
    text = (world / "requests.csv").read_text()
    header, *rows = text.splitlines()
    file.write_text("\n".join([header, *(f"again-{row}" for row in rows)]) + "\n")
    before = sorted(path.name for path in (office / "batches").iterdir())
    done = ostiary("run", office, file, *DAY, before=partial(no_file_above, kibibytes * 1024))
    if done.status:
        assert done.status == 2
        assert "full" in done.err or "room" in done.err, done.err
        assert "Traceback" not in done.err
    whole = ostiary("run", office, file, *DAY, "--json")
    assert whole.status == 0, whole.err
    names = {path.name for path in (office / "batches").iterdir()}
    assert not [name for name in names if name.startswith(".")]
    assert len(names) == len(before) + (1 if done.status else 2)
    assert sound(office)
    assert not list(office.glob(".scratch-*"))


def sound(office):
    with at_work(office):
        pass
    log = office / "accounting"
    with open_source(str(log)) as source:
        report = verify_log(source, [read_trust(log / TRUST_FILE).log.vkey])
    return report.faults == ()


@pytest.mark.parametrize("kibibytes", [60, 400])
def test_nothing_of_a_run_that_found_no_room_is_left(office, world, tmp_path, kibibytes):
    file = tmp_path / "again.csv"
    header, *rows = (world / "requests.csv").read_text().splitlines()
    file.write_text("\n".join([header, *(f"again-{row}" for row in rows)]) + "\n")
    done = ostiary("run", office, file, *DAY, before=partial(no_file_above, kibibytes * 1024))
    assert done.status == 2, done.err
    assert ostiary("review", office, "list").status == 0
    assert [path.name for path in (office / "batches").iterdir()] == ["2025-08-06-001"], done.err
    assert not list(office.glob(".scratch-*"))


def test_a_full_disk_is_called_so_where_numpy_says_no_number():
    """NumPy raises an OSError of words alone, and a reference file is written by it."""
    with Path("/dev/full").open("wb") as full, pytest.raises(OSError, match="written") as caught:
        np.zeros(1 << 20).tofile(full)
    assert "the disk is full" in _system_message(caught.value)
    assert _system_message(OSError("it went away")) == "it went away"


def test_what_does_not_fit_into_memory_is_called_so():
    """The engine's own text tells a setting that nobody of an office has, and names no cure."""
    little = {"memory_limit": "10MiB", "temp_directory": "", "threads": 1}
    with duckdb.connect(config=little) as con, pytest.raises(_engine_errors()) as caught:
        con.execute("CREATE TABLE rows AS SELECT range::VARCHAR || 'x' FROM range(1000000)")
    assert "Send the file in parts" in _engine_message(caught.value)

"""Publishing: at every moment the folder is a complete log, the old one or the new one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from log_story import ORIGIN, OfficeLog, told_story
from ostiary.domain.errors import InputError
from ostiary.verifying.keys.files import new_signing_key, read_signing_key, write_private
from ostiary.verifying.log.faults import NoteError, RollbackError
from ostiary.verifying.log.published import publish
from ostiary.verifying.log.vkeys import Signer


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def long_log(count: int) -> OfficeLog:
    log = OfficeLog()
    log.open_office()
    log.receive("b-1", ["accepted", "returned"] * (count // 2))
    return log


def test_a_log_grows_and_stays_sound_at_every_size(tmp_path: Path) -> None:
    log = long_log(1100)
    earlier: list[bytes] = []
    for size in (0, 1, 4, 255, 256, 257, 511, 512, 513, 1024, 1104):
        note = log.publish(tmp_path, size).note
        earlier.append(note)
    for previous in earlier:
        report = log.verify(tmp_path, previous)
        assert report.is_sound, report.faults


def test_publishing_again_changes_no_byte(tmp_path: Path) -> None:
    log = told_story(300)
    first = log.publish(tmp_path)
    before = contents(tmp_path)
    assert log.publish(tmp_path) == first
    assert contents(tmp_path) == before


def test_what_is_published_does_not_depend_on_when(tmp_path: Path) -> None:
    log = long_log(900)
    log.publish(tmp_path / "once")
    for size in (10, 256, 500, 904):
        log.publish(tmp_path / "often", size)
    once = contents(tmp_path / "once")
    often = contents(tmp_path / "often")
    assert {path: often[path] for path in once} == once


def test_a_store_that_fails_midway_leaves_the_old_log_standing(tmp_path: Path) -> None:
    log = long_log(900)
    log.publish(tmp_path, 300)

    def failing(start: int) -> Iterable[bytes]:
        for number, entry in enumerate(log.from_index(start)):
            if number == 500:
                raise OSError("the store is gone")
            yield entry

    with pytest.raises(OSError, match="gone"):
        publish(tmp_path, failing, 904, log.signer, ORIGIN)
    report = log.verify(tmp_path)
    assert (report.is_sound, report.size) == (False, 300)
    assert {str(fault.kind) for fault in report.faults} == {"batch"}, "only the batch is cut short"
    log.publish(tmp_path)
    assert log.verify(tmp_path).is_sound


KILLED = """
import sys
from itertools import islice
from pathlib import Path
from ostiary.verifying.log.vkeys import Signer
from ostiary.verifying.log.published import publish
from ostiary.verifying.keys.files import read_signing_key
folder, key, entries = map(Path, sys.argv[1:4])
lines, origin = entries.read_bytes().splitlines(), sys.argv[4]
signer = Signer(origin, read_signing_key(key))
print("ready", flush=True)
publish(folder, lambda n: islice(lines, n, None), len(lines), signer, origin)
print("done", flush=True)
"""


def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path) -> None:
    key, lines, folder = tmp_path / "log.pem", tmp_path / "entries", tmp_path / "log"
    write_private(key, new_signing_key())
    log = long_log(12_000)
    log.signer = Signer(ORIGIN, read_signing_key(key))
    lines.write_bytes(b"\n".join(log.entries))
    log.publish(folder, 700)
    previous = (folder / "checkpoint").read_bytes()
    for wait in (0.0, 0.005, 0.01, 0.02, 0.03):
        command = [sys.executable, "-c", KILLED, folder, key, lines, ORIGIN]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(wait)
            os.kill(child.pid, signal.SIGKILL)
        report = log.verify(folder, previous)
        if report.size == len(log.entries):
            assert report.is_sound, report.faults
            break
        assert report.size == 700
        found = {str(fault.kind) for fault in report.faults}
        assert found == {"batch"}, "nothing but the batch, cut at 700"
    log.publish(folder)
    assert log.verify(folder, previous).is_sound
    log.publish(tmp_path / "clean")
    clean = contents(tmp_path / "clean")
    assert {path: body for path, body in contents(folder).items() if path in clean} == clean


def test_a_store_behind_the_published_log_is_refused(tmp_path: Path) -> None:
    log = told_story(300)
    log.publish(tmp_path)
    before = contents(tmp_path)
    log.entries.pop()
    with pytest.raises(RollbackError, match="restored from an old copy"):
        log.publish(tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("size", [100, 256, 300])
def test_a_store_that_lost_entries_and_went_on_is_refused(tmp_path: Path, size: int) -> None:
    log = long_log(600)
    log.publish(tmp_path, size)
    before = contents(tmp_path)
    restored = OfficeLog(log.signer)
    restored.entries = log.entries[: size - 2]
    for number in range(300):
        restored.decide("b-2", number, "returned")
    with pytest.raises(RollbackError, match="are not those that were published"):
        restored.publish(tmp_path)
    assert contents(tmp_path) == before


def test_damaged_tiles_are_not_built_upon(tmp_path: Path) -> None:
    log = long_log(600)
    log.publish(tmp_path, 300)
    tile = tmp_path / "tile/0/001.p/44"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    with pytest.raises(RollbackError, match="checkpoint signs"):
        log.publish(tmp_path)


def test_a_checkpoint_that_is_not_ones_own_is_not_continued(tmp_path: Path) -> None:
    log = told_story()
    log.publish(tmp_path)
    stranger = OfficeLog()
    stranger.entries = log.entries
    with pytest.raises(NoteError):
        stranger.publish(tmp_path)


def test_a_log_may_change_its_key_and_go_on(tmp_path: Path) -> None:
    log = told_story()
    log.publish(tmp_path)
    old, log.signer = log.signer, Signer(ORIGIN, new_signing_key("fips"))
    log.adopt("new")
    size = len(log.entries)
    made = publish(tmp_path, log.from_index, size, log.signer, ORIGIN, earlier_keys=[old.verifier])
    assert made.size == size
    assert log.verify(tmp_path).is_sound


def test_a_store_that_promises_more_than_it_gives_is_refused(tmp_path: Path) -> None:
    log = told_story()
    with pytest.raises(InputError, match="announced"):
        log.publish(tmp_path, len(log.entries) + 1)
    assert not (tmp_path / "checkpoint").exists()


def test_a_key_under_another_name_does_not_publish(tmp_path: Path) -> None:
    log = told_story()
    with pytest.raises(InputError, match="named after its origin"):
        publish(tmp_path, log.from_index, 1, Signer("else.example", log.signer.key), ORIGIN)

"""The keeper of the log's key rewrites history and signs it. Only memory outside can tell.

An earlier checkpoint, kept by anybody, is that memory: `--previous`.
"""

from pathlib import Path

import pytest

from log_story import OfficeLog, kinds, rewrite_and_sign, told_story
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.vkeys import Signer


@pytest.fixture
def log(tmp_path: Path) -> OfficeLog:
    made = told_story(12)
    made.publish(tmp_path / "log")
    return made


@pytest.fixture
def previous(log: OfficeLog, tmp_path: Path) -> bytes:
    assert log.entries
    return (tmp_path / "log" / "checkpoint").read_bytes()


def grown(log: OfficeLog) -> list[bytes]:
    other = OfficeLog(log.signer)
    other.entries = list(log.entries)
    other.adopt("new")
    return other.entries


def test_honest_growth_is_no_fork(log: OfficeLog, tmp_path: Path, previous: bytes) -> None:
    log.entries = grown(log)
    log.publish(tmp_path / "log")
    assert log.verify(tmp_path / "log", previous).is_sound


def test_a_truncated_log_is_a_rollback(log: OfficeLog, tmp_path: Path, previous: bytes) -> None:
    rewrite_and_sign(tmp_path / "log", log.entries[:-1], log.signer)
    assert log.verify(tmp_path / "log").is_sound, "by itself nothing is wrong with it"
    assert kinds(log.verify(tmp_path / "log", previous)) == {"rollback"}


def test_an_old_copy_put_back_is_a_rollback(tmp_path: Path) -> None:
    log = told_story(3)
    log.publish(tmp_path / "old")
    log.entries = grown(log)
    log.publish(tmp_path / "new")
    newer = (tmp_path / "new" / "checkpoint").read_bytes()
    assert kinds(log.verify(tmp_path / "old", newer)) == {"rollback"}


@pytest.mark.parametrize("at", [0, 1, 10])
def test_a_rewritten_past_is_a_fork(
    log: OfficeLog, tmp_path: Path, previous: bytes, at: int
) -> None:
    entries = grown(log)
    entries[at] = entries[at].replace(b"T09:00:00Z", b"T08:59:59Z")
    rewrite_and_sign(tmp_path / "log", entries, log.signer)
    assert log.verify(tmp_path / "log").is_sound, "by itself nothing is wrong with it"
    assert kinds(log.verify(tmp_path / "log", previous)) == {"fork"}


def test_another_past_of_the_same_length_is_a_fork(
    log: OfficeLog, tmp_path: Path, previous: bytes
) -> None:
    entries = list(log.entries)
    entries[1] = entries[1].replace(b"T09:00:00Z", b"T08:59:59Z")
    rewrite_and_sign(tmp_path / "log", entries, log.signer)
    assert kinds(log.verify(tmp_path / "log", previous)) == {"fork"}


def test_a_log_signed_with_another_key_is_not_believed(log: OfficeLog, tmp_path: Path) -> None:
    stranger = Signer(log.signer.name, new_signing_key())
    rewrite_and_sign(tmp_path / "log", log.entries, stranger)
    report = log.verify(tmp_path / "log")
    assert kinds(report) == {"checkpoint"}
    assert (report.origin, report.size, report.figures) == ("", 0, ())


def test_a_log_signed_under_another_name_is_not_believed(log: OfficeLog, tmp_path: Path) -> None:
    rewrite_and_sign(tmp_path / "log", log.entries, Signer("log.example/else", log.signer.key))
    assert kinds(log.verify(tmp_path / "log")) == {"checkpoint"}


def test_no_changed_byte_of_a_checkpoint_is_believed(
    log: OfficeLog, tmp_path: Path, previous: bytes
) -> None:
    for at in range(0, len(previous), 5):
        damaged = bytearray(previous)
        damaged[at] ^= 1
        (tmp_path / "log" / "checkpoint").write_bytes(damaged)
        assert kinds(log.verify(tmp_path / "log")) == {"checkpoint"}


def test_a_false_memory_is_no_evidence(log: OfficeLog, tmp_path: Path, previous: bytes) -> None:
    for memory in (b"", previous[:-9], previous.replace(b"ostiary", b"another")):
        assert kinds(log.verify(tmp_path / "log", memory)) == {"previous"}

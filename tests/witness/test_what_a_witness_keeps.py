"""A witness keeps one history of a log: many at once, a lost record, a fork, further keys."""

import hashlib
import threading
from pathlib import Path

import pytest

from log_story import ORIGIN, OfficeLog, rewrite_and_sign
from ostiary.domain.errors import InputError
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import Checkpoint, sign_checkpoint
from ostiary.verifying.log.vkeys import Signer
from ostiary.verifying.witness.folder import WitnessFolder
from ostiary.verifying.witness.submissions import Submission
from ostiary.verifying.witness.witness import Witness
from witnesses import Running, cosigned, new_witness, running, submission


def test_many_connections_at_once_cosign_one_history(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    """Of two checkpoints from the same old size exactly one can be the next."""
    cosigned(witness, log, tmp_path / "log", 4)
    bodies = [submission(log, tmp_path / f"log-{n}", 4, 5 + n).body() for n in range(6)]
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda body=body: statuses.append(witness.post(body)[0]))
        for body in bodies
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(statuses) == [200, 409, 409, 409, 409, 409]


def test_what_was_cosigned_outlives_the_program(log: OfficeLog, tmp_path: Path) -> None:
    folder = new_witness(tmp_path / "witness")
    folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder) as witness:
        cosigned(witness, log, tmp_path / "log")
    with running(WitnessFolder(folder.root)) as witness:
        assert witness.post(submission(log, tmp_path / "log", 0, 5).body())[1] == b"20\n"


@pytest.mark.parametrize("harm", ["removed", "empty", "cut", "foreign", "unsigned"])
def test_a_witness_that_lost_its_record_cosigns_nothing(
    log: OfficeLog, tmp_path: Path, harm: str
) -> None:
    folder = new_witness(tmp_path / "witness")
    known = folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder) as witness:
        sent = cosigned(witness, log, tmp_path / "log")
        record = known.folder / "latest"
        if harm == "removed":
            record.unlink()
        else:
            whole = record.read_bytes()
            foreign = sign_checkpoint(ORIGIN, 1, bytes(32), [log.signer]).note
            harmed = {"empty": b"", "cut": whole[:-100], "foreign": foreign, "unsigned": sent.note}
            record.write_bytes(harmed[harm])
        assert witness.post(submission(log, tmp_path / "log", 0, 5).body())[0] == 500
        assert witness.post(submission(log, tmp_path / "log", 20, 25).body())[0] == 500


def test_nothing_is_answered_that_is_not_recorded(
    log: OfficeLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = new_witness(tmp_path / "witness")
    known = folder.add_log(ORIGIN, [log.signer.verifier])
    witness = Witness(folder)
    before = known.latest()
    full = OSError(28, "no space left on device")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(full))
    reply = witness.add_checkpoint(submission_written_before(log, tmp_path))
    assert reply.status == 500
    assert "—".encode() not in reply.body
    assert known.latest() == before


def submission_written_before(log: OfficeLog, tmp_path: Path) -> bytes:
    del tmp_path
    checkpoint = sign_checkpoint(ORIGIN, 3, hashlib.sha256(b"any").digest(), [log.signer])
    return Submission(0, (), checkpoint.note).body()


def test_two_programs_cannot_serve_one_witness(tmp_path: Path) -> None:
    folder = new_witness(tmp_path / "witness")
    with folder.alone(), pytest.raises(InputError, match="already"), folder.alone():
        pass


def test_further_keys_of_a_log_leave_its_record_alone(log: OfficeLog, tmp_path: Path) -> None:
    folder = new_witness(tmp_path / "witness")
    folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder) as witness:
        cosigned(witness, log, tmp_path / "log")
        folder.add_log(ORIGIN, [log.signer.verifier, Signer(ORIGIN, new_signing_key()).verifier])
        assert witness.post(submission(log, tmp_path / "log", 0, 5).body())[1] == b"20\n"
        assert [len(one.keys) for one in folder.logs()] == [2]


@pytest.mark.parametrize("origin", ["", " ", "a\nb", "a\x00b", "\udcff"])
def test_a_log_needs_a_name_that_can_stand_in_a_checkpoint(
    log: OfficeLog, tmp_path: Path, origin: str
) -> None:
    folder = new_witness(tmp_path / "witness")
    with pytest.raises(InputError):
        folder.add_log(origin, [log.signer.verifier])
    with pytest.raises(InputError):
        folder.add_log(ORIGIN, [])
    assert folder.logs() == []


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "é" * 128])
def test_a_witness_needs_a_name_that_can_stand_in_a_note(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        new_witness(tmp_path / "witness", name)
    assert not (tmp_path / "witness").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="already"):
        new_witness(tmp_path)
    with pytest.raises(InputError, match="no witness"):
        WitnessFolder(tmp_path)


def forked(log: OfficeLog, folder: Path) -> Checkpoint:
    """The same log with its third entry changed, signed with its own key."""
    entries = [*log.entries[:2], log.entries[3], *log.entries[3:]]
    return rewrite_and_sign(folder, entries[:20], log.signer)


def test_a_fork_is_refused_and_kept_as_evidence(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    cosigned(witness, log, tmp_path / "log")
    body = Submission(20, (), forked(log, tmp_path / "fork").note).body()
    for _ in range(3):
        assert witness.post(body)[0] == 422
    (kept,) = (witness.folder.logs()[0].folder / "evidence").iterdir()
    assert kept.read_bytes() == body

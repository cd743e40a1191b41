"""Attack: the log's keeper shows one auditor another log, or goes back to an earlier one.

The keeper has the log's key and all its files. What they do not have is the witness: it remembers
what it cosigned, so a second log gets no cosignature, and who asks for one is not deceived.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import ostiary
from log_story import ORIGIN, OfficeLog, kinds, rewrite_and_sign, told_story
from officers import approve_twice, desk_on, first_case
from ostiary.office.cases.steps import waiting
from ostiary.office.folder.layout import open_office
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.log.faults import NoteError, RollbackError
from ostiary.verifying.log.notes import add_signatures
from ostiary.verifying.log.policies import quorum_of
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource, open_source
from ostiary.verifying.log.tree import consistency_proof
from ostiary.verifying.log.verify import LogReport, verify_log
from ostiary.verifying.witness.collecting import Witnessing
from ostiary.verifying.witness.submissions import Submission
from witnesses import Running, countersign, new_witness, running, watch


@pytest.fixture
def log() -> OfficeLog:
    return told_story(24)


@pytest.fixture
def witness(tmp_path: Path, log: OfficeLog) -> Iterator[Running]:
    folder = new_witness(tmp_path / "witness")
    folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder) as one:
        yield one


def publish(log: OfficeLog, folder: Path, witness: Running, size: int) -> bytes:
    """What an honest office does."""
    checkpoint = log.publish(folder, size)
    node = TileReader(FolderSource(folder), size).node
    policy = quorum_of([witness.cosigner()], 1)
    note = Witnessing(policy, [log.signer.verifier]).endorse(checkpoint, node, None)
    (folder / "checkpoint").write_bytes(note)
    return note


def audit(log: OfficeLog, folder: Path, witness: Running) -> LogReport:
    """What an auditor does who knows the witness."""
    with open_source(folder) as source:
        policy = quorum_of([witness.cosigner()], 1)
        return verify_log(source, [log.signer.verifier.vkey], policy=policy)


def fork_of(log: OfficeLog, folder: Path, size: int) -> bytes:
    """The log without its fourth entry, in a folder of its own, signed with its own key."""
    entries = [*log.entries[:3], *log.entries[4:]]
    return rewrite_and_sign(folder, entries[:size], log.signer).note


def test_an_auditor_who_asks_for_the_witness_sees_one_log(
    log: OfficeLog, tmp_path: Path, witness: Running
) -> None:
    size = len(log.entries)
    publish(log, tmp_path / "true", witness, size)
    assert audit(log, tmp_path / "true", witness).is_sound
    fork_of(log, tmp_path / "false", size)
    report = audit(log, tmp_path / "false", witness)
    assert "witness" in kinds(report)
    assert report.cosigners == ()


@pytest.mark.parametrize("size", [12, 20, 26])
def test_no_fork_gets_a_cosignature_whatever_is_claimed(
    log: OfficeLog, tmp_path: Path, witness: Running, size: int
) -> None:
    publish(log, tmp_path / "true", witness, 20)
    note = fork_of(log, tmp_path / "false", size)
    node = TileReader(FolderSource(tmp_path / "false"), size).node
    for old in (0, min(size, 12), min(size, 20), size):
        proof = consistency_proof(old, size, node)
        status, answer = witness.post(Submission(old, tuple(proof), note).body())
        assert status in {409, 422}
        assert "—".encode() not in answer


def test_the_cosignature_of_the_true_log_does_not_fit_the_false_one(
    log: OfficeLog, tmp_path: Path, witness: Running
) -> None:
    true = publish(log, tmp_path / "true", witness, 20)
    line = true.decode().splitlines(keepends=True)[-1]
    note = fork_of(log, tmp_path / "false", 20)
    (tmp_path / "false" / "checkpoint").write_bytes(add_signatures(note, line))
    assert "witness" in kinds(audit(log, tmp_path / "false", witness))


def test_an_earlier_log_is_not_cosigned_anew(
    log: OfficeLog, tmp_path: Path, witness: Running
) -> None:
    early = publish(log, tmp_path / "true", witness, 10)
    publish(log, tmp_path / "true", witness, 20)
    for old in (0, 10):
        assert witness.post(Submission(old, (), early).body()) == (409, b"20\n")
    assert witness.post(Submission(20, (), early).body())[0] == 400


def test_the_keeper_is_told_what_the_witness_holds_against_them(
    log: OfficeLog, tmp_path: Path, witness: Running
) -> None:
    publish(log, tmp_path / "true", witness, 20)
    for size, why in ((12, "20 entries signed by this log, which now has 12"), (26, "two logs")):
        shutil.rmtree(tmp_path / "false", ignore_errors=True)
        fork_of(log, tmp_path / "false", size)
        other = OfficeLog(log.signer)
        other.entries = [*log.entries[:3], *log.entries[4:]]
        with pytest.raises(RollbackError, match=why):
            publish(other, tmp_path / "false", witness, size)


def test_one_deceived_witness_of_three_is_not_enough(log: OfficeLog, tmp_path: Path) -> None:
    """Any two quorums of two out of three share a witness, and that one signs one history."""
    folders = [new_witness(tmp_path / f"w{n}", f"witness.example/w{n}") for n in range(3)]
    for folder in folders:
        folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folders[0]) as one, running(folders[1]) as two, running(folders[2]) as three:
        all_three = [each.cosigner() for each in (one, two, three)]
        publish(log, tmp_path / "true", one, 20)
        true = publish(log, tmp_path / "true", two, 20)
        note = fork_of(log, tmp_path / "false", 20)
        lines = [each.post(Submission(0, (), note).body()) for each in (one, two, three)]
        assert [status for status, _ in lines] == [409, 409, 200]
        false = add_signatures(note, lines[2][1].decode())
        with pytest.raises(NoteError, match="1 of the 3"):
            quorum_of(all_three, 2).check(false)
        assert len(quorum_of(all_three, 2).check(true)) == 2


def work_on(office: Path) -> str:
    """A day's work: one request approved by two officers."""
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
        return request


def put_back(backup: Path, office: Path) -> None:
    """Restore a whole office, keys, store and published log, but with the settings of today."""
    settings = (office / "office.toml").read_text()
    shutil.rmtree(office)
    shutil.copytree(backup, office)
    (office / "office.toml").write_text(settings)


def test_yesterdays_backup_is_found_out_before_anything_is_done(
    office: Path, tmp_path: Path
) -> None:
    shutil.copytree(office, tmp_path / "backup")
    with running(watch(office, tmp_path / "w")) as witness:
        countersign(office, (witness.url, witness.keys[0].vkey), quorum=1)
        work_on(office)
        put_back(tmp_path / "backup", office)
        before = {
            path: path.read_bytes() for path in (office / "accounting").rglob("*") if path.is_file()
        }
        with pytest.raises(RollbackError, match="restored from an old copy"), at_work(office):
            pytest.fail("nobody works in this office")
        done = ostiary("accounting", "show", office, "X")
        assert (done.status, "restored from an old copy" in done.err) == (1, True)
    assert all(path.read_bytes() == content for path, content in before.items())
    with open_office(office).store as store:
        assert store.log_size() < 5_000


def test_a_backup_that_went_on_while_no_witness_looked_answers_nobody(
    office: Path, tmp_path: Path
) -> None:
    """It grows past what was witnessed, so the size alone no longer tells: the tree does."""
    shutil.copytree(office, tmp_path / "backup")
    kept = watch(office, tmp_path / "w")
    with running(kept) as witness:
        countersign(office, (witness.url, witness.keys[0].vkey), quorum=1)
        work_on(office)
    put_back(tmp_path / "backup", office)
    with desk_on(office) as (place, desk):
        for case, _ in list(waiting(desk))[1:4]:
            approve_twice(desk, office, case.request.request_id)
        assert not place.answers_may_leave()
    with running(kept) as witness:
        countersign(office, (witness.url, witness.keys[0].vkey), quorum=1)
        with pytest.raises(RollbackError, match="two logs"), at_work(office):
            pytest.fail("nobody works in this office")

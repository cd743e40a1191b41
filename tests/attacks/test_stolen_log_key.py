"""Attack: the keys of the log are stolen. The office changes them; what can the thief still do?"""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import ostiary
from officers import NEXT_DAY, approve_twice, desk_on, first_case
from ostiary.office.cases.officers import recipients_of
from ostiary.office.folder import key_rotation, rotation, session
from ostiary.office.folder.rotation import rotate_keys
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.delivery import prove_again
from ostiary.office.release.release import release
from ostiary.verifying.answers.faults import UnprovenError
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, Trust, parse_trust, read_trust, write_trust
from ostiary.verifying.keys.files import new_post_quantum_key, new_signing_key, read_opening_key
from ostiary.verifying.log.checkpoints import Checkpoint, sign_checkpoint, unverified_checkpoint
from ostiary.verifying.log.entries import make_entry
from ostiary.verifying.log.faults import NoteError, RollbackError
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.key_changes import RetiredKeys, keys_digest, open_with_retired
from ostiary.verifying.log.proofs import LogProof, read_proof
from ostiary.verifying.log.published import prove
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.tree import leaf_hash
from ostiary.verifying.log.verify import LogReport, verify_log
from ostiary.verifying.log.vkeys import Signer
from ostiary.verifying.log.writer import extend_tiles


class Robbed:
    """An office whose log keys were copied by a thief, and changed afterwards."""

    def __init__(self, root: Path, *, stolen: bool) -> None:
        self.root, self.log = root, root / "accounting"
        with at_work(root, on=NEXT_DAY) as place:
            self.thief = [place.signer, *place.beside]
            self.origin = place.origin
            place.publish()
            self.before = unverified_checkpoint((self.log / "checkpoint").read_bytes())
            self.old_trust = read_trust(self.log / TRUST_FILE)
            self.change = rotate_keys(place, stolen=stolen)
            place.publish()
            self.entries = list(place.store.entries_from(0))
        self.trust = read_trust(self.log / TRUST_FILE)

    def verify(self, trust: Trust | None = None, previous: bytes | None = None) -> LogReport:
        believed = trust or self.trust
        with open_source(self.log) as source:
            return verify_log(
                source,
                [key.vkey for key in believed.logs],
                previous,
                every=True,
                retired=believed.earlier,
            )

    def sign(self, entries: list[bytes], folder: Path) -> Checkpoint:
        """What the thief can make: any log at all, signed with every key of before."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        tree = extend_tiles(folder, 0, entries)
        made = sign_checkpoint(self.origin, tree.size, tree.root(), self.thief)
        (folder / "checkpoint").write_bytes(made.note)
        return made

    def kinds(self, report: LogReport) -> set[str]:
        return {str(fault.kind) for fault in report.faults}


def forged(number: int) -> bytes:
    return make_entry("case.viewed", at="2025-08-07T00:00:00Z", of=2, officer=f"nobody-{number}")


@pytest.fixture(params=[False, True], ids=["changed", "stolen"])
def robbed(office: Path, request: pytest.FixtureRequest) -> Robbed:
    return Robbed(office, stolen=request.param)


def test_the_log_is_whole_and_the_old_keys_signed_the_change(robbed: Robbed) -> None:
    report = robbed.verify()
    assert report.faults == ()
    assert report.by_type["key.changed"] == 1
    (retired,) = robbed.trust.earlier
    assert retired.keys == robbed.old_trust.logs
    assert robbed.entries[retired.size - 1].startswith(b'{"at":')
    assert keys_digest(robbed.trust.logs).encode() in robbed.entries[retired.size - 1]
    assert robbed.kinds(robbed.verify(robbed.old_trust)) == {"checkpoint"}
    assert not {key.vkey for key in robbed.trust.logs} & {key.vkey for key in retired.keys}


def test_a_thief_cannot_publish_beyond_the_change(robbed: Robbed) -> None:
    robbed.sign([*robbed.entries, forged(1)], robbed.log)
    report = robbed.verify()
    assert robbed.kinds(report) == {"checkpoint"}
    with pytest.raises(RollbackError), at_work(robbed.root, on=NEXT_DAY):
        pass


def test_a_thief_cannot_take_the_log_back_to_before_the_change(robbed: Robbed) -> None:
    robbed.sign(robbed.entries[: robbed.before.size], robbed.log)
    assert robbed.kinds(robbed.verify()) == {"checkpoint"}


def test_the_last_checkpoint_of_the_old_keys_may_stand_until_the_new_ones_sign(
    robbed: Robbed,
) -> None:
    size = robbed.trust.earlier[0].size
    (robbed.log / "checkpoint").write_bytes(robbed.change.last.note)
    assert robbed.verify().faults == ()
    robbed.sign([*robbed.entries[: size - 1], forged(2)], robbed.log)
    assert robbed.kinds(robbed.verify()) == {"checkpoint"}, "another one of this size may not"


def test_a_proof_that_a_thief_makes_is_refused(robbed: Robbed, tmp_path: Path) -> None:
    """Of one entry, to somebody who sees nothing else of the log."""
    made = robbed.sign([*robbed.entries, forged(3)], tmp_path / "made-up")
    text = prove(tmp_path / "made-up", made.size - 1)
    proof = LogProof(made.size - 1, read_hashes(text), made.note)
    with pytest.raises(NoteError, match=r"stolen|gave up"):
        proof.verify(forged(3), robbed.trust.logs, every=True, retired=robbed.trust.earlier)
    assert proof.verify(forged(3), robbed.old_trust.logs, every=True), (
        "the old file knows no better"
    )


def test_before_the_change_old_keys_hold_unless_they_are_stolen(robbed: Robbed) -> None:
    (retired,) = robbed.trust.earlier
    note = robbed.before.note
    if retired.stolen:
        with pytest.raises(NoteError, match="stolen"):
            open_with_retired(note, robbed.trust.logs, [retired])
    else:
        assert open_with_retired(note, robbed.trust.logs, [retired]).size == robbed.before.size


def test_a_checkpoint_that_an_auditor_kept_counts_whatever_is_said_of_theft(
    robbed: Robbed,
) -> None:
    """Else a custodian could talk earlier evidence away by calling a key stolen."""
    assert robbed.verify(previous=robbed.before.note).faults == ()
    other = sign_checkpoint(robbed.origin, robbed.before.size, bytes(32), robbed.thief)
    assert robbed.kinds(robbed.verify(previous=other.note)) == {"fork"}
    beyond = sign_checkpoint(robbed.origin, len(robbed.entries) + 5, bytes(32), robbed.thief)
    assert robbed.kinds(robbed.verify(previous=beyond.note)) == {"previous"}


def test_an_answer_is_opened_with_the_new_keys_and_a_thiefs_is_not(
    office: Path, world: Path
) -> None:
    with desk_on(office) as (place, desk):
        case = first_case(desk)
        approve_twice(desk, office, case.request.request_id)
        ((_, path),) = release(place, case.request.request_id).answers
    fetched = Path(path).read_bytes()
    robbed = Robbed(office, stolen=True)
    with at_work(office, on=NEXT_DAY) as place:
        assert prove_again(place) == 0, "entering the office has done it"
    key = read_opening_key(world / "recipients" / f"{recipients_of(case)[0]}.pem")
    today = datetime.now(UTC).date()
    opened = open_answer(Path(path).read_bytes(), key, robbed.trust, today=today)
    assert opened.statement.request_id == case.request.request_id
    with pytest.raises(UnprovenError, match="stolen"):
        open_answer(fetched, key, robbed.trust, today=today)


def test_a_key_file_that_tells_another_story_than_the_log_is_found_out(robbed: Robbed) -> None:
    (retired,) = robbed.trust.earlier
    trust, logs = robbed.trust, robbed.trust.logs
    never = (Signer(robbed.origin, new_signing_key()).verifier,)
    for earlier, expected in (
        (RetiredKeys(never, retired.size, retired.root, retired.stolen), {"key"}),
        (RetiredKeys(retired.keys, retired.size, bytes(32), retired.stolen), {"fork"}),
        (RetiredKeys(retired.keys, 10**6, retired.root, retired.stolen), {"rollback"}),
        (RetiredKeys(retired.keys, 3, robbed_root(robbed, 3), retired.stolen), {"key"}),
        (RetiredKeys(retired.keys, retired.size, retired.root, not retired.stolen), {"key"}),
    ):
        told = Trust(trust.origin, logs[0], trust.release, logs[1:], (earlier,))
        assert robbed.kinds(robbed.verify(told)) == expected


def test_keys_that_no_entry_announced_are_found_out(robbed: Robbed) -> None:
    """The keeper signs with other keys, and leaves the change out of the log."""
    secret = [
        Signer(robbed.origin, new_signing_key()),
        Signer(robbed.origin, new_post_quantum_key()),
    ]
    present = unverified_checkpoint((robbed.log / "checkpoint").read_bytes())
    made = sign_checkpoint(robbed.origin, present.size, present.root, secret)
    (robbed.log / "checkpoint").write_bytes(made.note)
    log, beside = (one.verifier for one in secret)
    told = Trust(robbed.origin, log, robbed.trust.release, (beside,))
    assert robbed.kinds(robbed.verify(told)) == {"key"}


def test_keys_change_again_and_the_chain_holds(robbed: Robbed) -> None:
    with at_work(robbed.root, on=NEXT_DAY) as place:
        rotate_keys(place)
    robbed.trust = read_trust(robbed.log / TRUST_FILE)
    assert [one.size for one in robbed.trust.earlier] == sorted(
        one.size for one in robbed.trust.earlier
    )
    assert len(robbed.trust.earlier) == 2
    assert robbed.verify().faults == ()


def test_a_key_file_is_read_as_it_was_written(robbed: Robbed, tmp_path: Path) -> None:
    write_trust(tmp_path / TRUST_FILE, robbed.trust)
    assert read_trust(tmp_path / TRUST_FILE) == robbed.trust
    text = json.loads((tmp_path / TRUST_FILE).read_text())
    (entry,) = text["log_earlier"]
    for wrong in ({"size": -1}, {"root": "00"}, {"stolen": "no"}, {"keys": []}, {"more": 1}):
        with pytest.raises(Exception, match="custodian's keys"):
            parse_trust(json.dumps(text | {"log_earlier": [entry | wrong]}).encode())


@pytest.mark.parametrize(
    "cut", ["_log_change", "publish_held", "retire", "finish_switch", "_remove"]
)
def test_a_change_that_is_cut_short_is_finished_or_never_was(
    office: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """Cut before its entry: the old keys go on. Cut after it: the new ones, whatever the moment."""
    old = read_trust(office / "accounting" / TRUST_FILE).logs
    with at_work(office, on=NEXT_DAY) as place:
        with monkeypatch.context() as patch:
            owner = {"publish_held": session.OfficeSession, "_remove": key_rotation}
            patch.setattr(owner.get(cut, rotation), cut, lose_power)
            with pytest.raises(PowerCutError):
                rotate_keys(place)
        monkeypatch.setattr(session.OfficeSession, "publish", lambda *_a, **_k: None)
    monkeypatch.undo()
    with at_work(office, on=NEXT_DAY) as place:
        place.publish()
        keys = place.log_keys
        logged = [one for one in place.store.entries_from(0) if b"key.changed" in one]
    assert len(logged) == (cut != "_log_change")
    assert (keys == old) == (cut == "_log_change")
    assert not (office / "keys" / "next").exists()
    assert not (office / "keys" / "switching").exists()
    assert not list((office / "keys").glob(".next.*")) or cut == "_remove"
    trust = read_trust(office / "accounting" / TRUST_FILE)
    with open_source(office / "accounting") as source:
        report = verify_log(
            source, [key.vkey for key in trust.logs], every=True, retired=trust.earlier
        )
    assert report.faults == ()


def test_the_commands_change_the_key_and_say_what_held_before(office: Path) -> None:
    kept = office.parent / "kept.pub"
    shutil.copy(office / "accounting" / TRUST_FILE, kept)
    done = ostiary("accounting", "rotate-key", office, "--stolen")
    assert done.status == 0, done.err
    assert "hand the key file out anew" in done.out
    whole = ostiary(
        "accounting",
        "verify",
        office / "accounting",
        "--public-key",
        office / "accounting" / TRUST_FILE,
    )
    assert whole.status == 0, whole.err
    assert "then stolen" in whole.out
    old = ostiary("accounting", "verify", office / "accounting", "--public-key", kept)
    assert old.status == 1
    assert "checkpoint" in old.out


class PowerCutError(Exception):
    """Nothing that the program expects."""


def lose_power(*_args: object, **_more: object) -> None:
    raise PowerCutError


def read_hashes(text: str) -> tuple[bytes, ...]:
    return read_proof(text).hashes


def robbed_root(robbed: Robbed, size: int) -> bytes:
    tree = TreeHasher()
    tree.add([leaf_hash(entry) for entry in robbed.entries[:size]])
    return tree.root()

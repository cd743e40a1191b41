"""What an auditor is told beyond "sound": by witnesses, keys of before, memory and other files.

Found by `make mutants`; the attacks tell the same stories with whole offices.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from log_story import ORIGIN, OfficeLog, kinds, rewrite_and_sign, told_story
from ostiary.domain.errors import InputError
from ostiary.verifying.keys.files import new_post_quantum_key, new_signing_key
from ostiary.verifying.log.checkpoints import Checkpoint, sign_checkpoint
from ostiary.verifying.log.key_changes import RetiredKeys, keys_digest
from ostiary.verifying.log.notes import add_signatures, signature_line
from ostiary.verifying.log.policies import Policy, Witness, quorum_of
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.tiles import bundle_path, tile_path
from ostiary.verifying.log.verify import LogReport, verify_log
from ostiary.verifying.log.vkeys import Signer


def audit(folder: Path, signers: Sequence[Signer], **known: Any) -> LogReport:
    """What an auditor finds who has these keys, and whatever else is ``known``."""
    with open_source(folder) as source:
        return verify_log(source, [one.verifier.vkey for one in signers], **known)


def named(report: LogReport) -> list[tuple[str, str]]:
    return [(str(fault.kind), fault.path) for fault in report.faults]


# Witnesses


COSIGNERS = [
    Signer("w0.example", new_signing_key(), cosigner=True),
    Signer("w0.example", new_post_quantum_key()),
    Signer("w1.example", new_signing_key(), cosigner=True),
]


def asking_for(quorum: int) -> Policy:
    return quorum_of([Witness("", one.verifier) for one in COSIGNERS], quorum)


@pytest.mark.parametrize(
    ("signed", "told"),
    [([0], ("w0.example",)), ([0, 1], ("w0.example",)), ([0, 2], ("w0.example", "w1.example"))],
)
def test_the_witnesses_who_cosigned_are_told_each_once(
    tmp_path: Path, signed: list[int], told: tuple[str, ...]
) -> None:
    log = told_story()
    made = log.publish(tmp_path)
    lines = [signature_line(COSIGNERS[n], made.body, at=1) for n in signed]
    (tmp_path / "checkpoint").write_bytes(add_signatures(made.note, "".join(lines)))
    enough = audit(tmp_path, [log.signer], policy=asking_for(len(told)))
    assert (enough.is_sound, enough.cosigners) == (True, told)
    too_few = audit(tmp_path, [log.signer], policy=asking_for(2))
    assert named(too_few) == ([] if len(told) == 2 else [("witness", "checkpoint")])
    assert too_few.cosigners == (told if len(told) == 2 else ())


# Keys


@dataclass
class Rotated:
    """A log that gave its key up for another one, and what is known of the first."""

    folder: Path
    stolen: bool
    old: Signer = field(default_factory=lambda: Signer(ORIGIN, new_signing_key()))
    new: Signer = field(default_factory=lambda: Signer(ORIGIN, new_signing_key()))
    entries: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        log = OfficeLog(self.old)
        log.open_office()
        for number in range(300):
            log.adopt(f"book {number}")
        self.earlier = log.publish(self.folder)
        digests = {"old": [self.old.verifier], "new": [self.new.verifier]}
        log.add(
            "key.changed",
            stolen=self.stolen,
            **{name: keys_digest(keys) for name, keys in digests.items()},
        )
        self.last = log.publish(self.folder)
        log.adopt("another book")
        self.entries = log.entries
        self.publish(self.entries)

    def publish(self, entries: Sequence[bytes]) -> Checkpoint:
        return rewrite_and_sign(self.folder, entries, self.new)

    def verify(self, last: Checkpoint | None = None, **known: Any) -> LogReport:
        end = last or self.last
        retired = RetiredKeys((self.old.verifier,), end.size, end.root, self.stolen)
        return audit(self.folder, [self.new], every=True, retired=[retired], **known)


@pytest.fixture(params=[False, True], ids=["changed", "stolen"])
def rotated(tmp_path: Path, request: pytest.FixtureRequest) -> Rotated:
    return Rotated(tmp_path / "log", stolen=request.param)


def test_what_a_key_signed_before_it_was_stolen_is_still_evidence(rotated: Rotated) -> None:
    """Of somebody who took it then: the log's keeper cannot talk it away."""
    assert rotated.verify(previous=rotated.earlier.note).is_sound
    rotated.publish(rotated.entries[1:])
    assert "fork" in kinds(rotated.verify(previous=rotated.earlier.note))


def test_a_change_of_keys_that_no_entry_tells_of_is_found(rotated: Rotated) -> None:
    assert rotated.verify().is_sound
    silent = [entry for entry in rotated.entries if b'"key.changed"' not in entry]
    made = rotated.publish(silent)
    assert named(rotated.verify(made)) == [("key", "checkpoint")]


def test_a_log_of_which_a_part_is_gone_is_not_said_to_hide_a_change(rotated: Rotated) -> None:
    (rotated.folder / bundle_path(1, len(rotated.entries) - 256)).unlink()
    assert kinds(rotated.verify()) == {"bundle"}


def test_a_log_that_ends_before_the_last_word_of_its_old_keys_is_a_rollback(
    rotated: Rotated,
) -> None:
    rotated.publish(rotated.entries[: rotated.last.size - 1])
    assert ("rollback", "checkpoint") in named(rotated.verify())


def test_one_of_the_keys_given_has_signed_unless_every_one_is_asked_for(tmp_path: Path) -> None:
    log = told_story()
    log.publish(tmp_path)
    keys = [log.signer, Signer(ORIGIN, new_signing_key())]
    assert audit(tmp_path, keys).is_sound
    assert named(audit(tmp_path, keys, every=True)) == [("checkpoint", "checkpoint")]


# Memory


def test_a_log_that_cannot_be_compared_with_an_earlier_one_is_not_called_a_fork(
    tmp_path: Path,
) -> None:
    """The missing tile is named twice: it harms the log, and the comparison."""
    log = told_story()
    previous = log.publish(tmp_path).note
    gone = tile_path(0, 0, len(log.entries))
    (tmp_path / gone).unlink()
    assert named(audit(tmp_path, [log.signer])) == [("tile", gone)]
    assert named(audit(tmp_path, [log.signer], previous=previous)) == [("tile", gone)] * 2


# Files


def test_a_folder_without_a_checkpoint_is_no_log(tmp_path: Path) -> None:
    log = told_story()
    log.publish(tmp_path)
    (tmp_path / "checkpoint").unlink()
    with pytest.raises(InputError, match="there is no checkpoint here"):
        log.verify(tmp_path)


def test_what_is_gone_from_the_middle_leaves_the_numbers_of_the_rest(tmp_path: Path) -> None:
    """Steps of a request are still found under its number, and a false one is still named."""
    log = OfficeLog()
    for number in range(512):
        log.adopt(f"book {number}")
    [asked] = log.receive("b-1", ["accepted"])
    log.answer(asked)
    wrong = log.vote(asked - 1, "reviewer-1")
    log.publish(tmp_path)
    (tmp_path / bundle_path(0)).unlink()
    report = log.verify(tmp_path)
    assert named(report) == [("bundle", bundle_path(0)), ("reference", "")]
    assert report.faults[1].index == wrong


def test_entries_that_fit_their_tiles_but_not_the_signed_root_are_found(tmp_path: Path) -> None:
    log = told_story()
    log.publish(tmp_path)
    made = sign_checkpoint(ORIGIN, len(log.entries), bytes(32), [log.signer])
    (tmp_path / "checkpoint").write_bytes(made.note)
    assert named(log.verify(tmp_path)) == [("root", "checkpoint")]


def test_faults_of_stamps_and_other_files_come_after_those_of_the_log(tmp_path: Path) -> None:
    log = told_story()
    log.publish(tmp_path)
    (tmp_path / "timestamps").mkdir()
    (tmp_path / "timestamps" / "index").write_bytes(b"no number\n")
    (tmp_path / "tile" / "notes").write_bytes(b"-")
    assert named(log.verify(tmp_path)) == [
        ("timestamp", "timestamps/index"),
        ("stray", "tile/notes"),
    ]

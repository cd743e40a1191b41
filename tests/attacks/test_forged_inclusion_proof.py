"""A recipient is handed an entry that is not in the log, with a proof made to look right."""

import base64

import pytest

from log_story import OfficeLog, told_story
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.faults import NoteError, ProofError
from ostiary.verifying.log.proofs import LogProof, read_proof
from ostiary.verifying.log.published import prove
from ostiary.verifying.log.tree import leaf_hash, node_hash, verify_inclusion
from ostiary.verifying.log.vkeys import Signer

INDEX = 20


@pytest.fixture(scope="module")
def log() -> OfficeLog:
    return told_story(60)


@pytest.fixture(scope="module")
def proof(log: OfficeLog, tmp_path_factory: pytest.TempPathFactory) -> LogProof:
    folder = tmp_path_factory.mktemp("published")
    log.publish(folder)
    found = read_proof(prove(folder, INDEX))
    found.verify(log.entries[INDEX], [log.signer.verifier])
    return found


def assert_refused(log: OfficeLog, forged: LogProof, entry: bytes | None = None) -> None:
    with pytest.raises(ProofError):
        forged.verify(log.entries[INDEX] if entry is None else entry, [log.signer.verifier])


def test_an_entry_that_was_never_logged(log: OfficeLog, proof: LogProof) -> None:
    assert_refused(log, proof, log.entries[INDEX].replace(b"Z", b"Y", 1))


def test_every_wrong_number(log: OfficeLog, proof: LogProof) -> None:
    for index in [*range(len(log.entries) + 3), 2**40]:
        if index != INDEX:
            assert_refused(log, LogProof(index, proof.hashes, proof.checkpoint))


def test_one_hash_too_many_or_too_few(log: OfficeLog, proof: LogProof) -> None:
    for at in range(len(proof.hashes) + 1):
        extra = (*proof.hashes[:at], bytes(32), *proof.hashes[at:])
        assert_refused(log, LogProof(INDEX, extra, proof.checkpoint))
    for at in range(len(proof.hashes)):
        fewer = (*proof.hashes[:at], *proof.hashes[at + 1 :])
        assert_refused(log, LogProof(INDEX, fewer, proof.checkpoint))
    assert_refused(log, LogProof(INDEX, (), proof.checkpoint))


def test_hashes_in_another_order(log: OfficeLog, proof: LogProof) -> None:
    assert_refused(log, LogProof(INDEX, proof.hashes[::-1], proof.checkpoint))


def test_a_hash_of_no_length_or_of_another_length(log: OfficeLog, proof: LogProof) -> None:
    for wrong in (b"", bytes(31), bytes(33), bytes(64)):
        assert_refused(log, LogProof(INDEX, (wrong, *proof.hashes[1:]), proof.checkpoint))
    with pytest.raises(ProofError, match="32 bytes"):
        verify_inclusion(b"", 0, 1, [], b"")


def test_a_hash_of_no_length_in_the_text(log: OfficeLog, proof: LogProof) -> None:
    first = base64.b64encode(proof.hashes[0]).decode()
    with pytest.raises((ProofError, NoteError)):
        read_proof(proof.text().replace(first, "")).verify(
            log.entries[INDEX], [log.signer.verifier]
        )


def test_an_inner_node_passed_off_as_an_entry(log: OfficeLog, proof: LogProof) -> None:
    sibling, *rest = proof.hashes
    node = leaf_hash(log.entries[INDEX]) + sibling
    assert node_hash(node[:32], node[32:]) != leaf_hash(node)
    assert_refused(log, LogProof(INDEX // 2, tuple(rest), proof.checkpoint), entry=node)


def test_a_checkpoint_of_a_tree_that_the_forger_made(log: OfficeLog, proof: LogProof) -> None:
    entry = b"an entry of the forger's own"
    forger = Signer(log.signer.name, new_signing_key())
    made = sign_checkpoint(forger.name, 1, leaf_hash(entry), [forger])
    with pytest.raises(NoteError):
        LogProof(0, (), made.note).verify(entry, [log.signer.verifier])
    mixed = made.body.encode() + b"\n" + proof.checkpoint.split(b"\n\n")[1]
    with pytest.raises(NoteError):
        LogProof(0, (), mixed).verify(entry, [log.signer.verifier])

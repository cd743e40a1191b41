"""The edges of what the verifier accepts: where a number off by one would go unnoticed elsewhere.

Found by `make mutants`; each test here notices a fault that no story told of.
"""

from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path

import pytest

from log_story import ORIGIN, OfficeLog
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.clock_order import TOLERANCE, ClockOrder
from ostiary.verifying.log.commitments import commitment_root
from ostiary.verifying.log.decision_entries import DecidedReader
from ostiary.verifying.log.entries import instant
from ostiary.verifying.log.faults import (
    FAULT_LIMIT,
    Fault,
    FaultKind,
    FaultList,
    NoteError,
    ProofError,
    TileError,
)
from ostiary.verifying.log.notes import MAX_NOTE
from ostiary.verifying.log.proofs import LogProof, read_proof
from ostiary.verifying.log.published import prove
from ostiary.verifying.log.recounted_batches import RecountedBatch
from ostiary.verifying.log.tree import (
    EMPTY_ROOT,
    MAX_SIZE,
    consistency_proof,
    leaf_hash,
    leaf_hashes,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from ostiary.verifying.log.tree_heads import read_size
from ostiary.verifying.log.vkeys import Signer

AGENCIES = ((0, "dhs-ice"), (1, "doj-crm"))
A, B, C, D = (bytes([letter]) * 32 for letter in b"abcd")
NOON = datetime(2025, 8, 6, 12, tzinfo=UTC)


def test_the_largest_tree_is_one_that_we_speak_about() -> None:
    assert read_size(str(MAX_SIZE)) == MAX_SIZE
    with pytest.raises(NoteError):
        read_size(str(MAX_SIZE + 1))


def test_a_day_and_no_second_more_is_allowed_after_a_stamp() -> None:
    latest = NOON + TOLERANCE
    assert ClockOrder([(5, NOON)]).check(4, instant(latest)) == ""
    assert ClockOrder([(5, NOON)]).check(4, instant(latest + timedelta(seconds=1)))
    assert ClockOrder([(5, NOON)]).check(5, instant(latest + timedelta(seconds=1))) == ""


def test_of_several_stamps_the_earliest_that_covers_an_entry_counts() -> None:
    early, late = NOON, NOON + timedelta(days=10)
    for stamped in ([(3, late), (6, early)], [(6, early), (3, late)]):
        between = instant(NOON + timedelta(days=5))
        assert ClockOrder(stamped).check(0, between)
        assert ClockOrder(stamped).check(5, between)
        assert ClockOrder(stamped).check(6, between) == ""
    assert ClockOrder([(3, late), (3, early)]).check(0, instant(NOON + timedelta(days=5)))
    named = ClockOrder([(3, early), (6, late)]).check(4, instant(NOON + timedelta(days=20)))
    assert "the first 6 entries" in named


def test_entries_of_one_length_that_differ_in_their_frame_are_told_apart() -> None:
    """The quick reader knows frames by length; what it learnt of one says nothing of another."""
    log = OfficeLog()
    reader = DecidedReader()
    one, two = (log.entries[log.decide("b-1", n, "returned", agency)] for n, agency in AGENCIES)
    for entry, agency in ((one, "dhs-ice"), (two, "doj-crm"), (one, "dhs-ice")):
        read = reader.read(entry)
        assert read is not None
        assert read[0].agency == agency
        assert read[1] == entry.partition(b'"content":"sha256:')[2][:64]


@pytest.mark.parametrize("field", ["content", "facts", "request"])
def test_a_known_frame_makes_no_digest_of_what_is_none(field: str) -> None:
    log = OfficeLog()
    entry = log.entries[log.decide("b-1", 0, "returned")]
    reader = DecidedReader()
    assert reader.read(entry) is not None
    assert reader.read(entry) is not None
    name = f'"{field}":"sha256:'.encode()
    at = entry.index(name) + len(name)
    for place in (at, at + 63):
        for letter in (b"g", b"A", b'"', b"\xff"):
            assert reader.read(entry[:place] + letter + entry[place + 1 :]) is None


def test_frames_of_other_places_do_not_stand_for_one_another() -> None:
    """Two entries of one length whose digests begin at different places."""
    log = OfficeLog()
    first = log.entries[log.decide("b-1", 0, "returned", "a")]
    second = log.entries[log.decide("b-1", 0, "returned", "abc")].replace(
        b'"mask":"a0"', b'"mask":"1"'
    )
    third = first.replace(b'"mask":"a0"', b'"mask":"a01"')
    reader = DecidedReader()
    for entry in (second, third, second, third, first):
        read = reader.read(entry)
        assert read is not None
        assert read[1] == entry.partition(b'"content":"sha256:')[2][:64]


def test_more_frames_than_are_remembered_are_read_all_the_same() -> None:
    log = OfficeLog()
    entry = log.entries[log.decide("b-1", 0, "returned")]
    reader = DecidedReader()
    for number in range(4100):
        read = reader.read(entry.replace(b'"b-1"', b'"b-%d"' % number))
        assert read is not None
        assert read[0].batch == f"b-{number}"
    assert (
        len([1 for frames in reader._layouts.values() for each in frames.values() for _ in each])
        < 10
    )


def test_a_batch_without_a_claim_differs_in_nothing() -> None:
    assert list(RecountedBatch().differences()) == []


def test_as_many_faults_are_kept_as_people_read() -> None:
    faults, more = FaultList(), FaultList()
    for number in range(FAULT_LIMIT - 1):
        faults.add(FaultKind.ENTRY, str(number))
    assert not faults.full
    for number in range(3):
        more.add(FaultKind.TILE, str(number))
    faults.extend(more)
    assert faults.full
    assert (len(faults.kept), faults.count) == (FAULT_LIMIT, FAULT_LIMIT + 2)
    faults.extend(more)
    assert (len(faults.kept), faults.count) == (FAULT_LIMIT, FAULT_LIMIT + 5)


def test_twenty_faults_are_kept_and_the_rest_counted() -> None:
    faults = FaultList()
    for number in range(22):
        faults.add(FaultKind.ENTRY, "changed", index=number)
        assert faults.full is (number >= 19)
    assert [each.index for each in faults.kept] == list(range(20))
    assert faults.count == 22


def test_a_fault_says_where_it_is_when_it_is_somewhere() -> None:
    place = "tile/0/000"
    assert str(Fault(FaultKind.TILE, "altered", path=place)) == f"tile: {place}: altered"
    assert str(Fault(FaultKind.ENTRY, "changed", 0, place)) == "entry: entry 0: changed"
    assert str(Fault(FaultKind.ROOT, "another")) == "root: another"
    assert str(TileError("altered", path=place)) == f"{place}: altered"


def test_a_large_batch_has_the_root_of_all_its_requests() -> None:
    """More requests than are hashed at once, so that parts are put together rightly."""
    batch = RecountedBatch()
    digests = [f"{number:064x}".encode() for number in range(4096 * 2 + 5)]
    for each in digests:
        batch.add(each)
    assert batch._root() == commitment_root(f"sha256:{each.decode()}" for each in digests)


def test_every_digit_of_a_mask_is_read() -> None:
    log = OfficeLog()
    entry = log.entries[log.decide("b-1", 0, "returned")]
    for mask, is_consistent in ((b"f", True), (b"0f", True), (b"0", False), (b"00", False)):
        read = DecidedReader().read(entry.replace(b'"mask":"a0"', b'"mask":"%b"' % mask))
        assert read is not None
        assert read[0].is_consistent is is_consistent


def folded(leaf: bytes, path: list[bytes]) -> bytes:
    """The root over the first leaf of a tree, whatever its size."""
    return reduce(node_hash, path, leaf)


def test_the_largest_tree_can_be_proved_and_no_larger_one() -> None:
    path = [bytes([level]) * 32 for level in range(53)]
    root = folded(A, path)
    verify_inclusion(A, 0, 2**53 - 1, path, root)
    verify_consistency(1, A, 2**53 - 1, root, path)
    with pytest.raises(ProofError):
        verify_inclusion(A, 0, 2**53, path, root)
    with pytest.raises(ProofError):
        verify_consistency(1, A, 2**53, root, path)


@pytest.mark.parametrize("wrong", [b"", A[:31], A + b"-"])
def test_a_hash_of_another_length_proves_nothing(wrong: bytes) -> None:
    for leaf, path, root in (
        (wrong, [], wrong),
        (A, [wrong], node_hash(A, wrong)),
        (wrong, [A], node_hash(wrong, A)),
    ):
        with pytest.raises(ProofError, match="32 bytes"):
            verify_inclusion(leaf, 0, 1 + len(path), path, root)
    with pytest.raises(ProofError, match="32 bytes"):
        verify_consistency(3, wrong, 3, wrong, [])
    with pytest.raises(ProofError, match="32 bytes"):
        verify_consistency(1, A, 2, node_hash(A, wrong), [wrong])


def test_a_hash_too_many_leads_to_no_root_that_is_made_for_it() -> None:
    with pytest.raises(ProofError, match="too long"):
        verify_inclusion(A, 0, 1, [B], node_hash(B, A))
    old, new = node_hash(A, B), node_hash(A, node_hash(B, C))
    verify_consistency(3, old, 4, new, [B, C, A])
    with pytest.raises(ProofError, match="too long"):
        verify_consistency(3, node_hash(D, old), 4, node_hash(D, new), [B, C, A, D])


def test_a_hash_too_few_leads_to_no_root_that_is_made_for_it() -> None:
    with pytest.raises(ProofError, match="too short"):
        verify_inclusion(A, 0, 4, [B], node_hash(A, B))
    with pytest.raises(ProofError, match="too short"):
        verify_consistency(3, B, 4, node_hash(B, C), [B, C])


@pytest.mark.parametrize("old", [1, 2, 3, 5])
def test_without_a_hash_nothing_is_shown_to_have_grown(old: int) -> None:
    with pytest.raises(ProofError, match="empty"):
        verify_consistency(old, A, 6, B, [])


def test_a_tree_that_shrank_is_not_proved_by_what_would_fit() -> None:
    with pytest.raises(ProofError, match="cannot shrink"):
        verify_consistency(3, A, 2, node_hash(A, B), [A, B])


def test_from_nothing_everything_grows_without_a_proof() -> None:
    assert consistency_proof(0, 5, lambda _height, _index: A) == []
    verify_consistency(0, EMPTY_ROOT, 5, B, [])
    with pytest.raises(ProofError):
        verify_consistency(0, EMPTY_ROOT, 5, B, [A])


def test_many_leaves_are_hashed_as_one_by_one() -> None:
    assert leaf_hashes([b"", b"a"]) == [leaf_hash(b""), leaf_hash(b"a")]


def proof_text(tmp_path: Path, hashes: int) -> tuple[OfficeLog, str]:
    """A proof of as many hashes as wanted; reading it does not yet follow them."""
    log = OfficeLog()
    log.open_office()
    note = log.publish(tmp_path / str(hashes)).note
    return log, LogProof(0, (A,) * hashes, note).text()


def test_a_proof_has_no_more_hashes_than_a_tree_can_have_levels(tmp_path: Path) -> None:
    assert len(read_proof(proof_text(tmp_path, 64)[1]).hashes) == 64
    with pytest.raises(ProofError, match="more hashes than any tree"):
        read_proof(proof_text(tmp_path, 65)[1])


def test_a_proof_is_as_long_as_two_notes_at_most(tmp_path: Path) -> None:
    text = proof_text(tmp_path, 1)[1]
    longest = text.ljust(2 * MAX_NOTE, "-")
    assert read_proof(longest).hashes == (A,)
    with pytest.raises(ProofError, match="too long"):
        read_proof(longest + "-")


def test_a_proof_of_another_format_is_none(tmp_path: Path) -> None:
    text = proof_text(tmp_path, 1)[1]
    with pytest.raises(ProofError, match="this is no proof"):
        read_proof(text.replace("@v1", "@v2", 1))


def test_one_of_the_log_s_keys_suffices_for_a_proof_unless_every_one_is_asked_for(
    tmp_path: Path,
) -> None:
    log = OfficeLog()
    log.open_office()
    log.publish(tmp_path)
    proof = read_proof(prove(tmp_path, 1))
    keys = [log.signer.verifier, Signer(ORIGIN, new_signing_key()).verifier]
    assert proof.verify(log.entries[1], keys).size == len(log.entries)
    with pytest.raises(NoteError, match="has not signed this one"):
        proof.verify(log.entries[1], keys, every=True)

"""RFC 9162 trees, held against the recursive definitions of the standard on every small tree."""

from collections.abc import Callable
from hashlib import sha256

import pytest

from ostiary.verifying.log.faults import ProofError
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.tree import (
    EMPTY_ROOT,
    MAX_SIZE,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

MOST = 70
LEAVES = [leaf_hash(f"entry {n}".encode()) for n in range(MOST)]


def split(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def naive_root(leaves: list[bytes]) -> bytes:
    """Section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    at = split(len(leaves))
    return sha256(b"\x01" + naive_root(leaves[:at]) + naive_root(leaves[at:])).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """Section 2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    at = split(len(leaves))
    if index < at:
        return [*naive_path(index, leaves[:at]), naive_root(leaves[at:])]
    return [*naive_path(index - at, leaves[at:]), naive_root(leaves[:at])]


def naive_subproof(old: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """Section 2.1.4.1, word for word."""
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    at = split(len(leaves))
    if old <= at:
        return [*naive_subproof(old, leaves[:at], whole), naive_root(leaves[at:])]
    return [*naive_subproof(old - at, leaves[at:], False), naive_root(leaves[:at])]


def reader(leaves: list[bytes]) -> Callable[[int, int], bytes]:
    def read(height: int, index: int) -> bytes:
        inside = leaves[index << height : (index + 1) << height]
        assert len(inside) == 1 << height, "only complete subtrees may be asked for"
        return naive_root(inside)

    return read


ROOTS = [naive_root(LEAVES[:size]) for size in range(MOST + 1)]
READ = reader(LEAVES)


def test_every_root_is_the_standards() -> None:
    for size in range(MOST + 1):
        assert tree_root(LEAVES[:size]) == ROOTS[size] == root_at(size, READ)
    assert ROOTS[0] == EMPTY_ROOT


def test_a_streamed_tree_has_the_same_root_however_it_is_fed() -> None:
    leaves = [leaf_hash(bytes([n % 256, n // 256])) for n in range(1500)]
    tree, start = TreeHasher(), 0
    for step in (1, 3, 255, 256, 257, 1, 254, 2, 471):
        tree.add(leaves[start : start + step])
        start += step
        assert tree.root() == tree_root(leaves[:start])
    assert start == len(leaves)


def test_a_streamed_tree_can_be_resumed_and_forked() -> None:
    leaves = [leaf_hash(bytes([n % 256, n // 256])) for n in range(800)]
    for size in (0, 1, 255, 256, 257, 511, 512, 800):
        tree = TreeHasher()
        tree.add(leaves[:size])
        other = tree.fork()
        other.add(leaves[size:])
        assert other.root() == tree_root(leaves)
        assert tree.root() == tree_root(leaves[:size])


def test_a_tree_is_not_resumed_from_a_border_of_another_size() -> None:
    with pytest.raises(ValueError, match="not of a tree of this size"):
        TreeHasher.resume(3, [LEAVES[:2]])
    with pytest.raises(ValueError, match="not of a tree of this size"):
        TreeHasher.resume(256, [[]])


def test_every_inclusion_proof_is_the_standards_and_verifies() -> None:
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = inclusion_proof(index, size, READ)
            assert proof == naive_path(index, LEAVES[:size])
            verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size])


def test_every_consistency_proof_is_the_standards_and_verifies() -> None:
    for size in range(1, MOST + 1):
        for old in range(1, size + 1):
            proof = consistency_proof(old, size, READ)
            assert proof == naive_subproof(old, LEAVES[:size], True)
            verify_consistency(old, ROOTS[old], size, ROOTS[size], proof)


def test_an_empty_log_is_consistent_with_every_log() -> None:
    verify_consistency(0, EMPTY_ROOT, 5, ROOTS[5], [])
    with pytest.raises(ProofError):
        verify_consistency(0, ROOTS[1], 5, ROOTS[5], [])
    with pytest.raises(ProofError):
        verify_consistency(0, EMPTY_ROOT, 5, ROOTS[5], [ROOTS[5]])


def test_an_inclusion_proof_holds_for_its_own_leaf_number_and_size_only() -> None:
    for size in range(1, 20):
        for index in range(size):
            proof = inclusion_proof(index, size, READ)
            for other in range(size):
                if other != index:
                    with pytest.raises(ProofError):
                        verify_inclusion(LEAVES[index], other, size, proof, ROOTS[size])
                    with pytest.raises(ProofError):
                        verify_inclusion(LEAVES[other], index, size, proof, ROOTS[size])


def test_a_consistency_proof_with_any_part_changed_fails() -> None:
    other = leaf_hash(b"another")
    for size in range(2, 24):
        for old in range(1, size):
            proof = consistency_proof(old, size, READ)
            changed = [
                *([*proof[:at], other, *proof[at + 1 :]] for at in range(len(proof))),
                [*proof, other],
                [other, *proof],
                proof[:-1],
                proof[1:],
            ]
            for forged in changed:
                with pytest.raises(ProofError):
                    verify_consistency(old, ROOTS[old], size, ROOTS[size], forged)
            for roots in ((other, ROOTS[size]), (ROOTS[old], other)):
                with pytest.raises(ProofError):
                    verify_consistency(old, roots[0], size, roots[1], proof)


def test_hostile_sizes_are_refused_before_anything_is_computed() -> None:
    for index, size in ((0, 0), (1, 1), (-1, 4), (0, MAX_SIZE + 1), (2**70, 2**71)):
        with pytest.raises(ProofError):
            verify_inclusion(LEAVES[0], index, size, [], ROOTS[1])
        with pytest.raises(ProofError):
            inclusion_proof(index, size, READ)
    for old, size in ((5, 4), (-1, 4), (1, MAX_SIZE + 1)):
        with pytest.raises(ProofError):
            verify_consistency(old, ROOTS[4], size, ROOTS[4], [])
        with pytest.raises(ProofError):
            consistency_proof(old, size, READ)


def test_a_leaf_cannot_pass_for_a_node() -> None:
    inside = LEAVES[0] + LEAVES[1]
    assert leaf_hash(inside) != node_hash(LEAVES[0], LEAVES[1])

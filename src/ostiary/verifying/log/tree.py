"""The hash tree of RFC 9162, section 2.1: roots, inclusion proofs, consistency proofs.

Rules that hold throughout:

1. A leaf is hashed with the prefix 0x00, a node with 0x01, so that neither can pass for the other.
2. Every hash that comes from outside has 32 bytes. (A verifier that compares without checking
   lengths accepts an empty hash as proof of an empty root.)
3. A proof is used up exactly: one hash too many is as wrong as one too few.
4. Sizes and indexes from outside are bounded before anything is computed from them.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from ostiary.verifying.log.faults import ProofError

HASH_SIZE = 32
MAX_SIZE = 2**53 - 1
"""Largest tree we speak about: what a JSON number holds exactly."""

EMPTY_ROOT = sha256(b"").digest()

NodeReader = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree (height, index): leaves index*2^height up to the next."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry as a leaf."""
    return sha256(b"\x00" + entry).digest()


def leaf_hashes(entries: Sequence[bytes]) -> list[bytes]:
    """Hash entries as leaves."""
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent."""
    return sha256(b"\x01" + left + right).digest()


def tree_root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Give the root over leaf hashes in order; the root of no leaves is SHA-256 of nothing.

    It works as well over the hashes of equal complete subtrees, the last of which may be smaller.
    """
    if not leaf_hashes:
        return EMPTY_ROOT
    level = list(leaf_hashes)
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        parents = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        if len(level) % 2:
            parents.append(level[-1])
        level = parents
    return level[0]


def root_at(size: int, read: NodeReader) -> bytes:
    """Give the root that the tree had when it held ``size`` leaves."""
    return _range_root(0, size, read) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: NodeReader) -> list[bytes]:
    """Make the path of leaf ``index`` in the tree of ``size`` leaves (section 2.1.3.1).

    Returns:
        The siblings on the way, from the leaf's own up to the root's child.

    Raises:
        ProofError: there is no such leaf.
    """
    _check_index(index, size)
    start, end = 0, size
    path = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, read))
            end = middle
        else:
            path.append(_range_root(start, middle, read))
            start = middle
    return path[::-1]


def consistency_proof(old_size: int, size: int, read: NodeReader) -> list[bytes]:
    """Make the proof that the tree of ``old_size`` leaves is a prefix (section 2.1.4.1).

    The proof from nothing, and from a size to itself, is empty.

    Raises:
        ProofError: the old tree is larger than the new one.
    """
    _check_growth(old_size, size)
    if old_size in (0, size):
        return []
    start, end = 0, size
    path = []
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_range_root(middle, end, read))
            end = middle
        else:
            path.append(_range_root(start, middle, read))
            start = middle
    if start > 0:
        path.append(_range_root(start, end, read))
    return path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that ``leaf`` (a leaf hash) is number ``index`` of the tree (section 2.1.3.2).

    Raises:
        ProofError: it is not, or the proof is malformed.
    """
    _check_index(index, size)
    _check_hashes(leaf, root, *proof)
    at, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the inclusion proof is too long")
        if at % 2 or at == last:
            found = node_hash(sibling, found)
            at, last = _skip_missing_siblings(at, last)
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    if last != 0:
        raise ProofError("the inclusion proof is too short")
    if found != root:
        raise ProofError("the inclusion proof does not lead to the root")


def verify_consistency(
    old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree with ``root`` extends the one with ``old_root`` (section 2.1.4.2).

    Raises:
        ProofError: it does not, or the proof is malformed.
    """
    _check_growth(old_size, size)
    _check_hashes(old_root, root, *proof)
    if old_size in (0, size):
        expected = EMPTY_ROOT if old_size == 0 else root
        if proof or old_root != expected:
            raise ProofError("the two roots are not of the same tree")
        return
    old_found, found = _climb(old_size, old_root, size, proof)
    if old_found != old_root or found != root:
        raise ProofError("the new tree does not extend the old one")


def _climb(
    old_size: int, old_root: bytes, size: int, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Recompute both roots from a consistency proof (section 2.1.4.2, steps 2 to 6)."""
    if not proof:
        raise ProofError("the consistency proof is empty")
    is_complete = old_size & (old_size - 1) == 0
    path = [old_root, *proof] if is_complete else list(proof)
    at, last = old_size - 1, size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    old_found = found = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("the consistency proof is too long")
        if at % 2 or at == last:
            old_found, found = node_hash(sibling, old_found), node_hash(sibling, found)
            at, last = _skip_missing_siblings(at, last)
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    if last != 0:
        raise ProofError("the consistency proof is too short")
    return old_found, found


def _skip_missing_siblings(at: int, last: int) -> tuple[int, int]:
    """On the right border, climb past the levels where a node has no sibling."""
    while at % 2 == 0 and at != 0:
        at, last = at >> 1, last >> 1
    return at, last


def _split(count: int) -> int:
    """Give the largest power of two smaller than ``count`` (two or more)."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_root(start: int, end: int, read: NodeReader) -> bytes:
    """Hash leaves [start, end) of a tree, where ``start`` is where RFC 9162 splits."""
    hashes = [read(height, index) for height, index in _complete_subtrees(start, end)]
    found = hashes.pop()
    while hashes:
        found = node_hash(hashes.pop(), found)
    return found


def _complete_subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        height = (end - start).bit_length() - 1
        yield height, start >> height
        start += 1 << height


def _check_index(index: int, size: int) -> None:
    if not 0 <= index < size <= MAX_SIZE:
        raise ProofError("there is no entry with this number in a tree of this size")


def _check_growth(old_size: int, size: int) -> None:
    if not 0 <= old_size <= size <= MAX_SIZE:
        raise ProofError("a tree cannot shrink, nor have this size")


def _check_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_SIZE for each in hashes):
        raise ProofError("a hash does not have 32 bytes")

"""Leaves of the published log: each that is given out was proved by the tree, and few are kept."""

import pytest

from ostiary.office.folder import published_leaves
from ostiary.office.folder.published_leaves import PublishedLeaves
from ostiary.verifying.log.faults import ProofError
from ostiary.verifying.log.tree import leaf_hash, tree_root

LEAVES = [leaf_hash(str(n).encode()) for n in range(1000)]


class Tiles:
    """A published log of some leaves, of which tiles are read otherwise than the tree has them."""

    def __init__(self, size, changed=-1):
        self.size, self.changed = size, changed

    def tile(self, _, number):
        first = number * 256
        own = range(first, min(first + 256, self.size))
        return [b"x" * 32 if n == self.changed else LEAVES[n] for n in own]

    def node(self, height, index):
        first = index << height
        return tree_root(LEAVES[first : first + (1 << height)])


def leaves_of(tiles):
    published = PublishedLeaves(None)
    published._root = tree_root(LEAVES[: tiles.size])
    published._reader = tiles
    return published


@pytest.mark.parametrize("size", [1, 2, 5, 255, 256, 257, 300, 511, 512, 513, 1000])
def test_each_leaf_that_is_given_out_was_proved(size):
    for index in {0, size // 3, size // 2, size - 1}:
        assert leaves_of(Tiles(size))._leaf(index) == LEAVES[index]
        with pytest.raises(ProofError):
            leaves_of(Tiles(size, changed=index))._leaf(index - index % 256)


def test_the_tile_that_was_proved_first_gives_way(monkeypatch):
    monkeypatch.setattr(published_leaves, "_KEPT", 2)
    published = leaves_of(Tiles(1000))
    for number in (0, 1, 0, 2, 3):
        published._leaf(number * 256)
    assert list(published._kept) == [2, 3]

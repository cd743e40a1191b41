"""Tiles and bundles lie where C2SP tlog-tiles says, and are read back exactly or not at all."""

from itertools import pairwise
from pathlib import Path

import pytest

from ostiary.domain.errors import InputError
from ostiary.verifying.log.faults import ProofError, TileError
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tiles import (
    MAX_ENTRY,
    bundle_path,
    pack_entries,
    tile_path,
    unpack_entries,
    width_at,
)
from ostiary.verifying.log.tree import leaf_hash, tree_root
from ostiary.verifying.log.writer import drop_stale_partials, extend_tiles

ENTRIES = [f"entry {n}".encode() for n in range(70_000)]


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_paths_are_those_of_the_specification() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(3, 5) == "tile/3/005"
    assert tile_path(1, 1000, 17) == "tile/1/x001/000.p/17"
    assert bundle_path(273, 112) == "tile/entries/273.p/112"


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts(tmp_path: Path) -> None:
    tree = extend_tiles(tmp_path, 0, ENTRIES)
    found = files(tmp_path)
    assert sum(path.startswith("tile/0/") and ".p/" not in path for path in found) == 273
    assert {path for path in found if ".p/" in path} == {
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/273.p/112",
    }
    assert "tile/1/000" in found
    assert tree.root() == tree_root([leaf_hash(entry) for entry in ENTRIES])


def test_a_tree_of_256_has_a_full_tile_and_a_partial_one_above_it(tmp_path: Path) -> None:
    extend_tiles(tmp_path, 0, ENTRIES[:256])
    assert files(tmp_path) == {"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}


def test_growing_step_by_step_gives_the_same_tiles_as_growing_at_once(tmp_path: Path) -> None:
    grown, whole = tmp_path / "grown", tmp_path / "whole"
    for folder in (grown, whole):
        folder.mkdir()
    steps = [0, 1, 2, 200, 255, 256, 257, 512, 900, 1024, 1500]
    for old, new in pairwise(steps):
        tree = extend_tiles(grown, old, ENTRIES[old:new])
        assert tree.root() == tree_root([leaf_hash(entry) for entry in ENTRIES[:new]])
        drop_stale_partials(grown, old, new)
    extend_tiles(whole, 0, ENTRIES[:1500])
    full = {path for path in files(whole) if ".p/" not in path}
    assert {path for path in files(grown) if ".p/" not in path} == full
    for path in files(whole):
        assert (grown / path).read_bytes() == (whole / path).read_bytes()
    stale = {path for path in files(grown) - files(whole) if "/000.p/" in path}
    assert {path.split("/")[1] for path in stale} == {"1"}, "only tiles still partial keep their .p"


def test_an_older_size_is_read_from_the_full_tile_when_its_partial_one_is_gone(
    tmp_path: Path,
) -> None:
    extend_tiles(tmp_path, 0, ENTRIES[:100])
    extend_tiles(tmp_path, 100, ENTRIES[100:600])
    drop_stale_partials(tmp_path, 100, 600)
    reader = TileReader(FolderSource(tmp_path), 100)
    assert reader.bundle(0) == ENTRIES[:100]
    assert reader.tile(0, 0) == [leaf_hash(entry) for entry in ENTRIES[:100]]


def test_the_partial_file_is_read_where_it_lies_beside_the_full_one(tmp_path: Path) -> None:
    """It is the one that the checkpoint promises; an altered one must not hide behind another."""
    extend_tiles(tmp_path, 0, ENTRIES[:100])
    extend_tiles(tmp_path, 100, ENTRIES[100:600])
    for path in (bundle_path(0, 100), tile_path(0, 0, 100)):
        content = (tmp_path / path).read_bytes()
        (tmp_path / path).write_bytes(content[:-1] + b"-")
    reader = TileReader(FolderSource(tmp_path), 100)
    assert reader.bundle(0) == [*ENTRIES[:99], b"entry 9-"]
    assert reader.tile(0, 0)[-1] == leaf_hash(ENTRIES[99])[:-1] + b"-"


def test_each_entry_is_read_by_its_number(tmp_path: Path) -> None:
    extend_tiles(tmp_path, 0, ENTRIES[:300])
    reader = TileReader(FolderSource(tmp_path), 300)
    for index in (0, 1, 255, 256, 299):
        assert reader.entry(index) == ENTRIES[index]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 300, 128 * 256])
def test_the_border_is_what_a_tree_goes_on_from(tmp_path: Path, size: int) -> None:
    """One list a level, empty where the level ends with a full tile; as many levels as it takes."""
    tree = extend_tiles(tmp_path, 0, ENTRIES[:size])
    border = TileReader(FolderSource(tmp_path), size).border()
    widths = [size % 256, size // 256]
    assert [len(tile) for tile in border] == (widths if size >= 256 else widths[:1] * (size > 0))
    assert [tile for tile in border if tile] == [hashes for _, _, hashes in tree.border()]


def test_every_complete_subtree_is_read_from_the_tiles(tmp_path: Path) -> None:
    size = 1300
    extend_tiles(tmp_path, 0, ENTRIES[:size])
    reader = TileReader(FolderSource(tmp_path), size)
    leaves = [leaf_hash(entry) for entry in ENTRIES[:size]]
    for height in range(11):
        for index in range(size >> height):
            inside = leaves[index << height : (index + 1) << height]
            assert reader.node(height, index) == tree_root(inside)


def test_what_a_tree_of_this_size_cannot_have_is_not_looked_for(tmp_path: Path) -> None:
    extend_tiles(tmp_path, 0, ENTRIES[:300])
    reader = TileReader(FolderSource(tmp_path), 256)
    for read in (lambda: reader.tile(0, 1), lambda: reader.bundle(1), lambda: reader.tile(1, 1)):
        with pytest.raises(TileError, match="no such"):
            read()
    with pytest.raises(ProofError):
        reader.entry(256)
    with pytest.raises(ProofError):
        reader.entry(-1)


def test_widths_follow_from_the_size() -> None:
    assert [width_at(70_000, 0, n) for n in (0, 272, 273, 274)] == [256, 256, 112, 0]
    assert [width_at(70_000, level, 0) for level in range(4)] == [256, 256, 1, 0]


@pytest.mark.parametrize(
    ("bundle", "width"),
    [
        (b"", 1),
        (b"\x00", 1),
        (b"\x00\x02a", 1),
        (b"\x00\x01ab", 1),
        (b"\x00\x01a\x00", 2),
        (b"\x00\x01a\x00\x01b", 1),
        (b"\x00\x01a", 2),
        (b"\xff\xff", 1),
    ],
)
def test_a_bundle_that_is_cut_or_padded_is_refused(bundle: bytes, width: int) -> None:
    with pytest.raises(TileError, match="does not hold exactly"):
        unpack_entries(bundle, width, path="tile/entries/000")


def test_entries_of_any_length_survive_a_bundle() -> None:
    entries = [b"", b"a", b"\x00" * 255, b"b" * MAX_ENTRY]
    assert unpack_entries(pack_entries(entries), 4, path="-") == entries
    with pytest.raises(InputError, match="65,535"):
        pack_entries([b"c" * (MAX_ENTRY + 1)])

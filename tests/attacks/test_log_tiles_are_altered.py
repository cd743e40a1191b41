"""Somebody alters a hash tile: proofs made from it would fail, or worse. The tile is named.

66,000 entries make three levels, each with a full and a partial tile where it can have one.
"""

import shutil
from pathlib import Path

import pytest

from log_story import OfficeLog, digest
from ostiary.verifying.log.commitments import commitment_root
from ostiary.verifying.log.tiles import unpack_entries
from ostiary.verifying.log.tree import leaf_hash

SIZE = 66_000
TILES = [
    "tile/0/000",
    "tile/0/100",
    "tile/0/257.p/208",
    "tile/1/000",
    "tile/1/001.p/1",
    "tile/2/000.p/1",
]


@pytest.fixture(scope="module")
def log() -> OfficeLog:
    made = OfficeLog()
    made.open_office()
    first = made.entries[made.decide("b-1", 0, "returned")]
    content = digest("b-1 content 0")
    contents = [digest(f"b-1 content {n}") for n in range(SIZE - 4)]
    made.entries = made.entries[:3]
    made.add(
        "batch.received",
        batch="b-1",
        file=digest("file"),
        received="2025-08-06",
        rows=len(contents),
        row_errors=0,
        root=commitment_root(contents),
        counts={"returned": len(contents)},
    )
    made.entries += [first.replace(content.encode(), each.encode()) for each in contents]
    return made


@pytest.fixture(scope="module")
def published(log: OfficeLog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    log.publish(folder)
    assert log.verify(folder).is_sound
    return folder


@pytest.fixture
def stolen(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "log"))


def faults(log: OfficeLog, folder: Path) -> list[tuple[str, str]]:
    return [(str(fault.kind), fault.path) for fault in log.verify(folder).faults]


@pytest.mark.parametrize("path", TILES)
def test_an_altered_hash_is_found_at_every_level(log: OfficeLog, stolen: Path, path: str) -> None:
    tile = bytearray((stolen / path).read_bytes())
    tile[len(tile) // 2] ^= 1
    (stolen / path).write_bytes(tile)
    assert faults(log, stolen) == [("tile", path)]


@pytest.mark.parametrize("path", [TILES[1], TILES[5]])
def test_a_tile_that_is_cut_or_gone_is_found_at_every_level(
    log: OfficeLog, stolen: Path, path: str
) -> None:
    (stolen / path).write_bytes((stolen / path).read_bytes()[:-32])
    assert faults(log, stolen) == [("tile", path)]
    (stolen / path).unlink()
    assert faults(log, stolen) == [("tile", path)]


def test_an_edited_entry_with_its_lowest_tile_made_to_fit_is_still_found(
    log: OfficeLog, stolen: Path
) -> None:
    bundle = stolen / "tile/entries/100"
    forged = bundle.read_bytes().replace(b'"mask":"a0"', b'"mask":"a1"', 1)
    bundle.write_bytes(forged)
    hashes = [leaf_hash(entry) for entry in unpack_entries(forged, 256, path="-")]
    (stolen / "tile/0/100").write_bytes(b"".join(hashes))
    report = log.verify(stolen)
    assert {str(fault.kind) for fault in report.faults} == {"root", "tile"}
    [tile] = [fault for fault in report.faults if fault.path == "tile/1/000"]
    assert "entries 25600 to 25855" in tile.message


def test_an_altered_tile_does_not_hide_an_edited_entry(log: OfficeLog, stolen: Path) -> None:
    bundle = stolen / "tile/entries/100"
    bundle.write_bytes(bundle.read_bytes().replace(b'"mask":"a0"', b'"mask":"a1"', 1))
    upper = stolen / "tile/1/001.p/1"
    upper.write_bytes(bytes(32) + upper.read_bytes()[32:])
    report = log.verify(stolen)
    named = {(str(fault.kind), fault.index, fault.path) for fault in report.faults}
    assert named == {("entry", 25_600, ""), ("tile", None, "tile/1/001.p/1")}
    [tile] = [fault for fault in report.faults if fault.path]
    assert "entries 65536 to 65791" in tile.message

"""The edges of tiles and bundles; found by `make mutants`."""

import pytest

from ostiary.domain.errors import InputError
from ostiary.verifying.log.faults import TileError
from ostiary.verifying.log.tiles import MAX_BUNDLE, pack_entries, unpack_entries, unpack_hashes

LONGEST = b"x" * 65_535


def test_an_entry_has_as_many_bytes_as_its_length_can_say() -> None:
    bundle = pack_entries([LONGEST, b""])
    assert unpack_entries(bundle, 2, path="-") == [LONGEST, b""]
    with pytest.raises(InputError, match="65,535 bytes"):
        pack_entries([LONGEST + b"x"])


def test_the_largest_bundle_is_one_that_is_fetched() -> None:
    assert len(pack_entries([LONGEST] * 256)) == MAX_BUNDLE


@pytest.mark.parametrize("length", [0, 31, 32, 63, 65, 96])
def test_a_tile_holds_exactly_its_hashes(length: int) -> None:
    with pytest.raises(TileError, match="exactly 2 hashes"):
        unpack_hashes(bytes(length), 2, path="-")


@pytest.mark.parametrize("bundle", [b"", b"\x00", b"\x00\x01", b"\x00\x01ab", b"\x00\x00\x00"])
def test_a_bundle_that_ends_too_soon_or_too_late_is_refused(bundle: bytes) -> None:
    with pytest.raises(TileError, match="exactly 1 entries"):
        unpack_entries(bundle, 1, path="-")

"""Do other files hide among the tiles of a log? In a folder they can be listed; on the web not.

1. Below ``tile/`` lies nothing but tiles and entry bundles, under the names that tlog-tiles gives.
2. A partial tile of an earlier size is the beginning of what is there now: who still holds the
   checkpoint of then reads it.
3. What lies beyond the checkpoint's size is let be: it is written before the checkpoint that will
   sign it, and nobody reads it until then. So are files whose name ends in ``.new``: a power cut
   leaves them behind, and the next publication writes them anew.
"""

import re

from ostiary.verifying.log.faults import FaultKind, FaultList, TileError
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import Source
from ostiary.verifying.log.tiles import (
    MAX_BUNDLE,
    MAX_TILE,
    bundle_path,
    tile_path,
    unpack_entries,
    unpack_hashes,
    width_at,
)

FOLDER = "tile"
_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)
_UNFINISHED = ".new"


def check_strays(source: Source, reader: TileReader, faults: FaultList) -> None:
    """Name each file among the tiles that is no part of the log.

    Args:
        source: the log.
        reader: the log at its verified checkpoint; its own tiles have been audited.
        faults: where to report.
    """
    for path in source.paths(FOLDER):
        if faults.full:
            return
        message = "" if path.endswith(_UNFINISHED) else _wrong_with(path, source, reader)
        if message:
            faults.add(FaultKind.STRAY, message, path=path)


def _wrong_with(path: str, source: Source, reader: TileReader) -> str:
    match = _PATH.fullmatch(path)
    width = int(match["width"] or TILE_WIDTH) if match else 0
    if match is None or width > TILE_WIDTH:
        return "no file of a log has this name"
    number = int(match["number"].replace("/", "").replace("x", ""))
    is_bundle = match["level"] == "entries"
    level = 0 if is_bundle else int(match["level"])
    named = bundle_path(number, width) if is_bundle else tile_path(level, number, width)
    if path != named or (match["width"] and width == TILE_WIDTH):
        return "no file of a log has this name"
    if width >= width_at(reader.size, level, number):
        return ""  # audited already, or of a larger tree
    return _wrong_with_partial(path, source, reader, (is_bundle, level, number, width))


def _wrong_with_partial(
    path: str, source: Source, reader: TileReader, place: tuple[bool, int, int, int]
) -> str:
    """Compare a partial tile of an earlier size with the present one."""
    is_bundle, level, number, width = place
    try:
        found = source.read(path, MAX_BUNDLE if is_bundle else MAX_TILE) or b""
        if is_bundle:
            same = unpack_entries(found, width, path=path) == reader.bundle(number)[:width]
        else:
            same = unpack_hashes(found, width, path=path) == reader.tile(level, number)[:width]
    except TileError as error:
        return error.message
    return "" if same else "is not the beginning of what the log has here now"

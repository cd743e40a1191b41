"""Packed files: ``requests.csv.gz`` and ``requests.csv.zst``, as data frames and DuckDB write them.

A packed file is unpacked into a private folder and read there as any other. How much it may hold
is counted while it is unpacked, for what it says of itself is not to be relied on: a thousand bytes
can hold gigabytes.
"""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from ostiary.deciding.intake.files import ENDINGS_OF_PACKED, packed_with, unreadable
from ostiary.domain.errors import InputError

MOST_BYTES = 64 << 30
"""Of a packed file, unpacked, where nobody says less."""

_CHUNK = 1 << 20


@contextmanager
def unpacked(path: Path, folder: Path, *, most: int = MOST_BYTES) -> Iterator[Path]:
    """Give a file that can be read: the file itself unless it is packed.

    Errors of what is done with the file name it as it was handed in.

    Args:
        path: the file.
        folder: an empty private folder to unpack it in; whoever made it removes it.
        most: bytes that it may have, unpacked.

    Raises:
        InputError: it is packed and too large, damaged, or packed in a way that is not read.
    """
    how = packed_with(path)
    if how is None:
        yield path
        return
    plain = folder / (path.stem if path.suffix.lower() in ENDINGS_OF_PACKED else path.name)
    _unpack(path, how, plain, most)
    try:
        yield plain
    except InputError as error:
        where = error.where.replace(str(plain), str(path))
        raise type(error)(error.message, where=where, cure=error.cure) from None


def _unpack(path: Path, how: str, plain: Path, most: int) -> None:
    if how not in ENDINGS_OF_PACKED.values():
        raise InputError(
            f"this is packed with {how}",
            where=str(path),
            cure="unpack it, or pack it with gzip or Zstandard",
        )
    left = most
    try:
        with _opened(path, how) as source, plain.open("xb") as target:
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise InputError(
                        f"the file has more than {most:,} bytes unpacked",
                        where=str(path),
                        cure="send it in parts",
                    )
                target.write(chunk)
    except (EOFError, zlib.error, pa.ArrowInvalid, gzip.BadGzipFile):
        raise _broken(path, how) from None
    except OSError as error:
        raise (unreadable(path, error) if error.errno else _broken(path, how)) from None
    if left == most:
        raise InputError("the file is empty", where=str(path), cure="hand in a file with rows")


def _opened(path: Path, how: str) -> BinaryIO:
    if how == "gzip":
        return cast("BinaryIO", gzip.GzipFile(path))
    return cast("BinaryIO", pa.input_stream(str(path), compression="zstd"))


def _broken(path: Path, how: str) -> InputError:
    return InputError(
        f"the file is packed with {how}, and damaged", where=str(path), cure="pack it again"
    )

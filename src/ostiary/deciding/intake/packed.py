"""Packed files: ``requests.csv.gz``, ``requests.csv.zst``, and the one file of a ZIP archive.

A packed file is unpacked into a private folder and read there as any other. How much it may hold
is counted while it is unpacked, for what it says of itself is not to be relied on: a thousand bytes
can hold gigabytes.
"""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from ostiary.deciding.intake.archives import BROKEN
from ostiary.deciding.intake.files import (
    ENDINGS_OF_PACKED,
    IN_ZIP,
    file_in_zip,
    packed_with,
    unreadable,
)
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
    plain = folder / _plain_name(path, how)
    _unpack(path, how, plain, most)
    try:
        yield plain
    except InputError as error:
        where = error.where.replace(str(plain), str(path))
        raise type(error)(error.message, where=where, cure=error.cure) from None


def _plain_name(path: Path, how: str) -> str:
    """Give a name for what is unpacked; of what an archive calls its file the ending is taken."""
    inside = file_in_zip(path) if how == IN_ZIP else None
    if inside:
        ending = Path(inside.filename).suffix.lower()
        return path.stem if path.stem.lower().endswith(ending) else path.stem + ending
    return path.stem if path.suffix.lower() in ENDINGS_OF_PACKED else path.name


def _unpack(path: Path, how: str, plain: Path, most: int) -> None:
    if how != IN_ZIP and how not in ENDINGS_OF_PACKED.values():
        raise InputError(
            f"this is packed with {how}",
            where=str(path),
            cure="unpack it, or pack it with gzip or Zstandard, or as ZIP",
        )
    left = most
    try:
        with _opened(path, how, most) as source, plain.open("xb") as target:
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise InputError(
                        f"the file has more than {most:,} bytes unpacked",
                        where=str(path),
                        cure="send it in parts",
                    )
                target.write(chunk)
    except (EOFError, zlib.error, pa.ArrowInvalid, gzip.BadGzipFile, *BROKEN):
        raise _broken(path, how) from None
    except OSError as error:
        raise (unreadable(path, error) if error.errno else _broken(path, how)) from None
    if left == most:
        raise InputError("the file is empty", where=str(path), cure="hand in a file with rows")


@contextmanager
def _opened(path: Path, how: str, most: int) -> Iterator[BinaryIO]:
    """Open what is in a file; of a ZIP archive no more is read than ``most`` bytes and chunks."""
    if how == IN_ZIP:
        inside = file_in_zip(path)
        if inside is None:  # it is another file than it was
            raise EOFError
        inside.file_size = most + 2 * _CHUNK  # what it says of itself is not relied on
        with zipfile.ZipFile(path) as archive, archive.open(inside) as file:
            yield cast("BinaryIO", file)
    elif how == "gzip":
        with gzip.GzipFile(path) as file:
            yield cast("BinaryIO", file)
    else:
        with pa.input_stream(str(path), compression="zstd") as file:
            yield cast("BinaryIO", file)


def _broken(path: Path, how: str) -> InputError:
    return InputError(
        f"the file is packed with {how}, and damaged", where=str(path), cure="pack it again"
    )

"""A file as it was handed in, unpacked where it is packed, for as long as it is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ostiary.deciding.intake.packed import MOST_BYTES, unpacked
from ostiary.office.folder.session import scratch_folder


@contextmanager
def handed_in(path: Path, *, near: Path | None = None, most: int = MOST_BYTES) -> Iterator[Path]:
    """Give a file that can be read.

    Args:
        path: the file, perhaps packed.
        near: folder to make a private one in, which is removed at the end.
        most: bytes that the file may have, unpacked.

    Raises:
        InputError: it is packed and cannot be unpacked; or an error of what is done with it.
    """
    with scratch_folder(near) as folder, unpacked(path, folder, most=most) as plain:
        yield plain

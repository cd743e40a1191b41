"""What is asked, before it is read: a request file, a folder of parts, or requests as values."""

import hashlib
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from ostiary.deciding.intake.files import parquet_parts
from ostiary.deciding.intake.packed import MOST_BYTES
from ostiary.deciding.intake.request_rows import Asked, RequestRows
from ostiary.office.batches.unpacked_file import handed_in


def readable(
    asked: Asked, *, near: Path | None = None, most: int = MOST_BYTES
) -> AbstractContextManager[Asked]:
    """Give what can be read: a file as :func:`.unpacked_file.handed_in` does, values as they are.

    Raises:
        InputError: it is packed and cannot be unpacked.
    """
    if isinstance(asked, RequestRows):
        return nullcontext(asked)
    return handed_in(asked, near=near, most=most)


def size_of(asked: Asked) -> int:
    """Count the bytes of what is asked, of a folder those of its parts."""
    if isinstance(asked, RequestRows):
        return len(asked.text)
    return sum(part.stat().st_size for part in parquet_parts(asked) if part.is_file())


def digest_of(asked: Asked) -> str:
    """Digest what is asked (SHA-256); of a folder of parts, the digests of the parts, one a line.

    That of values is that of the JSON Lines file which they would be.
    """
    if isinstance(asked, RequestRows):
        return hashlib.sha256(asked.text).hexdigest()
    digests = []
    for part in parquet_parts(asked):
        with part.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    if not asked.is_dir():
        return digests[0]
    return hashlib.sha256("".join(f"{one}\n" for one in digests).encode()).hexdigest()

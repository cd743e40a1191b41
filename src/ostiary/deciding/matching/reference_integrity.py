"""Are the files of a reference those that its model names? What decides must be what the log names.

1. Every file that ``model.json`` lists is there, and its SHA-256 is the one listed.
2. A program reads each file for this once, and again when its size, times or place on the disk
   have changed. (Setting the time of a change back takes the disk or the clock itself.)
3. Whoever looks at a person asks this first; nothing is looked up in a file that does not hold.
"""

import errno
import hashlib
import json
import os
import stat
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ostiary.deciding.matching.model import MODEL_FILE, Stamp, stamp_of
from ostiary.domain.errors import OfficeError

_AT_ONCE = 2  # hashing leaves the lock of Python, so two cores do twice the work
_lock = threading.Lock()
_read: dict[Path, tuple[Stamp, Future[str]]] = {}
_NEVER = (None, None)
_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP)  # as Path.is_file has it


def begin_check(reference: Path) -> None:
    """Begin to read the files of a reference, so that :func:`check_reference` need not wait long.

    What is wrong is told by :func:`check_reference`.
    """
    _digests(_listed(reference))


def check_reference(reference: Path) -> None:
    """Compare every file of a reference with its model.

    Raises:
        OfficeError: a file is missing or is not the one that the model names; it says which. A
            folder without a readable model is none of ours to judge: opening it says so.
    """
    listed = _listed(reference)
    read = _digests(listed)
    for path, stated in listed.items():
        if path not in read:
            raise _refused(path, "is missing")
        if read[path].result() != stated:
            raise _refused(path, "is not the one that model.json names")


def _listed(reference: Path) -> Mapping[Path, str]:
    """Give the files that a model names, each with its digest; none where there is no model."""
    try:
        text = (reference / MODEL_FILE).read_bytes()
        return _files_of(text, reference.absolute())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


@lru_cache(maxsize=2)  # a model is read by its bytes: each step asks twice, and lists do each time
def _files_of(text: bytes, reference: Path) -> Mapping[Path, str]:
    stated = json.loads(text)
    folder = reference / stated["folder"]
    files = {folder / name: str(digest) for name, digest in stated["files"].items()}
    return MappingProxyType(files)


def _digests(paths: Iterable[Path]) -> dict[Path, Future[str]]:
    """Give the digest of each file that is there; one that changed since it was read is read anew.

    What a name leads to is told by its place on the disk, whatever links are followed there.
    """
    stamps = {path: stamp_of(found) for path in paths if (found := _file(path))}
    with _lock:
        new = [path for path, stamp in stamps.items() if _read.get(path, _NEVER)[0] != stamp]
        if new:
            pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="digests")
            for path in new:
                _read[path] = (stamps[path], pool.submit(file_digest, path))
            pool.shutdown(wait=False)  # who asks for a digest waits for it
        return {path: _read[path][1] for path in stamps}


def _file(path: Path) -> os.stat_result | None:
    """Say what the disk says of a file; None where there is none that a name leads to."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a step asks for thirty
    except ValueError:
        return None
    except OSError as error:
        if error.errno not in _ABSENT:
            raise
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def file_digest(path: Path) -> str:
    """Give ``sha256:`` and the hex digest of a file, read now."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _refused(path: Path, what: str) -> OfficeError:
    return OfficeError(
        f"the reference is damaged: {path.name} {what}",
        where=str(path),
        cure="find out who changed it, then load the reference file again",
    )

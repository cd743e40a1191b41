"""Open a case store, or refuse to."""

from pathlib import Path

from ostiary.domain.errors import OfficeError
from ostiary.storage.cases import CaseStore
from ostiary.storage.connection import register
from ostiary.storage.schema import check_case_store


def open_case_store(path: Path, *, origin: str, training: bool) -> CaseStore:
    """Open the case store of an office and see that it may be worked with.

    Args:
        path: the SQLite file.
        origin: name of the office's log.
        training: whether the office is for training only.

    Raises:
        OfficeError: missing, damaged, unsafely set up, tampered with, or of a newer Ostiary.
    """
    if not path.is_file():
        raise OfficeError(
            "the case store of the office is missing",
            where=str(path),
            cure="restore it from the office's backup",
        )
    store = CaseStore(path, register(path))
    try:
        check_case_store(path, register(path), origin=origin, training=training)
    except BaseException:
        store.close()
        raise
    return store

"""Open a case store, or refuse to."""

from ostiary.office.store.cases import CaseStore
from ostiary.office.store.connection import leave_replaced_file, register
from ostiary.office.store.databases import Database
from ostiary.office.store.schema import check_case_store, upgrade_case_store


def open_case_store(database: Database, *, origin: str, training: bool) -> CaseStore:
    """Open the case store of an office and see that it may be worked with.

    Args:
        database: where it is.
        origin: name of the office's log.
        training: whether the office is for training only.

    Raises:
        OfficeError: missing, damaged, unsafely set up, tampered with, or of a newer Ostiary.
    """
    alias = register(database)
    leave_replaced_file(alias)
    upgrade_case_store(database)
    store = CaseStore(database.where, alias)
    try:
        check_case_store(database, origin=origin, training=training)
    except BaseException:
        store.close()
        raise
    return store

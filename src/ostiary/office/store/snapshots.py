"""A copy of a case store as it is at one moment, taken while others write.

A copy is a case store in a file, whichever database it came from: so one backup is put back into
either, and is checked before by the same means. From PostgreSQL every row is read in one
transaction that sees one moment (``REPEATABLE READ``); nobody waits for it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.models import Model, QuerySet

from ostiary.domain.errors import OfficeError
from ostiary.office.store import orm
from ostiary.office.store.connection import forget, register
from ostiary.office.store.databases import (
    BUSY_SECONDS,
    Database,
    PostgresDatabase,
    SqliteDatabase,
)
from ostiary.office.store.failures import our_errors
from ostiary.office.store.schema import lay_case_store, remove_case_store

_AT_ONCE = 2_000
_TABLES: tuple[type[Model], ...] = (
    *(orm.LogEntry, orm.LawAdopted, orm.KeySeen, orm.KeyAcceptance, orm.Batch, orm.Request),
    *(orm.PersonAsked, orm.Asking, orm.Verification, orm.Examination, orm.ElementDetermination),
    *(orm.Approval, orm.Refusal, orm.CounselAnswer, orm.CaseNote, orm.LookOrder),
    *(orm.LaterVerification, orm.Answer, orm.Recall, orm.Receipt, orm.Disposal, orm.KeptRecord),
    *(orm.ReportedFigures, orm.UseReport),
)
"""Every table with rows of its own, each behind those that it points at."""


def copy_case_store(database: Database, into: Path, *, origin: str, training: bool) -> None:
    """Copy a case store into a file that only its owner may read.

    What was committed when the copy began is in it, and nothing else. From a file SQLite's own
    backup makes it, and a commit that comes meanwhile waits.

    Args:
        database: where the store is.
        into: the file to make; there is none of this name.
        origin: name of the office's log.
        training: whether the office is for training only.

    Raises:
        OfficeError: the store is missing, or cannot be read; or the disk is full.
    """
    if isinstance(database, SqliteDatabase):
        _copy_file(database, into)
        return
    target = SqliteDatabase(into)
    lay_case_store(target, origin=origin, training=training)
    into.chmod(0o600)
    _copy_rows(database, target)


def put_case_store(
    source: Path, database: PostgresDatabase, *, origin: str, training: bool
) -> None:
    """Put a copy into a PostgreSQL database that holds no office yet, whole or not at all.

    Raises:
        OfficeError: there is an office already, or the database fails.
    """
    lay_case_store(database, origin=origin, training=training)
    try:
        _copy_rows(SqliteDatabase(source), database)
    except BaseException:
        remove_case_store(database)
        raise


def _copy_rows(source: Database, target: Database) -> None:
    """Copy every row of one store, as it is at one moment, into another that has none."""
    reads, writes = register(source, owner=True), register(target, owner=True)
    try:
        with (
            our_errors(source.where, connections[reads]),
            our_errors(target.where, connections[writes]),
            _one_moment(reads),
            transaction.atomic(using=writes),
        ):
            for table in _TABLES:
                read: QuerySet[Model] = QuerySet(table, using=reads)
                written: QuerySet[Model] = QuerySet(table, using=writes)
                rows = read.order_by("pk").iterator(_AT_ONCE)
                while some := list(islice(rows, _AT_ONCE)):
                    written.bulk_create(some)
            _give_out_from_there(writes)
    finally:
        forget(reads)
        forget(writes)


@contextmanager
def _one_moment(alias: str) -> Iterator[None]:
    """See one moment of a store, however long it takes to read."""
    with transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _give_out_from_there(alias: str) -> None:
    """Have the database give out numbers after those that were copied."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_TABLES)):
            cursor.execute(statement)


def _copy_file(database: SqliteDatabase, into: Path) -> None:
    os.close(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        source = f"{database.path.resolve().as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(source, uri=True, timeout=BUSY_SECONDS)) as live,
            closing(sqlite3.connect(into)) as copy,
        ):
            live.backup(copy)
    except sqlite3.Error as error:
        raise OfficeError(
            f"the case store cannot be copied: {error}",
            where=database.where,
            cure="see that the disk has room and the store is whole, and run it again",
        ) from error

"""Lay the tables of a new case store, and see on opening that a store is whole and understood."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from ostiary import __version__
from ostiary.domain.errors import OfficeError
from ostiary.storage.connection import check_settings, forget, register
from ostiary.storage.failures import our_errors
from ostiary.storage.guards import expected_guards, found_guards, lay_guards
from ostiary.storage.orm import OfficeRecord

# Number of the last migration. A store with a higher one was made by a newer Ostiary.
SCHEMA = 2
_APP = "storage"


def lay_case_store(path: Path, *, origin: str, training: bool) -> None:
    """Make a new case store that only its owner can read.

    Args:
        path: the file to make.
        origin: name of the office's log.
        training: whether the office is for training only.

    Raises:
        FileExistsError: there is a file already.
        OfficeError: the disk is full, or the database fails.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    alias = register(path)
    try:
        with our_errors(path):
            _migrate(connections[alias])
            with transaction.atomic(using=alias):
                lay_guards(connections[alias])
                OfficeRecord.objects.using(alias).create(
                    schema=SCHEMA,
                    made_by=__version__,
                    origin=origin,
                    training=training,
                    opened_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
                )
    except BaseException:
        path.unlink()
        raise
    finally:
        forget(alias)


def _migrate(connection: BaseDatabaseWrapper) -> None:
    """Bring the tables of a case store to our schema."""
    executor = MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == _APP])


def check_case_store(path: Path, alias: str, *, origin: str, training: bool) -> None:
    """See that an office may be opened on this case store.

    Raises:
        OfficeError: the settings are unsafe; a newer Ostiary made the store; it is damaged, its
            guards or its last entries are gone; or it belongs to another office.
    """
    with our_errors(path):
        connection = connections[alias]
        connection.ensure_connection()
        check_settings(connection)
        _check_version(connection, path)
        _check_guards(connection, path)
        _check_last_entry(connection, path)
        _check_identity(alias, path, (origin, training))


def _check_version(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Refuse what a newer Ostiary made, before any other table is trusted to look as here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pragma_table_info('office') WHERE name IN ('schema', 'made_by')"
        )
        rows = []
        if cursor.fetchone() == (2,):
            cursor.execute("SELECT schema, made_by FROM office")
            rows = cursor.fetchall()
    if len(rows) != 1:
        raise OfficeError(
            "the case store is damaged, or another database: it does not say which office it is",
            where=str(path),
            cure="restore it from the office's backup",
        )
    schema, made_by = rows[0]
    if schema > SCHEMA:
        raise OfficeError(
            f"this office was made by a newer Ostiary (schema {schema}, this one knows {SCHEMA})",
            where=str(path),
            cure=f"use Ostiary {made_by} or newer",
        )


def _check_guards(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Notice triggers that were dropped, changed or added."""
    if found_guards(connection) != expected_guards():
        raise OfficeError(
            "the triggers that guard the case store have been changed",
            where=str(path),
            cure="find out who did it and why; restore the office from its backup, "
            "and compare it with the published log",
        )


def _check_last_entry(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Notice that the last entries are gone: SQLite remembers the highest number ever given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ifnull((SELECT max(entry_index) FROM log_entry), -1),"
            " ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'log_entry'), -1)"
        )
        last, highest = cursor.fetchone()
    if last != highest:
        raise OfficeError(
            f"log entries are missing: the last one is {last}, but {highest} was given out",
            where=str(path),
            cure="restore the office from its backup, and compare it with the published log",
        )


def _check_identity(alias: str, path: Path, expected: tuple[str, bool]) -> None:
    """Notice a case store and an `office.toml` that were not made together."""
    record = OfficeRecord.objects.using(alias).get()
    if (record.origin, record.training) != expected:
        raise OfficeError(
            "`origin` or `training` in office.toml is not what this case store was made with",
            where=str(path),
            cure=f'set `origin = "{record.origin}"` and '
            f"`training = {str(record.training).lower()}`, or bring back the right case store",
        )

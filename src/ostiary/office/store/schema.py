"""Lay the tables of a new case store, and see on opening that a store is whole and understood."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary import __version__
from ostiary.domain.errors import OfficeError
from ostiary.office.store.connection import check_settings, forget, register
from ostiary.office.store.databases import Database
from ostiary.office.store.engines import engine_of
from ostiary.office.store.failures import our_errors
from ostiary.office.store.migrating import SCHEMA
from ostiary.office.store.orm import OfficeRecord

_OLDEST = 5  # the oldest schema that can be brought to ours
_GUARDS_CHANGED = "the triggers that guard the case store have been changed"
_GUARDS_CURE = (
    "find out who did it and why; restore the office from its backup,"
    " and compare it with the published log"
)
# Digests of the guards that older schemas were laid with, and of ours: an upgrade that was cut
# short may have laid them already.
_OLD_GUARDS = frozenset(
    {
        "7be01e1506524b32e8b847c3419cbbc622c0fcf51ffd8a4bc1ac22b117b03abf",  # SQLite, schema 5
        "0c9a6e449355feaf71381f80e20819fd7ab335aad0fb038c04a94ee923fb0d14",  # PostgreSQL, schema 5
        "808f3533bdea57dfe177dc8024327d5d0ea48fc31b0cc4599449e9cffaa97cf4",  # SQLite, schema 6
        "88ccc18992fe75bc5c11263398e1877e6d94f7f56e3a090b161f09e59aaae48a",  # PostgreSQL, schema 6
        "5dae35cc369fec9d89ffd69a471f91ba5d1b822b9ca167b091567d961ffa891b",  # SQLite, schema 7
        "5b056a265f13d2ef3288d06dfba366653fdeaff40b2f9f106ce1401dc5f1ac99",  # PostgreSQL, schema 7
        "8617d5cf3f762235c444db2e78846a7a62abc05a51763c701365d20f1f158c21",  # SQLite, schema 8
        "1316d9c4e6af99ea685fbf0a25eabd5a08b3fe6c89ea4568bdfd5a869900c921",  # PostgreSQL, schema 8
        "44192d0e29e396df89bd26fa9811cc75e493fe6d467fd66838d11d3952d69063",  # SQLite, schema 9
        "3f08e1fef488082dc349f654305e688e45d209ed83394b487de75226070dd06b",  # PostgreSQL, schema 9
        "ded0b49ee0ef337ee49ae172fdbcb3f362d893aa1f22d0915c5974b9792ae38d",  # SQLite, schema 10
        "8d0c8d6a9c5791e0f1ad94de0dbcece213586ed9cb0bed278705c5c84910cdad",  # PostgreSQL, schema 10
        "caccaab7f25e63ec759124c925bdac13425f80f4f08e6a6d83c508dec450f125",  # SQLite, schema 11
        "f1b9e7a3b5e097622a887817b57e0d448e7d0dd119892179c7a0eb93653cf5a8",  # PostgreSQL, schema 11
        "875d220e39318ca448b013de7d50530957ff825fb896daaa46f45ac3f89948fb",  # SQLite, schema 12
        "bda051aa23e8cf82085b77dc92fe7fe33b802244a097b456c738844ab76593ef",  # PostgreSQL, schema 12
        "e3d015f319d7d3a2ea081e54d43283eaa0f2296894e99483d6bcd97def0dde78",  # SQLite, schema 13
        "bb00be9ab4fbcb3acfb78d94da9337dd2dd6c6217156482e50e5aaf43b61cc7a",  # PostgreSQL, schema 13
        "5c3cd778b55e91e6233ede0108db6fdfe36f59026435191cccae33a788b99e48",  # SQLite, schema 14
        "a6f86e7dda9b266220cbb57e81833d2d1b034cfa6c898073968653e8018c9fd0",  # PostgreSQL, schema 14
    }
)


def lay_case_store(database: Database, *, origin: str, training: bool) -> None:
    """Make a new case store.

    Args:
        database: where; a file must not exist, a database must hold no office.
        origin: name of the office's log.
        training: whether the office is for training only.

    Raises:
        FileExistsError: there is a file already.
        OfficeError: there is an office already, the disk is full, or the database fails.
    """
    alias = register(database, owner=True)
    try:
        with our_errors(database.where, connections[alias]):
            engine = engine_of(connections[alias])
            engine.lay(database, connections[alias])
            try:
                _say_which(alias, origin=origin, training=training)
            except BaseException:
                engine.remove(database, connections[alias])
                raise
    finally:
        forget(alias)


def scrub_case_store(database: Database) -> str:
    """Rewrite a case store after a disposal, so that nothing destroyed is left in its files.

    Returns:
        What is left to be done by somebody with more rights; or nothing.

    Raises:
        OfficeError: somebody else is at work in the store, or the disk is full.
    """
    alias = register(database, owner=True)
    try:
        with our_errors(database.where, connections[alias]):
            return engine_of(connections[alias]).scrub(connections[alias])
    finally:
        forget(alias)


def remove_case_store(database: Database) -> None:
    """Take away a case store that was just laid, for an office that could not be finished."""
    alias = register(database, owner=True)
    try:
        with our_errors(database.where, connections[alias]):
            engine_of(connections[alias]).remove(database, connections[alias])
    finally:
        forget(alias)


def _say_which(alias: str, *, origin: str, training: bool) -> None:
    """Write the one row that says which office this is."""
    OfficeRecord.objects.using(alias).create(
        schema=SCHEMA,
        made_by=__version__,
        origin=origin,
        training=training,
        opened_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def upgrade_case_store(database: Database) -> None:
    """Bring a case store of an older Ostiary to our schema; leave any other as it is.

    Its guards are compared first with those that the older Ostiary laid: new ones would hide that
    somebody had changed them.

    Raises:
        OfficeError: the guards have been changed, or this user may not change the tables.
    """
    alias = register(database, owner=True)
    connection = connections[alias]
    try:
        with our_errors(database.where, connection):
            engine = engine_of(connection)
            engine.check_presence(database, connection)
            if not _can_upgrade(connection):
                return
            known = {*_OLD_GUARDS, guards_digest(engine.expected_guards())}
            if guards_digest(engine.found_guards(connection)) not in known:
                raise OfficeError(_GUARDS_CHANGED, where=database.where, cure=_GUARDS_CURE)
            engine.upgrade(connection)
            OfficeRecord.objects.using(alias).update(schema=SCHEMA, made_by=__version__)
    finally:
        forget(alias)


def guards_digest(guards: Mapping[str, str]) -> str:
    """Name a set of guards: SHA-256 over their sorted names and texts, in hex."""
    text = "\n".join(f"{name}\n{guards[name]}" for name in sorted(guards))
    return hashlib.sha256(text.encode()).hexdigest()


def _can_upgrade(connection: BaseDatabaseWrapper) -> bool:
    if not {"schema", "made_by"} <= engine_of(connection).columns(connection, "office"):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT schema FROM office")
        return cursor.fetchall() in [[(schema,)] for schema in range(_OLDEST, SCHEMA)]


def check_case_store(database: Database, *, origin: str, training: bool) -> None:
    """See that an office may be opened on this case store.

    Raises:
        OfficeError: the settings are unsafe; a newer Ostiary made the store; it is missing or
            damaged, its guards or its last entries are gone; or it belongs to another office.
    """
    where = database.where
    alias = register(database)
    connection = connections[alias]
    with our_errors(where, connection):
        engine = engine_of(connection)
        engine.check_presence(database, connection)
        connection.ensure_connection()
        check_settings(connection)
        _check_version(connection, where)
        _check_guards(connection, database)
        _check_last_entry(connection, where)
        _check_identity(alias, where, (origin, training))


def _check_version(connection: BaseDatabaseWrapper, where: str) -> None:
    """Refuse what another Ostiary made, before any other table is trusted to look as here."""
    rows = []
    if {"schema", "made_by"} <= engine_of(connection).columns(connection, "office"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT schema, made_by FROM office")
            rows = cursor.fetchall()
    if len(rows) != 1 or not isinstance(rows[0][0], int):
        raise OfficeError(
            "the case store is damaged, or another database: it does not say which office it is",
            where=where,
            cure="restore it from the office's backup",
        )
    schema, made_by = rows[0]
    if schema > SCHEMA:
        raise OfficeError(
            f"this office was made by a newer Ostiary (schema {schema}, this one knows {SCHEMA})",
            where=where,
            cure=f"use Ostiary {made_by} or newer",
        )
    if schema < SCHEMA:
        raise OfficeError(
            f"this office was made by an older Ostiary (schema {schema}, this one needs {SCHEMA})",
            where=where,
            cure=f"finish its work with Ostiary {made_by}, and make a new office with this one",
        )


def _check_guards(connection: BaseDatabaseWrapper, database: Database) -> None:
    """Notice triggers or rights that were dropped, changed or added."""
    engine = engine_of(connection)
    if engine.found_guards(connection) != engine.expected_guards():
        raise OfficeError(
            _GUARDS_CHANGED,
            where=database.where,
            cure=_GUARDS_CURE,
        )
    if wrong := engine.wrong_rights(connection):
        raise OfficeError(
            f"the rights of the office in its database have been changed: {wrong}",
            where=database.where,
            cure="find out who did it and why; grant what is missing, revoke what was added, "
            "and compare the office with the published log",
        )


def _check_last_entry(connection: BaseDatabaseWrapper, where: str) -> None:
    """Notice that the last entries are gone: the store remembers the highest number ever given."""
    last, highest = engine_of(connection).last_entries(connection)
    if last != highest:
        raise OfficeError(
            f"log entries are missing: the last one is {last}, but {highest} was given out",
            where=where,
            cure="restore the office from its backup, and compare it with the published log",
        )


def _check_identity(alias: str, where: str, expected: tuple[str, bool]) -> None:
    """Notice a case store and an `office.toml` that were not made together."""
    record = OfficeRecord.objects.using(alias).get()
    if (record.origin, record.training) != expected:
        raise OfficeError(
            "`origin` or `training` in office.toml is not what this case store was made with",
            where=where,
            cure=f'set `origin = "{record.origin}"` and '
            f"`training = {str(record.training).lower()}`, or bring back the right case store",
        )

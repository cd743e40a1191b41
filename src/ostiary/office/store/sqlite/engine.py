"""The case store in the words of SQLite."""

import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.domain.errors import OfficeError
from ostiary.office.store.chunks import chunks
from ostiary.office.store.databases import Database, SqliteDatabase
from ostiary.office.store.engine import Engine, Row
from ostiary.office.store.migrating import lay_tables, migrate
from ostiary.office.store.sqlite.guards import expected_guards, found_guards, lay_guards
from ostiary.office.store.sqlite.kept import is_replaced
from ostiary.office.store.sqlite.rights import restrict
from ostiary.office.store.sqlite.settings import set_pragmas, wrong_pragmas

# Rows a statement: with triggers on the table, SQLite prepares to undo each statement by itself.
_TOGETHER = 100


class SqliteEngine(Engine):
    """SQLite, as Python was built with it."""

    # The plus keeps SQLite from beginning with the agency, of which there may be very many.
    known_requests = """
        SELECT r.id, r.request_id, r.content, coalesce(r.salt, ''), r.status, r.mask,
               r.entry_index, r.batch
        FROM json_each(%s) AS asked
        JOIN request AS r ON r.request_id = asked.value AND +r.agency = %s
        """
    recipients = "json_extract(payload, '$.recipients')"
    matter = "json_extract(payload, '$.matter_number')"
    listed = "json_each(%s) AS asked"

    def set_up(self, connection: BaseDatabaseWrapper, *, owner: bool) -> None:
        """Set the pragmas; then take the rights away that a clerk does not need."""
        set_pragmas(connection)
        if not owner:
            restrict(connection)

    def wrong_settings(
        self,
        connection: BaseDatabaseWrapper,
        *,
        owner: bool,  # noqa: ARG002 - the same for both
    ) -> tuple[str, str]:
        """See that the file is the one that was opened, and read every setting back."""
        if is_replaced(connection.connection):
            return "another file stands in its place", "do it again: the file is opened anew"
        return wrong_pragmas(connection)

    def check_presence(
        self,
        database: Database,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - opening it would not tell
    ) -> None:
        """See that the file is there."""
        if not _path(database).is_file():
            raise OfficeError(
                "the case store of the office is missing",
                where=database.where,
                cure="restore it from the office's backup",
            )

    def lay(self, database: Database, connection: BaseDatabaseWrapper) -> None:
        """Make a file that only its owner can read, then tables and triggers."""
        os.close(os.open(_path(database), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            lay_tables(connection)
            with transaction.atomic(using=connection.alias):
                lay_guards(connection)
        except BaseException:
            self.remove(database, connection)
            raise

    def upgrade(self, connection: BaseDatabaseWrapper) -> None:
        """Migrate, then lay the triggers anew."""
        migrate(connection)
        with transaction.atomic(using=connection.alias):
            lay_guards(connection)

    def remove(
        self,
        database: Database,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - the file is all
    ) -> None:
        """Take the file away."""
        _path(database).unlink(missing_ok=True)

    def become_writer(self, connection: BaseDatabaseWrapper) -> None:
        """Nothing to do: ``BEGIN IMMEDIATE`` has waited already."""

    def insert(
        self, connection: BaseDatabaseWrapper, table: str, columns: str, rows: Iterable[Row]
    ) -> int:
        """Write rows a few at a time."""
        count = 0
        with connection.cursor() as cursor:
            for chunk in chunks(rows, _TOGETHER):
                row = f"({', '.join(['%s'] * len(chunk[0]))})"
                values = ", ".join([row] * len(chunk))
                cursor.execute(
                    f"INSERT INTO {table} ({columns}) VALUES {values}",
                    tuple(chain.from_iterable(chunk)),
                )
                count += len(chunk)
        return count

    def columns(self, connection: BaseDatabaseWrapper, table: str) -> frozenset[str]:
        """Ask for the columns of a table."""
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA table_info({connection.ops.quote_name(table)})")
            return frozenset(name for _, name, *_ in cursor.fetchall())

    def expected_guards(self) -> dict[str, str]:
        """Give every trigger."""
        return expected_guards()

    def found_guards(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """Give the triggers that are there."""
        return found_guards(connection)

    def wrong_rights(
        self,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - it was restricted when it opened
    ) -> str:
        """Nothing: rights are not kept in the file, but set on each connection."""
        return ""

    def scrub(self, connection: BaseDatabaseWrapper) -> str:
        """Rewrite the file; ``secure_delete`` has overwritten what was destroyed already.

        A page that was split before may hold a second copy of a row in a part not in use.
        """
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
        return ""

    def last_entries(self, connection: BaseDatabaseWrapper) -> tuple[int, int]:
        """Ask the table, and ``sqlite_sequence``: it remembers the highest number ever given."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT ifnull((SELECT max(entry_index) FROM log_entry), -1),"
                " ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'log_entry'), -1)"
            )
            last, highest = cursor.fetchone()
        return int(last), int(highest)


def _path(database: Database) -> Path:
    if not isinstance(database, SqliteDatabase):
        raise TypeError("this is no SQLite database")
    return database.path

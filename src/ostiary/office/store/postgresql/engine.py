"""The case store in the words of PostgreSQL 14 and later."""

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.domain.errors import OfficeError
from ostiary.office.store.databases import CLERK, SCHEMA_NAME, Database
from ostiary.office.store.engine import Engine, Row
from ostiary.office.store.migrating import lay_tables, migrate
from ostiary.office.store.postgresql.guards import (
    HEAD,
    drop_guards,
    expected_guards,
    found_guards,
    lay_guards,
)
from ostiary.office.store.postgresql.roles import make_clerk, wrong_rights
from ostiary.office.store.postgresql.settings import wrong_settings
from ostiary.office.store.rights import disposable

# Whoever writes holds this lock of the database to the end of the transaction: "ost" in ASCII.
_WRITER = 0x6F7374


class PostgresEngine(Engine):
    """PostgreSQL through psycopg 3."""

    known_requests = """
        SELECT r.id, r.request_id, r.content, coalesce(r.salt, ''), r.status, r.mask,
               r.entry_index, r.batch
        FROM json_array_elements_text(%s::json) AS asked(value)
        JOIN request AS r ON r.request_id = asked.value AND r.agency = %s
        """
    recipients = "payload::json ->> 'recipients'"
    matter = "payload::json ->> 'matter_number'"
    listed = "json_array_elements_text(%s::json) AS asked(value)"

    def set_up(self, connection: BaseDatabaseWrapper, *, owner: bool) -> None:
        """Nothing to set: role and search path came with the connection."""

    def wrong_settings(self, connection: BaseDatabaseWrapper, *, owner: bool) -> tuple[str, str]:
        """Ask the server for its settings, and in whose role this connection works."""
        wrong, cure = wrong_settings(connection)
        if not wrong and not owner:
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                (role,) = cursor.fetchone()
            if role != CLERK:
                return f"the role is {role}", f"let the office work as {CLERK}"
        return wrong, cure

    def check_presence(self, database: Database, connection: BaseDatabaseWrapper) -> None:
        """See that the database has our tables."""
        if not _is_laid(connection):
            raise OfficeError(
                "the case store of the office is missing",
                where=database.where,
                cure="name the right database in office.toml, or restore it from a backup",
            )

    def lay(self, database: Database, connection: BaseDatabaseWrapper) -> None:
        """Make schema, tables, triggers and roles in one transaction."""
        with transaction.atomic(using=connection.alias):
            if _is_laid(connection):
                raise OfficeError(
                    "the database is there already",
                    where=database.where,
                    cure="make another database: offices are never overwritten",
                )
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA_NAME}")
            lay_tables(connection)
            lay_guards(connection)
            make_clerk(database.where, connection)

    def upgrade(self, connection: BaseDatabaseWrapper) -> None:
        """Migrate, and lay triggers and rights anew, in one transaction."""
        with transaction.atomic(using=connection.alias):
            if not _owns_tables(connection):
                raise OfficeError(
                    "only the owner of the tables can bring them up to this Ostiary",
                    cure="open the office once with the user that made it",
                )
            drop_guards(connection)
            migrate(connection)
            lay_guards(connection, is_new=False)
            make_clerk("", connection)

    def remove(
        self,
        database: Database,  # noqa: ARG002 - the connection is to it
        connection: BaseDatabaseWrapper,
    ) -> None:
        """Drop the schema; the clerk's role stays, without any right."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA_NAME} CASCADE")

    def become_writer(self, connection: BaseDatabaseWrapper) -> None:
        """Take the writer's lock; what is asked afterwards sees all that was committed before."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITER])

    def insert(
        self, connection: BaseDatabaseWrapper, table: str, columns: str, rows: Iterable[Row]
    ) -> int:
        """Stream rows in with COPY."""
        with connection.cursor() as cursor:
            statement = f"COPY {table} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
            return int(cursor.rowcount)

    def columns(self, connection: BaseDatabaseWrapper, table: str) -> frozenset[str]:
        """Ask the catalogue for the columns of a table."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s)"
                " AND attnum > 0 AND NOT attisdropped",
                [f"{SCHEMA_NAME}.{table}"],
            )
            return frozenset(name for (name,) in cursor.fetchall())

    def expected_guards(self) -> dict[str, str]:
        """Give every function and trigger."""
        return expected_guards()

    def found_guards(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """Give the functions and triggers that are there."""
        return found_guards(connection)

    def wrong_rights(self, connection: BaseDatabaseWrapper) -> str:
        """Ask the server what this role may do."""
        return wrong_rights(connection)

    def scrub(self, connection: BaseDatabaseWrapper) -> str:
        """Rewrite the tables, if this user owns them; old rows stay in their files until then."""
        named = ", ".join(sorted(disposable()))
        if not _owns_tables(connection):
            return f"let the owner of the tables run: VACUUM (FULL) {named}"
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (FULL) {named}")
        return ""

    def last_entries(self, connection: BaseDatabaseWrapper) -> tuple[int, int]:
        """Ask the table, and the head of the log, which never goes back."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT coalesce((SELECT max(entry_index) FROM log_entry), -1),"
                f" coalesce((SELECT max(size) FROM {HEAD}), 0) - 1"
            )
            last, highest = cursor.fetchone()
        return int(last), int(highest)


def _owns_tables(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class"
            " WHERE relnamespace = %s::regnamespace AND relkind = 'r'",
            [SCHEMA_NAME],
        )
        return bool(cursor.fetchone() == (True,))


def _is_laid(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"{SCHEMA_NAME}.office"])
        (laid,) = cursor.fetchone()
    return bool(laid)

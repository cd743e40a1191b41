"""The two roles of a case store in PostgreSQL: the owner of the tables, and the clerk.

The owner made the tables with ``ostiary init`` and is needed again only for a migration. Every
connection that works in the office takes the clerk's role: it reads, adds rows, changes the few
columns that may change, and nothing else. What it may do is asked of the server, not believed, when
an office is opened.

Where the office logs in as the owner, the clerk's role binds honest code. Where it logs in as a
user who is a member of the clerk's role alone, it binds everybody who has the office's password.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.domain.errors import OfficeError
from ostiary.office.store.databases import CLERK, SCHEMA_NAME
from ostiary.office.store.postgresql.guards import HEAD
from ostiary.office.store.rights import clerk_inserts, clerk_updates, tables

_TABLE_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def make_clerk(where: str, connection: BaseDatabaseWrapper) -> None:
    """Make the clerk's role where it is not there yet, and give it its rights.

    Raises:
        OfficeError: there is no such role and the user may not make one, or not join it.
    """
    clerk = connection.ops.quote_name(CLERK)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [CLERK])
        if cursor.fetchone() is None:
            _check_may_make_roles(where, connection)
            cursor.execute(f"CREATE ROLE {clerk} NOLOGIN")
        cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [CLERK])
        if cursor.fetchone() == (False,):
            _check_may_make_roles(where, connection)
            cursor.execute(f"GRANT {clerk} TO CURRENT_USER")
        for statement in _grants(clerk):
            cursor.execute(statement)


def wrong_rights(connection: BaseDatabaseWrapper) -> str:
    """Say what the present role may do that a clerk may not, or the other way round; or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_user, rolsuper OR rolbypassrls OR rolreplication OR rolcreaterole,
                   EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = %s::regnamespace
                           AND pg_has_role(current_user, relowner, 'USAGE'))
            FROM pg_roles WHERE rolname = current_user
            """,
            [SCHEMA_NAME],
        )
        role, powerful, owner = cursor.fetchone()
    if role != CLERK:
        return f"the office works as {role}, not as {CLERK}"
    if powerful or owner:
        return f"{role} owns the tables, or has rights over the server"
    return ", ".join(sorted(_found_rights(connection) ^ _expected_rights()))


def _expected_rights() -> frozenset[str]:
    """Name every right that the clerk has, as ``RIGHT table`` or ``UPDATE table.column``."""
    return frozenset(
        {
            *(f"SELECT {table}" for table in (*tables(), HEAD)),
            *(f"INSERT {table}" for table in clerk_inserts()),
            *(f"UPDATE {table}.{column}" for table, column in clerk_updates()),
        }
    )


def _found_rights(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """Ask the server for every right that the present role has on the case store."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p || ' ' || relname
            FROM pg_class c, unnest(%s::text[]) AS p
            WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
              AND has_table_privilege(c.oid, p)
            UNION ALL
            SELECT 'UPDATE ' || relname || '.' || attname
            FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid
            WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
              AND attnum > 0 AND NOT attisdropped AND has_column_privilege(c.oid, attnum, 'UPDATE')
            """,
            [list(_TABLE_RIGHTS), SCHEMA_NAME, SCHEMA_NAME],
        )
        return frozenset(right for (right,) in cursor.fetchall())


def _grants(clerk: str) -> list[str]:
    """Write the statements that give the clerk its rights."""
    columns: dict[str, list[str]] = {}
    for table, column in sorted(clerk_updates()):
        columns.setdefault(table, []).append(f'"{column}"')
    return [
        f"GRANT USAGE ON SCHEMA {SCHEMA_NAME} TO {clerk}",
        f"GRANT SELECT ON {', '.join(sorted({*tables(), HEAD}))} TO {clerk}",
        f"GRANT INSERT ON {', '.join(sorted(clerk_inserts()))} TO {clerk}",
        *(f"GRANT UPDATE ({', '.join(c)}) ON {t} TO {clerk}" for t, c in columns.items()),
    ]


def _check_may_make_roles(where: str, connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolcreaterole OR rolsuper FROM pg_roles"
            " WHERE rolname = current_user"
        )
        user, may = cursor.fetchone()
    if not may:
        raise OfficeError(
            f"{user} may not make the role {CLERK}, or is no member of it",
            where=where,
            cure=f"let an administrator of the server run: CREATE ROLE {CLERK} NOLOGIN;"
            f' GRANT {CLERK} TO "{user}"',
        )

"""What every call asks of the API's own tables, as written.

Django composes a statement anew each time, which takes ten times as long as to ask it. The names of
tables and columns are those of the models; values are always parameters.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections, models

from ostiary.faces.api.orm import KeptResponse
from ostiary.faces.server.databases import OWN


def kept_response(agency: str, key: str, since: int) -> tuple[str, str] | None:
    """Give body and response that are kept under a key, if they are and were so late enough."""
    with connections[OWN].cursor() as cursor:
        cursor.execute(
            f"SELECT body, response FROM {_named(KeptResponse)}"
            ' WHERE "agency" = %s AND "key" = %s AND "kept_at" >= %s',
            [agency, key, since],
        )
        found = cursor.fetchone()
    return (str(found[0]), str(found[1])) if found else None


def forget(of: type[models.Model], column: str, before: int) -> None:
    """Delete the rows of a table whose time is over."""
    with connections[OWN].cursor() as cursor:
        cursor.execute(f'DELETE FROM {_named(of)} WHERE "{column}" < %s', [before])


def add(of: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows into a table, all or none of them where the caller's transaction says so.

    Raises:
        IntegrityError: one of them is there.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(["%s"] * len(columns))
    with connections[OWN].cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_named(of)} ({names}) VALUES ({values})", rows)


def _named(of: type[models.Model]) -> str:
    return f'"{of._meta.db_table}"'  # noqa: SLF001 - public by Django's word

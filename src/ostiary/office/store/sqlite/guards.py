"""Triggers that keep honest code honest: rows are added in order, and stay as they are.

They hold against anyone who opens the file with the triggers in place, also with foreign keys off
and with ``INSERT OR REPLACE`` (which deletes without firing delete triggers). They do not hold
against an administrator who drops them; dropped or changed ones are noticed when the office is next
opened, and what was done under their absence shows against the published log.

They are laid after every migration, not by one: Django rebuilds tables to alter them, and a rebuilt
table has lost its triggers.
"""

from collections.abc import Iterator
from functools import cache

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.office.store.orm import LogEntry, OfficeRecord
from ostiary.office.store.rights import BLANKED, EMPTIED, MAY_CHANGE, RAISED, SET, table_of

_CHANGES = {
    RAISED: "NEW.schema > OLD.schema",
    EMPTIED: "NEW.{column} IS NULL",
    BLANKED: "length(NEW.{column}) = 0",
    SET: "NEW.{column} = 1",
}


@cache
def expected_guards() -> dict[str, str]:
    """Give every trigger by its name, as the text that SQLite keeps of it."""
    return {name: text for model in MAY_CHANGE for name, text in _guards(model)}


def lay_guards(connection: BaseDatabaseWrapper) -> None:
    """Put all triggers into a case store, in place of those that are there."""
    with connection.cursor() as cursor:
        for name in found_guards(connection):
            cursor.execute(f'DROP TRIGGER "{name}"')
        for text in expected_guards().values():
            cursor.execute(text)


def found_guards(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Give the triggers that a case store holds, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _guards(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Write the three triggers of one table: how rows come, that they stay, that none goes."""
    table = table_of(model).db_table
    yield _trigger(table, "INSERT", _refused_rows(model), "this is out of order or stored already")
    kept = f"NOT ({' AND '.join(_kept(model))})"
    yield _trigger(table, "UPDATE", kept, "what is stored here stays as it is")
    yield _trigger(table, "DELETE", "1", "what is stored here is never deleted")


def _trigger(table: str, event: str, refused: str, why: str) -> tuple[str, str]:
    """Write one trigger that aborts ``event`` on a row for which ``refused`` holds."""
    name = f"{table}_{event.lower()}"
    text = (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" WHEN {refused} '
        f"BEGIN SELECT RAISE(ABORT, '{table}: {why}'); END"
    )
    return name, text


def _kept(model: type[models.Model]) -> Iterator[str]:
    """Say of each column that it keeps its value, or changes in the one way it may."""
    for field in table_of(model).concrete_fields:
        same = f'NEW."{field.column}" IS OLD."{field.column}"'
        change = MAY_CHANGE[model].get(field.column or "")
        changed = _CHANGES[change].format(column=field.column) if change else ""
        yield f"({same} OR {changed})" if changed else same


def _refused_rows(model: type[models.Model]) -> str:
    """Say when a new row is refused: its key is taken, or its log entry is not there yet."""
    if model is LogEntry:
        last = 'SELECT max("entry_index") FROM "log_entry"'
        return f'NEW."entry_index" IS NOT ifnull(({last}), -1) + 1 OR length(NEW.leaf) IS NOT 32'
    if model is OfficeRecord:
        return 'EXISTS (SELECT 1 FROM "office")'
    taken = [_exists(table_of(model).db_table, columns) for columns in _keys(model)]
    return " OR ".join([*taken, *_missing_entries(model)])


def _keys(model: type[models.Model]) -> Iterator[list[str]]:
    """Give the columns of each key that must not be taken twice."""
    columns = {field.name: str(field.column) for field in table_of(model).concrete_fields}
    for field in table_of(model).concrete_fields:
        if field.primary_key or field.unique:
            yield [columns[field.name]]
    for constraint in table_of(model).constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield [columns[name] for name in constraint.fields]


def _exists(table: str, columns: list[str]) -> str:
    """Say that a row with the new row's key is there."""
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'


def _missing_entries(model: type[models.Model]) -> Iterator[str]:
    """Say that the log entry a row points at is not there, foreign keys on or off."""
    for field in table_of(model).concrete_fields:
        if field.related_model is LogEntry:
            found = f'SELECT 1 FROM "log_entry" WHERE "entry_index" = NEW."{field.column}"'
            yield f"NOT EXISTS ({found})"

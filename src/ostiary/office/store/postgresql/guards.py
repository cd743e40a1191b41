"""Triggers of PostgreSQL that keep rows as they were added; roles come on top of them.

``log_head`` holds one number: how many entries were ever given out. Adding entries moves it, under
a lock that only one transaction can have, and only if they follow on the last one; so two programs
never number the same entry, whatever they do. The clerk may not touch it: the function that moves
it runs with the rights of the tables' owner.

What is laid here is compared, when an office is opened, with what the database then tells: the text
of each function and the place of each trigger. None of this holds against the owner, who can turn
triggers off; that shows against the published log.
"""

from collections.abc import Iterator
from functools import cache

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.office.store.databases import SCHEMA_NAME
from ostiary.office.store.orm import LogEntry, OfficeRecord
from ostiary.office.store.rights import BLANKED, EMPTIED, MAY_CHANGE, RAISED, SET, table_of, tables

HEAD = "log_head"
_CHANGES = {
    RAISED: "NEW.schema > OLD.schema",
    EMPTIED: 'NEW."{column}" IS NULL',
    BLANKED: 'octet_length(NEW."{column}") = 0',
    SET: 'NEW."{column}"',
}
_ORDER = "this is out of order or stored already"
_SAFELY = f"SECURITY DEFINER SET search_path = {SCHEMA_NAME}, pg_temp"


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every function away, and with it the triggers that call it; ``log_head`` stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = %s::regnamespace", [SCHEMA_NAME]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {connection.ops.quote_name(name)} CASCADE")


def lay_guards(connection: BaseDatabaseWrapper, *, is_new: bool = True) -> None:
    """Put all functions and triggers into a case store; into a new one the head of the log too."""
    with connection.cursor() as cursor:
        if is_new:
            cursor.execute(f"CREATE TABLE {HEAD} (size bigint NOT NULL)")
            cursor.execute(f"INSERT INTO {HEAD} VALUES (0)")
        for name, body in _functions():
            rights = _SAFELY if name == "add_log_entry" else f"SET search_path = {SCHEMA_NAME}"
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {rights}"
                f" AS $guard${body}$guard$"
            )
        for name, table, when, function in _triggers():
            cursor.execute(
                f'CREATE TRIGGER "{name}" {when.format(table=table)} EXECUTE FUNCTION {function}()'
            )


@cache
def expected_guards() -> dict[str, str]:
    """Give the text of each function and the place of each trigger, by name."""
    texts = {f"function {name}": body for name, body in _functions()}
    places = {
        f"trigger {name}": f"{table} {_kind(when)} O {function}"
        for name, table, when, function in _triggers()
    }
    return texts | places


def found_guards(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Give the functions and triggers that a case store holds now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT 'function ' || proname, prosrc FROM pg_proc
            WHERE pronamespace = %s::regnamespace
            UNION ALL
            SELECT 'trigger ' || tgname,
                   concat_ws(' ', relname, tgtype, tgenabled, proname,
                             pg_get_expr(tgqual, tgrelid), nullif(tgattr::text, ''))
            FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid
            WHERE relnamespace = %s::regnamespace AND NOT tgisinternal
            """,
            [SCHEMA_NAME, SCHEMA_NAME],
        )
        return dict(cursor.fetchall())


def _functions() -> Iterator[tuple[str, str]]:
    """Write every function: its name and its body."""
    yield "refuse", _refuse("TG_TABLE_NAME", "what is stored here is never deleted")
    yield "add_log_entry", _ADD_ENTRIES
    yield (
        "add_office",
        f"""
BEGIN
  IF EXISTS (SELECT 1 FROM office) THEN {_raised("'office'", _ORDER)} END IF;
  RETURN NEW;
END
""",
    )
    yield f"keep_{HEAD}", _kept_if(f"'{HEAD}'", "NEW.size > OLD.size")
    for model in MAY_CHANGE:
        table = table_of(model).db_table
        yield f"keep_{table}", _kept_if(f"'{table}'", " AND ".join(_kept(model)))


def _triggers() -> Iterator[tuple[str, str, str, str]]:
    """Say where each trigger stands: its name, table, moment, and function."""
    for table in sorted({*tables(), HEAD}):
        yield f"{table}_update", table, "BEFORE UPDATE ON {table} FOR EACH ROW", f"keep_{table}"
        yield f"{table}_delete", table, "BEFORE DELETE ON {table} FOR EACH STATEMENT", "refuse"
        yield f"{table}_truncate", table, "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT", "refuse"
    yield f"{HEAD}_insert", HEAD, "BEFORE INSERT ON {table} FOR EACH STATEMENT", "refuse"
    office, log = table_of(OfficeRecord).db_table, table_of(LogEntry).db_table
    yield f"{office}_insert", office, "BEFORE INSERT ON {table} FOR EACH ROW", "add_office"
    yield (
        f"{log}_insert",
        log,
        "AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT",
        "add_log_entry",
    )


def _kind(when: str) -> int:
    """Give the number that the catalogue keeps of a trigger's moment (``pg_trigger.tgtype``)."""
    row, before = 1, 2
    events = {" INSERT ": 4, " DELETE ": 8, " UPDATE ": 16, " TRUNCATE ": 32}
    kind = sum(number for event, number in events.items() if event in when)
    return kind + row * when.endswith("EACH ROW") + before * when.startswith("BEFORE")


def _kept(model: type[models.Model]) -> Iterator[str]:
    """Say of each column that it keeps its value, or changes in the one way it may."""
    for field in table_of(model).concrete_fields:
        same = f'NEW."{field.column}" IS NOT DISTINCT FROM OLD."{field.column}"'
        change = MAY_CHANGE[model].get(field.column or "")
        yield f"({same} OR {_CHANGES[change].format(column=field.column)})" if change else same


def _kept_if(table: str, condition: str) -> str:
    return f"""
BEGIN
  IF ({condition}) IS NOT TRUE THEN {_raised(table, "what is stored here stays as it is")} END IF;
  RETURN NEW;
END
"""


def _refuse(table: str, why: str) -> str:
    return f"""
BEGIN
  {_raised(table, why)}
END
"""


def _raised(table: str, why: str) -> str:
    return (
        f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',"
        f" MESSAGE = {table} || ': {why}';"
    )


_ADD_ENTRIES = f"""
DECLARE
  how_many bigint; lowest bigint; highest bigint; hashes boolean;
BEGIN
  SELECT count(*), min(entry_index), max(entry_index), bool_and(octet_length(leaf) = 32)
    INTO how_many, lowest, highest, hashes FROM added;
  IF how_many = 0 THEN RETURN NULL; END IF;
  UPDATE {HEAD} SET size = size + how_many
    WHERE size = lowest AND highest = lowest + how_many - 1 AND hashes;
  IF NOT FOUND THEN {_raised("'log_entry'", _ORDER)} END IF;
  RETURN NULL;
END
"""

"""What PostgreSQL complains of, in our words.

Its messages carry stored values in their details; only names of tables and constraints are passed
on. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from typing import Any

from django.db import Error, OperationalError

from ostiary.domain.errors import InputError, OfficeError

_NOTHING = "nothing was stored"
_AGAIN = (
    "see that the server runs and do it again: what was being committed at that moment may be "
    "stored, and nothing is done twice"
)
_INTEGRITY = "23"
_BY_CODE = {
    "53100": ("disk full", f"{_NOTHING}; make room on the server and do it again"),
    "55P03": (
        "another process has been writing to the office for too long",
        f"{_NOTHING}; wait until it is done and do it again",
    ),
    "42501": (
        "the office may not do this in its database",
        f"{_NOTHING}; see the roles in docs/how-to/use-postgresql.md",
    ),
    "25006": ("the database takes no writes", f"{_NOTHING}; name the primary server"),
    "57014": ("the server cut a statement short", f"{_NOTHING}; see its statement_timeout"),
}
_BY_CLASS = {
    "08": ("the connection to the database server was lost", _AGAIN),
    "57": ("the database server shut down or failed", _AGAIN),
    "28": ("the database server does not let this user in", "see the URL and the server's rules"),
    "3D": ("there is no such database", "make it with createdb, or mend the URL"),
    "53": ("the database server is short of means", f"{_NOTHING}; see the server's log"),
    "58": ("disk full, or failing, on the database server", f"{_NOTHING}; see the server's log"),
    "40": ("another process was in the way", f"{_NOTHING}; do it again"),
    "XX": ("the case store is damaged", "see the server's log; restore it from a backup"),
}
_CONSTRAINTS = {
    "23505": "{table}: this is out of order or stored already",
    "23503": "FOREIGN KEY constraint failed: {constraint}",
    "23514": "CHECK constraint failed: {constraint}",
    "23502": "NOT NULL constraint failed: {table}.{column}",
}


def translated(error: Error, where: str) -> InputError | None:
    """Find the words for what went wrong.

    Args:
        error: what Django raised.
        where: the case store.

    Returns:
        An error to raise; None when the server did not say this, or said that our SQL is wrong.
    """
    cause: Any = error.__cause__
    if not type(cause).__module__.startswith("psycopg"):
        return None
    code = cause.sqlstate or ""
    if code.startswith(_INTEGRITY):
        return InputError(
            f"the case store does not take this: {_constraint(cause, code)}",
            where=where,
            cure=f"{_NOTHING}; look at what the office holds by now",
        )
    found = _BY_CODE.get(code) or _BY_CLASS.get(code[:2])
    if found is None and not code and isinstance(error, OperationalError):
        # libpq tells no code here; what it says names server, user and database, never a password.
        said = " ".join(str(error).split())
        found = (f"the database server cannot be used: {said}", _AGAIN)
    return OfficeError(found[0], where=where, cure=found[1]) if found else None


def _constraint(cause: Any, code: str) -> str:
    """Name what stands against a row: our triggers in their own words, a constraint by name."""
    told = cause.diag
    pattern = _CONSTRAINTS.get(code)
    if pattern is None:
        return str(told.message_primary)
    return pattern.format(
        table=told.table_name, constraint=told.constraint_name, column=told.column_name
    )

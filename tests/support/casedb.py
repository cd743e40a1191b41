"""Works on a case store behind the office's back, as an operator with a database client could."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from ostiary.office.folder.config import read_config
from ostiary.office.store.databases import SCHEMA_NAME, SqliteDatabase


def change(office: Path, *statements: str) -> None:
    """Run SQL statements on an office's database as its owner, commit and close it."""
    with closing(_operator(office)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def ask(office: Path, statement: str) -> list[Any]:
    """Ask an office's database something."""
    with closing(_operator(office)) as db:
        return db.execute(statement).fetchall()


def _operator(office: Path) -> Any:
    config = read_config(office / "office.toml")
    database = config.case_store(office)
    if isinstance(database, SqliteDatabase):
        return sqlite3.connect(database.path)
    return psycopg.connect(config.database, options=f"-c search_path={SCHEMA_NAME}")


def tamper(office: Path, statement: str) -> None:
    """Change the case store of SQLite with the triggers taken away, then put back."""
    guards = ask(office, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    drops = [f'DROP TRIGGER "{name}"' for name, _ in guards]
    change(office, *drops, statement, *(text for _, text in guards))

"""Changes a case store behind the office's back, as an operator with a database client could."""

import sqlite3
from contextlib import closing
from pathlib import Path


def change(office: Path, *statements: str) -> None:
    """Run SQL statements on an office's database, commit and close it."""
    with closing(sqlite3.connect(office / "cases.db")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()

"""An office as the Ostiary of schema 5 left it: compared in the run, before persons had spoken."""

import sqlite3
from pathlib import Path

from ostiary.office.folder.log_marks import FILE
from ostiary.office.store.sqlite.guards import expected_guards

_NEW = {
    "request": "awaits",
    "reason_determination": "fact",
    "law_adopted": "files",
    "verification": "basis",
}

_NEW_TABLES = (
    "examination",
    "asking",
    "look_order",
    "later_verification",
    "key_seen",
    "key_acceptance",
    "case_note",
    "counsel_answer",
    "kept_record",
    "use_report",
)


def make_older(root: Path) -> None:
    """Take back what came after schema 5, triggers included; officers have said nothing yet."""
    (root / FILE).unlink(missing_ok=True)
    with sqlite3.connect(root / "cases.db") as con:
        for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            con.execute(f'DROP TRIGGER "{name}"')
        con.execute("DELETE FROM reason_determination")
        for table in _NEW_TABLES:
            con.execute(f"DROP TABLE {table}")
        for table, column in _NEW.items():
            con.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        con.execute("DELETE FROM django_migrations WHERE app = 'storage' AND name >= '0006'")
        con.execute("UPDATE office SET schema = 5, made_by = '0.1.0'")
        for text in older_guards().values():
            con.execute(text)


def older_guards() -> dict[str, str]:
    """Give the triggers of schema 5."""
    guards = {}
    for name, text in expected_guards().items():
        if name.startswith(tuple(f"{table}_" for table in _NEW_TABLES)):
            continue
        for column in _NEW.values():
            same = f'NEW."{column}" IS OLD."{column}"'
            for kept in (f" AND {same}", f" AND ({same} OR length(NEW.{column}) = 0)"):
                text = text.replace(kept, "")  # noqa: PLW2901
        guards[name] = text
    return guards

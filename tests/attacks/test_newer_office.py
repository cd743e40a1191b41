"""Attack: an old Ostiary is pointed at an office that a newer one has changed.

The old one would misread it, or write rows that the newer one's rules forbid. It must not touch it.
"""

import sqlite3
from pathlib import Path

import pytest

from filled_office import filled_office
from ostiary.domain.errors import OfficeError
from ostiary.office.folder.layout import open_office
from ostiary.office.store.migrating import SCHEMA


def test_an_office_of_a_newer_ostiary_is_left_alone(tmp_path: Path) -> None:
    office = filled_office(tmp_path / "office")
    with sqlite3.connect(office.database.path) as newer:
        newer.execute(f"UPDATE office SET schema = {SCHEMA + 1}, made_by = '2.5.0'")
    newer.close()
    before = office.database.path.read_bytes()
    with pytest.raises(OfficeError, match="newer Ostiary") as refused:
        open_office(office.root)
    assert "use Ostiary 2.5.0 or newer" in refused.value.cure
    assert office.database.path.read_bytes() == before


def test_it_is_recognised_whatever_else_has_changed(tmp_path: Path) -> None:
    """The version is read before any other table, which may look different by then."""
    office = filled_office(tmp_path / "office")
    newer = sqlite3.connect(office.database.path)
    newer.execute("UPDATE office SET schema = 99, made_by = '0.9'")
    newer.executescript(
        "DROP TABLE log_entry; ALTER TABLE office ADD COLUMN colour text;"
        "CREATE TABLE entry (n integer); DROP TRIGGER request_update"
    )
    newer.close()
    with pytest.raises(OfficeError, match=rf"schema 99, this one knows {SCHEMA}"):
        open_office(office.root)


def test_an_office_of_an_older_ostiary_is_left_alone_too(tmp_path: Path) -> None:
    """Its masks are numbers; read as text they would name other rules."""
    office = filled_office(tmp_path / "office")
    older = sqlite3.connect(office.database.path)
    older.executescript("DROP TRIGGER office_update; UPDATE office SET schema = 1, made_by = '0.1'")
    older.close()
    with pytest.raises(OfficeError, match="older Ostiary") as refused:
        open_office(office.root)
    assert "finish its work with Ostiary 0.1" in refused.value.cure


def test_the_version_cannot_be_turned_back(tmp_path: Path) -> None:
    office = filled_office(tmp_path / "office")
    outside = sqlite3.connect(office.database.path)
    newer = f"schema = {SCHEMA + 1}, made_by = "
    outside.execute(f"UPDATE office SET {newer}'2.5.0'")
    for downgrade in ("schema = 1", f"{newer}'0.1'", "origin = 'x'", "training = 1"):
        with pytest.raises(sqlite3.IntegrityError, match="stays as it is"):
            outside.execute(f"UPDATE office SET {downgrade}")
    with pytest.raises(sqlite3.IntegrityError):
        outside.execute("INSERT INTO office SELECT 2, 1, '0.1', origin, 0, opened_at FROM office")
    outside.close()

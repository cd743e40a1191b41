"""The two kinds of case store, for tests that say the same of both."""

import re
import shutil
from pathlib import Path

import pytest

from ostiary.office.folder.layout import Office, create_office, open_office
from postgres_server import Server

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


class SqliteStores:
    """Offices that keep their cases in a file of their own."""

    kind = "sqlite"

    def new_office(self, root: Path, *, training: bool = False) -> Office:
        """Make an office."""
        return create_office(root, training=training)

    def copy(self, office: Path, root: Path) -> Office:
        """Copy an office with all that it stored."""
        shutil.copytree(office, root)
        return open_office(root)


class PostgresStores:
    """Offices that keep their cases in a database of their own on the tests' server."""

    kind = "postgresql"

    def __init__(self, server: Server) -> None:
        self.server = server

    def new_office(self, root: Path, *, training: bool = False) -> Office:
        """Make an office and a database for it."""
        url = self.server.url(self.server.new_database())
        return create_office(root, training=training, database=url)

    def copy(self, office: Path, root: Path) -> Office:
        """Copy an office; nobody may be connected to its database meanwhile."""
        shutil.copytree(office, root)
        settings = root / "office.toml"
        text = settings.read_text()
        (old,) = re.findall(r"/(office_\w+)\?", text)
        new = self.server.new_database(template=old)
        settings.write_text(text.replace(old, new))
        return open_office(root)


Stores = SqliteStores | PostgresStores

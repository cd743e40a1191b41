"""What differs between the databases that can hold a case store, and nothing else.

Everything that speaks to one of them in its own words stands behind this face; the rest of the
room is written once.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.office.store.databases import Database

Row = tuple[Any, ...]


class Engine(ABC):
    """One kind of database.

    Attributes:
        known_requests: SQL; values: request ids as a JSON list, agency. Gives id, request id,
            content, status, mask, entry, batch of each that the office knows.
        recipients: SQL expression; the recipients of a request as it is kept, as JSON or text.
        matter: SQL expression; the number of its matter, as text or NULL.
        listed: SQL; the values of a JSON list, as a table ``asked`` with the column ``value``.
    """

    known_requests: str
    recipients: str
    matter: str
    listed: str

    @abstractmethod
    def set_up(self, connection: BaseDatabaseWrapper, *, owner: bool) -> None:
        """Prepare a connection that has just been opened; only an owner's may change tables."""

    @abstractmethod
    def wrong_settings(self, connection: BaseDatabaseWrapper, *, owner: bool) -> tuple[str, str]:
        """Give what is unsafe about a connection, and its cure; nothing when it is safe."""

    @abstractmethod
    def check_presence(self, database: Database, connection: BaseDatabaseWrapper) -> None:
        """See that there is a case store.

        Raises:
            OfficeError: there is none.
        """

    @abstractmethod
    def lay(self, database: Database, connection: BaseDatabaseWrapper) -> None:
        """Make a new case store with its tables, guards and rights.

        Raises:
            FileExistsError: there is a case store already.
            OfficeError: there is a case store already, or the user may not make one.
        """

    @abstractmethod
    def upgrade(self, connection: BaseDatabaseWrapper) -> None:
        """Bring a case store of an older schema to ours, with guards and rights; lose nothing.

        Cut short anywhere, it can be done again.

        Raises:
            OfficeError: the user may not change the tables.
        """

    @abstractmethod
    def remove(self, database: Database, connection: BaseDatabaseWrapper) -> None:
        """Take away a case store that was just laid and cannot be used."""

    @abstractmethod
    def become_writer(self, connection: BaseDatabaseWrapper) -> None:
        """Wait until nobody else writes; called first in each transaction, holds to its end."""

    @abstractmethod
    def insert(
        self, connection: BaseDatabaseWrapper, table: str, columns: str, rows: Iterable[Row]
    ) -> int:
        """Write rows without ever holding all in memory; give how many there were."""

    @abstractmethod
    def columns(self, connection: BaseDatabaseWrapper, table: str) -> frozenset[str]:
        """Name the columns of a table; none when there is no such table."""

    @abstractmethod
    def expected_guards(self) -> dict[str, str]:
        """Give everything that guards a case store by its name, as the database tells it."""

    @abstractmethod
    def found_guards(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """Give what guards this case store now."""

    @abstractmethod
    def wrong_rights(self, connection: BaseDatabaseWrapper) -> str:
        """Say what this connection may do and must not, or the other way round; or nothing."""

    @abstractmethod
    def scrub(self, connection: BaseDatabaseWrapper) -> str:
        """Rewrite the tables so that nothing destroyed is left in their files.

        Returns:
            What is left to be done by somebody with more rights; or nothing.
        """

    @abstractmethod
    def last_entries(self, connection: BaseDatabaseWrapper) -> tuple[int, int]:
        """Give the number of the last log entry, and the highest that was ever given out."""

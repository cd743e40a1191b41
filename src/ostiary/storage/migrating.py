"""The tables of a case store, as the migrations make them."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

# How many migrations there are. Only a store with this very number is opened.
SCHEMA = 7
_APP = "storage"


def migrate(connection: BaseDatabaseWrapper) -> None:
    """Bring the tables of a case store to our schema."""
    executor = MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == _APP])

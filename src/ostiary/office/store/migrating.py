"""Tables: laid as they are now, or brought there by the migrations."""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

# How many migrations there are. Only a store with this very number is opened.
SCHEMA = 15
_APP = "storage"


def lay_tables(connection: BaseDatabaseWrapper, *labels: str) -> None:
    """Make the tables of a new case store, or of other apps in a database of theirs.

    They are the ones that the migrations would make one after the other, which takes a second and
    more; the migrations are noted as done.

    Args:
        connection: to a database that has none of these tables.
        labels: the apps whose tables are made; the case store's unless given.
    """
    laid = labels or (_APP,)
    executor = MigrationExecutor(connection)
    with connection.schema_editor() as editor:
        for label in laid:
            for model in apps.get_app_config(label).get_models():
                editor.create_model(model)
    executor.recorder.ensure_schema()
    for app, name in executor.loader.graph.nodes:
        if app in laid:
            executor.recorder.record_applied(app, name)


def migrate(connection: BaseDatabaseWrapper) -> None:
    """Bring the tables of an older case store to our schema."""
    executor = MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == _APP])

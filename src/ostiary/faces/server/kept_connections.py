"""Each thread keeps its connections to SQLite between calls, by the rules of a closed one.

What a call leaves open is ended when it ends, and the file is looked at before the next one begins
(:mod:`ostiary.office.store.sqlite.kept`). A connection on which something failed is closed, and so
is one of another database, as Django does it.
"""

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

from ostiary.office.store.sqlite.kept import KeptConnection


def keep_connections() -> None:
    """Have the rules kept at the beginning and at the end of each call."""
    for signal in (request_started, request_finished):
        # Before Django's own: it takes the mark off a connection that failed, for SQLite says of
        # each that it is usable.
        signal.disconnect(close_old_connections)
        signal.connect(_settle, dispatch_uid="ostiary.kept")
        signal.connect(close_old_connections)


def _settle(**_: object) -> None:
    """End what a call of this thread has left open, and close what is not of the file there now.

    At the beginning of a call as well: a file is sent by another thread, which tells of the end.
    """
    for connection in connections.all(initialized_only=True):
        raw = connection.connection
        if isinstance(raw, KeptConnection) and (
            connection.in_atomic_block or connection.errors_occurred or not raw.end_call()
        ):
            connection.close()
            if connection.closed_in_transaction:  # Django keeps it, and the thread could do no more
                connection.connection = None
                connection.in_atomic_block = False

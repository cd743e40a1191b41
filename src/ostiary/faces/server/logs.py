"""Log lines of the web office: which route and what kind of error, never what was asked or found.

A path can be anything that somebody types, and the message of an error may repeat a value. So a
line holds the status, the kind of error and the places in our code that it passed, and no more.
"""

import logging
import sys
import traceback
from typing import Any


class WithoutContents(logging.Filter):
    """Takes out of a record everything that could hold a person's data."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; none is dropped."""
        status = getattr(record, "status_code", "")
        kind, places = "", ""
        if record.exc_info and record.exc_info[0]:
            kind = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-8:]))
        record.msg = " ".join(
            str(part) for part in (record.levelname.lower(), status, kind, places) if part
        )
        record.args = ()
        record.exc_info = record.exc_text = None
        for name in ("request", "server_time"):
            record.__dict__.pop(name, None)
        return True


def configure(_: dict[str, Any]) -> None:
    """Send Django's own log lines to standard error, emptied."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    handler.addFilter(WithoutContents())
    root = logging.getLogger("django")
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    root.propagate = False

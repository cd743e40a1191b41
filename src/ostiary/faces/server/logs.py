"""Log lines of the server: which route and what kind of error, never what was asked or found.

A path can be anything that somebody types, and the message of an error, or an argument of a log
line, may repeat a value. So a line holds the status, the kind of error and the places in our code
that it passed, and of our own messages the sentence without what was put into it.

``ostiary serve --log json`` writes one JSON object a line, for a collector, and one for each
answer: the name of its route, verb, status and milliseconds. No address, no person and no agency is
in any.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

_ANSWERS = logging.getLogger("ostiary.answers")
_FIELDS = ("route", "verb", "status", "milliseconds")


class WithoutContents(logging.Filter):
    """Takes out of a record everything that could hold a person's data."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; none is dropped."""
        status = getattr(record, "status_code", "")
        kind, places = _error(record)
        record.msg = " ".join(
            str(part) for part in (record.levelname.lower(), status, kind, places) if part
        )
        record.args = ()
        record.exc_info = record.exc_text = None
        for name in ("request", "server_time"):
            record.__dict__.pop(name, None)
        return True


class AsJson(logging.Formatter):
    """Writes a record as one JSON object on a line: its own sentence, and nothing put into it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it."""
        kind, places = _error(record)
        said: dict[str, Any] = {
            "at": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        told = {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if told:
            said |= told
        elif record.name.startswith("ostiary"):
            said["message"] = str(record.msg)
        else:
            said["status"] = getattr(record, "status_code", "")
        said |= {name: text for name, text in (("error", kind), ("in", places)) if text}
        return json.dumps(said, ensure_ascii=False)


def configure(_: dict[str, Any]) -> None:
    """Send Django's own log lines to standard error, emptied."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    handler.addFilter(WithoutContents())
    root = logging.getLogger("django")
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    root.propagate = False


def write_json() -> None:
    """Send the lines of server and office to standard error as JSON, and one for each answer."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    for name, level in (("django", logging.WARNING), ("ostiary", logging.INFO)):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False


def log_request(route: str, verb: str, status: int, seconds: float) -> None:
    """Log one answer; nobody hears of it unless :func:`write_json` was called."""
    told = {"route": route, "verb": verb, "status": status, "milliseconds": round(seconds * 1000)}
    _ANSWERS.info("answered", extra=told)


def _error(record: logging.LogRecord) -> tuple[str, str]:
    """Give the kind of error of a record, and the places in the code that it passed."""
    if not record.exc_info or not record.exc_info[0]:
        return "", ""
    frames = traceback.extract_tb(record.exc_info[2])
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-8:]))
    return record.exc_info[0].__name__, places

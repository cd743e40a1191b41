"""When the log was last verified on a page, kept beside the web office's own tables."""

import json
from datetime import UTC, datetime
from typing import Any

from ostiary.disk.durable import replace_file
from ostiary.faces.server.databases import web_folder
from ostiary.office.folder.layout import Office
from ostiary.verifying.log.entries import instant
from ostiary.verifying.log.verify import LogReport

_FILE = "log-check.json"


def note_log_check(office: Office, by: str, report: LogReport) -> None:
    """Remember that somebody verified the log just now, and what came of it."""
    told: dict[str, Any] = {"at": instant(datetime.now(UTC)), "by": by}
    told |= {"size": report.size, "sound": report.is_sound}
    replace_file(web_folder(office) / _FILE, json.dumps(told).encode())


def last_log_check(office: Office) -> dict[str, Any] | None:
    """Say when the log was last verified on a page: ``at``, ``by``, ``size``, ``sound``."""
    try:
        found: dict[str, Any] = json.loads((web_folder(office) / _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found

"""Drafts of requests: what somebody has filled in, kept for a day, for themselves alone.

A draft holds a person's data, so it lies in the private folder of the web office, one a person,
readable by the office alone. It goes when the request is sent, when its author says so, and after
a day: old ones are looked for whenever a draft is asked for or kept, and when the office is opened
to be served. Nothing of it is in the log, for nothing was asked yet.
"""

import json
import time
from pathlib import Path

from ostiary.disk.durable import put_private
from ostiary.faces.server.databases import web_folder
from ostiary.faces.server.roles import Signed
from ostiary.faces.server.site import Site

_LASTS = 24 * 60 * 60  # seconds
_PRIVATE = 0o600


def kept_draft(site: Site, person: Signed) -> dict[str, str]:
    """Give a person's draft by column; nothing where there is none, or it is too old."""
    drop_old_drafts(site)
    path = _path(site, person)
    found: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def keep_draft(site: Site, person: Signed, values: dict[str, str]) -> None:
    """Keep what somebody has filled in, in the place of what they had kept."""
    drop_old_drafts(site)
    filled = {name: text for name, text in values.items() if text}
    put_private(_path(site, person), json.dumps(filled).encode(), _PRIVATE)


def drop_draft(site: Site, person: Signed) -> None:
    """Remove a person's draft."""
    _path(site, person).unlink(missing_ok=True)


def drop_old_drafts(site: Site) -> None:
    """Remove the drafts of more than a day ago, whoever's they are."""
    for path in _folder(site).iterdir():
        if abs(time.time() - path.stat().st_mtime) > _LASTS:  # a clock may have leapt ahead
            path.unlink(missing_ok=True)


def _path(site: Site, person: Signed) -> Path:
    return _folder(site) / f"{person.number}.json"


def _folder(site: Site) -> Path:
    folder = Path(web_folder(site.office)) / "drafts"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder

"""The latest reply to a request, from the files that its agency was given."""

import json
from typing import Any

from ostiary.faces.server.site import site
from ostiary.office.store import RequestLine


def latest_reply(line: RequestLine) -> dict[str, Any]:
    """Give the latest reply to a request: the one of its batch, or a later one."""
    folder = site().office.batches / line.batch
    found: dict[str, Any] = {}
    for name in ("replies.jsonl", "later.jsonl"):
        path = folder / name
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                for text in file:
                    if line.request_id in text:
                        said = json.loads(text)
                        entry = said.get("receipt", {}).get("entry", line.entry_index)
                        is_own = said.get("agency", line.agency) == line.agency
                        is_own = is_own and entry == line.entry_index
                        if said["request_id"] == line.request_id and is_own:
                            found |= said
    return found

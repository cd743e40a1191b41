"""The latest reply to a request, from the files that its agency was given."""

import json
from itertools import islice
from typing import Any

from ostiary.faces.server.site import site
from ostiary.office.store import BatchRecord, RequestLine


def latest_reply(line: RequestLine) -> dict[str, Any]:
    """Give the latest reply to a request: the one of its batch, or a later one.

    Where it is of a version that did not say whose rule a finding is, the current book says it.
    """
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
    layers = site().snapshot().law.book.layers if found else {}
    told = [{"layer": layers.get(one["rule"])} | one for one in found.get("findings", ())]
    return found | {"findings": told} if found else found


def repeated_lines(batch: BatchRecord, agency: str, most: int) -> tuple[RequestLine, ...]:
    """Give the requests of earlier files that a file only says again, by its replies' receipts.

    Args:
        batch: the file.
        agency: whose requests are given.
        most: how many are given.
    """
    path = site().office.batches / batch.id / "replies.jsonl"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8") as file:
        told = (json.loads(text).get("receipt", {}).get("entry") for text in file)
        earlier = islice((one for one in told if one and one < batch.first_index), most)
        numbers = site().office.store.numbers_of(list(earlier))
    found = site().office.store.lines_numbered(numbers.values())
    return tuple(one for one in found if one.agency == agency)

"""Requests that are no file, read without an engine where every value of them is plain.

What a program sends is a request or a few. To make tables of them and to ask these costs 40 ms of
processor time, however few they are. Nothing is judged here that is judged for a file: each column
is read by :mod:`.intake.plain_requests`, as that of a small file, and where one value is in doubt
nothing is read at all; then the engine reads them all.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from ostiary.deciding.intake.batches import FEW_BYTES, is_clean
from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.intake.facts_of_one import standard_form
from ostiary.deciding.intake.json_text import Objects
from ostiary.deciding.intake.plain_requests import plain_columns
from ostiary.deciding.intake.request_rows import RequestRows
from ostiary.deciding.intake.tabular import numbered
from ostiary.domain.columns import REQUEST
from ostiary.domain.request import Request

_SHORTEST_OWN: Final = 3
_BETWEEN: Final = re.compile("[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A request as it was sent, and as intake reads it.

    Attributes:
        row: its number, from 1.
        sent: the text of each column as it was sent, in the order of the contract.
        request: what it says.
    """

    row: int
    sent: Fields
    request: Request


def read_values(asked: RequestRows, most: int) -> list[ReadValue] | None:
    """Read requests as :func:`.intake.requests.read_requests` does.

    Args:
        asked: the requests.
        most: how many are read here.

    Returns:
        Each of them; None where there is none, there are more, or anything is in doubt.
    """
    if len(asked.text) > FEW_BYTES:
        return None
    objects = Objects(REQUEST)
    rows: list[Fields] = []
    for row in numbered(objects.rows(asked.opened()), objects):
        if isinstance(row, Damage) or len(rows) == most or not is_clean(row):
            return None
        if row[-1] != str(len(rows) + 1):  # its line, which is its number
            return None
        rows.append(row[:-1])
    found = plain_columns([n, *(text or None for text in row)] for n, row in enumerate(rows, 1))
    if found.doubtful or not rows:
        return None
    read = zip(*(found.values[column.name] for column in REQUEST), strict=True)
    return [
        ReadValue(number, sent, _request(values))
        for number, sent, values in zip(found.rows, rows, read, strict=True)
    ]


def _request(values: tuple[Any, ...]) -> Request:
    """Give values by column; no entries are an empty list, as the engine gives them."""
    listed = (list(value) if isinstance(value, tuple) else value for value in values)
    names = (column.name for column in REQUEST)
    return cast("Request", dict(zip(names, listed, strict=True)))


def filed_values(read: list[ReadValue], secret: str) -> Iterator[FiledRequest]:
    """Give requests as those of a file, in standard form and with the digests of their reasons."""
    for one in read:
        digest = reason_digest(one.request, secret)
        yield FiledRequest(one.row, one.request, *standard_form(one.request), digest)


def reason_digest(request: Request, secret: str) -> str | None:
    """Give the digest of a reason as :func:`.intake.facts.mark_reasons` does, None without one."""
    if request["reason"] is None:
        return None
    plain = _upper(request["reason"])
    for own in (request["matter_number"], request["given_name"], request["surname"]):
        if own is not None and len(own) >= _SHORTEST_OWN:
            plain = plain.replace(_upper(own), "")
    return hashlib.sha256(f"{secret}{_BETWEEN.sub(' ', plain)}".encode()).hexdigest()


def _upper(text: str) -> str:
    """Write a text in capitals, sign by sign as the engine does: one that has two keeps its own."""
    return "".join(upper if len(upper := sign.upper()) == 1 else sign for sign in text)

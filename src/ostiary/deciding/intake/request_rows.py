"""Requests that a form or a program hands over one by one: values, of which no file is ever made.

They are read as a JSON Lines file of the same objects is, so that nobody is answered otherwise for
having sent a file; and their digest in the log is that file's. One thing alone is told otherwise: a
file of which no row is an object with an id is refused whole, for it is laid out in another way.
Values are not laid out at all, and each such row has its own error.
"""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from ostiary.domain.columns import REQUEST

_NAMES = tuple(column.name for column in REQUEST)


@dataclass(frozen=True, slots=True)
class RequestRows:
    """Requests as values.

    Attributes:
        name: what the office calls them where a file's name would stand.
        text: the objects as JSON Lines, each with every column of the contract.
    """

    name: str
    text: bytes

    @classmethod
    def of(cls, name: str, objects: Iterable[Mapping[str, object]]) -> Self:
        """Take objects by column; a column that one lacks is empty, other keys are left out."""
        rows = ({key: one.get(key) for key in _NAMES} for one in objects)
        return cls(name, "".join(f"{json.dumps(row)}\n" for row in rows).encode())

    def opened(self) -> BinaryIO:
        """Give the text to be read from its beginning."""
        return io.BytesIO(self.text)


Asked = Path | RequestRows
"""What is asked: a request file, or requests as values."""

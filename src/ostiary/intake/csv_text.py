"""The careful reading of CSV (RFC 4180), one record at a time, that never loses a row.

The rules, in the order in which they are asked:

1. A record ends with LF or CRLF outside double quotes; a lone CR there is damage.
2. A field that begins with a double quote ends with one; within it, a quote is written twice.
   Anything between the closing quote and the next comma is damage, and so are blanks before an
   opening quote. A quote further inside a bare field stands for itself, as in ``Robert "Bob"``.
3. A line of white space only is no record.
4. A record of more than 1 MiB, or with bytes that are not UTF-8, is damaged.
5. A record whose quoting is broken costs its *first line*: reading goes on with the second. So a
   stray quote swallows no other row; each row is read or counted as damaged.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_BYTES = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FIELD = re.compile(rb'(?:"((?:[^"]+|"")*+)"|((?![ \t]*")[^,\r\n]*))(,|\r?\n|\Z)')
_OPEN = re.compile(rb'"(?:[^"]+|"")*+\Z')
_STILL_OPEN = re.compile(rb'(?:[^"]+|"")*+\Z')


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a row could not be read: a key of :data:`ostiary.intake.typed.DAMAGES`."""

    kind: str
    column: str = ""


Fields = list[str | None]


class Records:
    """The records of one CSV file, from its first byte on.

    Args:
        file: opened for reading bytes; read line by line, never whole.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._again: deque[bytes] = deque()
        if file.read(len(_BYTE_ORDER_MARK)) != _BYTE_ORDER_MARK:
            file.seek(0)

    def header(self) -> list[str] | Damage:
        """Read the first record. Its end is where the file then stands."""
        record = next(self._split(), Damage("empty"))
        if isinstance(record, Damage) or self._again:
            return Damage("quoting")
        return [field or "" for field in record]

    def rows(self, width: int) -> Iterator[Fields | Damage]:
        """Give each further record as its fields, or the damage when it has not ``width``."""
        for record in self._split(width):
            if isinstance(record, Damage) or len(record) == width:
                yield record
            else:
                yield Damage("too-few-fields" if len(record) < width else "too-many-fields")

    def _split(self, width: int = 0) -> Iterator[Fields | Damage]:
        while line := self._line():
            if not line.strip():
                continue
            if len(line) > MOST_BYTES:
                yield Damage("too-large")
            elif b'"' in line:
                yield self._quoted(line, width)
            else:
                yield _bare(line)

    def _line(self) -> bytes:
        if self._again:
            return self._again.popleft()
        line = self._file.readline(MOST_BYTES + 1)
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = self._file.readline(MOST_BYTES + 1)
        return line

    def _quoted(self, first: bytes, width: int) -> Fields | Damage:
        taken = [first]
        raw = self._raw_fields(first, taken)
        if len(taken) > 1 and (raw is None or (width and len(raw) != width)):
            self._again.extendleft(reversed(taken[1:]))  # rule 5
        if raw is None:
            return Damage("quoting")
        return _decoded(raw)

    def _raw_fields(self, text: bytes, taken: list[bytes]) -> list[bytes] | None:
        """Cut a record into fields; read on while a quote is open. None when it is damaged."""
        fields: list[bytes] = []
        at = 0
        while True:
            found = _FIELD.match(text, at)
            if found is None:
                if not _OPEN.match(text, at) or not (more := self._until_closed(taken)):
                    return None
                text, at = text[at:] + more, 0
                continue
            quoted, bare, end = found.groups()
            fields.append(bare if quoted is None else quoted.replace(b'""', b'"'))
            if end != b",":
                return fields
            at = found.end()

    def _until_closed(self, taken: list[bytes]) -> bytes:
        """Read the lines up to the one that closes an open quote; nothing when none does."""
        first, size = len(taken), sum(map(len, taken))
        while line := self._line():
            taken.append(line)
            size += len(line)
            if size > MOST_BYTES:
                break
            if not _STILL_OPEN.match(line):
                return b"".join(taken[first:])
        return b""


def _bare(line: bytes) -> Fields | Damage:
    body = line[:-1] if line.endswith(b"\n") else line
    body = body[:-1] if body.endswith(b"\r") and len(body) < len(line) else body
    if b"\r" in body:
        return Damage("line-break")
    try:
        return list(body.decode("utf-8").split(","))
    except UnicodeDecodeError:
        return Damage("not-utf-8")


def _decoded(raw: list[bytes]) -> Fields | Damage:
    try:
        return [field.decode("utf-8") for field in raw]
    except UnicodeDecodeError:
        return Damage("not-utf-8")

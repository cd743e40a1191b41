"""The careful reading of CSV (RFC 4180), one record at a time, that never loses a row.

The rules, in the order in which they are asked:

1. A record ends with LF or CRLF outside double quotes; a lone CR there is damage.
2. A field that begins with a double quote ends with one; within it, a quote is written twice.
   Anything between the closing quote and the next comma is damage, and so are blanks before an
   opening quote. A quote further inside a bare field stands for itself, as in ``Robert "Bob"``.
3. A line of white space only is no record, nor the sign (U+001A) by which DOS ends a file.
4. A record of more than 1 MiB, or with bytes that are not UTF-8, is damaged.
5. A record whose quoting is broken costs the lines up to the one where, a quote within a value let
   pass, the record has all its fields; none of these may be a record by itself. Where there is no
   such line it costs its *first line* alone, and reading goes on with the second. So a stray quote
   swallows no other row, and one damaged record is one error.
6. A record whose fields are all blank is no record.
7. A record with too few or too many fields is damaged, at the column where its first value stands
   that does not fit; one of signs alone, such as ``-----``, is a line that rules off rows.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from ostiary.deciding.intake.dialect import Dialect, names_of
from ostiary.deciding.intake.shifted import first_misfit
from ostiary.domain.columns import Column

MOST_BYTES = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OPEN = re.compile(rb'"(?:[^"]+|"")*+\Z')
_MOST_LINES = 100  # of one damaged record
_BLANK = b" \t\r\n\v\f\x1a"
_RULER = re.compile(r"[-=_~*+:|. ]{3,}")
_STILL_OPEN = re.compile(rb'(?:[^"]+|"")*+\Z')


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a row could not be read: a key of :data:`ostiary.deciding.intake.typed.DAMAGES`."""

    kind: str
    column: str = ""
    line: int = 0


Fields = list[str | None]


_PLAIN = Dialect()
_LINE_END = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # where some programs end lines


class Records:
    """The records of one CSV file, from its first byte on.

    Args:
        file: opened for reading bytes; read line by line, never whole.
        dialect: how it is written.
        columns: those of the contract, by which a record of another width is told where to look.

    Attributes:
        line: the line on which the record given last begins, counted from 1 in the whole file.
    """

    def __init__(
        self, file: BinaryIO, dialect: Dialect = _PLAIN, columns: Sequence[Column] = ()
    ) -> None:
        self._file = file
        self._columns = {column.name: column for column in columns}
        self._names: list[str] = []
        self._again: deque[bytes] = deque()
        self.dialect = dialect
        self._foreign = dialect.foreign
        self._separator = dialect.separator.encode()
        self._field, self._lenient = _patterns(self._separator)
        if file.read(len(_BYTE_ORDER_MARK)) != _BYTE_ORDER_MARK:
            file.seek(0)
        self._lines = 0
        self._taken: list[bytes] = []
        self.line = 0
        for _ in range(dialect.above):
            self._line()

    def header(self) -> list[str] | Damage:
        """Read the first record. Its end is where the file then stands."""
        if self._foreign:
            return Damage("foreign-sign", self._foreign)
        if self.dialect.quotes:
            return Damage("other-quotes", self.dialect.quotes)
        record = next(self._split(), Damage("empty"))
        if isinstance(record, Damage) or self._again:
            first = self._taken[0] if self._taken else b""
            return Damage("line-break" if b"\r" in first.rstrip(b"\r\n") else "quoting")
        if any(map(_LINE_END.search, filter(None, record))):  # a row stands in the header, then
            return Damage("line-break")
        found = [field or "" for field in record]
        self._names = names_of(found, tuple(self._columns.values()))
        return found

    def rows(self, width: int) -> Iterator[Fields | Damage]:
        """Give each further record as its fields, or the damage when it has not ``width``."""
        for record in self._split(width):
            if isinstance(record, Damage) or len(record) == width:
                yield record
            else:
                yield self._of_another_width(record, width)

    def _of_another_width(self, record: Fields, width: int) -> Damage:
        if _RULER.fullmatch("".join(field or "" for field in record)):
            return Damage("ruled-off")
        kind = "too-few-fields" if len(record) < width else "too-many-fields"
        column = first_misfit(self._names, record, self._columns)
        return Damage(f"{kind}-before" if column else kind, column)

    def _split(self, width: int = 0) -> Iterator[Fields | Damage]:
        while line := self._line():
            self.line = self._lines
            self._taken = [line]
            if not line.strip(_BLANK):
                continue
            if len(line) > MOST_BYTES:
                yield Damage("too-large")
                continue
            record = self._quoted(line, width) if b'"' in line else self._bare(line)
            if isinstance(record, Damage) or any(map(_says, record)):
                yield record

    @property
    def raw(self) -> str:
        """The text of the record given last, as it stands in the file."""
        return b"".join(self._taken).decode("utf-8", "replace").rstrip("\r\n")

    @property
    def lines(self) -> int:
        """How many lines have been read."""
        return self._lines

    def _line(self) -> bytes:
        if self._again:
            self._lines += 1
            line = self._again.popleft()
            self._taken.append(line)
            return line
        line = self._file.readline(MOST_BYTES + 1)
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = self._file.readline(MOST_BYTES + 1)
        if line:
            self._lines += 1
            self._taken.append(line)
        return line

    def _back(self, lines: Sequence[bytes]) -> None:
        """Have lines read once more."""
        self._again.extendleft(reversed(lines))
        self._lines -= len(lines)
        del self._taken[len(self._taken) - len(lines) :]

    def _quoted(self, first: bytes, width: int) -> Fields | Damage:
        taken = [first]
        raw = self._raw_fields(first, taken)
        if len(taken) > 1 and (raw is None or (width and len(raw) != width)):
            self._back(taken[1:])
            if raw is not None:
                return _decoded(raw)
        if raw is None:
            self._pass_over(first, width)
            return Damage("quoting")
        return _decoded(raw)

    def _pass_over(self, first: bytes, width: int) -> None:
        """Leave out the further lines of a damaged record, by rule 5."""
        taken = [first]
        while len(taken) < _MOST_LINES and sum(map(len, taken)) < MOST_BYTES:
            if self._fields_if_lenient(b"".join(taken)) == width:
                return
            line = self._line()
            if not line:
                break
            taken.append(line)
            if self._stands_alone(line, width):
                break
        self._back(taken[1:])

    def _fields_if_lenient(self, text: bytes) -> int:
        """Count the fields of a record in which quotes stand within values; 0 when it is open."""
        at = many = 0
        while found := self._lenient.match(text, at):
            many, at = many + 1, found.end()
            if found[1] != self._separator:
                return many if at == len(text) else 0
        return 0

    def _stands_alone(self, line: bytes, width: int) -> bool:
        if b'"' not in line:
            return line.count(self._separator) == width - 1
        at = many = 0
        while found := self._field.match(line, at):
            many, at = many + 1, found.end()
            if found[3] != self._separator:
                return many == width
        return False

    def _raw_fields(self, text: bytes, taken: list[bytes]) -> list[bytes] | None:
        """Cut a record into fields; read on while a quote is open. None when it is damaged."""
        fields: list[bytes] = []
        at = 0
        while True:
            found = self._field.match(text, at)
            if found is None:
                if not _OPEN.match(text, at) or not (more := self._until_closed(taken)):
                    return None
                text, at = text[at:] + more, 0
                continue
            quoted, bare, end = found.groups()
            fields.append(bare if quoted is None else quoted.replace(b'""', b'"'))
            if end != self._separator:
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

    def _bare(self, line: bytes) -> Fields | Damage:
        body = line[:-1] if line.endswith(b"\n") else line
        body = body[:-1] if body.endswith(b"\r") and len(body) < len(line) else body
        if b"\r" in body:
            return Damage("line-break")
        try:
            return list(body.decode("utf-8").split(self.dialect.separator))
        except UnicodeDecodeError:
            return Damage("not-utf-8")


def _says(field: str | None) -> bool:
    return field is not None and field != "" and not field.isspace()


@lru_cache
def _patterns(separator: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Give the patterns of a field: the strict one, and one that lets quotes stand within it."""
    sep = re.escape(separator)
    blanks = rb" " if separator == b"\t" else rb"[ \t]"
    end = rb"(" + sep + rb"|\r?\n|\Z)"
    bare = rb"(?!" + blanks + rb'*")[^' + sep + rb"\r\n]*"
    strict = re.compile(rb'(?:"((?:[^"]+|"")*+)"|(' + bare + rb"))" + end)
    lenient = re.compile(rb'(?:"(?s:.*?)"|' + bare + rb")" + end)
    return strict, lenient


def _decoded(raw: list[bytes]) -> Fields | Damage:
    try:
        return [field.decode("utf-8") for field in raw]
    except UnicodeDecodeError:
        return Damage("not-utf-8")

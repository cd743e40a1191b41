"""JSON that is not Lines: an array of objects, or objects over several lines, one after the other.

pandas, polars, jq and others write these. Nothing in them says where a damaged object ends, so a
file that breaks off or breaks the grammar is refused whole, with the line; an object that is whole
and says something that no row can hold is one row error, as in Lines.
"""

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from ostiary.deciding.intake.csv_text import MOST_BYTES
from ostiary.domain.errors import InputError

_CHUNK = 1 << 20
_WHITE = " \t\r\n"
_PLAIN = json.JSONDecoder()


def is_stream(file: BinaryIO) -> bool:
    """Tell from its beginning whether a file is no JSON Lines; it is left where it was."""
    start = file.tell()
    head = file.read(_CHUNK).removeprefix(codecs.BOM_UTF8).lstrip()
    file.seek(start)
    first = head.split(b"\n", 1)[0].strip()
    if first == b"{":
        return True
    return first.startswith(b"[") and (first == b"[" or first.lstrip(b"[ \t").startswith(b"{"))


class Values:
    """The objects of such a file, as text.

    Args:
        file: opened for reading bytes, at its beginning.
        where: the file, for errors.
    """

    def __init__(self, file: BinaryIO, where: str) -> None:
        self._file, self._where = file, where
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._text, self._at, self._ended = "", 0, False
        self.line, self._now = 1, 1

    def texts(self) -> Iterator[str]:
        """Give the text of each value; ``line`` is then where it begins.

        Raises:
            InputError: the file breaks off, or is no JSON.
        """
        in_array = self._next() == "["
        if in_array:
            self._skip(1)
        first = True
        while (sign := self._next()) and sign != "]":
            if in_array and not first:
                self._take(",")
            first = False
            yield self._value()
        if in_array:
            self._take("]")
        if self._next():
            raise self._broken("something stands behind the end of the JSON")

    def _take(self, sign: str) -> None:
        if self._next() != sign:
            raise self._broken("the file breaks off" if self._ended else f"no `{sign}` stands here")
        self._skip(1)
        self._next()

    def _value(self) -> str:
        self._next()
        self.line = self._now
        while True:
            try:
                _, end = _PLAIN.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                if len(self._text) - self._at > MOST_BYTES or not self._more():
                    raise self._broken("this is no JSON, or the file breaks off") from None
                continue
            if end == len(self._text) and self._more():
                continue  # a number may go on
            text = self._text[self._at : end]
            self._skip(len(text))
            return text

    def _next(self) -> str:
        """Give the next sign that is no white space; nothing at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _WHITE:
                    return self._text[self._at]
                self._skip(1)
            if not self._more():
                return ""

    def _skip(self, many: int) -> None:
        self._now += self._text.count("\n", self._at, self._at + many)
        self._at += many

    def _more(self) -> bool:
        if self._ended:
            return False
        raw = self._file.read(_CHUNK)
        self._ended = not raw
        try:
            more = self._decode.decode(raw, final=self._ended)
        except UnicodeDecodeError:
            raise self._broken("the file is not UTF-8") from None
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more) or not self._ended

    def _broken(self, what: str) -> InputError:
        return InputError(
            what,
            where=f"{self._where} line {self._now}",
            cure="write the file again; best as JSON Lines, one object a line",
        )

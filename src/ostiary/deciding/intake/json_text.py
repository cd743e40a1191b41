"""The careful reading of JSON Lines (RFC 8259, one object a line).

JSON readers made for speed let through trailing commas, ``NaN``, a key given twice, and lines that
are no object. None of these can be read in one way only, so each is damage here. A value may be
text, ``true``, ``false``, ``null``, a whole number or, for a column that is a list, an array of
texts and whole numbers.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from ostiary.deciding.intake.csv_text import MOST_BYTES, Damage, Fields
from ostiary.deciding.intake.dialect import names_of
from ostiary.domain.columns import Column

_LARGEST = 10**18  # beyond it, programs disagree about the value of a JSON number (RFC 8259, 6)
_LISTS = frozenset({"list", "years"})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BETWEEN = " \t\r\n,;"
_PLAIN = json.JSONDecoder()


class Unfit(ValueError):  # noqa: N818 (a reason to set a row aside, not an error of the program)
    """A value, or a whole line, that the row cannot hold."""

    def __init__(self, kind: str, column: str = "") -> None:
        super().__init__(kind)
        self.damage = Damage(kind, column)


class Objects:
    """The objects of a JSON Lines file.

    Args:
        columns: the columns of the contract.

    Attributes:
        seen: every key met so far, known or not; complete when all rows were read.
        nested: those that are unknown and held an object of their own.
        line: the line of the row given last, of JSON Lines.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self._names = frozenset(column.name for column in columns)
        self._meant: dict[str, str] = {}
        self.seen: dict[str, None] = {}
        self.nested: dict[str, None] = {}
        self.line = 0
        self._last = b""

    @property
    def raw(self) -> str:
        """The text of the object given last, as it was sent."""
        return self._last.decode("utf-8", "replace").rstrip("\r\n")

    def rows(self, file: BinaryIO) -> Iterator[Fields | Damage]:
        """Give each line that is not blank as the texts of the columns, or its damage."""
        first = True
        self.line = 0
        while line := file.readline(MOST_BYTES + 1):
            text = line.removeprefix(_BYTE_ORDER_MARK) if first else line
            first = False
            self.line += 1
            rest = line
            while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
                rest = file.readline(MOST_BYTES + 1)
            if text.strip():
                yield self._row(text)

    def values(self, texts: Iterable[str]) -> Iterator[Fields | Damage]:
        """Give each JSON value as the texts of the columns, or its damage."""
        for text in texts:
            yield self._row(text.encode("utf-8", "surrogatepass"))

    def texts(self, values: Mapping[str, object]) -> Fields:
        """Give the text of each column of one object; an absent key is an empty value.

        Raises:
            Unfit: a value is of a kind that its column cannot hold.
        """
        if not self._names.issuperset(values):
            values = self._by_meaning(values)
        self.seen.update(dict.fromkeys(values))
        return [
            value if type(value := values.get(c.name)) is str else _text(value, c)
            for c in self._columns
        ]

    def _by_meaning(self, values: Mapping[str, object]) -> dict[str, object]:
        """Give an object by the columns that its keys mean, as a header would name them."""
        for key in values:
            if key not in self._meant:
                (self._meant[key],) = names_of([key], self._columns)
            if self._meant[key] not in self._names and isinstance(values[key], dict):
                self.nested[key] = None
        meant = {self._meant[key]: value for key, value in values.items()}
        if len(meant) != len(values):
            raise Unfit("repeated-key")
        return meant

    def _row(self, line: bytes) -> Fields | Damage:
        self._last = line
        if len(line) > MOST_BYTES:
            return Damage("too-large")
        try:
            text = line.decode("utf-8").strip()
        except UnicodeDecodeError:
            return Damage("not-utf-8")
        try:
            fields = self.texts(_object(text))
            if "\\u" in text:
                "".join(field for field in fields if field).encode("utf-8")
        except UnicodeEncodeError:
            return Damage("not-utf-8")  # half of a surrogate pair, written as an escape
        except Unfit as unfit:
            return unfit.damage
        return fields


def _object(text: str) -> dict[str, object]:
    try:
        values = _DECODER.decode(text)
    except Unfit:
        raise
    except (ValueError, RecursionError):
        raise Unfit("several-objects" if _has_several(text) else "not-an-object") from None
    if not isinstance(values, dict):
        raise Unfit("not-an-object")
    return values


def _has_several(text: str) -> bool:
    """Tell whether a line begins with a whole object and goes on with another."""
    try:
        text = text.lstrip(_BETWEEN)  # the decoder takes no blank before a value
        found, end = _PLAIN.raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and text[end:].lstrip(_BETWEEN).startswith("{")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Unfit("repeated-key")
    return values


def _refuse_constant(_: str) -> object:
    raise Unfit("not-an-object")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse_constant)


def _text(value: object, column: Column) -> str | None:
    if isinstance(value, list) and column.kind in _LISTS:
        entries = [_scalar(entry, column) for entry in value]
        if any(entry is None for entry in entries):
            raise Unfit("wrong-kind", column.name)
        return ";".join(entry for entry in entries if entry is not None)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _scalar(value, column)


def _scalar(value: object, column: Column) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST:
        return str(value)
    raise Unfit("wrong-kind", column.name)

"""Log entries: made, read, and built in SQL, always to the same canonical bytes.

What may stand in them is in :mod:`ostiary.verifying.log.vocabulary`.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.verifying.log.canonical import canonical, read_canonical
from ostiary.verifying.log.faults import CanonicalFormError, EntryError
from ostiary.verifying.log.vocabulary import (
    COUNTED_STATUSES,
    ENTRY_TYPES,
    KINDS,
    entry_pattern,
    fields_of,
)

Value = str | int | bool | Mapping[str, int]

_TYPE = re.compile(rb'"type":"([a-z.]+)"')
_DEFAULTS: dict[str, dict[str, Value]] = {"batch.received": {"repeats": 0}}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, read.

    Attributes:
        type: such as ``request.decided``.
        at: when it was written, ``YYYY-MM-DDTHH:MM:SSZ``.
        fields: the type's own fields, without ``v``, ``type`` and ``at``.
    """

    type: str
    at: str
    fields: Mapping[str, Any]

    def __getitem__(self, field: str) -> Any:
        return self.fields[field]


@cache
def pattern_of(entry_type: str) -> re.Pattern[bytes]:
    """Give the expression of a type; compiled when it is first asked for, which takes long.

    An entry is sound exactly when its whole bytes match its type's.

    Args:
        entry_type: one of the vocabulary.
    """
    return re.compile(entry_pattern(entry_type).encode())


@cache
def _of_kind(kind: str) -> re.Pattern[bytes]:
    return re.compile(KINDS[kind].pattern.encode())


def instant(moment: datetime) -> str:
    """Write a moment as entries do: UTC, whole seconds.

    Raises:
        InputError: the moment does not say its time zone.
    """
    if moment.tzinfo is None:
        raise InputError("a moment without a time zone cannot stand in the log")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def make_entry(entry_type: str, /, **fields: Value) -> bytes:
    """Make the canonical bytes of an entry.

    Statuses that ``counts`` leaves out are 0; ``repeats`` may be left out when there are none.

    Args:
        entry_type: one of the vocabulary.
        fields: all of its fields, and ``at``.

    Raises:
        InputError: unknown type, unknown or missing field, or a value that its kind does not
            allow. The message names the field, never the value.
    """
    given = _complete(entry_type, fields)
    with suppress(CanonicalFormError):
        made = canonical(given)
        if pattern_of(entry_type).fullmatch(made):
            return made
    for field, kind in fields_of(entry_type).items():  # one of them cannot stand there: which?
        _check_value(given[field], kind, where=f"{entry_type}.{field}")
    return canonical(given)


def read_entry(data: bytes) -> Entry:
    """Read an entry, and refuse all that :func:`make_entry` could not have made.

    Raises:
        CanonicalFormError: the bytes are not canonical JSON.
        EntryError: the type is unknown, a field is missing, unknown, or of another kind.
    """
    match = match_entry(data)
    if match is None:
        raise _diagnosis(data)
    found = {field: json.loads(text) for field, text in match.groupdict().items()}
    own = {field: found[field] for field in found if field not in ("v", "type", "at")}
    return Entry(found["type"], found["at"], own)


def match_entry(data: bytes) -> re.Match[bytes] | None:
    """Match an entry against its type's pattern; the groups hold each field's JSON text.

    This is the quick way for a verifier with a million entries before it.
    """
    named = _TYPE.search(data)
    entry_type = named[1].decode() if named else ""
    return pattern_of(entry_type).fullmatch(data) if entry_type in ENTRY_TYPES else None


def entry_sql(entry_type: str, expressions: Mapping[str, str]) -> str:
    """Give the DuckDB expression that builds an entry's text from other expressions.

    The text is what :func:`make_entry` makes, or the query fails: every row is checked against the
    vocabulary, so nothing can enter the log this way that could not enter it one by one.

    Args:
        entry_type: one of the vocabulary.
        expressions: a DuckDB expression for each field and for ``at``: text for text kinds
            (``at`` in the form of :func:`instant`), DATE or text for dates, BOOLEAN, integers;
            for ``counts`` the object's canonical JSON text. They must be deterministic.

    Raises:
        InputError: unknown type, unknown or missing field.
    """
    given = _complete(entry_type, expressions)
    pieces = []
    constant = "{"
    for field, kind in fields_of(entry_type).items():
        constant += f'"{field}":'
        if field in ("v", "type"):
            constant += json.dumps(given[field]) + ","
            continue
        mark = '"' if KINDS[kind].is_text else ""
        pieces += [_quoted(constant + mark), f"CAST(({given[field]}) AS VARCHAR)"]
        constant = f"{mark},"
    text = " || ".join([*pieces, _quoted(constant[:-1] + "}")])
    pattern = _quoted(entry_pattern(entry_type))
    failure = _quoted(f"a {entry_type} entry cannot be made: a field is not of its kind")
    return f"(CASE WHEN regexp_full_match({text}, {pattern}) THEN {text} ELSE error({failure}) END)"


def _complete(entry_type: str, fields: Mapping[str, Value]) -> dict[str, Value]:
    """Add what every entry has, and insist on exactly the type's fields."""
    if entry_type not in ENTRY_TYPES:
        raise InputError("there is no such type of log entry", where=entry_type)
    given = {**_DEFAULTS.get(entry_type, {}), **fields, "v": 1, "type": entry_type}
    wrong = given.keys() ^ fields_of(entry_type).keys()
    if wrong or "v" in fields or "type" in fields:
        named = ", ".join(sorted(wrong))
        raise InputError(f"missing or unknown fields: {named}", where=entry_type)
    counts = given.get("counts")
    if isinstance(counts, Mapping):
        told = {status: many for status, many in counts.items() if many}
        given["counts"] = dict.fromkeys(COUNTED_STATUSES, 0) | told
    return given


def _check_value(value: object, kind: str, *, where: str) -> None:
    try:
        fits = bool(_of_kind(kind).fullmatch(canonical(value)))
    except CanonicalFormError:
        fits = False
    if not fits:
        raise InputError(
            "this value cannot stand in the log", where=where, cure=f"give {KINDS[kind].meaning}"
        )


def _diagnosis(data: bytes) -> CanonicalFormError | EntryError:
    """Say why an entry is refused."""
    try:
        value = read_canonical(data)
    except CanonicalFormError as error:
        return error
    entry_type = value.get("type") if isinstance(value, dict) else None
    if not isinstance(entry_type, str) or entry_type not in ENTRY_TYPES:
        return EntryError(
            "this is no type of entry that we know; if the office works with a later release of"
            " Ostiary, check the log with that one"
        )
    expected = fields_of(entry_type)
    if value.keys() != expected.keys():
        return EntryError(f"this is not what a {entry_type} entry says: fields differ")
    for field, kind in expected.items():
        if not _of_kind(kind).fullmatch(canonical(value[field])):
            return EntryError(f"the field {field} of a {entry_type} entry is not of its kind")
    return EntryError(f"this is no {entry_type} entry")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

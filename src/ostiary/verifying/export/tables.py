"""The tables of an auditor's export: which entry stands in which, as which columns.

Every entry of the log is one row of one table, and a row holds the whole entry. So the entry's
bytes can be made again from the row, and with them its hash: nothing needs to be taken on trust.

Columns: ``entry`` (its number), ``type``, ``at``, the fields of the table's entry types (empty
where a type has no such field), ``leaf`` (its leaf hash, hex) and ``proof`` (its inclusion path in
the exported checkpoint: hashes of 32 bytes from the leaf up, one after the other, in base64).
"""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from ostiary.domain.errors import InputError
from ostiary.verifying.log.canonical import canonical, read_canonical
from ostiary.verifying.log.entries import Entry, make_entry
from ostiary.verifying.log.faults import CanonicalFormError, EntryError
from ostiary.verifying.log.tree import HASH_SIZE
from ostiary.verifying.log.vocabulary import ENTRY_TYPES

TABLES: dict[str, tuple[str, ...]] = {
    "requests": ("request.decided",),
    "decisions": (
        "reason.determined",
        "element.determined",
        "element.taken",
        "release.stopped",
    ),
    "approvals": ("answer.voted",),
    "disclosures": ("answer.released",),
    "access": ("record.examined", "case.viewed", "answer.opened"),
    "rules": ("law.adopted", "reference.loaded"),
    "files": ("office.opened", "batch.received"),
}
"""Table -> entry types. Every other type stands in ``other``, its fields as one JSON object."""

OTHER = "other"
FIELDS = "fields"
_NUMBERS = frozenset({"count", "index"})


def table_of(entry_type: str) -> str:
    """Give the table that entries of a type stand in."""
    return next((name for name, types in TABLES.items() if entry_type in types), OTHER)


def schema_of(table: str) -> pa.Schema:
    """Give a table's columns with their types in Parquet; flags and objects are JSON text."""
    fields = {
        field: pa.int64() if kind in _NUMBERS else pa.string()
        for entry_type in TABLES.get(table, ())
        for field, kind in ENTRY_TYPES[entry_type].items()
    }
    own = fields or {FIELDS: pa.string()}
    head = {"entry": pa.int64(), "type": pa.string(), "at": pa.string()}
    return pa.schema({**head, **own, "leaf": pa.string(), "proof": pa.string()})


def row_of(index: int, entry: Entry, leaf: bytes, path: Sequence[bytes]) -> dict[str, Any]:
    """Make the row of an entry; columns of other types are left out."""
    if table_of(entry.type) == OTHER:
        own: Mapping[str, Any] = {FIELDS: canonical(dict(entry.fields)).decode()}
    else:
        own = {name: _cell(value) for name, value in entry.fields.items()}
    proof = base64.b64encode(b"".join(path)).decode()
    head = {"entry": index, "type": entry.type, "at": entry.at}
    return {**head, **own, "leaf": leaf.hex(), "proof": proof}


def entry_of(row: Mapping[str, Any]) -> bytes:
    """Make an entry's bytes again from its row.

    Raises:
        EntryError: the row is not one that :func:`row_of` makes.
    """
    entry_type = row["type"]
    own = ENTRY_TYPES.get(entry_type)
    if own is None:
        raise EntryError("the type is none that the log knows")
    try:
        if FIELDS in row:
            values = read_canonical(row[FIELDS].encode())
        else:
            values = {name: _value(row[name], kind) for name, kind in own.items()}
            _check_others_empty(row, own)
        return make_entry(entry_type, at=row["at"], **values)
    except (CanonicalFormError, InputError, ValueError, TypeError, KeyError, AttributeError):
        raise EntryError("the columns are not those of such an entry") from None


def path_of(row: Mapping[str, Any]) -> list[bytes]:
    """Read the inclusion path of a row.

    Raises:
        EntryError: it is not hashes in base64.
    """
    try:
        raw = base64.b64decode(row["proof"], validate=True)
    except (ValueError, TypeError):
        raise EntryError("the proof is not base64") from None
    if len(raw) % HASH_SIZE:
        raise EntryError("the proof does not hold whole hashes")
    return [raw[at : at + HASH_SIZE] for at in range(0, len(raw), HASH_SIZE)]


def _cell(value: Any) -> Any:
    if isinstance(value, bool | Mapping):
        return canonical(value).decode()
    return value


def _value(cell: Any, kind: str) -> Any:
    if kind in _NUMBERS:
        return int(cell)
    return json.loads(cell) if kind in {"flag", "counts"} else cell


def _check_others_empty(row: Mapping[str, Any], own: Mapping[str, str]) -> None:
    known = {"entry", "type", "at", "leaf", "proof", *own}
    if any(row[name] not in (None, "") for name in row.keys() - known):
        raise ValueError("a column of another type of entry is filled")

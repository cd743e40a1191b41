"""Reading the permanent record: of one request, of one person, of a year's answers.

The log says of each part what its bytes are; what it does not bear out is not read. The key that
opens it stands in ``keys/record.key``, unless the custodian keeps it elsewhere.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from ostiary.domain.errors import FaultError, OfficeError
from ostiary.office.cases.openings import stored_entry
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import KeptRecordRow
from ostiary.verifying.answers.faults import SealError
from ostiary.verifying.answers.sealing import Purpose, Sealed, unseal
from ostiary.verifying.keys.files import OpeningKey, fingerprint, read_opening_key
from ostiary.verifying.log.commitments import commitment_root

KEY_FILE = "record.key"
_KEPT = b'"type":"record.kept"'


def purpose_of(origin: str, batch: str, first: int, last: int) -> Purpose:
    """Say what a part is sealed for: it opens nowhere else."""
    return Purpose("record", origin, f"{batch}/{first}-{last}")


def digest_of(sealed: bytes) -> str:
    """Give the SHA-256 of a sealed part, hex."""
    return hashlib.sha256(sealed).hexdigest()


def record_key(place: OfficeSession, path: Path | None = None) -> OpeningKey:
    """Read the key that opens the permanent record.

    Raises:
        OfficeError: it is not there, or not the one of this office.
        KeyFileError: it is no such key.
    """
    chosen = path or place.office.keys / KEY_FILE
    if not chosen.is_file():
        raise OfficeError(
            "the key that opens the permanent record is not here",
            where=str(chosen),
            cure="name the file with --record-key, where the custodian keeps it elsewhere",
        )
    return read_opening_key(chosen)


def kept_of(place: OfficeSession, number: int, key: OpeningKey) -> dict[str, Any] | None:
    """Give what is kept of a request, by its number; None when nothing was.

    Raises:
        OfficeError: the key does not open it.
        FaultError: a part is not the one that the log tells of.
    """
    entry = place.store.request(number).entry_index
    for part in place.store.kept_records(number):
        for row in _opened(place, part, key):
            if row["entry"] == entry:
                check_kept(place, part.entry_index)
                return row
    return None


def kept_rows(place: OfficeSession, key: OpeningKey) -> Iterator[dict[str, Any]]:
    """Give all that is kept, in the order in which it was.

    Raises:
        OfficeError: the key does not open it.
        FaultError: a part is not the one that the log tells of.
    """
    for entry, parts in groupby(place.store.kept_records(), key=lambda one: one.entry_index):
        check_kept(place, entry)
        for part in parts:
            yield from _opened(place, part, key)


def check_kept(place: OfficeSession, entry: int | None = None) -> None:
    """See that the parts of one disposal, or of all, are those that the log tells of.

    Raises:
        FaultError: they are not.
    """
    for fault in kept_faults(place, entry):
        raise FaultError(fault)


def kept_faults(place: OfficeSession, entry: int | None = None) -> Iterator[str]:
    """Give a sentence for each disposal whose permanent record the log does not bear out."""
    found: dict[int, list[str]] = {}
    counts: dict[int, int] = {}
    for part in place.store.kept_records():
        if entry in {None, part.entry_index}:
            found.setdefault(part.entry_index, []).append(digest_of(bytes(part.sealed)))
            counts[part.entry_index] = counts.get(part.entry_index, 0) + part.requests
    for index, digests in found.items():
        said = stored_entry(place.store, index)
        told = (said.fields.get("root"), said.fields.get("requests"))
        if said.type != "record.kept" or told != (commitment_root(digests), counts[index]):
            yield f"entry {index}: the log tells of another permanent record"
    if entry is None:
        logged = enumerate(place.store.entries_from(0))
        for index in (index for index, body in logged if _KEPT in body):
            if index not in found:
                yield f"entry {index}: the permanent record that the log tells of is gone"


def _opened(place: OfficeSession, part: KeptRecordRow, key: OpeningKey) -> Iterator[dict[str, Any]]:
    purpose = purpose_of(place.origin, part.batch, part.first_request, part.last_request)
    sealed = Sealed(part.recipient, part.kem, bytes(part.sealed))
    try:
        content = zlib.decompress(unseal(sealed, key, purpose))
    except (SealError, zlib.error):
        own = fingerprint(key.public_key()) == part.recipient
        raise OfficeError(
            "a part of the permanent record was changed"
            if own
            else "the permanent record is not sealed to this key",
            where=f"requests {part.first_request} to {part.last_request}",
            cure="restore it from the office's backup" if own else "give the key it is sealed to",
        ) from None
    yield from (json.loads(line) for line in content.decode().splitlines())

"""Two officers accept a key that stands in a register in place of another, or beside it.

Each signs which register, id and key. The log holds the signature, and of the rest a digest: an
officer of an agency is named in no entry, and who has not the key can guess nothing. Nobody accepts
a key of their own.
"""

import base64
import hashlib
from collections.abc import Iterator

from ostiary.domain.errors import FaultError, NotAllowedError
from ostiary.domain.registered_keys import RegisteredKey
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.officers import (
    check_another_person,
    check_in_office,
    check_officer,
    row_that_signed,
)
from ostiary.office.cases.openings import stored_entry
from ostiary.office.store import AcceptanceRecord, NewAcceptance, NewEntry
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.assertions import Signatory, signed_by

_ENTRY = "key.accepted"


def words_of(origin: str, officer: str, key: RegisteredKey) -> bytes:
    """Give the bytes that an officer signs."""
    return "\n".join(("ostiary keys v1", origin, "accept", officer, *key, "")).encode()


def accepted_by(desk: Desk, key: RegisteredKey) -> tuple[str, ...]:
    """Name the officers who have accepted a key, since it was last said of it that it counts.

    Raises:
        FaultError: the log, or the register, does not bear out what the case store says of one.
    """
    since = max((at for one, at in desk.store.keys_seen_at() if one.key == key), default=-1)
    found = [one for one in desk.store.acceptances() if one.key == key and one.entry_index > since]
    for one in found:
        for fault in acceptance_faults(desk, one):
            raise FaultError(f"entry {one.entry_index}: {fault}, so this key is not accepted")
    return tuple(one.officer for one in found)


def new_acceptance(
    desk: Desk, key: RegisteredKey, officer: str, signatory: Signatory
) -> tuple[NewAcceptance, NewEntry]:
    """Make an officer's acceptance, and the entry that it is stored with.

    Raises:
        NotAllowedError: the officer is not in office, accepts a key of their own, or has accepted
            it already under any id.
        KeyFileError: the signing key is not the officer's, or does not count itself.
    """
    today = desk.moment.today
    reviewer = check_officer(desk.reviewers, officer, signatory, today, desk.profile)
    _check_not_own(key, officer)
    check_another_person(desk.reviewers, accepted_by(desk, key), reviewer)
    signature = signed_by(signatory, words_of(desk.origin, officer, key))
    entry = journal_entry(
        _ENTRY,
        at=desk.moment.at,
        register=key.register.replace("_", "-"),
        change=_change(key),
        officer=officer,
        signature=base64.b64encode(signature).decode(),
    )
    return NewAcceptance(*key, officer, signature, desk.moment.at), entry


def why_not(desk: Desk, key: RegisteredKey, officer: str) -> str:
    """Say why an officer may not accept a key now; empty when they may."""
    try:
        rows = check_in_office(desk.reviewers, officer, desk.moment.today)
        _check_not_own(key, officer)
        check_another_person(desk.reviewers, accepted_by(desk, key), rows[0])
    except NotAllowedError as error:
        return error.message
    return ""


def _check_not_own(key: RegisteredKey, officer: str) -> None:
    if key.register == "reviewers" and key.holder == officer:
        raise NotAllowedError(
            "nobody accepts a key of their own", where=officer, cure="ask two other officers"
        )


def acceptance_faults(desk: Desk, said: AcceptanceRecord) -> Iterator[str]:
    """Give a sentence for each thing about an acceptance that log or register does not bear out."""
    entry = stored_entry(desk.store, said.entry_index)
    signature = base64.b64encode(said.signature).decode()
    logged = [entry.fields.get(name) for name in ("change", "officer", "signature")]
    if entry.type != _ENTRY or logged != [_change(said.key), said.officer, signature]:
        yield "the log holds another acceptance"
    words = words_of(desk.origin, said.officer, said.key)
    if row_that_signed(desk.reviewers, said.officer, bytes(said.signature), words) is None:
        yield "no key of this officer in the register signed this"


def _change(key: RegisteredKey) -> str:
    return "sha256:" + hashlib.sha256("\n".join(key).encode()).hexdigest()

"""Keys in the registers that count for nothing yet; two officers accept them, one at a time.

An officer who is new is accepted by two others; where only one is left in office, by that one. So
an office of two goes on when one of them is gone, and whoever keeps its registers still lets nobody
in alone.
"""

from dataclasses import dataclass

from ostiary.domain.errors import InputError
from ostiary.domain.registered_keys import RegisteredKey, RememberedKey
from ostiary.domain.words import OFFICERS_NEEDED
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.key_acceptance import accepted_by, new_acceptance
from ostiary.office.cases.steps import desk_of
from ostiary.office.folder.known_keys import holders
from ostiary.office.folder.session import OfficeSession
from ostiary.verifying.keys.assertions import Signatory


@dataclass(frozen=True, slots=True)
class Pending:
    """A key that counts for nothing yet, and who has accepted it."""

    key: RegisteredKey
    accepted_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an acceptance led to: its log entry, and whether the key counts now."""

    index: int
    counts: bool


def pending_keys(place: OfficeSession) -> tuple[Pending, ...]:
    """Give the keys that wait for officers, by register and id.

    Raises:
        FaultError: the log does not bear out what the case store says.
    """
    with place.law_and_tables() as (tables, law):
        desk = desk_of(place, tables, law)
        return tuple(Pending(key, accepted_by(desk, key)) for key in sorted(law.pending))


def accept_key(
    place: OfficeSession, register: str, holder: str, officer: str, signatory: Signatory
) -> Accepted:
    """Have an officer accept the key that stands in a register; with the second one it counts.

    Args:
        place: the office.
        register: name of the register.
        holder: the id that the key stands under.
        officer: who accepts.
        signatory: the officer's signing key, or a passkey's assertion.

    Raises:
        InputError: no key of this id waits, or several do.
        NotAllowedError: the officer may not.
        KeyFileError: the key is not the officer's.
    """
    with place.law_and_tables() as (tables, law):
        desk = desk_of(place, tables, law)
        waiting = [key for key in law.pending if key[:2] == (register, holder)]
        if len(waiting) != 1:
            raise InputError(
                f"{len(waiting) or 'no'} keys under this id wait to be accepted",
                where=_name(register, holder),
                cure="see `ostiary keys list`; enter one new key at a time",
            )
        (key,) = waiting
        return _accept(place, desk, key, officer, signatory)


def _accept(
    place: OfficeSession, desk: Desk, key: RegisteredKey, officer: str, signatory: Signatory
) -> Accepted:
    """Store the acceptance; all is asked inside its transaction, for officers may sign at once."""
    with place.store.write() as txn:
        with place.law_at_hand(seen_within=True) as (_, law):
            until = law.keys.get(key, "")
            counts_already = key in law.keys and key not in law.pending
        if counts_already:
            raise InputError("two officers have accepted this key meanwhile", where=_name(*key[:2]))
        row, entry = new_acceptance(desk, key, officer, signatory)
        index = txn.add_acceptance(row, entry)
        counts = len(set(accepted_by(desk, key))) >= officers_needed(desk, key)
        if counts:
            txn.see_keys([RememberedKey(key, until)], index)
            with place.law_at_hand(seen_within=True) as (_, law):
                place.adopt(txn, law)
    return Accepted(index, counts)


def officers_needed(desk: Desk, key: RegisteredKey) -> int:
    """Say how many officers have to accept a key before it counts."""
    others = {row.officer for row in desk.reviewers if row.serves_on(desk.moment.today)}
    known = holders([one.key for one in desk.store.keys_seen()])
    is_new = key.register == "reviewers" and key.holder not in known
    return max(1, min(len(others - {key.holder}), OFFICERS_NEEDED)) if is_new else OFFICERS_NEEDED


def _name(register: str, holder: str) -> str:
    return f"{register}.csv, {holder}"

"""How each key came to count, asked of the log: by the rule, or by a hand in the case store?

What an office remembers of keys is bound to the log by the digest in `law.adopted`
(:mod:`ostiary.office.folder.known_keys`). Who may write rows and entries can write both. So an
audit goes through the history: each adoption names the keys that counted until then, and a key that
took another one's place, or an officer's that came once the office knew two, was accepted by
officers whose own keys counted before.
"""

from collections.abc import Collection, Iterator

from ostiary.domain.registered_keys import RegisteredKey
from ostiary.domain.words import OFFICERS_NEEDED
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.key_acceptance import acceptance_faults
from ostiary.office.cases.openings import EntryAt
from ostiary.office.folder.known_keys import FOUNDERS, holders, with_keys
from ostiary.office.store import AcceptanceRecord

Seen = tuple[tuple[RegisteredKey, int], ...]


def key_faults(desk: Desk, entry_at: EntryAt) -> Iterator[str]:
    """Give a sentence for each key that counts, and of which the log does not tell why.

    Args:
        desk: the office's desk.
        entry_at: the log.
    """
    seen = desk.store.keys_seen_at()
    yield from _adopted(desk, seen, entry_at)
    acceptances = [one for one in desk.store.acceptances() if not any(acceptance_faults(desk, one))]
    for key, index in seen:
        before = frozenset(other for other, at in seen if at < index)
        if _by_itself(key, before):
            continue
        told = _who_accepted(key, before, acceptances)
        if len(told) < _needed(key, before):
            yield f"entry {index}: a key in {key.register} counts that too few officers accepted"


def _adopted(desk: Desk, seen: Seen, entry_at: EntryAt) -> Iterator[str]:
    """Compare the keys that counted at each adoption of the law with its digest in the log."""
    for law in desk.store.laws():
        if law.files is None:
            continue
        keys = frozenset(key for key, index in seen if index <= law.entry_index)
        logged = entry_at(law.entry_index).fields.get("registers")
        if logged != with_keys(law.files, keys):
            yield f"entry {law.entry_index}: the log tells of other keys than the case store"


def _by_itself(key: RegisteredKey, before: Collection[RegisteredKey]) -> bool:
    """Whether a key counts without anybody's word: the first under its id."""
    is_first = (key.register, key.holder) not in {(one.register, one.holder) for one in before}
    return is_first and not (key.register == "reviewers" and len(holders(before)) >= FOUNDERS)


def _who_accepted(
    key: RegisteredKey,
    before: Collection[RegisteredKey],
    acceptances: Collection[AcceptanceRecord],
) -> set[str]:
    return {one.officer for one in acceptances if one.key == key} & holders(before)


def _needed(key: RegisteredKey, before: Collection[RegisteredKey]) -> int:
    """Say how many have to have accepted a key: of a new officer, one, where another is gone."""
    is_new = key.register == "reviewers" and key.holder not in holders(before)
    return 1 if is_new else OFFICERS_NEEDED

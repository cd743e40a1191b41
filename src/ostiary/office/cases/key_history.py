"""How each key came to count, asked of the log: by the rule, or by a hand in the case store?

What an office remembers of keys is bound to the log by the digest in `law.adopted`
(:mod:`ostiary.office.folder.known_keys`). Who may write rows and entries can write both. So an
audit goes through the history: each adoption names the keys that counted until then, and a key that
took another one's place, or an officer's that came once the office knew two, was accepted by
officers whose own keys counted before.
"""

from collections.abc import Collection, Iterator

from ostiary.domain.registered_keys import RegisteredKey, RememberedKey
from ostiary.domain.words import OFFICERS_NEEDED
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.key_acceptance import acceptance_faults
from ostiary.office.cases.openings import EntryAt
from ostiary.office.folder.known_keys import KnownKeys, holders, with_keys
from ostiary.office.store import AcceptanceRecord

Seen = tuple[tuple[RememberedKey, int], ...]


def key_faults(desk: Desk, entry_at: EntryAt) -> Iterator[str]:
    """Give a sentence for each key that counts, and of which the log does not tell why.

    Args:
        desk: the office's desk.
        entry_at: the log.
    """
    seen = desk.store.keys_seen_at()
    yield from _adopted(desk, seen, entry_at)
    is_training = _is_training(entry_at)
    acceptances = [one for one in desk.store.acceptances() if not any(acceptance_faults(desk, one))]
    last: dict[RegisteredKey, int] = {}
    for one, index in seen:
        since, last[one.key] = last.get(one.key, -1), index
        remembered = {other.key: other for other, at in seen if at < index}
        known = remembered.keys()
        day = "" if is_training else entry_at(index).at[:10]
        if KnownKeys.on(remembered.values(), day).lets(one.key, str(one.until or "")):
            continue
        told = _who_accepted(one.key, known, [a for a in acceptances if a.entry_index > since])
        if len(told) < _needed(one.key, known):
            yield (
                f"entry {index}: a key in {one.key.register} counts that too few officers accepted"
            )


def _is_training(entry_at: EntryAt) -> bool:
    first = entry_at(0)
    return first.type == "office.opened" and bool(first.fields["training"])


def _adopted(desk: Desk, seen: Seen, entry_at: EntryAt) -> Iterator[str]:
    """Compare the keys that counted at each adoption of the law with its digest in the log."""
    for law in desk.store.laws():
        if law.files is None:
            continue
        last = {one.key: one for one, index in seen if index <= law.entry_index}
        logged = entry_at(law.entry_index).fields.get("registers")
        if logged != with_keys(law.files, frozenset(last.values())):
            yield f"entry {law.entry_index}: the log tells of other keys than the case store"


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

"""The keys that an office has seen in its registers, and those that count for nothing yet.

1. The first key that stands under an id counts from then on: the office remembers it.
2. Another one under the same id, in its place or beside it, counts for nothing until two officers
   have accepted it, each with a signature.
3. So does the first key of a disclosure officer who is new, once the office knows two: who keeps
   the register makes nobody an officer.
4. So does a key that has ended: whose last day is over, or which a step found taken out of its
   register. Its row put back, or its day moved, makes it another key. Where a register is found
   without any key that counted, by a mishap, none of it has ended: nobody could accept any.
5. Where every key of a register has ended, those that ended last are moved by the register alone:
   all last days fell on one evening, and nobody could accept any. One that gave way to another or
   was taken out earlier is not among them, whatever days the others are given
   (:func:`remembered_after`).
6. What is remembered is bound to the log: its digest goes into `law.adopted`, with the registers.
   Rows that were put into the case store, or taken out of it, are a fault before any step; so are
   rows of yesterday (:mod:`ostiary.office.folder.log_marks`).
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

import rfc8785

from ostiary.domain.errors import FaultError
from ostiary.domain.registered_keys import RegisteredKey, RememberedKey
from ostiary.office.folder.log_marks import last_law
from ostiary.office.folder.published_leaves import check_published
from ostiary.office.store import LawRecord
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.tree import leaf_hash

FOUNDERS = 2
"""So many officers have to be known, and who is new after them is let in by officers."""
Memory = frozenset[RememberedKey]
"""Of each key that has counted, what is remembered last."""
_NEVER = "never"  # sorts behind every day


def counting(
    found: Mapping[RegisteredKey, str], seen: Memory, day: date
) -> frozenset[RegisteredKey]:
    """Give the keys of the registers that count: those seen, and those that need no acceptance.

    One that has ended still stands for what it signed in its time, as far as its row says so.

    Args:
        found: what stands in the registers, with last days.
        seen: what the office remembers.
        day: the day on which it is asked.
    """
    known = KnownKeys.on(seen, str(day))
    return frozenset(key for key, until in found.items() if known.lets(key, until))


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """What an office knows of keys on a day, and what counts beside them without anybody's word.

    Attributes:
        last: what is remembered of each key.
        held: registers and the ids in them under which a key has counted.
        movable: keys whose day the register alone moves though they have ended.
        is_founded: whether so many officers are known that they let in who is new.
        day: an ISO day; empty where none has ended, as in training, where no entry has the day.
    """

    last: Mapping[RegisteredKey, RememberedKey]
    held: frozenset[tuple[str, str]]
    movable: frozenset[RegisteredKey]
    is_founded: bool
    day: str

    @classmethod
    def on(cls, seen: Collection[RememberedKey], day: str) -> Self:
        """Sort what is remembered, each key once."""
        last = {one.key: one for one in seen}
        held = frozenset((key.register, key.holder) for key in last)
        founded = len(holders(last)) >= FOUNDERS
        return cls(last, held, ended_last(seen, day), founded, day)

    def lets(self, key: RegisteredKey, until: str) -> bool:
        """Whether a key counts, to a last day, without anybody's word.

        The first under its id counts so; a day is moved so while the one before has not come, or of
        those that ended last where all have, and what ends a key earlier needs nobody.
        """
        before = self.last.get(key)
        if before is not None:
            may_move = key in self.movable or not before.has_ended(self.day)
            return may_move or not is_later(until, before.until)
        is_first = (key.register, key.holder) not in self.held
        return is_first and not (self.is_founded and _is_officers(key))


def ended_last(seen: Collection[RememberedKey], day: str) -> frozenset[RegisteredKey]:
    """Give the keys that ended last in registers of which every key has ended on a day, ISO."""
    latest: dict[str, str] = {}
    for one in seen:
        register, until = one.key.register, str(one.until or "")
        if not one.has_ended(day):
            until = _NEVER
        latest[register] = max(until, latest.get(register, ""))
    return frozenset(one.key for one in seen if one.until == latest[one.key.register])


def is_later(until: str, other: str | None) -> bool:
    """Whether one last day comes after another; none comes after all."""
    return bool(other) and (not until or until > str(other))


def remembered_after(
    found: Mapping[RegisteredKey, str],
    counts: Collection[RegisteredKey],
    seen: Memory,
    day: date,
) -> Memory:
    """Give what is remembered once a law is adopted.

    A last day that is set back is remembered as the day before this one at the earliest: until then
    the key has counted. So nobody makes it seem that one which gave way long ago had ended last.

    Args:
        found: what stands in its registers, with last days.
        counts: those of them that count.
        seen: what was remembered before.
        day: the day of the adoption.
    """
    last, yesterday = {one.key: one for one in seen}, str(day - timedelta(days=1))
    movable = ended_last(seen, str(day))
    for key in counts:
        one, until = last.get(key), found[key]
        if one is None or (key in movable and is_later(until, one.until)):
            last[key] = RememberedKey(key, until)
        elif not one.has_ended(str(day)) and (one.until or "") != until:
            last[key] = RememberedKey(key, max(until, yesterday) if until else "")
    emptied = set(_emptied(found, seen, day))
    for key, one in last.items():
        if key not in found and key.register not in emptied and not one.has_ended(str(day)):
            last[key] = RememberedKey(key, yesterday)
    return frozenset(last.values())


def _emptied(found: Collection[RegisteredKey], seen: Memory, day: date) -> Iterator[str]:
    """Name the registers in which not one of the keys stands any more that counted."""
    standing = {one.key for one in seen if not one.has_ended(str(day))}
    for register in {key.register for key in standing}:
        if not any(key in found for key in standing if key.register == register):
            yield register


def holders(keys: Collection[RegisteredKey]) -> frozenset[str]:
    """Name the disclosure officers among those who hold some keys."""
    return frozenset(key.holder for key in keys if _is_officers(key))


def _is_officers(key: RegisteredKey) -> bool:
    return key.register == "reviewers"


@lru_cache(maxsize=8)
def with_keys(files: str, keys: Memory) -> str:
    """Give the digest of registers and settings, and of the keys that were seen in them.

    A step asks for it three times, and a page once; of 300 keys it takes 0.8 ms.

    Args:
        files: digest of registers and settings alone.
        keys: every key that has ever counted.
    """
    listed = [
        [*one.key] if one.until is None else [*one.key, one.until]
        for one in sorted(keys, key=lambda one: one.key)
    ]
    return "sha256:" + hashlib.sha256(rfc8785.dumps([files, listed])).hexdigest()


def seen_keys(store: CaseStore) -> Memory:
    """Give the keys that an office remembers, once its log bears them out.

    Raises:
        FaultError: it does not.
    """
    told = _told(store)
    while not _bears_out(store, *told):
        again = _told(store)
        if again == told:
            raise FaultError(
                "the keys that the case store says were seen in the registers are not those of the"
                " log; find out who changed it and why, and restore it from the office's backup"
            )
        told = again  # a law was adopted between the one reading and the other
    return told[0]


def _told(store: CaseStore) -> tuple[Memory, LawRecord | None]:
    return store.keys_seen(), last_law(store)


def _bears_out(store: CaseStore, seen: Memory, last: LawRecord | None) -> bool:
    if last is None or last.files is None:
        return not seen  # nothing was adopted yet, or by an older Ostiary
    return _logged(store, last.entry_index) == with_keys(last.files, seen)


def _logged(store: CaseStore, index: int) -> object:
    body = store.entry(index).body
    check_published(store, index, leaf_hash(body))
    return read_entry(body).fields.get("registers")

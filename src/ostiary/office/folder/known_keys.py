"""The keys that an office has seen in its registers, and those that count for nothing yet.

1. The first key that stands under an id counts from then on: the office remembers it.
2. Another one under the same id, in its place or beside it, counts for nothing until two officers
   have accepted it, each with a signature.
3. So does the first key of a disclosure officer who is new, once the office knows two: who keeps
   the register makes nobody an officer.
4. What is remembered is bound to the log: its digest goes into `law.adopted`, with the registers.
   Rows that were put into the case store, or taken out of it, are a fault before any step.
"""

import hashlib
from collections.abc import Collection
from functools import lru_cache

import rfc8785

from ostiary.domain.errors import FaultError
from ostiary.domain.registered_keys import RegisteredKey
from ostiary.office.store import CaseStore
from ostiary.verifying.log.entries import read_entry

FOUNDERS = 2
"""So many officers have to be known, and who is new after them is let in by officers."""


def counting(
    found: Collection[RegisteredKey], seen: Collection[RegisteredKey]
) -> frozenset[RegisteredKey]:
    """Give the keys of the registers that count: those seen, and those that need no acceptance.

    Args:
        found: what stands in the registers.
        seen: what the office remembers.
    """
    return _counting(frozenset(found), frozenset(seen))


@lru_cache(maxsize=8)
def _counting(
    found: frozenset[RegisteredKey], seen: frozenset[RegisteredKey]
) -> frozenset[RegisteredKey]:
    known = {(key.register, key.holder) for key in seen}
    is_founded = len(holders(seen)) >= FOUNDERS
    return frozenset(
        key
        for key in found
        if key in seen
        or ((key.register, key.holder) not in known and not (is_founded and _is_officers(key)))
    )


def holders(keys: Collection[RegisteredKey]) -> frozenset[str]:
    """Name the disclosure officers among those who hold some keys."""
    return frozenset(key.holder for key in keys if _is_officers(key))


def _is_officers(key: RegisteredKey) -> bool:
    return key.register == "reviewers"


@lru_cache(maxsize=8)
def with_keys(files: str, keys: frozenset[RegisteredKey]) -> str:
    """Give the digest of registers and settings, and of the keys that were seen in them.

    A step asks for it three times, and a page once; of 300 keys it takes 0.8 ms.

    Args:
        files: digest of registers and settings alone.
        keys: every key that has ever counted.
    """
    listed = [list(key) for key in sorted(keys)]
    return "sha256:" + hashlib.sha256(rfc8785.dumps([files, listed])).hexdigest()


def seen_keys(store: CaseStore) -> frozenset[RegisteredKey]:
    """Give the keys that an office remembers, once its log bears them out.

    Raises:
        FaultError: it does not.
    """
    seen, last = store.keys_seen(), store.law()
    if last is None or last.files is None:
        if not seen:
            return seen  # nothing was adopted yet, or by an older Ostiary
    elif _logged(store, last.entry_index) == with_keys(last.files, seen):
        return seen
    raise FaultError(
        "the keys that the case store says were seen in the registers are not those of the log;"
        " find out who changed it and why, and restore it from the office's backup"
    )


def _logged(store: CaseStore, index: int) -> object:
    return read_entry(store.entry(index).body).fields.get("registers")

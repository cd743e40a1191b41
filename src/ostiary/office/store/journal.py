"""The journal: log entries in the shape that the case store commits together with a step."""

from ostiary.office.store import NewEntry
from ostiary.verifying.log.entries import Value, make_entry
from ostiary.verifying.log.tree import leaf_hash


def journal_entry(entry_type: str, /, **fields: Value) -> NewEntry:
    """Make the entry that a step hands to the case store.

    Raises:
        InputError: as :func:`ostiary.verifying.log.entries.make_entry`.
    """
    body = make_entry(entry_type, **fields)
    return NewEntry(body, leaf_hash(body))

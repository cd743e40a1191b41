"""The journal: log entries in the shape that the case store commits together with a step."""

from ostiary.accounting.entries import Value, make_entry
from ostiary.accounting.tree import leaf_hash
from ostiary.storage import NewEntry


def journal_entry(entry_type: str, /, **fields: Value) -> NewEntry:
    """Make the entry that a step hands to the case store.

    Raises:
        InputError: as :func:`ostiary.accounting.entries.make_entry`.
    """
    body = make_entry(entry_type, **fields)
    return NewEntry(body, leaf_hash(body))

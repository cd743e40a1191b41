"""What one administrator prepares and another has done stands in the log before anybody sees it.

Changes and tasks wait in files of the office's folder. Whoever can write there could have a
colleague put into force what was never prepared, or prepare and put into force alone under a
colleague's name, which the log would then repeat. So who prepared what is an entry of the log,
committed to in full, and what waits counts as long as it opens that commitment.
"""

import json
from collections.abc import Mapping

from ostiary.domain.errors import InputError
from ostiary.office.administration.governed_files import digest_of
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store.journal import journal_entry
from ostiary.office.store.writing import Transaction
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import read_entry

_TYPE = "step.prepared"
_SETTLED = "step.settled"
_END_OF_SETTLED = frozenset({f'"type":"{_SETTLED}","v":1}}'})
_LABEL = "content"


def log_prepared(
    place: OfficeSession, step: str, by: str, salt: str, content: Mapping[str, object]
) -> int:
    """Write the entry of something that waits for another administrator.

    Args:
        place: the office; its log is published by the caller.
        step: what is to be done: ``change``, or the name of a task.
        by: who prepared it.
        salt: of the commitment, kept with what waits.
        content: all that counts of what waits.

    Returns:
        The entry's number.
    """
    commitment = commit(salt, _LABEL, _text(content))
    fields = {"step": step, "prepared_by": by, _LABEL: commitment}
    with place.store.write() as txn:
        return txn.log(journal_entry(_TYPE, at=place.moment.at, **fields))


def check_prepared(
    place: OfficeSession,
    entry: int | None,
    step: str,
    by: str,
    salt: str,
    content: Mapping[str, object],
) -> None:
    """See that what waits is what the log has, prepared by whom it says.

    Raises:
        InputError: it is not, the log has nothing of it, or it was done or withdrawn before.
    """
    wanted = {"step": step, "prepared_by": by, _LABEL: commit(salt, _LABEL, _text(content))}
    found = None
    if entry is not None and 0 <= entry < place.store.log_size():
        found = read_entry(place.store.entry(entry).body)
    if found is None or found.type != _TYPE or dict(found.fields) != wanted:
        raise InputError(
            "this is not what the log has of it: it was altered where it lies, or waits since an"
            " earlier version",
            cure="withdraw it and prepare it anew; if no earlier version did it, find out who",
        )
    since = place.store.entries_ending(_END_OF_SETTLED, int(entry or 0), place.store.log_size())
    if any(read_entry(body)["change"] == entry for _, body in since):
        raise InputError(
            "this was done or withdrawn before, and was put back to wait",
            cure="prepare it anew where it is wanted, and find out who put it back",
        )


def log_settled(place: OfficeSession, txn: Transaction, prepared: int | None) -> None:
    """Write the entry that ends what was prepared, once and for all: it is done, or withdrawn.

    Args:
        place: the office.
        txn: the transaction in which that happens.
        prepared: number of the entry by which it was prepared; None of what an earlier version did.
    """
    if prepared is not None:
        txn.log(journal_entry(_SETTLED, at=place.moment.at, change=prepared))


def _text(content: Mapping[str, object]) -> str:
    return digest_of(json.dumps(content, sort_keys=True).encode())

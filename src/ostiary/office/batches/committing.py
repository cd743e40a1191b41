"""One transaction for a batch: its rows, its entries, and its folder whole before the commit."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ostiary.domain.errors import InputError
from ostiary.office.batches.batch_entries import BatchFacts
from ostiary.office.batches.batch_folder import drop_own_unnamed, name_folder
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import NewBatch, NewEntry

Row = tuple[Any, ...]


class BatchRows(NamedTuple):
    """What is stored of a batch, as :meth:`ostiary.office.store.Transaction.add_batch` takes it."""

    requests: Iterable[Row]
    verifications: Iterable[Row]
    entries: Iterable[NewEntry | tuple[bytes, bytes]]
    asked: Iterable[Row]
    determinations: Iterable[Row]


def commit_batch(
    place: OfficeSession,
    law: CurrentLaw,
    file_name: str,
    settle: Callable[[], BatchFacts],
    lay: Callable[[BatchFacts, int], Callable[[], Path]],
    stored: Callable[[BatchFacts, int, int], BatchRows],
    count_again: Callable[[BatchFacts], BatchFacts] = lambda same: same,
) -> BatchFacts:
    """Commit a batch and its entries; its folder is laid out before, and named after.

    Args:
        place: the office.
        law: that decided; put into the accounting where it is another one than before.
        file_name: what the batch is called by.
        settle: called within the transaction: gives what the entries have in common, or raises
            where the batch has to begin anew.
        lay: gives what lays the folder out, of the batch and the index of its first entry.
        stored: gives its rows, of the batch, that index, and the number of its first request.
        count_again: called once the law is adopted: gives the batch with what is counted only then.

    Returns:
        The batch, with its name.

    Raises:
        LawChangedError: the law was changed since it was read; nothing is stored.
        InputError: a folder lies where the batch's is to lie; nothing is stored.
    """
    try:
        with place.store.write() as txn:
            facts = settle()
            place.adopt(txn, law)
            named = _named(place, count_again(facts))
            first, request = txn.next_index, txn.next_request
            with ThreadPoolExecutor(1) as aside:  # it ends before the block does, come what may
                folder = aside.submit(lay(named, first))
                txn.add_batch(_record(named, file_name), *stored(named, first, request))
                folder.result()  # nothing is committed before the folder lies there whole
    except BaseException:
        drop_own_unnamed(place)
        raise
    name_folder(place, named.batch)
    return named


def _named(place: OfficeSession, facts: BatchFacts) -> BatchFacts:
    """Give the batch the next name of its day, such as ``2025-08-06-001``.

    Raises:
        InputError: a folder has that name already, and would be taken for the batch's: replies to
            others may lie in it.
    """
    number = place.store.batches_received(facts.received) + 1
    name = f"{facts.received}-{number:03d}"
    folder = place.office.batches / name
    if folder.is_symlink() or folder.exists():
        raise InputError(
            "this folder lies where the next file's is to lie, and the case store has no such file:"
            " an earlier state of the store was put back, or somebody laid the folder there",
            where=str(folder),
            cure="find out who did, and restore the newer store from the office's backup; a folder"
            " that is nobody's is moved out of `batches`",
        )
    return replace(facts, batch=name)


def _record(facts: BatchFacts, file_name: str) -> NewBatch:
    return NewBatch(
        id=facts.batch,
        at=facts.at,
        received=facts.received,
        file_name=file_name,
        rows=facts.admission.rows,
        row_errors=facts.admission.row_errors,
        counts=facts.admission.counts,
        book=facts.book,
    )

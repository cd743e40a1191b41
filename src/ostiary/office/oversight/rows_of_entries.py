"""Has each entry that tells of a row of its own exactly one? And is each entry the one written?

:mod:`ostiary.office.oversight.row_audit` holds rows to the log; a row that was taken out, or laid
twice, is missed from the log's side alone. Rows that are part of a case are asked for whenever the
case is read (:mod:`ostiary.office.cases.openings`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from ostiary.domain.errors import FaultError
from ostiary.office.cases.openings import MISSING
from ostiary.office.folder.published_leaves import NOT_PUBLISHED, is_published_otherwise
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.tree import leaf_hash


class _Told(Protocol):
    @property
    def entry_index(self) -> int: ...


def entry_faults(store: CaseStore) -> Iterator[str]:
    """Give a sentence for each entry that is not what was written, or has not one row."""
    told = {kind: set[int]() for kinds in _ROWS for kind in kinds}
    years, at = set[int](), -1
    size = store.log_size()  # others may write meanwhile
    leaves = islice(store.leaves_from(0), size)
    try:
        for at, (body, leaf) in enumerate(zip(store.entries_from(0, size), leaves, strict=True)):
            own = leaf_hash(body)
            if own != bytes(leaf):
                yield f"entry {at} of the case store is not the one that was written"
                continue
            if is_published_otherwise(store, at, own):
                yield NOT_PUBLISHED.format(at)
                continue
            entry = read_entry(body)
            if entry.type in told:
                told[entry.type].add(at)
            years |= _year_of(entry)
    except FaultError as error:  # a gap, an entry that cannot be read, a damaged published log
        yield str(error)
        return
    except ValueError:
        yield f"entry {at + 1}: the case store holds its text or its digest, and not both"
        return
    for kinds, rows in _ROWS.items():
        entries = set().union(*(told[kind] for kind in kinds))
        yield from _differences(entries, Counter(rows(store, sorted(years))))


def _year_of(entry: Entry) -> set[int]:
    year = entry.fields.get("year")
    return {year} if entry.type == "figures.reported" and isinstance(year, int) else set()


def _figures(store: CaseStore, years: Iterable[int]) -> list[int]:
    return [one.entry_index for year in years for one in store.figures(year)]


def _of(rows: Iterable[_Told]) -> list[int]:
    return [one.entry_index for one in rows]


_ROWS: Mapping[tuple[str, ...], Callable[[CaseStore, Sequence[int]], list[int]]] = {
    ("batch.received",): lambda store, _: [one.first_index for one in store.batches()],
    ("law.adopted",): lambda store, _: _of(store.laws()),
    ("key.accepted",): lambda store, _: _of(store.acceptances()),
    ("answer.released",): lambda store, _: _of(store.answers()),
    ("answer.recalled",): lambda store, _: _of(store.recalls()),
    ("answer.opened", "answer.disposed"): lambda store, _: _of(store.receipts()),
    ("openings.disposed",): lambda store, _: _of(store.disposals()),
    ("figures.reported",): _figures,
}
"""By kinds of entries that tell of a row of their own: the entries of which there are rows."""


def _differences(told: set[int], rows: Counter[int]) -> Iterator[str]:
    yield from (MISSING.format(index) for index in sorted(told - rows.keys()))
    yield from (f"entry {index}: two rows tell of it" for index, n in rows.items() if n > 1)

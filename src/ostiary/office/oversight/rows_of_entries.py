"""Has each entry that tells of a row of its own exactly one? And is each entry the one written?

:mod:`ostiary.office.oversight.row_audit` holds rows to the log; a row that was taken out, or laid
twice, is missed from the log's side alone. Rows that are part of a case are asked for whenever the
case is read (:mod:`ostiary.office.cases.openings`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from ostiary.domain.errors import FaultError
from ostiary.office.cases.openings import MISSING
from ostiary.office.store import CaseStore
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.tree import leaf_hash


def entry_faults(store: CaseStore) -> Iterator[str]:
    """Give a sentence for each entry that is not what was written, or has not one row."""
    entries = dict[str, set[int]]()
    years = set[int]()
    leaves = store.leaves_from(0)
    try:
        for index, (body, leaf) in enumerate(zip(store.entries_from(0), leaves, strict=True)):
            if leaf_hash(body) != bytes(leaf):
                yield f"entry {index} of the case store is not the one that was written"
                continue
            entry = read_entry(body)
            entries.setdefault(entry.type, set()).add(index)
            years |= _year_of(entry)
    except (FaultError, ValueError) as error:  # a gap, or bodies and leaves are not as many
        yield str(error)
        return
    for kinds, rows in _rows(store, sorted(years)):
        told = set().union(*(entries.get(kind, ()) for kind in kinds.split()))
        yield from _differences(told, Counter(rows))


def _year_of(entry: Entry) -> set[int]:
    year = entry.fields.get("year")
    return {year} if entry.type == "figures.reported" and isinstance(year, int) else set()


def _rows(store: CaseStore, years: Iterable[int]) -> Iterator[tuple[str, list[int]]]:
    """Give kinds of entries, and the entries of which there are rows."""
    yield "batch.received", [one.first_index for one in store.batches()]
    yield "law.adopted", [one.entry_index for one in store.laws()]
    yield "key.accepted", [one.entry_index for one in store.acceptances()]
    yield "answer.released", [one.entry_index for one in store.answers()]
    yield "answer.recalled", [one.entry_index for one in store.recalls()]
    yield "answer.opened answer.disposed", [one.entry_index for one in store.receipts()]
    yield "openings.disposed", [one.entry_index for one in store.disposals()]
    figures = (one.entry_index for year in years for one in store.figures(year))
    yield "figures.reported", list(figures)


def _differences(told: set[int], rows: Counter[int]) -> Iterator[str]:
    yield from (MISSING.format(index) for index in sorted(told - rows.keys()))
    yield from (f"entry {index}: two rows tell of it" for index, n in rows.items() if n > 1)

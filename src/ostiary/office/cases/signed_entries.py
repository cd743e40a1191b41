"""Entries of the log that bear officers' signatures and belong to no case, read in one pass."""

from collections.abc import Callable, Iterable, Iterator

from ostiary.office.cases.clock_words import CORRECTED, correction_faults
from ostiary.office.cases.late_receipts import EXPLAINED, explanation_faults
from ostiary.office.cases.officers import Reviewer
from ostiary.verifying.log.entries import Entry, read_entry

_Faults = Callable[[str, int, Entry, tuple[Reviewer, ...]], Iterator[str]]
_FAULTS_OF: dict[str, _Faults] = {CORRECTED: correction_faults, EXPLAINED: explanation_faults}
_MARKS = tuple(f'"{kind}"'.encode() for kind in _FAULTS_OF)


def signed_entry_faults(
    origin: str, entries: Iterable[bytes], reviewers: Iterable[Reviewer]
) -> Iterator[str]:
    """Give a sentence for each signature in such an entry that does not hold; it names the entry.

    Args:
        origin: the log's name.
        entries: the log from its first entry.
        reviewers: the register, past rows included.
    """
    rows = tuple(reviewers)
    for index, body in enumerate(entries):
        if any(mark in body for mark in _MARKS):
            entry = read_entry(body)
            if entry.type in _FAULTS_OF:
                yield from _FAULTS_OF[entry.type](origin, index, entry, rows)

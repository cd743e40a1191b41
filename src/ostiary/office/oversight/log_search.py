"""What an auditor asks the log: by person, by day, by case and by kind of entry.

Asked of the entries beside the batches, of the first one of each batch, and of the decision of each
case that is named. All that is told stands in the public log; which request an entry is about is
said by its number, and the office alone knows whose that is.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ostiary.office.cases.event_index import Event, event_of
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.entries import read_entry

_LOOK, _CAME = "case.viewed", "batch.received"
_STEPS = frozenset(
    {
        *("reason.determined", "element.determined", "answer.voted"),
        *("counsel.answered", "case.noted"),
    }
)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class LogSearch:
    """What is asked for; what is left out is not looked at.

    Attributes:
        person: id of somebody whom the entry names.
        kind: type of the entry.
        first: written on this day or later.
        last: written on this day or earlier.
        cases: entries of the requests that it may be about; None for any, or about none.
        idle: only looks that no step of the same person on the same case came with.
        weekend: only what was written on a Saturday or Sunday (UTC).
    """

    person: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    cases: frozenset[int] | None = None
    idle: bool = False
    weekend: bool = False

    def finds(self, one: Event) -> bool:
        """Whether an entry is one that is asked for, apart from ``idle``."""
        day = date.fromisoformat(one.at[:10])
        return (
            (not self.person or self.person in one.people)
            and (not self.kind or self.kind == one.type)
            and (self.first or date.min) <= day <= (self.last or date.max)
            and (self.cases is None or one.of in self.cases)
            and (not self.weekend or day.weekday() >= SATURDAY)
        )


def search(store: CaseStore, events: Sequence[Event], asked: LogSearch) -> list[Event]:
    """Give the entries that are asked for, the latest first.

    Args:
        store: the case store that holds the log.
        events: the entries beside its batches.
        asked: what is asked for.
    """
    every = [*events, *_decisions(store, asked.cases or ()), *_received(store, asked)]
    found = [one for one in every if asked.finds(one)]
    if asked.idle:
        found = list(_without_step(found, events))
    return sorted(found, key=lambda one: one.index, reverse=True)


def _without_step(found: Iterable[Event], events: Iterable[Event]) -> Iterator[Event]:
    stepped = {(one.of, who) for one in events if one.type in _STEPS for who in one.people}
    for one in found:
        if one.type == _LOOK and not any((one.of, who) in stepped for who in one.people):
            yield one


def _decisions(store: CaseStore, cases: Collection[int]) -> Iterator[Event]:
    """Give the decisions on cases: they lie in a batch, and say of themselves what they are of."""
    for index in cases:
        entry = read_entry(store.entry(index).body)
        yield Event(index, entry.at, entry.type, (), index)


def _received(store: CaseStore, asked: LogSearch) -> Iterator[Event]:
    """Give the first entry of each batch, which says that a file came, and names nobody."""
    if asked.kind not in {"", _CAME} or asked.person or asked.cases is not None or asked.idle:
        return
    for batch in store.batches():
        yield event_of(batch.first_index, read_entry(store.entry(batch.first_index).body))

"""Which requests stand under an order of a court: what its monitor may look at, and nothing else.

1. A request stands under an order when the order may cover it, by the facts that the law was asked
   about: agency, agreement, provision, person. A fact that is undetermined does not take it out.
2. It was received while the order stood, or a step on its answer was taken while it did.
3. Facts of what was not let through lie in custody, and are held to what the log commits to.
4. Where they have been destroyed nobody can tell any more: the request is not shown. The record of
   compliance still counts it, by what the log says in the open.
"""

from collections.abc import Iterator
from datetime import date

from ostiary.deciding.law.instruments import Instrument
from ostiary.deciding.law.orders import may_cover
from ostiary.office.cases.event_index import events_in
from ostiary.office.cases.facts_in_custody import Key, check_facts, facts_in_custody
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.stored_facts import facts_of, stored_facts
from ostiary.office.store import CaseRecord
from ostiary.verifying.log.entries import read_entry

_STEPS = frozenset({"release.stopped", "answer.released", "answer.recalled"})


def stands_under(place: OfficeSession, order: Instrument, request: CaseRecord) -> bool:
    """Whether one request stands under an order.

    Raises:
        FaultError: custody holds other facts than the log commits to.
    """
    if request.received not in order.period and request.entry_index not in _stepped(place, order):
        return False
    return _may_cover(place, order, request, _custody(place, request))


def numbers_under(place: OfficeSession, order: Instrument) -> list[int]:
    """Give the numbers of all requests that stand under an order, the latest first.

    Raises:
        FaultError: custody holds other facts than the log commits to.
    """
    return sorted({one.id for one in _under(place, order)}, reverse=True)


def _under(place: OfficeSession, order: Instrument) -> Iterator[CaseRecord]:
    for batch in place.store.batches():
        if batch.received in order.period:
            kept = _in_custody(place, batch.id)
            for one in place.store.requests_of(batch.id):
                if _may_cover(place, order, one, kept):
                    yield one
    stepped = (place.store.request_at(entry) for entry in sorted(_stepped(place, order)))
    for one in stepped:
        if one.received not in order.period and _may_cover(place, order, one, _custody(place, one)):
            yield one


def _may_cover(
    place: OfficeSession, order: Instrument, request: CaseRecord, in_custody: dict[Key, str]
) -> bool:
    facts = stored_facts(request)
    text = in_custody.get((request.agency, request.request_id))
    if not facts and text is not None:
        facts = facts_of(text)
    if not facts or not may_cover(order, facts):
        return False
    if text is not None and request.facts is None:
        check_facts(place, request, text)
    return True


def _custody(place: OfficeSession, request: CaseRecord) -> dict[Key, str]:
    """Give the facts of one request as custody has them; none where the case store does."""
    return {} if request.facts else _in_custody(place, request.batch, request)


def _in_custody(
    place: OfficeSession, batch: str, request: CaseRecord | None = None
) -> dict[Key, str]:
    with place.scratch() as con:
        return facts_in_custody(con, place, batch, request)


def _stepped(place: OfficeSession, order: Instrument) -> frozenset[int]:
    """Give the entries of requests on whose answers a step was taken while an order stood."""
    found = (one for one in events_in(place.store).events(place.store) if one.type in _STEPS)
    return frozenset(
        one.of for one in found if one.of is not None and _day(place, one.index) in order.period
    )


def _day(place: OfficeSession, index: int) -> date:
    """Give the legal day of a step; a recall has none but the clock's."""
    entry = read_entry(place.store.entry(index).body)
    return date.fromisoformat(str(entry.fields.get("on") or entry.at[:10]))

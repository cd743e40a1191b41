"""The rules about objects: which requests and batches a person may know of."""

from collections.abc import Callable
from typing import Any

from ostiary.deciding.law.instruments import Instrument
from ostiary.domain.errors import InputError
from ostiary.faces.server.access import ObjectRule
from ostiary.faces.server.orm import Filing
from ostiary.faces.server.roles import Signed
from ostiary.faces.server.site import site
from ostiary.office.batches.rows_of_others import is_others_too
from ostiary.office.oversight.under_orders import stands_under


def is_found(find: Callable[..., object], *of: Any) -> bool:
    """Whether there is what is asked for: what finds it refuses nothing."""
    try:
        find(*of)
    except InputError:
        return False
    return True


def _is_reviewed(_person: Signed, number: int) -> bool:
    """Whether a request was let through to review at all, or to counsel."""
    return site().office.store.was_accepted(number)


def _is_own_request(person: Signed, number: int) -> bool:
    line = site().office.store.line(number)
    return line is not None and line.agency == person.agency


def _is_own_batch(person: Signed, batch: str, **_: str) -> bool:
    """Whether every row of a file is of a person's own agency, those too that became no request.

    Of what somebody sent on these pages each row was looked at before it was taken.
    """
    found = site().office.store.agencies_of(batch)
    if Filing.objects.filter(batch=batch, agency=person.agency).exists():
        return found <= {person.agency}
    return found == {person.agency} and not is_others_too(site().place(), batch, person.agency)


def _is_stored(_person: Signed, number: int) -> bool:
    return site().office.store.line(number) is not None


def _is_watched(person: Signed, name: str) -> bool:
    """Whether an order in force lets the person look at what is done under it."""
    return any(one.id == name for one in _watched(person))


def _is_under_order(person: Signed, name: str, number: int) -> bool:
    """Whether a request stands under an order that lets the person look."""
    order = next((one for one in _watched(person) if one.id == name), None)
    store = site().office.store
    if order is None or store.line(number) is None:
        return False
    return stands_under(site().place(), order, store.request(number))


def _watched(person: Signed) -> tuple[Instrument, ...]:
    return site().snapshot().watched(person.name, site().place().moment.today)


STORED = ObjectRule("there is such a request", _is_stored)
REVIEWED = ObjectRule("the request was let through to review", _is_reviewed)
OWN_REQUEST = ObjectRule("the request is one of the person's own agency", _is_own_request)
WATCHED = ObjectRule("the order names the person as its monitor, and is in force", _is_watched)
UNDER_ORDER = ObjectRule(
    "the request stands under an order in force that names the person as its monitor",
    _is_under_order,
)
OWN_BATCH = ObjectRule("every row of the file is of the person's own agency", _is_own_batch)

"""The rules about objects: which requests and batches a person may know of."""

from collections.abc import Callable
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.faces.server.access import ObjectRule
from ostiary.faces.server.models import Filing
from ostiary.faces.server.roles import Signed
from ostiary.faces.server.site import site


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
    found = site().office.store.agencies_of(batch)
    sent = Filing.objects.filter(batch=batch, agency=person.agency).exists()
    return found == {person.agency} or (not found and sent)


def _is_stored(_person: Signed, number: int) -> bool:
    return site().office.store.line(number) is not None


STORED = ObjectRule("there is such a request", _is_stored)
REVIEWED = ObjectRule("the request was let through to review", _is_reviewed)
OWN_REQUEST = ObjectRule("the request is one of the person's own agency", _is_own_request)
OWN_BATCH = ObjectRule("every request of the file is of the person's own agency", _is_own_batch)

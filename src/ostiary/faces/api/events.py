"""What changed for an agency, found in the log, and kept until its receivers have been told.

The log tells that something may have changed; what an agency is told is what its own program would
be told by asking for the status, and not before that says so. So an event never runs ahead of the
API, and holds nothing that the API's status does not: a kind, a number, an address.

Answers are laid out together, confirmations and others alike, and events of one pass carry one
time and leave in the order of the log. When an event comes tells nothing of what an answer says.
"""

import hashlib
import json
import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice

from django.db import transaction

from ostiary.domain.errors import InputError
from ostiary.domain.words import Status
from ostiary.faces.api.following import ANSWERED, status_of
from ostiary.faces.api.orm import LogPosition, WaitingEvent, WatchedChange
from ostiary.faces.server.databases import OWN
from ostiary.faces.server.law_snapshot import Webhook
from ostiary.faces.server.site import Site
from ostiary.office.folder.session import OfficeSession
from ostiary.verifying.log.entries import read_entry

AT_ONCE = 5_000
"""Entries of the log that one step looks at."""

LONGEST_WATCH = 60 * 24 * 60 * 60
"""Seconds after which a change that never showed is no longer waited for."""

_TELLING = re.compile(
    rb'"type":"(?:request\.decided|(?:reason|element)\.determined|answer\.released)"'
)


def gather(site: Site) -> int:
    """Find what has changed since the last time, and keep an event for each receiver.

    Returns:
        How many events are new.
    """
    place = site.place()
    receivers = standing(site)
    position = LogPosition.objects.filter(pk=1).first()
    if position is None or not receivers:
        # Nobody is told of what was before they were registered.
        size = place.store.log_size()
        if position is None or position.next_entry != size:
            LogPosition.objects.update_or_create(pk=1, defaults={"next_entry": size})
            WatchedChange.objects.all().delete()
        return 0
    first = position.next_entry
    while changes := list(islice(_from(place, first), AT_ONCE)):
        first = changes[-1][0] + 1
        with transaction.atomic(using=OWN):
            for _, change in changes:
                if change is not None:
                    WatchedChange.objects.create(
                        entry=change[0], becomes=change[1], seen_at=int(time.time())
                    )
            LogPosition.objects.filter(pk=1).update(next_entry=first)
    return _shown(site, place, receivers)


def standing(site: Site) -> list[Webhook]:
    """Give the receivers that the register lists today."""
    today = site.place().moment.today
    return [one for one in site.snapshot().webhooks if one.serves_on(today)]


def _from(place: OfficeSession, first: int) -> Iterator[tuple[int, tuple[int, str] | None]]:
    """Give each entry's number, with the request and the status that it may have come to."""
    for number, body in enumerate(place.store.entries_from(first), first):
        yield number, _change(number, body) if _TELLING.search(body) else None


def _change(number: int, body: bytes) -> tuple[int, str] | None:
    entry = read_entry(body)
    if entry.type == "request.decided":
        return number, str(entry["status"])
    if entry.type == "answer.released":
        return int(entry["of"]), ANSWERED
    if entry.fields.get("specific", entry.fields.get("found")) is False:
        return int(entry["of"]), str(Status.RETURNED)
    return None


def _shown(site: Site, place: OfficeSession, receivers: Sequence[Webhook]) -> int:
    """Turn changes that the API shows by now into events."""
    made, at = 0, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    WatchedChange.objects.filter(seen_at__lt=int(time.time()) - LONGEST_WATCH).delete()
    for change in list(WatchedChange.objects.order_by("id")):
        told = _told_of(place, change, receivers)
        if told is None:
            continue
        with transaction.atomic(using=OWN):
            for one in told:
                WaitingEvent.objects.create(
                    url=one.url,
                    agency=one.agency,
                    body=_body(site, one.url, change, at),
                    next_at=0,
                    made_at=int(time.time()),
                )
            change.delete()
        made += len(told)
    return made


def _told_of(
    place: OfficeSession, change: WatchedChange, receivers: Sequence[Webhook]
) -> list[Webhook] | None:
    """Give who is to be told of a change; None while the API does not show it."""
    try:
        request = place.store.request_at(change.entry)
        told = [one for one in receivers if one.agency == request.agency]
        status = status_of(place, request)["status"] if told else ""
    except (InputError, OSError):
        return None  # not laid out yet, or disposed of
    shows = change.becomes in (status, request.status)
    return told if shows or not told else None


def at_this_address(site: Site, body: str) -> str:
    """Give an event's words with its link at the address that the office has now.

    An office may have moved since the event was made; what it would say is said at its new place.
    Words that are none of an event stay as they are, for :func:`is_borne_out`.
    """
    try:
        said = json.loads(body)
        number, link = int(said["request"]), str(said["link"])
    except (ValueError, TypeError, KeyError):
        return body
    if not link.endswith(f"/api/v1/requests/{number}"):
        return body
    said["link"] = _link(site, number)
    return json.dumps(said, separators=(",", ":"))


def is_borne_out(site: Site, event: WaitingEvent) -> bool:
    """Whether an event says what this office would say of a request of its receiver's agency.

    It waits in a table, and what is signed as the office's word is not a table's word.
    """
    try:
        said = json.loads(event.body)
        kind, at = str(said["type"]).removeprefix("request."), str(said["time"])
        change = WatchedChange(entry=int(said["request"]), becomes=kind)
        request = site.place().store.request_at(change.entry)
        status = status_of(site.place(), request)["status"]
    except (InputError, ValueError, TypeError, KeyError):
        return False
    is_so = request.agency == event.agency and kind in {status, str(request.status)}
    return is_so and event.body == _body(site, event.url, change, at)


def _body(site: Site, url: str, change: WatchedChange, at: str) -> str:
    kind = f"request.{change.becomes}"
    name = f"ostiary event v1\n{site.office.origin}\n{url}\n{change.entry}\n{kind}\n"
    event = {
        "id": hashlib.sha256(name.encode()).hexdigest()[:32],
        "type": kind,
        "request": change.entry,
        "time": at,
        "link": _link(site, change.entry),
    }
    return json.dumps(event, separators=(",", ":"))


def _link(site: Site, number: int) -> str:
    return f"{site.address}/api/v1/requests/{number}"

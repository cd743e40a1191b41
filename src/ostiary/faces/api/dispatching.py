"""Sends waiting events, again and again until they are taken or three days have passed.

Nothing of the office waits for a receiver: one thread beside the server sends, or a command does,
one of them at a time. A receiver that fails is left alone until its next turn, and others are not
kept from theirs beyond the ten seconds that it may take.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial

from django.db import connections
from django.db.models import Count, Max, Q

from ostiary.faces.api.events import at_this_address, gather, is_borne_out, standing
from ostiary.faces.api.orm import WaitingEvent
from ostiary.faces.api.outbound_http import UnreachedError, post
from ostiary.faces.server.databases import web_folder
from ostiary.faces.server.site import Site
from ostiary.office.folder.background import in_background
from ostiary.verifying.client.message_signatures import signature_headers
from ostiary.verifying.keys.files import (
    SigningKey,
    fingerprint,
    new_signing_key,
    read_signing_key,
    write_private,
)

PERIOD = 5.0
"""Seconds between two passes of a server."""

WAITS = (10, 60, 300, 1_800, 7_200, 21_600)
"""Seconds after the first, second, ... failure; after the last the same again."""

LONGEST = 3 * 24 * 60 * 60
"""Seconds after which an event is given up; the API still tells the status."""

_TURN_SECONDS = 30
_LOG = logging.getLogger("django.ostiary.webhooks")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a pass did."""

    found: int
    taken: int
    failed: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What has not been taken by one receiver."""

    agency: str
    url: str
    waiting: int
    given_up: int
    last_fault: str


def backlog() -> list[Backlog]:
    """Give what has not been taken, by receiver."""
    many = WaitingEvent.objects.values_list("agency", "url").order_by("agency", "url")
    counted = many.annotate(
        waiting=Count("id", filter=Q(given_up=False)),
        lost=Count("id", filter=Q(given_up=True)),
        fault=Max("last_fault"),
    )
    return [Backlog(*row) for row in counted]


def webhook_key(site: Site) -> SigningKey:
    """Give the key that signs webhooks and nothing else; made once."""
    path = web_folder(site.office) / "webhooks.pem"
    if not path.exists():
        with _alone(site, "webhook-key", wait=True):
            if not path.exists():
                write_private(path, new_signing_key(site.office.config.profile))
    return read_signing_key(path)


def send_waiting(site: Site) -> Sent:
    """Find new events and send all whose turn it is; nothing when another program does so."""
    with _alone(site, "webhooks", wait=False) as mine:
        if not mine:
            return Sent(0, 0, 0)
        found = gather(site)
        listed = {(one.agency, one.url) for one in standing(site)}
        _forget_struck(listed)
        taken = failed = 0
        for _, url in sorted(listed):
            done = _turn_of(site, url)
            taken, failed = taken + done[0], failed + done[1]
        return Sent(found, taken, failed)


def _forget_struck(listed: set[tuple[str, str]]) -> None:
    """Drop what waits for receivers that the register no longer lists."""
    known = set(WaitingEvent.objects.values_list("agency", "url").distinct())
    for agency, url in known - listed:
        WaitingEvent.objects.filter(agency=agency, url=url).delete()


def _turn_of(site: Site, url: str) -> tuple[int, int]:
    """Send what waits for one receiver, until it fails once or its turn is over."""
    ends, taken = time.monotonic() + _TURN_SECONDS, 0
    while time.monotonic() < ends:
        now = int(time.time())
        # what a clock put off that had leapt ahead does not wait until then
        due = Q(next_at__lte=now) | Q(next_at__gt=now + WAITS[-1] + WAITS[0])
        event = WaitingEvent.objects.filter(due, url=url, given_up=False).order_by("id").first()
        if event is None:
            break
        event.body = at_this_address(site, event.body)
        if not is_borne_out(site, event):
            _LOG.warning("event %s says what the log does not bear out; it is not sent", event.pk)
            event.delete()
            continue
        try:
            _send(site, event)
        except UnreachedError as error:
            _later(event, str(error))
            return taken, 1
        event.delete()
        taken += 1
    return taken, 0


def _send(site: Site, event: WaitingEvent) -> None:
    key, body = webhook_key(site), event.body.encode()
    name = fingerprint(key.public_key())
    headers = signature_headers(key, name, event.url, body, created=int(time.time()))
    post(event.url, headers, body, may_be_local=site.office.config.training)


def _later(event: WaitingEvent, why: str) -> None:
    """Put everything of this receiver off: what failed for one would fail for the next."""
    now, tries = int(time.time()), event.tries + 1
    WaitingEvent.objects.filter(pk=event.pk).update(tries=tries, last_fault=why)
    waiting = WaitingEvent.objects.filter(url=event.url, given_up=False)
    waiting.update(next_at=now + WAITS[min(tries, len(WAITS)) - 1])
    waiting.filter(made_at__lt=now - LONGEST).update(given_up=True)


@contextmanager
def _alone(site: Site, name: str, *, wait: bool) -> Iterator[bool]:
    """Hold a lock that one program at a time can have; say whether we have it."""
    with (web_folder(site.office) / f".{name}").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def dispatching(site: Site, period: float = PERIOD) -> AbstractContextManager[None]:
    """Send in a thread for as long as the server runs; no fault of it reaches the server.

    At the end the call that is under way is waited for.
    """
    return in_background("webhooks", partial(_run, site, period))


def _run(site: Site, period: float, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            send_waiting(site)
        except Exception:  # noqa: BLE001 - whatever it was, the next pass tries again
            _LOG.warning("a pass over the webhooks failed", exc_info=True)
        finally:
            connections.close_all()
        stop.wait(period)

"""The monitor's seat: whom an order of a court lets look at what is done under it.

1. An order of the kind ``monitor`` names one or several in its front matter (``monitors``): an id,
   and if the order says so a last day. It may stop something as well, or stop nothing at all.
2. What requests say (names and addresses are in it) is withheld, unless the order says
   ``reads: requests``.
3. Nobody else's word opens a seat: with the order's last day it is closed.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ostiary.deciding.law.instruments import Instrument, Monitor
from ostiary.deciding.law.layout import Block
from ostiary.domain.errors import BookError
from ostiary.domain.period import Period

MONITOR = "monitor"
_ID = re.compile(r"[a-z0-9.-]{1,80}")
_LOGGED = re.compile(r"[a-z0-9.-]{1,70}")
_KEYS = {"id", "until", "reads"}
_LAYOUT = "write it as `monitors:` and below it `- {id: monitor-1, until: 2026-06-30}`"


def monitors_of(
    name: str, front: Block, kinds: Sequence[str], period: Period, where: str
) -> tuple[Monitor, ...]:
    """Read whom an order's front matter lets look.

    Args:
        name: of the order; looks at what is done under it are logged by this name.
        front: the front matter.
        kinds: what the order says it is.
        period: the days on which it speaks.
        where: the file, for errors.

    Raises:
        BookError: nobody is named by an order that appoints a monitor, somebody by one that does
            not or twice, or what is said of somebody cannot be read.
    """
    listed = front.get("monitors", [])
    if (MONITOR in kinds) != bool(listed):
        raise BookError(
            f"an order names `monitors` where it is of the kind `{MONITOR}`, and only there",
            where=where,
            cure=f"write `kind: {MONITOR}`, or `kind: [stay, {MONITOR}]`, and whom it lets look",
        )
    if listed and not _LOGGED.fullmatch(name):
        raise BookError(
            "looks of a monitor could not be logged under the name of this file",
            where=where,
            cure="rename it: up to 70 small letters, digits, dots and hyphens",
        )
    if not isinstance(listed, list):
        raise BookError("`monitors` is no list", where=where, cure=_LAYOUT)
    found = tuple(_monitor(one, period, where) for one in listed)
    if len({one.id for one in found}) < len(found):
        raise BookError("a monitor is named twice", where=where, cure="name each once")
    return found


def _monitor(said: object, period: Period, where: str) -> Monitor:
    if not isinstance(said, dict) or "id" not in said or not set(said) <= _KEYS:
        raise BookError("what is said of a monitor cannot be read", where=where, cure=_LAYOUT)
    name, last, reads = said["id"], said.get("until"), said.get("reads", "")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise BookError(
            "this is no id of a monitor",
            where=where,
            cure="use 1 to 80 small letters, digits, dots and hyphens; no person's name",
        )
    if last is not None and (type(last) is not date or last < period.first):
        raise BookError(
            f"`until` of {name} is no day on which the order stands",
            where=where,
            cure="write a day such as 2026-06-30, or leave it out",
        )
    if reads not in {"", "requests"}:
        raise BookError(
            f"what {name} reads is nothing that an order opens",
            where=where,
            cure="write `reads: requests`, or leave it out: what requests say is withheld then",
        )
    return Monitor(name, last, bool(reads))


def seat_in(order: Instrument, name: str, day: date) -> Monitor | None:
    """Give the seat that an order gives somebody on a day; None when it gives none."""
    return next((one for one in seats_on(order, day) if one.id == name), None)


def seats_on(order: Instrument, day: date) -> tuple[Monitor, ...]:
    """Give the seats that an order has on a day."""
    if day not in order.period:
        return ()
    return tuple(one for one in order.monitors if day in Period(order.period.first, one.last))


def orders_watched(
    instruments: Iterable[Instrument], name: str, day: date
) -> tuple[Instrument, ...]:
    """Give the orders that let somebody look on a day."""
    return tuple(one for one in instruments if seat_in(one, name, day))

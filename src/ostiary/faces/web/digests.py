"""Officers are told by mail that something waits: how many things, and where the office is.

1. A mail holds two numbers that are its reader's own, and an address that is everybody's. No name,
   no id, no agency, no day of a case; no officer's id either.
2. Only who stands in ``reviewers.csv`` today and has an address in ``office.toml`` is told; once at
   most at each hour of the settings, and only when something waits.
3. A relay that fails stops nothing else. That it failed is remembered, and said by ``doctor``.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from functools import partial
from urllib.parse import urlsplit

from django.db import connections
from django.urls import reverse

from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError
from ostiary.faces.server.mail_relay import MailFailedError, Relay, connected
from ostiary.faces.server.site import Site
from ostiary.faces.web.worklist import Filters, Worklist
from ostiary.office.folder.background import in_background
from ostiary.office.folder.mail_config import Mail, MailTo
from ostiary.office.folder.mail_state import MailState, read_mail_state, write_mail_state
from ostiary.verifying.log.entries import instant

PERIOD = 60.0
"""Seconds between two looks at the clock."""
AGAIN = timedelta(minutes=15)
"""After a failure the relay is asked again no sooner than this."""
_LOG = logging.getLogger(__name__)
_LOCK = ".mail.lock"
_TEXT = """\
{waits}

{address}

Sign in there with your passkey. This message holds nothing of any case; a program wrote it, and
reads no reply.
"""


@dataclass(frozen=True, slots=True)
class Waits:
    """How many things wait for one officer.

    Attributes:
        cases: on the list with which their page begins.
        late: of these, those that should have been decided before today.
        keys: in the registers, that wait to be accepted by officers.
    """

    cases: int
    late: int
    keys: int

    def __bool__(self) -> bool:
        return bool(self.cases or self.keys)


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass over the officers did.

    Attributes:
        sent: mails that the relay took.
        nothing: officers for whom nothing waits.
        strangers: addresses of nobody who is in office.
        not_due: officers who were told, or looked at, for this hour already.
        fault: what was wrong with the relay; empty when nothing was.
    """

    sent: int = 0
    nothing: int = 0
    strangers: int = 0
    not_due: int = 0
    fault: str = ""


def tell_officers(site: Site, moment: datetime, *, at_once: bool = False) -> Passed:
    """Tell each officer for whom something waits, if they have not been told for this hour.

    Args:
        site: the office.
        moment: now, with its time zone.
        at_once: whatever the hour, and whatever was sent.

    Raises:
        InputError: the office names no relay.
    """
    mail, root = site.office.config.mail, site.office.root
    if not mail.relay:
        raise InputError(
            "this office sends no mail", where="[mail]", cure="name a relay in office.toml"
        )
    with alone(root / _LOCK):
        state = read_mail_state(root)
        if not at_once and _failed_just_now(state, moment):
            return Passed(fault=state.fault, not_due=len(mail.to))
        due, passed = _due(site, mail, state, moment, at_once=at_once)
        state, passed = _send(site, due, state, passed, moment)
        write_mail_state(root, replace(state, strangers=passed.strangers))
    return passed


def hour_of(mail: Mail, moment: datetime) -> str:
    """Give the last hour, up to a moment, at which officers are told: ``2025-08-07T07``."""
    now = moment.astimezone(UTC)
    today = [one for one in mail.hours if one <= now.hour]
    day = now.date() if today else now.date() - timedelta(days=1)
    return f"{day}T{max(today or mail.hours):02}"


def waits_for(site: Site, officer: str) -> Waits:
    """Count what waits for one officer, as their own list counts it."""
    worklist = Worklist(site, site.desk(), officer, Filters())
    keys = len(site.snapshot().law.pending)
    return Waits(worklist.many(), worklist.many(due="overdue"), keys)


def digest_mail(site: Site, to: MailTo, waits: Waits, moment: datetime) -> EmailMessage:
    """Write the mail to one officer: two numbers and an address."""
    mail, training = site.office.config.mail, site.office.config.training
    message = EmailMessage(policy=SMTP)
    message["From"] = mail.sender
    message["To"] = to.address
    message["Subject"] = f"{'Training: ' if training else ''}Something waits for you in Ostiary"
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence is answered to us
    address = f"{site.address}{reverse('worklist')}"
    message.set_content(_TEXT.format(waits=_in_words(waits), address=address), cte="7bit")
    return message


def _in_words(waits: Waits) -> str:
    lines = []
    if waits.cases:
        cases = "1 case waits" if waits.cases == 1 else f"{waits.cases:,} cases wait"
        late = f" {waits.late:,} of them should have been decided by now." if waits.late else ""
        lines.append(f"{cases} for you.{late}")
    if waits.keys:
        keys = "1 key in" if waits.keys == 1 else f"{waits.keys:,} keys in"
        lines.append(f"{keys} the registers wait{'s' if waits.keys == 1 else ''} for two officers.")
    return "\n".join(lines)


def _failed_just_now(state: MailState, moment: datetime) -> bool:
    if not state.failed_at:
        return False
    return moment - datetime.fromisoformat(state.failed_at) < AGAIN


def _due(
    site: Site, mail: Mail, state: MailState, moment: datetime, *, at_once: bool
) -> tuple[list[MailTo], Passed]:
    today = site.place().moment.today
    in_office = {one.officer for one in site.snapshot().reviewers if one.serves_on(today)}
    known = [one for one in mail.to if one.officer in in_office]
    hour = hour_of(mail, moment)
    due = [one for one in known if at_once or state.seen.get(one.officer, "") < hour]
    passed = Passed(strangers=len(mail.to) - len(known), not_due=len(known) - len(due))
    return due, passed


def _send(
    site: Site, due: list[MailTo], state: MailState, passed: Passed, moment: datetime
) -> tuple[MailState, Passed]:
    """Tell those who are due; what the relay took stays told, whatever it does next."""
    mail, hour, told = site.office.config.mail, hour_of(site.office.config.mail, moment), set()
    waiting = [(one, waits_for(site, one.officer)) for one in due]
    nothing = {one.officer for one, waits in waiting if not waits}
    wanted = [(one, waits) for one, waits in waiting if waits]
    fault, refused = "", list[str]()
    try:
        if wanted:
            own = urlsplit(site.address).hostname or "localhost"
            with connected(mail, site.office.root, own) as relay:
                for one, waits in wanted:
                    if _is_taken(relay, digest_mail(site, one, waits, moment)):
                        told.add(one.officer)
                    else:
                        refused.append(one.officer)
    except MailFailedError as error:
        fault = str(error)
    fault = fault or (f"the relay refuses the mail to {', '.join(refused)}" if refused else "")
    seen = state.seen | dict.fromkeys(told | nothing, hour)
    now = instant(moment)
    taken = now if told else state.taken_at
    failed = (now, fault) if fault else ("", "") if told else (state.failed_at, state.fault)
    kept = MailState(seen, taken, *failed)
    return kept, replace(passed, sent=len(told), nothing=len(nothing), fault=fault)


def _is_taken(relay: Relay, message: EmailMessage) -> bool:
    """Hand one mail over; say whether the relay, which works, took that one."""
    try:
        relay.send(message)
    except MailFailedError as error:
        if not error.of_one:
            raise
        return False
    return True


def telling_officers(
    site: Site,
    period: float = PERIOD,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AbstractContextManager[None]:
    """Tell officers in a thread for as long as the server runs; no fault of it reaches the server.

    Args:
        site: the office; without a relay nothing runs.
        period: seconds between two looks at the clock.
        clock: tells the moment.
    """
    if not site.office.config.mail.relay:
        return nullcontext()
    return in_background("mail", partial(_run, site, period, clock))


def _run(site: Site, period: float, clock: Callable[[], datetime], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            passed = tell_officers(site, clock())
            if passed.fault and not passed.not_due:
                _LOG.warning("officers could not be told by mail: %s", passed.fault)
        except Exception as error:  # noqa: BLE001 - whatever it was, the next pass tries again
            _LOG.warning("a pass over the mails failed: %s", type(error).__name__)
        finally:
            connections.close_all()
        stop.wait(period)

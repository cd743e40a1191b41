"""By when a case should be decided: days from receipt, and never on a Saturday or Sunday.

No statute sets this clock. It is the custodian's own (``days_to_decide`` in ``office.toml``): a day
that falls on a weekend moves to the Monday after.
"""

from datetime import date, timedelta

from ostiary.faces.server.site import Site

SOON = timedelta(days=3)
_DAY = timedelta(days=1)
_SATURDAY = 5

Span = tuple[date | None, date | None]


def days_to_decide(site: Site) -> timedelta:
    """Give the custodian's own standard for deciding an accepted request."""
    return timedelta(days=site.office.config.web.days_to_decide)


def due_on(received: date, days: timedelta) -> date:
    """Give the working day by which a request received on a day should be decided."""
    due = received + days
    while due.weekday() >= _SATURDAY:
        due += _DAY
    return due


def last_due_by(day: date, days: timedelta) -> date:
    """Give the last day of receipt whose requests are due on a day or before."""
    received = day - days
    while due_on(received, days) > day:
        received -= _DAY
    return received


def receipt_spans(today: date, days: timedelta) -> dict[str, Span]:
    """Give the days of receipt of what is ``overdue``, due ``soon`` and due ``later``."""
    late, soon = last_due_by(today - _DAY, days), last_due_by(today + SOON, days)
    return {"overdue": (None, late), "soon": (late + _DAY, soon), "later": (soon + _DAY, None)}

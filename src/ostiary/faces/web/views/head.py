"""The head's pages: whether the office keeps up, and what falls due. No case is in sight."""

from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.due_days import days_to_decide
from ostiary.faces.web.overview import (
    METHODS,
    SPANS,
    bounds,
    by_agency,
    by_officer,
    by_rule,
    by_use,
    counted,
    flow,
    health,
    orders_in_force,
    waits_by_age,
)
from ostiary.faces.web.returns_trend import returns_trend
from ostiary.office.oversight.court_notices import court_notices, notices_due
from ostiary.office.oversight.safeguard_calendar import Due, as_icalendar, safeguards_due
from ostiary.office.oversight.suspensions import suspensions


@page(Role.HEAD, Role.AUDITOR)
def office(request: PersonRequest) -> HttpResponse:
    """What waits and how old it is, by whom, what comes back and why, and what is due."""
    asked = request.GET.get("days", "30")
    if not (asked.isascii() and asked.isdigit() and int(asked) in SPANS):
        raise Http404
    days, served = int(asked), site()
    today = served.place().moment.today
    first = today - timedelta(days=days)
    waits, days_of_flow = waits_by_age(served), flow(served, first)
    shown = {
        "days": days,
        "spans": SPANS,
        "first": first,
        "size": served.office.store.log_size(),
        "waits": waits,
        "overdue": sum(row[1] for row in waits),
        "waiting": sum(sum(row[1:]) for row in waits),
        "days_to_decide": days_to_decide(served).days,
        "flow": days_of_flow,
        "highest": max((max(one.came, one.left) for one in days_of_flow), default=0),
        "flows": [counted(served, name, first) for name in ("arrivals", "answers")],
        "methods": METHODS,
        "tables": [by_agency(served, first), by_officer(served, first), by_use(served, first)],
        "rules": by_rule(served, first, today),
        "returns": returns_trend(served, first, today),
        "bounds": bounds(served, first),
        "orders": orders_in_force(served),
        "health": health(served),
        "suspensions": suspensions(served.place()),
        "notices": court_notices(served.place()),
        "dues": safeguards_due(served.place()),
    }
    return render(request, "web/office.html", shown)


@page(Role.HEAD, Role.AUDITOR)
def safeguards(request: PersonRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """The safeguards calendar, to be taken into any other: agencies and days, nothing else."""
    return _calendar(safeguards_due(site().place()), "Safeguards")


@page(Role.HEAD, Role.AUDITOR, Role.COUNSEL)
def notices(request: PersonRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """Notices to courts as a calendar: orders, agencies and days, nothing of a case."""
    return _calendar(notices_due(court_notices(site().place())), "Notices")


def _calendar(dues: tuple[Due, ...], name: str) -> HttpResponse:
    content = as_icalendar(dues, site().place().origin, datetime.now(UTC), name=name)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name.lower()}.ics"'
    return answer

"""What every page knows: who reads it, where it is, and what the office is."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site

_PLACES: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.OFFICER: (("worklist", "Cases"), ("keys", "Keys"), ("book", "Rule book")),
    Role.REQUESTER: (
        ("requests", "Requests"),
        ("new-request", "New request"),
        ("upload", "Send a file"),
        ("book", "Rule book"),
    ),
    Role.ADMINISTRATOR: (
        ("people", "People"),
        ("files", "Registers and orders"),
        ("tasks", "Tasks"),
        ("book", "Rule book"),
    ),
    Role.HEAD: (("office", "Office"), ("book", "Rule book")),
    Role.AUDITOR: (
        ("audit", "Overview"),
        ("office", "Office"),
        ("audit-cases", "Cases"),
        ("accesses", "Accesses"),
        ("log-search", "Search"),
        ("audit-entries", "Log"),
        ("book", "Rule book"),
    ),
    Role.MONITOR: (("monitor", "Orders"), ("book", "Rule book")),
    Role.COUNSEL: (
        ("book", "Rule book"),
        ("proofs", "Proofs"),
        ("orders", "Orders"),
        ("effect", "Effect of a draft"),
        ("compare", "Compare books"),
    ),
}


def about_the_page(request: HttpRequest) -> dict[str, Any]:
    """Give the header of a page."""
    person = getattr(request, "person", None)
    match = request.resolver_match
    here = match.url_name if match else ""
    served = site()
    places = _PLACES[person.role] if person else ()
    within = _within([reverse(name) for name, _ in places], request.path)
    return {
        "person": person,
        "office": served.office,
        "today": served.place().moment.today,
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
        "printed_at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "places": [
            {
                "url": (url := reverse(name)),
                "text": text,
                "is_here": name == here,
                "is_within": url == within,
            }
            for name, text in places
        ],
    }


def _within(places: list[str], path: str) -> str:
    """Give the place that a page belongs to: the one whose address goes furthest along its own."""
    asked = reverse("requests") if path.startswith("/files/") else path  # what came in a file
    return max((one for one in places if asked.startswith(one)), key=len, default="")

"""The start of the web office: Django is set up once, with pages and calls."""

from datetime import date
from pathlib import Path

import django
from django.apps import apps

from ostiary.faces.server.site import LetIn, Site, serve_office
from ostiary.faces.web.request_drafts import drop_old_drafts


def start_web() -> None:
    """Set Django up for pages and calls; the settings hold for the case store as well.

    Raises:
        RuntimeError: Django was set up before, without the web office.
    """
    if not apps.apps_ready:
        django.setup()
    if not apps.is_installed("ostiary.faces.server"):
        raise RuntimeError("the web office must be started before the case store is opened")


def open_site(
    root: Path, *, port: int = 8000, on: date | None = None, let_in: LetIn | None = None
) -> Site:
    """Start the web office and open an office in it, as :func:`serve_office` does."""
    start_web()
    opened = serve_office(root, port=port, on=on, let_in=let_in)
    from ostiary.faces.server.enrolment_log import enter_doors_found  # noqa: PLC0415 - loads Django

    enter_doors_found(opened)
    drop_old_drafts(opened)
    return opened

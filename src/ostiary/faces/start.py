"""The start of the web office: an office is opened to be served, with what its past left to do."""

from datetime import date
from pathlib import Path

from ostiary.faces.server.enrolment_log import enter_doors_found
from ostiary.faces.server.site import LetIn, Site, serve_office
from ostiary.faces.web.request_drafts import drop_old_drafts


def open_site(
    root: Path, *, port: int = 8000, on: date | None = None, let_in: LetIn | None = None
) -> Site:
    """Open an office in the web office, as :func:`serve_office` does."""
    opened = serve_office(root, port=port, on=on, let_in=let_in)
    enter_doors_found(opened)
    drop_old_drafts(opened)
    return opened

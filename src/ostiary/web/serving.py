"""The server: waitress, one process and some threads, in front of the pages."""

from collections.abc import Callable
from typing import Any

import waitress
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from ostiary.web.site import Site

THREADS = 64
"""Most of them wait: for a disk, for a turn, or with a submission for others to share its run."""
_ROOM_FOR_A_FORM = 1_000_000


def application() -> Callable[..., Any]:
    """Give the pages as a WSGI application; an office must have been opened."""
    return WSGIHandler()


def serve(site: Site, host: str, port: int) -> None:
    """Serve an office until the process is told to stop.

    One process is right here: one writer numbers the log. Where the office has an ``https``
    address, a proxy on this machine speaks TLS and everything that reaches us came through it.

    Args:
        site: the office, opened.
        host: address to listen on.
        port: port to listen on.
    """
    waitress.serve(
        application(),
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        url_scheme=site.address.partition(":")[0],
        max_request_body_size=settings.UPLOAD_BYTES + _ROOM_FOR_A_FORM,
        clear_untrusted_proxy_headers=True,
    )

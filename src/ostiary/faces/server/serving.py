"""The server: waitress, one process and some threads, in front of the pages."""

import tempfile
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver
from waitress.adjustments import Adjustments
from waitress.server import MultiSocketServer
from waitress.task import ThreadedTaskDispatcher

from ostiary.domain.errors import InputError
from ostiary.faces.server.patience import BoundedServer, Bounds
from ostiary.faces.server.site import Site
from ostiary.office.folder.session import scratch_folder

THREADS = 64
"""Most of them wait: for a disk, for a turn, or with a submission for others to share its run."""
_ROOM_FOR_A_FORM = 1_000_000
_CLEANUP = 5  # seconds between two looks at connections that say nothing


def application() -> Callable[..., Any]:
    """Give the pages as a WSGI application; an office must have been opened.

    All of them are loaded now: the first who come would wait for it, and hold each other up.
    """
    handler = WSGIHandler()
    _ = get_resolver().url_patterns
    return handler


def serve(site: Site, host: str, port: int, listens: Callable[[], None]) -> None:
    """Serve an office until the process is told to stop.

    One process is enough: one writer numbers the log. Several may serve one office side by side
    on one machine, where each sees the others' processes: whether a task or a scratch folder is
    somebody's still is asked of the process that made it. Where the office has an ``https``
    address, a proxy on this machine speaks TLS and everything that reaches us came through it.
    What is too large for memory while it comes in goes to a private folder inside the office.

    Args:
        site: the office, opened.
        host: address to listen on.
        port: port to listen on.
        listens: called once browsers can come.

    Raises:
        InputError: another program listens there.
    """
    scheme = site.address.partition(":")[0]
    of_one = 0 if scheme == "https" else site.office.config.web.connections_of_one_address
    bounds = Bounds(of_one_address=of_one or None)
    with scratch_folder(site.office.root) as folder:
        tempfile.tempdir = str(folder)
        try:
            server = _server(bounds, host, port, scheme)
            listens()
            server.run()
        finally:
            tempfile.tempdir = None


def _server(bounds: Bounds, host: str, port: int, scheme: str) -> MultiSocketServer:
    try:
        return listening(application(), bounds, host=host, port=port, url_scheme=scheme)
    except OSError as error:
        raise InputError(
            f"nobody can listen on port {port}: {(error.strerror or str(error)).lower()}",
            where=f"{host}:{port}",
            cure="stop the program that listens there, or choose another port with --port",
        ) from None


def listening(
    pages: Callable[..., Any], bounds: Bounds, *, host: str, port: int, url_scheme: str = "http"
) -> MultiSocketServer:
    """Give a server that listens already, within bounds; ``run()`` serves until it is stopped."""
    said = Adjustments(
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        url_scheme=url_scheme,
        max_request_body_size=settings.UPLOAD_BYTES + _ROOM_FOR_A_FORM,
        clear_untrusted_proxy_headers=True,
        channel_timeout=bounds.idle,
        connection_limit=bounds.connections,
        cleanup_interval=min(_CLEANUP, bounds.idle),
        asyncore_use_poll=True,  # more connections than `select` can watch
    )
    sockets: dict[int, Any] = {}
    threads = ThreadedTaskDispatcher()
    threads.set_thread_count(said.threads)
    servers = [
        BoundedServer(pages, sockets, dispatcher=threads, adj=said, sockinfo=one, bounds=bounds)
        for one in said.listen
    ]
    places = [(name, int(number)) for name, number in (one.getsockname() for one in servers)]
    return MultiSocketServer(sockets, said, places, threads, servers[0].log_info)

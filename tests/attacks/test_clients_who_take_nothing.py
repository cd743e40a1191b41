"""Attack: strangers ask for much and take nothing of it, or ask again and again before they do.

What they leave lying filled memory, and in the end every thread waited for one of them.
"""

import json
import socket
import threading
from contextlib import ExitStack, closing
from types import SimpleNamespace

import pytest

from bounded_server import served
from ostiary.faces.server.patience import BoundedServer, Bounds
from ostiary.faces.server.serving import THREADS

MUCH = b"x" * 400_000
ASKED = b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n"


def pages(environ, start):
    said = MUCH if environ["PATH_INFO"] == "/much" else b"ok"
    start("200 OK", [("Content-Length", str(len(said)))])
    return [said]


def sent(port, stack, content):
    """A client that has sent something, and takes nothing."""
    client = socket.socket()
    stack.enter_context(client)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(content)
    return client


def taken(port, content):
    """What comes back until the server closes."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as client:
        client.sendall(content)
        found = b""
        while some := client.recv(65_536):
            found += some
        return found


def test_an_honest_call_is_served_beside_clients_who_ask_and_take_nothing():
    with served(Bounds(), pages) as port, ExitStack() as stack:
        for _ in range(THREADS + 6):
            sent(port, stack, ASKED * 100)
        honest = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert taken(port, honest).endswith(b"\r\n\r\nok")


def test_of_many_questions_at_once_a_few_are_answered_and_the_last_says_so():
    with served(Bounds(ahead=3), pages) as port:
        found = taken(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 5)
    heads = found.split(b"HTTP/1.1 200 OK")[1:]
    assert [b"Connection: close" in head for head in heads] == [False, False, True]


@pytest.mark.parametrize("content", [ASKED, ASKED * 100])
def test_who_takes_nothing_is_cut_off(content):
    """Also where a thread waits for the client, and where the socket takes no byte more."""
    threads = threading.Semaphore(0)

    def much(_environ, start):
        start("200 OK", [])
        try:
            for _ in range(100):
                yield MUCH
        finally:
            threads.release()

    with served(Bounds(untaken=0.2, idle=1), much) as port, ExitStack() as stack:
        sent(port, stack, content)
        threads.acquire()  # for ever where a thread waits for a client for ever


def test_who_takes_little_by_little_is_served():
    """In twenty steps, none of which begins before the one before it has come whole."""
    with served(Bounds(untaken=30, idle=30), pages) as port, ExitStack() as stack:
        client = stack.enter_context(sent(port, stack, ASKED).makefile("rb"))
        while client.readline() != b"\r\n":
            pass
        for _ in range(20):
            assert client.read(len(MUCH) // 20) == MUCH[: len(MUCH) // 20]


@pytest.mark.parametrize(
    ("waiting", "ago", "is_closed"),
    [(1, 60, False), (1, 61, True), (len(MUCH), 61, True), (0, 61, False), (0, 10**6, False)],
)
def test_who_has_taken_nothing_of_what_waits_for_a_minute_is_closed(waiting, ago, is_closed):
    """Exactly then: the clock is a number here."""
    server, now, closed = BoundedServer.__new__(BoundedServer), 1_000_000.0, []
    server.bounds, server.adj = Bounds(), SimpleNamespace(channel_timeout=Bounds().idle)
    channel = SimpleNamespace(
        requests=[object()],
        coming_since=None,
        total_outbufs_len=waiting,
        last_activity=now - ago,
        handle_close=lambda: closed.append(True),
    )
    server.active_channels = {1: channel}
    server.maintenance(now)
    assert closed == [True] * is_closed


TOO_LARGE = b"Content-Length: 99999999\r\n"
BROKEN = [
    (TOO_LARGE, b"", 413),
    (TOO_LARGE + b"Expect: 100-continue\r\n", b"", 413),
    (b"Content-Length: 2\r\nContent-Length: 3\r\n", b"{}", 400),
    (b"Content-Length: -1\r\n", b"", 400),
    (b"Transfer-Encoding: gzip, chunked\r\n", b"", 501),
    (b"Transfer-Encoding: chunked\r\n", b"zz\r\n", 400),
    (b"X : y\r\n", b"", 400),
]


@pytest.mark.parametrize("path", ["/api/v1/requests", "/api/v1/token", "/sign-in/"])
@pytest.mark.parametrize(("head", "body", "status"), BROKEN)
def test_what_is_refused_by_its_head_is_refused_at_once_in_the_callers_language(
    path, head, body, status
):
    said = b"POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" % path.encode()
    with served(Bounds(), pages) as port:
        got = taken(port, said + head + b"\r\n" + body)
    first, _, content = got.partition(b"\r\n\r\n")
    assert int(first.split()[1]) == status  # and no `100 Continue` before it
    if path == "/sign-in/":
        assert b"Content-Type: text/plain" in first
        return
    told = json.loads(content)
    assert (told["status"], told["type"]) == (status, "about:blank")
    assert (b"application/json" in first) == ("error_description" in told) == ("token" in path)

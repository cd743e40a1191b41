"""Attack: clients that begin a request or an upload and never end it, beside an honest one."""

import http.client
import socket
import time
from contextlib import ExitStack, closing

import pytest

from bounded_server import served
from ostiary.faces.server.patience import Bounds

BEGUN = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
MANY = 140


def pages(_environ, start):
    start("200 OK", [("Content-Length", "2")])
    return [b"ok"]


def half_open(port, stack, sent=BEGUN, address="127.0.0.2"):
    """A client of another address of this machine, which has begun a request."""
    client = socket.create_connection(("127.0.0.1", port), source_address=(address, 0))
    stack.enter_context(client)
    client.sendall(sent)
    return client


def is_served(port):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as call:
        call.request("GET", "/")
        return call.getresponse().read() == b"ok"


def drip(client, seconds):
    for _ in range(10 * seconds):
        client.sendall(b"x")
        time.sleep(0.1)


def is_closed(client):
    client.settimeout(5)
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("of_one", [None, 20])
@pytest.mark.parametrize("sent", [BEGUN, BEGUN[:20], b""])
def test_an_honest_call_is_served_beside_clients_that_never_end_theirs(of_one, sent):
    bounds = Bounds(of_one_address=of_one)
    with served(bounds, pages) as port, ExitStack() as stack:
        for _ in range(MANY):
            half_open(port, stack, sent)
        assert is_served(port)


def test_one_address_holds_no_more_than_its_connections():
    with served(Bounds(of_one_address=20), pages) as port, ExitStack() as stack:
        clients = [half_open(port, stack) for _ in range(25)]
        assert is_closed(clients[-1])
        clients[0].sendall(b"x" * 1000)
        assert clients[0].recv(100).startswith(b"HTTP/1.1 200")


def test_a_request_that_comes_byte_by_byte_is_cut_off_in_the_end():
    with served(Bounds(whole_request=0.5, idle=1), pages) as port, ExitStack() as stack:
        client = half_open(port, stack)
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            drip(client, seconds=10)
        assert time.monotonic() - began < 5


def test_who_says_nothing_is_cut_off_sooner():
    with served(Bounds(idle=0.5), pages) as port, ExitStack() as stack:
        assert is_closed(half_open(port, stack, b""))

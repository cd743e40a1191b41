"""Attack: bytes that a proxy and the server would part into different requests; harmless ones.

What has more than one reading is refused, its connection ends, and nothing behind it is answered.
"""

import re
import socket
from contextlib import closing

import pytest

from bounded_server import served
from ostiary.faces.server.patience import Bounds

HEAD = b"POST /api/v1/requests HTTP/1.1\r\nHost: a\r\n"
BEHIND = b"GET /behind HTTP/1.1\r\nConnection: close\r\nHost: a\r\n\r\n"
LENGTH, CHUNKED = b"Content-Length: 4\r\n", b"Transfer-Encoding: chunked\r\n"
EMPTY = b"0\r\n\r\n"
LONGEST = 262_144  # of a head that waitress takes; sent to the byte, so that nothing stays unread
MANY = {
    "length, then coding": HEAD + LENGTH + CHUNKED + b"\r\n" + EMPTY,
    "coding, then length": HEAD + CHUNKED + LENGTH + b"\r\n" + EMPTY,
    "lengths that differ": HEAD + LENGTH + b"Content-Length: 0\r\n\r\n",
    "a length twice": HEAD + b"Content-Length: 0\r\n" * 2 + b"\r\n",
    "a list of lengths": HEAD + b"Content-Length: 0, 0\r\n\r\n",
    "a length with a sign": HEAD + b"Content-Length: +0\r\n\r\n",
    "a negative length": HEAD + b"Content-Length: -1\r\n\r\n",
    "a length in hex": HEAD + b"Content-Length: 0x0\r\n\r\n",
    "a length with an underscore": HEAD + b"Content-Length: 0_0\r\n\r\n",
    "no length": HEAD + b"Content-Length:\r\n\r\n",
    "a blank before the colon": HEAD + b"Content-Length : 0\r\n\r\n",
    "a coding twice": HEAD + CHUNKED * 2 + b"\r\n" + EMPTY,
    "an unknown coding first": HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + EMPTY,
    "an unknown coding last": HEAD + b"Transfer-Encoding: chunked, x\r\n\r\n" + EMPTY,
    "nearly chunked": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n" + EMPTY,
    "chunked behind a control": HEAD + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + EMPTY,
    "a coding in HTTP/1.0": b"POST / HTTP/1.0\r\nConnection: keep-alive\r\n"
    + CHUNKED
    + b"\r\n"
    + EMPTY,
    "a coding in HTTP/2.0": b"POST / HTTP/2.0\r\nHost: a\r\n" + CHUNKED + b"\r\n" + EMPTY,
    "a coding in HTTP/1.0, a blank behind": b"POST /api/ HTTP/1.0 \r\nConnection: keep-alive\r\n"
    + CHUNKED
    + b"\r\n"
    + EMPTY,
    "a coding without a version": b"POST /api/\r\nHost: a\r\n" + CHUNKED + b"\r\n" + EMPTY,
    "no version": b"GET /api/\r\n\r\n",
    "another version, a blank behind": b"POST /api/ HTTP/2.0 \r\nHost: a\r\n\r\n",
    "two slashes, a blank behind": b"GET //b/api/ HTTP/1.1 \r\nHost: a\r\n\r\n",
    "an empty coding": HEAD + b"Transfer-Encoding:\r\n\r\n" + EMPTY,
    "no coding in a list": HEAD + b"Transfer-Encoding: ,\r\n\r\n" + EMPTY,
    "chunked twice in one list": HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + EMPTY,
    "chunked behind a gap": HEAD + b"Transfer-Encoding: , chunked\r\n\r\n" + EMPTY,
    "chunked before a gap": HEAD + b"Transfer-Encoding: chunked,\r\n\r\n" + EMPTY,
    "two slashes behind a host": b"GET http://a//b HTTP/1.1\r\nHost: a\r\n\r\n",
    "a name before the path": b"GET x:/api/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "no slash before the path": b"GET api/v1/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "two hosts": b"GET /api/ HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n",
    "two hosts and a whole address": b"GET http://a/api/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "no host": b"GET /api/ HTTP/1.1\r\n\r\n",
    "a folded header": HEAD + b"X-A: b\r\n c\r\n\r\n",
    "a folded coding": HEAD + b"Transfer-Encoding:\r\n\tchunked\r\n\r\n" + EMPTY,
    "a folded first header": b"GET / HTTP/1.1\r\n Host: a\r\n\r\n",
    "a bare LF in a header": HEAD + b"X: a\nContent-Length: 3\r\n\r\n",
    "a bare CR in a header": HEAD + b"X: a\rContent-Length: 3\r\n\r\n",
    "a NUL in a header": HEAD + b"X: a\0b\r\n\r\n",
    "a header without a colon": HEAD + b"nothing\r\n\r\n",
    "a header without a name": HEAD + b": a\r\n\r\n",
    "a bare LF in a chunk's extension": HEAD + CHUNKED + b"\r\n3;a\nb\r\nabc\r\n" + EMPTY,
    "a chunk of negative size": HEAD + CHUNKED + b"\r\n-3\r\nabc\r\n" + EMPTY,
    "a chunk's size with 0x": HEAD + CHUNKED + b"\r\n0x3\r\nabc\r\n" + EMPTY,
    "a chunk's size with an underscore": HEAD + CHUNKED + b"\r\n0_3\r\nabc\r\n" + EMPTY,
    "a chunk's size among blanks": HEAD + CHUNKED + b"\r\n 3 \r\nabc\r\n" + EMPTY,
    "a chunk longer than its size": HEAD + CHUNKED + b"\r\n3\r\nabcd\r\n" + EMPTY,
    "a fragment": b"GET /api/v1/a#/../b HTTP/1.1\r\nHost: a\r\n\r\n",
    "two slashes": b"GET //b.example/api/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "half an address": b"GET http://[::1/api/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "a blank in the target": b"GET /api/v1/a b HTTP/1.1\r\nHost: a\r\n\r\n",
    "two blanks": b"GET  /api/v1/a  HTTP/1.1\r\nHost: a\r\n\r\n",
    "a verb in small letters": b"get /api/v1/a HTTP/1.1\r\nHost: a\r\n\r\n",
    "HTTP/2.0": b"GET /api/v1/a HTTP/2.0\r\nHost: a\r\n\r\n",
    "HTTP/1.10": b"GET /api/v1/a HTTP/1.10\r\nHost: a\r\n\r\n",
    "bytes that no address has": b"GET /api/\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    "a head without end": b"GET /api/v1/a HTTP/1.1\r\nX: ".ljust(LONGEST, b"a"),
    "an address without end": b"GET /api/v1/".ljust(LONGEST, b"a"),
}
ONE = {
    "a length": HEAD + b"Content-Length: 3\r\n\r\nabc",
    "chunks": HEAD + CHUNKED + b"\r\n3\r\nabc\r\n" + EMPTY,
    "chunks with extensions": HEAD + CHUNKED + b'\r\n3;a=b;c="d"\r\nabc\r\n' + EMPTY,
    "a trailer": HEAD + CHUNKED + b"\r\n3\r\nabc\r\n0\r\nAuthorization: x\r\n\r\n",
    "a name with an underscore": HEAD + b"Content_Length: 99\r\nContent-Length: 3\r\n\r\nabc",
    "a whole address": b"GET http://a/api/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "a whole address of version 6": b"GET http://[::1]:80/api/ HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
    "a whole address without a path": b"GET HTTP://a HTTP/1.1\r\nHost: a\r\n\r\n",
    "an address with an address": b"GET /a:b//c?d=http://e//f HTTP/1.1\r\nHost: a.\r\n\r\n",
    "an address of the server itself": b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "an address in HTTP/1.0": b"HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "an address with an offer to change": b"GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n"
    b"Connection: Upgrade\r\n\r\n",
    "a coding in capitals": HEAD + b"Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n" + EMPTY,
    "a length in HTTP/1.0": b"POST /a HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3"
    b"\r\n\r\nabc",
    "empty lines before": b"\r\n\r\n" + HEAD + b"Content-Length: 3\r\n\r\nabc",
}


@pytest.fixture(scope="module")
def seen():
    return []


@pytest.fixture(scope="module")
def port(seen):
    def pages(said, start):
        body = said["wsgi.input"].read()
        seen.append((said["PATH_INFO"], body, said.get("HTTP_AUTHORIZATION")))
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    with served(Bounds(), pages) as found:
        yield found


def answers(port, sent):
    """Send bytes and another request behind them; give what came until the connection ended."""
    got = b""
    with closing(socket.create_connection(("127.0.0.1", port))) as open_socket:
        open_socket.settimeout(60)
        try:
            behind = b"" if len(sent) == LONGEST else BEHIND
            open_socket.sendall(sent + behind)
            while part := open_socket.recv(65_536):
                got += part
        except ConnectionError:  # it ended while more was to be sent
            pass
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3}) ", got)], got


@pytest.mark.parametrize("name", MANY)
def test_what_has_more_than_one_reading_has_none(port, seen, name):
    seen.clear()
    codes, got = answers(port, MANY[name])
    assert seen == []
    assert codes in ([400], [431], [501])
    if re.search(rb" (http://a)?/api/", MANY[name]):
        assert b"application/problem+json" in got, got[:400]


@pytest.mark.parametrize("name", ONE)
def test_what_has_one_reading_is_read_and_so_is_what_comes_behind(port, seen, name):
    seen.clear()
    codes, _ = answers(port, ONE[name])
    assert codes == [200, 200]
    assert [path for path, *_ in seen][1:] == ["/behind"]
    assert seen[0][1:] == (b"" if "address" in name else b"abc", None)

"""One request, one answer: bounded in size and time, also over TLS."""

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from ostiary.domain.errors import InputError
from ostiary.verifying.log.exchanges import UnreachableError, exchange
from witnesses import Script, scripted


class Echo(Script):
    def posted(self, body: bytes) -> tuple[int, bytes]:
        return 200, body


class Dripping(Script):
    """Sends its answer byte by byte, for ever."""

    def say(self, status: int, _: bytes) -> None:
        self.send_response(status)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            pass


class DrippingHead(Script):
    """Never ends its status line."""

    def say(self, *_: object) -> None:
        try:
            while True:
                self.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            pass


class Silent(Script):
    def say(self, *_: object) -> None:
        time.sleep(1)


class Rude(Script):
    def say(self, *_: object) -> None:
        self.wfile.write(b"no HTTP at all\r\n\r\n")
        self.close_connection = True


def test_what_is_sent_arrives_and_what_comes_back_is_given() -> None:
    with scripted(Echo) as url:
        reply = exchange("POST", f"{url}/x", seconds=5, limit=100, body=b"hello")
        assert (reply.status, reply.body) == (200, b"hello")
        assert exchange("GET", url, seconds=5, limit=100).status == 404


def test_an_answer_longer_than_asked_for_is_none() -> None:
    with scripted(Echo) as url:
        assert exchange("POST", url, seconds=5, limit=100, body=b"x" * 100).status == 200
        with pytest.raises(UnreachableError, match="too much"):
            exchange("POST", url, seconds=5, limit=100, body=b"x" * 101)


@pytest.mark.parametrize("script", [Dripping, DrippingHead, Silent, Rude])
def test_who_answers_slowly_or_badly_is_given_up(script: type[Script]) -> None:
    with scripted(script) as url:
        start = time.monotonic()
        with pytest.raises(UnreachableError):
            exchange("POST", url, seconds=0.4, limit=10**6, body=b"x")
        assert time.monotonic() - start < 5


def test_nobody_there_is_unreachable() -> None:
    with pytest.raises(UnreachableError, match="cannot be reached"):
        exchange("GET", "http://127.0.0.1:9", seconds=2, limit=10)


@pytest.mark.parametrize(
    "address",
    ["", "x", "ftp://a", "http://", "http://a:0", "http://a:x", "http://a/?q", "http://a/#f",
     "http://u@a", "http://a\r\nHost: b", "http://é.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises((InputError, UnreachableError)):
        exchange("GET", address, seconds=1, limit=10)


@contextmanager
def with_tls(folder: Path) -> Iterator[str]:
    """Serve over TLS with a certificate that nobody but its maker trusts."""
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        " -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
        " -addext basicConstraints=critical,CA:true"
    )
    files = [folder / "key.pem", folder / "cert.pem"]
    subprocess.run(
        [*command.split(), "-keyout", files[0], "-out", files[1]], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        server.daemon_threads = True
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_over_tls_the_certificate_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with with_tls(tmp_path) as url:
        with pytest.raises(UnreachableError):
            exchange("POST", url, seconds=5, limit=100, body=b"hello")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert exchange("POST", url, seconds=5, limit=100, body=b"hello").body == b"hello"


def test_an_answer_is_read_whole_although_the_server_ends_the_connection():
    """The content comes after the head, when the socket counts as closed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                time.sleep(0.2)
                connection.sendall(b"late content")

        thread = threading.Thread(target=answer)
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert exchange("GET", address, seconds=10, limit=100).body == b"late content"
        thread.join()

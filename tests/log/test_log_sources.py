"""A log is read from a folder or from any web server, and hostile answers are refused."""

import gzip
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from log_story import told_story
from ostiary.domain.errors import InputError
from ostiary.verifying.log.faults import TileError
from ostiary.verifying.log.sources import UrlSource, open_source
from ostiary.verifying.log.verify import verify_log


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Scripted(BaseHTTPRequestHandler):
    """Answers what the path asks for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body, status, encoding = b"x" * 100, 200, ""
        if self.path.endswith("/zipped"):
            body, encoding = gzip.compress(b"y" * 100), "gzip"
        elif self.path.endswith("/bomb"):
            body, encoding = gzip.compress(b"\x00" * 10_000_000), "gzip"
        elif self.path.endswith("/torn"):
            body, encoding = b"this is not gzip", "gzip"
        elif self.path.endswith("/moved"):
            status = 301
        elif self.path.endswith("/gone"):
            status = 410
        elif self.path.endswith("/broken"):
            status = 500
        self.send_response(status)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if self.path.endswith("/hang-up"):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def serving(handler: Any) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/logs/one/"
        server.shutdown()
        thread.join()


@pytest.fixture
def scripted() -> Iterator[str]:
    yield from serving(Scripted)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    yield from serving(partial(Quiet, directory=str(tmp_path)))


def test_any_file_server_can_publish_a_log(served: str, tmp_path: Path) -> None:
    log = told_story(600)
    log.publish(tmp_path / "logs" / "one")
    with open_source(served) as source:
        report = verify_log(source, [log.signer.verifier.vkey])
        assert source.read("tile/0/999", 8192) is None
    assert report.is_sound, report.faults
    assert report.size == len(log.entries)


def test_compressed_answers_are_unpacked_within_the_limit(scripted: str) -> None:
    with open_source(scripted) as source:
        assert source.read("zipped", 100) == b"y" * 100
        with pytest.raises(TileError, match="longer than"):
            source.read("bomb", 8192)
        with pytest.raises(TileError, match="gzip"):
            source.read("torn", 8192)
        assert source.read("plain", 100) == b"x" * 100


def test_a_longer_answer_than_a_tile_can_be_is_refused(scripted: str) -> None:
    with open_source(scripted) as source:
        with pytest.raises(TileError, match="longer than 99"):
            source.read("plain", 99)
        assert source.read("plain", 100) == b"x" * 100


def test_other_answers_than_yes_and_no_are_faults(scripted: str) -> None:
    with open_source(scripted) as source:
        assert source.read("gone", 100) is None
        for path in ("moved", "broken"):
            with pytest.raises(TileError, match="answers"):
                source.read(path, 100)


def test_a_server_that_hangs_up_is_asked_once_more(scripted: str) -> None:
    with open_source(scripted) as source:
        for _ in range(3):
            assert source.read("hang-up", 100) == b"x" * 100


def test_a_log_that_cannot_be_reached_is_bad_input_not_a_fault(tmp_path: Path) -> None:
    with (
        open_source("http://127.0.0.1:9/log") as source,
        pytest.raises(InputError, match="reached"),
    ):
        source.read("checkpoint", 100)
    for place in (tmp_path / "nowhere", "http://", "https://:x/"):
        with pytest.raises(InputError):
            open_source(place)
    with open_source(tmp_path) as source, pytest.raises(InputError, match="no checkpoint"):
        verify_log(source, [told_story().signer.verifier.vkey])


def test_a_folder_is_read_within_limits_too(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(b"x" * 101)
    (tmp_path / "folder").mkdir()
    with open_source(tmp_path) as source:
        assert source.read("nothing", 100) is None
        assert source.read("long/inside", 100) is None
        for path in ("long", "folder"):
            with pytest.raises(TileError):
                source.read(path, 100)


def test_the_query_of_an_address_is_no_way_around_the_prefix() -> None:
    with UrlSource("http://log.example/one/") as source:
        assert source.name == "http://log.example/one/"

"""The web face of a witness: ``POST /add-checkpoint`` and ``GET /DIGEST/checkpoint``.

It stands in the open, so everything is bounded: the request line and headers (by
:mod:`http.server`), the body, the time for a whole request, the number of connections. Bodies come
with their length; what comes in chunks is refused. Nothing that arrives is echoed.
"""

import io
import logging
import re
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ostiary.verifying.log.deadlines import Deadline, DeadlineReader
from ostiary.verifying.witness.submissions import MAX_SUBMISSION
from ostiary.verifying.witness.witness import TEXT, Witness, WitnessReply

SECONDS = 10.0
CONNECTIONS = 64
_LENGTH = re.compile(r"0|[1-9][0-9]{0,9}")
_LATEST = re.compile(r"/([0-9a-f]{64})/checkpoint")
_SUBMIT = "/add-checkpoint"
_LOG = logging.getLogger(__name__)


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness. Use it as a context manager; ``serve_forever`` works until shut down.

    Args:
        witness: who answers.
        host: address to listen on.
        port: port to listen on; 0 takes a free one, see ``server_port``.
        seconds: time for one whole request.
        connections: at once; further ones are closed unread.
    """

    daemon_threads = True
    request_queue_size = CONNECTIONS

    def __init__(
        self,
        witness: Witness,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        seconds: float = SECONDS,
        connections: int = CONNECTIONS,
    ) -> None:
        self.witness = witness
        self.seconds = seconds
        self._room = threading.BoundedSemaphore(connections)
        self._ending = False
        super().__init__((host, port), _Handler)

    def end(self, *_: object) -> None:
        """Have ``serve_forever`` raise :class:`KeyboardInterrupt` when nothing is under way.

        For a signal's handler: an interrupt that is raised wherever the program happens to be can
        leave a lock of a thread that just begins, and the program never ends.
        """
        self._ending = True

    def service_actions(self) -> None:
        """End between two connections."""
        if self._ending:
            raise KeyboardInterrupt

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection while there is room."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection, then make room."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Note that a connection broke; who is at the other end is nobody's business."""
        del request, client_address
        _LOG.info("a connection broke", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    """One connection: requests one after the other, each with its own deadline."""

    server: WitnessServer
    protocol_version = "HTTP/1.1"
    server_version = "witness"
    sys_version = ""

    def setup(self) -> None:
        """Read through a deadline."""
        super().setup()
        self.connection.settimeout(self.server.seconds)
        self._deadline = Deadline(self.server.seconds)
        self.rfile.close()
        self.rfile = io.BufferedReader(DeadlineReader(self.connection, self._deadline))

    def handle_one_request(self) -> None:
        """Give each request its time."""
        self._deadline.reset()
        super().handle_one_request()

    def do_POST(self) -> None:
        """Take a submission."""
        body = self._body()
        if isinstance(body, WitnessReply):
            self.close_connection = True
            self._answer(body)
        elif self.path == _SUBMIT:
            self._answer(self.server.witness.add_checkpoint(body))
        else:
            self._answer(_reply(HTTPStatus.NOT_FOUND))

    def do_GET(self) -> None:
        """Give the latest checkpoint of a log."""
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # what follows is no request
        latest = _LATEST.fullmatch(self.path)
        if latest is None:
            self._answer(_reply(HTTPStatus.NOT_FOUND))
        else:
            self._answer(self.server.witness.latest(latest[1]))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no proper request, without repeating any of it."""
        del message, explain
        self.close_connection = True
        self._answer(_reply(HTTPStatus(code)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is inherited
        """Pass on to logging; :mod:`http.server` has made the text safe to show."""
        _LOG.debug(format, *args)

    def _body(self) -> bytes | WitnessReply:
        """Read the body, or say why not."""
        lengths = self.headers.get_all("Content-Length", [])
        if "Transfer-Encoding" in self.headers:
            status = HTTPStatus.BAD_REQUEST if lengths else HTTPStatus.LENGTH_REQUIRED
            return _reply(status)
        if not lengths:
            return _reply(HTTPStatus.LENGTH_REQUIRED)
        if len(lengths) > 1 or not _LENGTH.fullmatch(lengths[0].strip()):
            return _reply(HTTPStatus.BAD_REQUEST)
        length = int(lengths[0])
        if length > MAX_SUBMISSION:
            return _reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            body = self.rfile.read(length)
        except TimeoutError:
            return _reply(HTTPStatus.REQUEST_TIMEOUT)
        return body if len(body) == length else _reply(HTTPStatus.BAD_REQUEST)

    def _answer(self, reply: WitnessReply) -> None:
        self.request_version = self.protocol_version  # also to who speaks none, or another one
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)


def _reply(status: HTTPStatus) -> WitnessReply:
    return WitnessReply(status, f"{status.phrase.lower()}\n".encode(), TEXT)

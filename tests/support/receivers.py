"""An agency's system that takes webhooks, behind a real socket; it can be told to misbehave."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class Receiver:
    """A receiver that runs.

    Attributes:
        url: where it listens.
        calls: headers and body of each call.
        status: what it answers.
        location: where it redirects to, if anywhere.
    """

    url: str = ""
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 204
    location: str = ""


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Serve one on this machine."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.calls.append((dict(self.headers), body))
            self.send_response(found.status)
            if found.location:
                self.send_header("Location", found.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.url = f"http://localhost:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


def register_receivers(office: Path, *rows: tuple[str, str], until: str = "") -> None:
    """Enter receivers in the register: agency and address."""
    lines = [
        "agency,url,from,until",
        *(f"{agency},{url},2025-01-01,{until}" for agency, url in rows),
    ]
    (office / "registers" / "webhooks.csv").write_text("\n".join(lines) + "\n")

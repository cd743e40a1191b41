"""People with browsers before a served office: they sign in over HTTP and open pages.

The passkey is the tests' own authenticator in software. Cookies are kept by hand: browsers send
secure cookies to ``localhost`` without TLS, and the standard library does not.
"""

import html
import http.client
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from authenticator import Device
from office_bench.offices import TODAY, cpu_seconds
from ostiary.faces.server.roles import Role
from web_office import AGENCY, Browser, opened, requester_of

_OK, _FOUND = 200, 302


@dataclass(frozen=True, slots=True)
class Opened:
    """How pages of one kind opened.

    Attributes:
        kind: of page.
        requests: how many were asked for.
        seconds: of each, as the browser saw it, sorted.
        cpu: seconds of processor that the server took for one.
        size: bytes of the last.
    """

    kind: str
    requests: int
    seconds: tuple[float, ...]
    cpu: float
    size: int

    def stated(self) -> dict[str, object]:
        """Give the figures in milliseconds."""
        many = len(self.seconds)
        return {
            "page": self.kind,
            "requests": self.requests,
            "cpu_ms": round(1000 * self.cpu, 1),
            "p50_ms": round(1000 * self.seconds[many // 2], 1),
            "p99_ms": round(1000 * self.seconds[min(many - 1, many * 99 // 100)], 1),
            "worst_ms": round(1000 * self.seconds[-1], 1),
            "kilobytes": round(self.size / 1000, 1),
        }


@dataclass
class Visitor:
    """One browser with its session."""

    port: int
    device: Device
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def open(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Ask for a page; give status and content."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("localhost", self.port, timeout=120)
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items())}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for name, text in answer.headers.items():
            if name.lower() == "set-cookie":
                self.cookies.update({k: v.value for k, v in SimpleCookie(text).items()})
        return answer.status, content

    def sign_in(self) -> None:
        """Answer the challenge of the page with the passkey."""
        _, content = self.open("GET", "/sign-in/")
        page = content.decode()
        challenge, token = (
            html.unescape(re.search(pattern, page)[1])
            for pattern in (r'data-challenge="([^"]+)"', r'csrfmiddlewaretoken" value="([^"]+)"')
        )
        form = {"passkey": self.device.get(challenge), "csrfmiddlewaretoken": token}
        status, content = self.open("POST", "/sign-in/", form)
        if status != _FOUND:
            raise ConnectionError(f"signing in gave {status}")

    def another(self) -> "Visitor":
        """Give a second window of the same session."""
        return Visitor(self.port, self.device, dict(self.cookies))


def enrolled(root: Path, port: int) -> dict[Role, Device]:
    """Enrol one person of each role, while nobody serves the office; give their devices."""
    with opened(root, TODAY) as site:
        asking = requester_of(site)
        names = {
            Role.OFFICER: ("cora", ""),
            Role.AUDITOR: ("auditor-1", ""),
            Role.COUNSEL: ("counsel-1", ""),
            Role.REQUESTER: (asking, AGENCY),
        }
        devices = {}
        for role, (name, agency) in names.items():
            browser = Browser(site, role, name, agency, Device()).enrol()
            devices[role] = browser.device
    for device in devices.values():
        device.origin = f"http://localhost:{port}"
    return devices


def browse(visitor: Visitor, kind: str, paths: Sequence[str], windows: int, server: int) -> Opened:
    """Open pages of one kind in several windows at once.

    Args:
        visitor: signed in.
        kind: what to call them.
        paths: each is opened once, but for one that is opened before the measurement begins.
        windows: how many at a time.
        server: the process that serves them.
    """
    _check(visitor.open("GET", paths[0]), paths[0])
    waiting, took, sizes = list(paths), [], [0]
    began = cpu_seconds(server)

    def one() -> None:
        window = visitor.another()
        while True:
            try:
                path = waiting.pop()
            except IndexError:
                return
            start = time.perf_counter()
            said = window.open("GET", path)
            took.append(time.perf_counter() - start)
            sizes.append(len(_check(said, path)))

    threads = [threading.Thread(target=one) for _ in range(windows)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(took) != len(paths):
        raise ConnectionError(f"{kind}: {len(paths) - len(took)} pages were not given")
    cpu = (cpu_seconds(server) - began) / len(paths)
    return Opened(kind, len(paths), tuple(sorted(took)), cpu, sizes[-1])


def _check(said: tuple[int, bytes], path: str) -> bytes:
    status, content = said
    if status != _OK:
        raise ConnectionError(f"{path} gave {status}")
    return content

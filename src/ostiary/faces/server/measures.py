"""What this server has done, in numbers: for whoever watches it, and without anybody's content.

A route stands by its name, never by its address; no person, agency or case is told apart. The
figures are given in the text format of Prometheus, on a port of their own that no proxy publishes
(``ostiary serve --metrics-port``).
"""

import resource
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.db import connections
from django.http import HttpRequest, HttpResponse

from ostiary.domain.errors import InputError
from ostiary.faces.server.logs import log_request
from ostiary.faces.server.site import Site
from ostiary.office.recovery.fitness import ready
from ostiary.office.store.waiting_list import STEPS, WorklistFilter

SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper ends of the classes that answers are counted in by how long they took."""
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Measures:
    """Counts of answers, by route, verb and status, and of how long they took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[tuple[str, str, int]] = Counter()
        self._classes: Counter[int] = Counter()
        self._seconds = 0.0

    def count(self, route: str, verb: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self._lock:
            self._answers[route, verb, status] += 1
            self._classes[bisect_left(SECONDS, seconds)] += 1
            self._seconds += seconds

    def lines(self) -> Iterator[str]:
        """Give them in the text format of Prometheus."""
        with self._lock:
            answers, classes, seconds = dict(self._answers), dict(self._classes), self._seconds
        yield "# HELP ostiary_answers_total Answers of the server, by route, verb and status."
        yield "# TYPE ostiary_answers_total counter"
        for (route, verb, status), many in sorted(answers.items()):
            labels = f'route="{route}",verb="{verb}",status="{status}"'
            yield f"ostiary_answers_total{{{labels}}} {many}"
        yield "# HELP ostiary_answer_seconds How long answers took."
        yield "# TYPE ostiary_answer_seconds histogram"
        below = 0
        for place, end in enumerate((*map(str, SECONDS), "+Inf")):
            below += classes.get(place, 0)
            yield f'ostiary_answer_seconds_bucket{{le="{end}"}} {below}'
        yield f"ostiary_answer_seconds_sum {seconds:.6f}"
        yield f"ostiary_answer_seconds_count {below}"


MEASURES = Measures()
"""Of this process."""


class Measured:
    """Middleware: counts and logs each answer by the name of its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then count."""
        begun = time.perf_counter()
        answer = self._next(request)
        seconds, match = time.perf_counter() - begun, request.resolver_match
        route = (match.view_name if match else "") or "none"
        verb = request.method if request.method in _VERBS else "other"
        MEASURES.count(route, str(verb), answer.status_code, seconds)
        log_request(route, str(verb), answer.status_code, seconds)
        return answer


_VERBS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def metrics_text(site: Site) -> str:
    """Give all figures of a served office: of this process, the log, what waits, and fitness."""
    lines = list(MEASURES.lines())
    store = site.office.store
    gauges = [
        ("ostiary_log_entries", "Entries of the log.", "", store.log_size()),
        *(
            ("ostiary_cases_waiting", "Cases that wait, by what for.", f'{{step="{step}"}}', many)
            for step, many in sorted(_waiting(site).items())
        ),
        *(
            ("ostiary_fit", "Whether a part of the office is fit.", f'{{part="{part}"}}', int(fit))
            for part, fit in ((one.name.replace(" ", "-"), one.fit) for one in ready(site.place()))
        ),
        *_process(),
    ]
    told = set()
    for name, meaning, labels, value in gauges:
        if name not in told:
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
            told.add(name)
        lines.append(f"{name}{labels} {value}")
    return "\n".join(lines) + "\n"


def _waiting(site: Site) -> dict[str, int]:
    count = site.office.store.count_work
    return {str(step): count(WorklistFilter(step=step)) for step in STEPS}


def _process() -> Iterator[tuple[str, str, str, float]]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    yield "ostiary_processor_seconds", "Processor time of this process.", "", round(spent, 2)
    yield "ostiary_threads", "Threads of this process.", "", threading.active_count()


@contextmanager
def telling(site: Site, port: int, host: str = "127.0.0.1") -> Iterator[int]:
    """Answer ``/metrics`` on a port of its own for as long as the block lasts; give the port.

    Args:
        site: the office.
        port: to listen on; 0 for a free one.
        host: this machine, unless whoever watches is elsewhere and nobody else can reach it.

    Raises:
        InputError: nobody can listen on that port.
    """

    class Figures(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Tell the figures, and nothing else."""
            known = self.path == "/metrics"
            try:
                body = metrics_text(site).encode() if known else b""
            finally:
                connections.close_all()  # each call has a thread of its own
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", _TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's
            """Say nothing."""

    try:
        listening = ThreadingHTTPServer((host, port), Figures)
    except OSError as error:
        raise InputError(
            f"nobody can listen on port {port}: {(error.strerror or str(error)).lower()}",
            where=f"{host}:{port}",
            cure="stop the program that listens there, or choose another port with --metrics-port",
        ) from None
    with listening as server:
        thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()

"""A page that says how far long work is, while it is done; it needs no script, and may be left.

The page is sent in pieces: first its head, then a line for each stage as it begins, then what came
of it. The work is done by a thread of its own: a browser that goes away ends the page, not the
work, and a server that is stopped waits for it, as the page has promised.
"""

import threading
import time
from collections.abc import Callable, Iterator
from queue import Empty, Queue
from typing import Final

from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ostiary.office.batches.stages import OnStage

BREAK: Final = "<!-- under way -->"
"""Where a page is parted: what is told meanwhile stands here."""

_NAME: Final = "under way"
_BEAT = 2.0  # seconds after which a blank is sent, so that nothing between takes us for dead

Work = Callable[[OnStage], SafeString]
"""Does something long, told as a function that hears of stages; gives what came of it, as HTML."""


def page_under_way(
    request: HttpRequest, template: str, told: dict[str, object], work: Work
) -> StreamingHttpResponse:
    """Begin to work, and give the page that says how far it is.

    Args:
        request: asks for the page.
        template: of the page; it has :data:`BREAK` once.
        told: what the template shows.
        work: done in a thread of its own, to its end, whoever still listens; raises nothing.
    """
    before, after = render_to_string(template, told, request).split(BREAK)
    said: Queue[SafeString | None] = Queue()
    # a second Ctrl-C ends it with the program: nothing of it is half done then
    threading.Thread(target=_work, args=(work, said), name=_NAME, daemon=True).start()
    return StreamingHttpResponse(_pieces(before, said, after))


def finish(tell: Callable[[str], None]) -> None:
    """Wait until the work that was begun is done, whoever still listens.

    Args:
        tell: told, where there is any, that it is waited for.
    """
    left = [one for one in threading.enumerate() if one.name == _NAME]
    if left:
        tell("a file that was sent is still being worked on, and done first; Ctrl-C breaks it off")
    for one in left:
        one.join()


def _work(work: Work, said: "Queue[SafeString | None]") -> None:
    begun = time.monotonic()

    def hear(stage: str) -> None:
        seconds = time.monotonic() - begun
        said.put(format_html("<li>{} … <span>after {} s</span></li>\n", stage, f"{seconds:.0f}"))

    try:
        said.put(format_html("</ol>{}", work(hear)))
    finally:
        said.put(None)
        connections.close_all()  # those of this thread


def _pieces(before: str, said: "Queue[SafeString | None]", after: str) -> Iterator[str]:
    yield before
    while True:
        try:
            piece = said.get(timeout=_BEAT)
        except Empty:
            yield " "
            continue
        if piece is None:
            break
        yield piece
    yield after

"""Pages of a PDF of others, read by child processes that end in time, whatever the file does.

1. A child has limits of memory and of files, and of the processor's time: seven seconds in all
   beyond a quarter of a second a page, for whatever the file does. It may be silent for a while,
   where other work keeps the machine busy. A file that needs more is refused.
2. What a child gives is looked at before it is believed: a process that a file took over must not
   reach further than a wrong page.
"""

import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import IO, Any

from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.child import MOST_BYTES, MOST_PAGES
from ostiary.office.redaction.foreign.page_lines import Line
from ostiary.office.redaction.foreign.page_text import PageText

SLACK = 7.0
"""Seconds of the processor that a file has in all, beyond those that each of its pages may take."""

SILENCE = 60.0
"""Seconds on the wall that a child may say nothing."""

_MOST_TOLD = 64_000_000  # bytes about one page
_CURE = "have it printed to a new PDF by whoever sent it, and redact that"
_CHILD = (sys.executable, "-I", "-m", "ostiary.office.redaction.foreign.child")
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}


class _UnreadError(Exception):
    """A file was not read; says why in words that repeat nothing of it."""


def read_pages(body: bytes, where: str, *, workers: int = 1) -> list[PageText]:
    """Read every page.

    Args:
        body: the PDF.
        where: what messages call it.
        workers: processes at a time.

    Raises:
        InputError: it cannot be read within the limits.
    """
    if len(body) > MOST_BYTES:
        raise InputError("larger than 100 MB", where=where, cure="split the document")
    jobs = [{"first": first, "step": workers} for first in range(workers)]
    with refusing(where), ThreadPoolExecutor(workers) as pool:
        return _together(list(pool.map(lambda job: _share(job, body), jobs)))


def count_pages(body: bytes, where: str) -> int:
    """Say how many pages a PDF has; none of them is read.

    Args:
        body: the PDF.
        where: what messages call it.

    Raises:
        InputError: it cannot be opened within the limits.
    """
    with refusing(where):
        return int(next(iter(_told({"first": MOST_PAGES, "step": 1}, body)))["pages"])


def burn_pages(
    body: bytes, where: str, boxes: dict[int, list[dict[str, Any]]], *, workers: int = 1
) -> dict[int, dict[str, Any]]:
    """Have pages painted with their boxes.

    Returns, for each page, what :func:`.burning.burn` gives, and as ``lines`` all of its letters,
    those of its fields and notes among them.

    Args:
        body: the PDF.
        where: what messages call it.
        boxes: for each page, from 0, what :func:`.burning.burn` asks of each of its marks.
        workers: processes at a time.

    Raises:
        InputError: it cannot be painted within the limits.
    """
    if not boxes:
        return {}
    jobs = [{"first": at, "step": workers, "burn": boxes} for at in range(workers)]
    with refusing(where), ThreadPoolExecutor(workers) as pool:
        told = [one for some in pool.map(lambda job: list(_told(job, body)), jobs) for one in some]
        pages = {
            int(one["page"]): one | {"lines": [_line(line) for line in one["lines"]]}
            for one in told
            if "page" in one
        }
        if set(pages) != set(boxes):
            raise _UnreadError("a page is missing")
        return pages


@contextmanager
def refusing(where: str) -> Iterator[None]:
    """Have whatever goes wrong with a file refuse it: its reader's answers are not believed."""
    try:
        yield
    except (_UnreadError, KeyError, TypeError, ValueError, IndexError) as error:
        why = str(error) if isinstance(error, _UnreadError) else "what was read makes no page"
        raise InputError(f"this PDF is not read: {why}", where=where, cure=_CURE) from None


def _share(job: dict[str, Any], body: bytes) -> tuple[int, dict[int, PageText]]:
    """Have a child do its share: how many pages the file has, and those that it read."""
    told = list(_told(job, body))
    return int(told[0]["pages"]), {int(one["page"]): _page(one) for one in told[1:]}


def _together(shares: list[tuple[int, dict[int, PageText]]]) -> list[PageText]:
    pages = {at: page for _, read in shares for at, page in read.items()}
    if {count for count, _ in shares} != {len(pages)} or sorted(pages) != list(range(len(pages))):
        raise _UnreadError("a page is missing")
    return [pages[at] for at in range(len(pages))]


def _told(job: dict[str, Any], body: bytes) -> Iterator[dict[str, Any]]:
    """Give what a child tells, a line at a time, and end it in any case."""
    with subprocess.Popen(  # noqa: S603 - our own program
        _CHILD,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
    ) as child:
        try:
            given = json.dumps(job | {"slack": SLACK}).encode() + b"\n" + body
            threading.Thread(target=_feed, args=(child.stdin, given), daemon=True).start()
            for line in _lines(child.stdout):
                told = json.loads(line)
                if "error" in told:
                    raise _UnreadError(str(told["error"])[:100])
                yield told
            if child.wait(timeout=1) != 0:
                raise _UnreadError("its reader was ended by a limit")
        except subprocess.TimeoutExpired:
            raise _UnreadError("its reader did not end") from None
        finally:
            child.kill()


def _feed(pipe: IO[bytes] | None, body: bytes) -> None:
    with suppress(OSError, ValueError):
        if pipe:
            pipe.write(body)
            pipe.close()


def _lines(pipe: IO[bytes] | None) -> Iterator[bytes]:
    """Give whole lines as they come."""
    if pipe is None:
        return
    held = b""
    while True:
        if not select.select([pipe], [], [], SILENCE)[0]:
            raise _UnreadError("it takes longer than a page may")
        came = os.read(pipe.fileno(), 1 << 20)
        *whole, held = (held + came).split(b"\n")
        if len(held) > _MOST_TOLD:
            raise _UnreadError("it tells more than a page may")
        yield from whole
        if not came:
            return


def _page(told: dict[str, Any]) -> PageText:
    lines = tuple(_line(one) for one in told["lines"])
    return PageText(
        width=int(told["width"]),
        height=int(told["height"]),
        pictures=int(told["pictures"]),
        notes=int(told["notes"]),
        lines=lines,
        drawn=bool(told["drawn"]),
        fields=tuple(map(_box, told["fields"])),
        redactions=tuple(map(_box, told["redactions"])),
        overlays=tuple(tuple(map(_box, one)) for one in told["overlays"]),
    )


def _line(told: dict[str, Any]) -> Line:
    letters, seen = str(told["letters"]), str(told["seen"])
    boxes = tuple(_box(one) for one in told["boxes"])
    if not len(letters) == len(seen) == len(boxes):
        raise _UnreadError("letters without places")
    turned, slant = int(told["turned"]) % 4, int(told["slant"])
    return Line(int(told["baseline"]), int(told["size"]), letters, boxes, seen, turned, slant)


def _box(told: Any) -> tuple[int, int, int, int]:
    left, top, right, bottom = (int(side) for side in told)
    return left, top, right, bottom

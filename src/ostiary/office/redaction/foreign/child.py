"""The process that opens a PDF of others: limits first, then a page at a time, then nothing.

``python -m ostiary.office.redaction.foreign.child`` takes at standard input a line with a job, and
then the PDF. At standard output it gives one line of JSON a page: its text, or, where the job has
boxes for pages that are burned in, those pages painted, with all their letters. What it cannot do
it says in one line ``{"error": ...}``, which names a measure and repeats nothing of the file.
"""

import json
import math
import resource
import sys
import time
from typing import Any

MOST_BYTES = 100_000_000
MOST_PAGES = 5_000
MEMORY = 500 * 1024 * 1024
PER_PAGE = 0.25
"""Seconds of the processor that a page may take before it uses up what the file has beyond."""


def set_limits() -> None:
    """Limit what this process, and whatever it opens, may use; time apart."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


class _Clock:
    """Seconds of the processor that a file has beyond those of its pages; none is saved up."""

    def __init__(self, slack: float) -> None:
        self._slack, self._begun = slack, time.process_time()
        self.begin()

    def begin(self) -> None:
        """Begin a page: the system ends this process where it takes longer than is left."""
        now = time.process_time()
        self._slack -= max(0.0, now - self._begun - PER_PAGE)
        self._begun = now
        most = math.ceil(now + max(self._slack, 0.0) + PER_PAGE)
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _tell(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _work(job: dict[str, Any], body: bytes) -> None:
    import pypdfium2 as pdfium  # noqa: PLC0415 - under the limits

    from ostiary.office.redaction.foreign.page_text import read_page  # noqa: PLC0415 - under the limits

    clock = _Clock(job["slack"])
    document = pdfium.PdfDocument(body)
    count = len(document)
    if not 1 <= count <= MOST_PAGES:
        _tell({"error": f"it has no page, or more than {MOST_PAGES:,}"})
        return
    _tell({"pages": count})
    boxes = {int(at): wanted for at, wanted in job.get("burn", {}).items()}
    if boxes:
        document.init_forms()  # before a page is opened: what is in fields is painted
    for at in range(job["first"], count, job["step"]):
        if boxes and at not in boxes:
            continue
        clock.begin()
        if boxes:
            told = _burned(document, at, boxes[at])
        else:
            page = document[at]
            read = read_page(page)
            told = vars(read) | {"lines": [vars(one) for one in read.lines]}
            page.close()
        _tell({"page": at, **told})


def _burned(document: Any, at: int, wanted: Any) -> dict[str, Any]:
    """Paint a page with its boxes, and give its letters with those of its fields and notes."""
    from ostiary.office.redaction.foreign.burning import burn, flatten  # noqa: PLC0415 - under the limits
    from ostiary.office.redaction.foreign.page_text import letters_of  # noqa: PLC0415 - under the limits

    page = document[at]
    told = burn(page, wanted)
    flatten(page)
    page.close()
    page = document[at]
    lines = [vars(one) for one in letters_of(page)]
    page.close()
    return {**told, "lines": lines}


def main() -> None:
    """Do the job; whatever goes wrong is one line."""
    set_limits()
    try:
        job = json.loads(sys.stdin.buffer.readline())
        _work(job, sys.stdin.buffer.read(MOST_BYTES + 1))
    except MemoryError:
        _tell({"error": "it needs more memory than is given to it"})
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does ends in one line
        kind = type(error).__name__
        _tell({"error": str(error) if kind == "TooMuchError" else f"it cannot be read ({kind})"})


if __name__ == "__main__":
    main()

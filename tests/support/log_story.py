"""An office that keeps a log: the stories that the tests of the accounting and of attacks tell.

Every entry is made by the package's own `make_entry`; contents that do not matter are digests.
"""

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import Checkpoint, sign_checkpoint
from ostiary.verifying.log.commitments import commitment_root
from ostiary.verifying.log.entries import make_entry
from ostiary.verifying.log.published import publish
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import LogReport, verify_log
from ostiary.verifying.log.vkeys import Signer
from ostiary.verifying.log.writer import extend_tiles

ORIGIN = "log.example/ostiary"
AT = "2025-08-06T09:00:00Z"
SIGNATURE = "QUJD" * 22  # what stands there is for the review room to judge, not for the log


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


class OfficeLog:
    """A log in memory that grows by what an office does, and can be published."""

    def __init__(self, signer: Signer | None = None) -> None:
        self.signer = signer or Signer(ORIGIN, new_signing_key())
        self.entries: list[bytes] = []

    def add(self, entry_type: str, **fields: Any) -> int:
        self.entries.append(make_entry(entry_type, at=AT, **fields))
        return len(self.entries) - 1

    def open_office(self) -> None:
        self.add("office.opened", origin=ORIGIN, profile="modern", training=True)
        self.adopt("book")
        self.add("reference.loaded", model=digest("model"), people=1000, addresses=1500)

    def adopt(self, book: str) -> int:
        digests = {name: digest(name) for name in ("orders", "registers", "derivations")}
        return self.add("law.adopted", book=digest(book), **digests)

    def decide(self, batch: str, number: int, status: str, agency: str = "dhs-ice") -> int:
        return self.add(
            "request.decided",
            batch=batch,
            agency=agency,
            provision="/us/usc/t26/s6103/i/2",
            received="2025-08-06",
            status=status,
            mask="0" if status == "accepted" else "a0",
            book=digest("book"),
            request=digest(f"{batch} request {number}"),
            content=digest(f"{batch} content {number}"),
            facts=digest(f"{batch} facts {number}"),
        )

    def receive(self, batch: str, statuses: Sequence[str], **claims: Any) -> list[int]:
        """A whole file: its receipt (with false ``claims``, if any), then its requests."""
        figures: dict[str, Any] = {
            "rows": len(statuses),
            "row_errors": 0,
            "counts": {status: statuses.count(status) for status in set(statuses)},
            "root": commitment_root(digest(f"{batch} content {n}") for n in range(len(statuses))),
        }
        figures |= claims
        self.add(
            "batch.received", batch=batch, file=digest(batch), received="2025-08-06", **figures
        )
        return [self.decide(batch, number, status) for number, status in enumerate(statuses)]

    def vote(self, of: int, officer: str, decision: str = "") -> int:
        """A vote as outsiders see it: for or against is in the commitment."""
        return self.add(
            "answer.voted",
            of=of,
            officer=officer,
            decision=digest(decision or f"decision on {of}"),
            vote=digest(f"vote {len(self.entries)}"),
            signature=SIGNATURE,
        )

    def release(self, of: int, *, decision: str = "", **changes: Any) -> int:
        fields: dict[str, Any] = {
            "of": of,
            "answer": f"a-{of}",
            "agency": "dhs-ice",
            "on": "2025-09-01",
            "outcome": digest(f"outcome released {of}"),
            "taxpayer": digest(f"taxpayer {of}"),
            "sealed": digest(f"sealed {of}"),
            "statement": digest(f"statement {of}"),
            "decision": digest(decision or f"decision on {of}"),
        }
        return self.add("answer.released", **(fields | changes))

    def answer(self, of: int, **changes: Any) -> int:
        """Everything that an answer takes, from the look at the record to the opening."""
        self.add("record.examined", of=of, outcome=digest(f"outcome {of}"), model=digest("model"))
        self.add(
            "reason.determined", of=of, officer="reviewer-1", specific=True, signature=SIGNATURE
        )
        self.vote(of, "reviewer-1")
        self.vote(of, "reviewer-2")
        released = self.release(of, **changes)
        self.add(
            "answer.opened",
            of=of,
            answer=f"a-{of}",
            on="2025-09-02",
            receipt=digest(f"receipt {of}"),
        )
        return released

    def from_index(self, start: int) -> Iterable[bytes]:
        return islice(self.entries, start, None)

    def publish(self, folder: Path, size: int | None = None) -> Checkpoint:
        wanted = len(self.entries) if size is None else size
        return publish(folder, self.from_index, wanted, self.signer, ORIGIN)

    def verify(self, folder: Path, previous: bytes | None = None) -> LogReport:
        with open_source(folder) as source:
            return verify_log(source, [self.signer.verifier.vkey], previous)


def told_story(requests: int = 6) -> OfficeLog:
    """An office, one batch of every status, and an answer to each accepted request."""
    log = OfficeLog()
    log.open_office()
    statuses = [("accepted", "returned", "suspended")[n % 3] for n in range(requests)]
    indexes = log.receive("b-1", statuses)
    for index in indexes[::3]:
        log.answer(index)
    return log


def rewrite(folder: Path, entries: Sequence[bytes]) -> None:
    """What an intruder without the log's key can do: all files anew, the old checkpoint kept."""
    note = (folder / "checkpoint").read_bytes()
    shutil.rmtree(folder)
    folder.mkdir()
    extend_tiles(folder, 0, entries)
    (folder / "checkpoint").write_bytes(note)


def rewrite_and_sign(folder: Path, entries: Sequence[bytes], signer: Signer) -> Checkpoint:
    """What the keeper of the log's key can do: all files anew, and a checkpoint that fits."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tree = extend_tiles(folder, 0, entries)
    made = sign_checkpoint(signer.name, tree.size, tree.root(), [signer])
    (folder / "checkpoint").write_bytes(made.note)
    return made


def kinds(report: LogReport) -> set[str]:
    return {str(fault.kind) for fault in report.faults}

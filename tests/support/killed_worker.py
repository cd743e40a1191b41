"""An office's work, done by a process that is killed again and again, and the count of it.

The worker uses the steps that the commands use: a file is run, some of its requests are decided by
officers, what they approved is released, the log is published. It writes down each thing at the
moment when the step returns and a person would be told that it is done: that is *acknowledged*.
The file of acknowledgements outlives the worker, as the person does.
"""

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from forks import FORKS
from officers import approve_twice
from ostiary.domain.words import Status
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.steps import at_desk
from ostiary.office.folder.session import OfficeSession
from ostiary.office.recovery import entering
from ostiary.office.recovery.entering import at_work
from ostiary.office.release import release as releasing
from ostiary.office.release.release import release
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

RECEIVED, TODAY = date(2025, 8, 6), date(2025, 8, 7)


@dataclass
class Count:
    """What came of it all; every list of losses and doubles must be empty.

    Attributes:
        kills: how often the worker was killed.
        requests: how many requests the office holds.
        answers: how many it has answered.
        acknowledged: how many things were acknowledged.
        wrong: what was lost, done twice, or does not verify.
    """

    kills: int = 0
    requests: int = 0
    answers: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


def kill_again_and_again(
    office: Path,
    files: Sequence[Path],
    acknowledged: Path,
    *,
    kills: int,
    answers: int,
    seed: int,
    hasty: bool = False,
) -> Count:
    """Let a worker do all of the work while it is killed at random moments; then count.

    Args:
        office: a training office with a reference file, equipped with officers.
        files: request files to run, all of the day of receipt.
        acknowledged: where acknowledgements are written.
        kills: how often to kill; afterwards the work is finished undisturbed.
        answers: requests of each file that are decided and answered.
        seed: of the moments.
        hasty: say that an answer is delivered before it is, as a broken program would; the count
            must notice.
    """
    dice = random.Random(seed)
    # The fault made on purpose tells of itself: the sixth line of a first life is its mark.
    steps = range(6, 7) if hasty else range(7)
    acknowledged.touch()
    count = Count()
    work = (office, files, acknowledged, answers, hasty)
    while count.kills < kills:
        if _live(work, dice, steps):
            # Done before its time: the office takes the same files once more, all of them repeats.
            _note(acknowledged, "again")
        else:
            count.kills += 1
    _live(work, None, steps)
    return _counted(office, files, _read(acknowledged), count)


def _live(work: tuple[Any, ...], dice: random.Random | None, steps: range) -> bool:
    """Let one worker live; give whether it was done before it was killed.

    It is killed after some acknowledgements, and then at any moment up to the next few: a moment
    by the clock would fall into the same step each time on a machine that is busy.
    """
    worker = FORKS.Process(target=_work, args=work)
    worker.start()
    if dice is not None:
        longest = _wait(worker, work[2], dice.choice(steps))
        worker.join(0 if work[-1] else dice.uniform(0, 2 * longest))
        worker.kill()
    worker.join()
    status = worker.exitcode
    worker.close()
    if status not in {0, -signal.SIGKILL}:
        raise RuntimeError(f"a worker failed by itself: {status}")
    return status == 0


def _wait(worker: BaseProcess, acknowledged: Path, more: int) -> float:
    """Wait for some acknowledgements more; give the seconds of the longest step among them."""
    before = len(_read(acknowledged))
    last, longest, seen = time.monotonic(), 0.3, before
    while worker.exitcode is None and seen < before + more:
        time.sleep(0.002)
        now, found = time.monotonic(), len(_read(acknowledged))
        if found > seen:
            last, longest, seen = now, max(longest, now - last), found
    return longest


def _work(
    office: Path, files: Sequence[Path], acknowledged: Path, answers: int, hasty: bool
) -> None:
    if hasty:
        releasing.deliver = entering.deliver = partial(_deliver_hastily, acknowledged)
    done = _read(acknowledged)
    since = len(done) - done[::-1].index(["again"]) if ["again"] in done else 0
    with at_work(office, on=TODAY) as place:
        _note_log(place, acknowledged)
        for file in files:
            if ["file", file.name] in done[since:]:
                continue
            summary = run_batch(place, file, RECEIVED)
            _note(acknowledged, "batch", summary["batch"], summary["log"]["size"])
            _answer_some(place, office, acknowledged, answers)
            _note(acknowledged, "file", file.name)


def _answer_some(place: OfficeSession, office: Path, acknowledged: Path, most: int) -> None:
    """Decide requests that wait, and release what was approved."""
    with at_desk(place) as desk:
        for item, _ in zip(place.store.queue(), range(most), strict=False):
            if item.approvals == 0 and item.determinations == 0:
                key = f"{item.agency}/{item.request_id}"
                approve_twice(desk, office, key)
                _note(acknowledged, "approved", item.id)
    for request_id, path in release(place).answers:
        _note(acknowledged, "released", request_id, Path(path).name)
    _note_log(place, acknowledged)


def _deliver_hastily(acknowledged: Path, place: OfficeSession) -> tuple[tuple[str, str], ...]:
    """Mark first and write later: the fault that the order of the real one avoids."""
    laid_out = []
    for answer in place.store.undelivered():
        with place.store.write() as txn:
            txn.mark_delivered(answer.answer_id)
        _note(acknowledged, "marked", answer.answer_id)
        time.sleep(1.0)
        path = place.office.answers / f"{answer.answer_id}.answer"
        path.write_bytes(answer.sealed)
        laid_out.append((answer.answer_id, str(path)))
    return tuple(laid_out)


def _note_log(place: OfficeSession, acknowledged: Path) -> None:
    """Note what any witness may have seen by now."""
    checkpoint = place.publish()
    _note(acknowledged, "published", checkpoint.size, checkpoint.root.hex())


def _note(acknowledged: Path, *what: object) -> None:
    """Write a line in one piece; the system keeps it when the writer is killed."""
    handle = os.open(acknowledged, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(handle, (json.dumps(what) + "\n").encode())
    finally:
        os.close(handle)


def _read(acknowledged: Path) -> list[list[Any]]:
    return [json.loads(line) for line in acknowledged.read_text().splitlines()]


def _counted(
    office: Path, files: Sequence[Path], acknowledged: list[list[Any]], count: Count
) -> Count:
    """Hold the office against what was acknowledged and against what was in the files."""
    with at_work(office, on=TODAY) as place:
        store = place.store
        batches = store.batches()
        ids = Counter(
            (case.agency, case.request_id)
            for batch in batches
            for case in store.requests_of(batch.id)
        )
        stored = store.answers()
        answered = Counter(answer.request for answer in stored)
        approvals = {
            case.request.id: len(case.approvals)
            for case in (store.case(line[1]) for line in acknowledged if line[0] == "approved")
        }
        size = store.log_size()
        leaves = list(store.leaves_from(0))
        pending = len(store.pending_batches()) + len(store.undelivered())
    count.requests, count.answers, count.acknowledged = len(ids), len(stored), len(acknowledged)
    wrong = count.wrong
    wrong += [f"request {key} stored {many} times" for key, many in ids.items() if many > 1]
    wrong += [f"request {key} answered {many} times" for key, many in answered.items() if many > 1]
    wrong += [f"approvals of {key}: {many}" for key, many in approvals.items() if many != 2]
    wrong += [f"{pending} things were left unfinished"] if pending else []
    wrong += _missing_rows(files, len(ids), batches)
    wrong += _missing_answers(office, stored, acknowledged)
    wrong += _missing_log(office, size, leaves, acknowledged)
    names = {path.name for path in (office / "batches").iterdir()}
    wrong += [f"batch folder {name}" for name in names ^ {batch.id for batch in batches}]
    wrong += [
        f"batch {line[1]}" for line in acknowledged if line[0] == "batch" and line[1] not in names
    ]
    return count


def _missing_rows(files: Sequence[Path], found: int, batches: Sequence[Any]) -> list[str]:
    """Every row of every file is a request once, or was a row error each time."""
    rows = sum(len(file.read_text().splitlines()) - 1 for file in files)
    errors = {batch.file_name: batch.row_errors for batch in batches}
    expected = rows - sum(errors.values())
    return [f"{found} requests stored of {expected}"] if found != expected else []


def _missing_answers(
    office: Path, stored: Sequence[Any], acknowledged: list[list[Any]]
) -> list[str]:
    expected = {f"{answer.answer_id}.answer" for answer in stored}
    there = {path.name for path in (office / "answers").glob("*.answer")}
    told = {line[2] for line in acknowledged if line[0] == "released"}
    confirmed = [answer.status for answer in stored if answer.status is Status.CONFIRMED]
    wrong = [f"answer file {name}" for name in there ^ expected]
    wrong += [f"acknowledged answer {name} is lost" for name in told - expected]
    return wrong + ([] if confirmed or not stored else ["no answer confirms anything"])


def _missing_log(
    office: Path, size: int, leaves: list[bytes], acknowledged: list[list[Any]]
) -> list[str]:
    """The log verifies, holds all that the store holds, and extends all that was ever published."""
    log = office / "accounting"
    with open_source(str(log)) as source:
        report = verify_log(source, [read_trust(log / TRUST_FILE).log.vkey])
    present = unverified_checkpoint((log / "checkpoint").read_bytes())
    wrong = [f"fault {fault}" for fault in report.faults]
    if present.size != size or report.size != size:
        wrong.append(f"published {present.size} of {size} entries")
    roots = _roots(leaves, {line[1] for line in acknowledged if line[0] == "published"})
    for _, seen, root in (line for line in acknowledged if line[0] == "published"):
        if roots.get(seen) != root:
            wrong.append(f"the log fell behind or away from what was published at {seen}")
    return wrong


def _roots(leaves: list[bytes], sizes: set[int]) -> dict[int, str]:
    """Give the root of the first leaves, for each of some sizes that there are."""
    tree, roots = TreeHasher(), {}
    for size in sorted(sizes):
        if size <= len(leaves):
            tree.add(leaves[tree.size : size])
            roots[size] = tree.root().hex()
    return roots

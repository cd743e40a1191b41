"""An office that loses power at any moment of any step, and what must be true afterwards.

One run of every step is recorded. Then the disk is put into states in which a loss of power could
have left it, a great many of them, and on each the office is opened, as it would be on the morning
after. Nothing that was said to be done may be missing, nothing may be there twice or in half, and
the log must be at least as long as any checkpoint that somebody may have seen.
"""

import hashlib
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from disk_model import Disk, Tree, as_tree, lay_out
from disk_trace import Operation, Said, Sync, record
from officers import equip
from ostiary.deciding.matching.model import MODEL_FILE, open_model
from ostiary.domain.errors import OfficeError, OstiaryError
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.answers.faults import AnswerError
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import read_opening_key
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.key_changes import keys_digest
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.tree import leaf_hash
from ostiary.verifying.log.verify import verify_log
from ostiary.worlds.world import make_world

RECEIVED, TODAY = date(2025, 8, 6), date(2025, 8, 7)
STEPS = Path(__file__).with_name("steps_of_an_office.py")
_MADE_LATER = {"summary.json", "report.html"}
_NOT_AGAIN = {"later.jsonl"}
_LOOKS = "verifications.parquet"


@dataclass
class Recording:
    """One run of every step.

    Attributes:
        before: the office before it.
        operations: what the program asked of the disk.
        entries: the log after it.
        batches: the files of each batch after it.
    """

    before: Path
    operations: list[Operation]
    entries: list[bytes]
    batches: dict[str, Tree]
    keys: list[Any]


@dataclass
class Losses:
    """What many losses of power did.

    Attributes:
        count: how many there were.
        states: how many different folders they left.
        harmful: how many of them did any harm.
        wrong: what was found missing, doubled or broken, with the loss at which it was.
    """

    count: int = 0
    states: set[int] = field(default_factory=set)
    harmful: int = 0
    wrong: list[str] = field(default_factory=list)


def record_steps(office: Path, world: Path, folder: Path, fault: str = "") -> Recording:
    """Run every step on a copy of an office while its disk is watched.

    The model of the disk must end as the disk itself did, file by file.
    """
    root = folder / "office"
    folder.mkdir(exist_ok=True)
    shutil.copytree(office, root)
    command = [sys.executable, STEPS, root, world, folder / "said", *([fault] if fault else [])]
    operations = record(command, root, folder / "said")
    disk = Disk(office)
    disk.rename(root)
    for operation in operations:
        disk.do(operation)
    if disk.live() != as_tree(root):
        raise AssertionError("the record of what was asked of the disk is not whole")
    with at_work(root, on=TODAY) as place:
        entries = list(place.store.entries_from(0))
    batches = {path.name: as_tree(path) for path in (root / "batches").iterdir()}
    keys = [read_opening_key(path) for path in sorted((world / "recipients").glob("*.pem"))]
    shutil.rmtree(root)
    return Recording(office, operations, entries, batches, keys)


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder in memory, where forcing a file to the disk costs nothing."""
    near = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
    with tempfile.TemporaryDirectory(dir=near if near.is_dir() else None) as folder:
        yield Path(folder)


def equipped_office(folder: Path) -> tuple[Path, Path]:
    """Make a small world, and an office that has not begun its work; all of it is safe."""
    world, office = folder / "world", folder / "before"
    make_world(world, people=200, requests=40, received=RECEIVED)
    equip(create_office(office, training=True).root, world)
    return office, world


def lose_power(
    recording: Recording,
    root: Path,
    count: int,
    seed: int,
    until_harm: bool = False,
    unforced: Callable[[bool], bool] = lambda _is_folder: False,
) -> Losses:
    """Lose power many times, at random moments, and look at the office each time.

    Args:
        recording: the steps.
        root: where the office was when they were recorded; it is laid out there each time.
        count: how many losses.
        seed: of moments and states.
        until_harm: stop at the first that does harm.
        unforced: whether files, or folders, are not forced to the disk after all, told which of
            both; what SQLite forces is.
    """
    dice = random.Random(seed)
    moments = sorted(dice.randint(0, len(recording.operations)) for _ in range(count))
    losses = Losses()
    disk, at = Disk(recording.before), 0
    disk.rename(root)
    said: list[dict[str, Any]] = []
    for moment in moments:
        for operation in recording.operations[at:moment]:
            is_left_out = (
                isinstance(operation, Sync)
                and not _is_of_the_database(Path(operation.path), root)
                and unforced(disk.is_folder(operation.path))
            )
            if not is_left_out:
                disk.do(operation)
            if isinstance(operation, Said):
                said.append(json.loads(operation.line))
        at = moment
        state = disk.after_loss(dice)
        losses.count += 1
        losses.states.add(hash(_frozen(state)))
        lay_out(state, root)
        found = _morning_after(root, recording, said, _seen(disk.live()))
        losses.harmful += bool(found)
        losses.wrong += [f"after operation {moment}: {what}" for what in found]
        shutil.rmtree(root)
        if until_harm and found:
            break
    return losses


def _is_of_the_database(path: Path, root: Path) -> bool:
    """Whether it is a file of SQLite's, or the folder that its journals come and go in."""
    return path == root or path.name.startswith("cases.db")


def _seen(live: Tree) -> bytes:
    """Give the checkpoint that a witness may have fetched when power failed."""
    accounting = live.get("accounting")
    note = accounting.get("checkpoint", b"") if isinstance(accounting, dict) else b""
    return note if isinstance(note, bytes) else b""


def _morning_after(
    root: Path, recording: Recording, said: list[dict[str, Any]], seen: bytes
) -> list[str]:
    """Open the office twice, as the next two commands do; say what is wrong with it."""
    try:
        with at_work(root, on=TODAY):
            pass  # what was cut short is finished here
        with at_work(root, on=TODAY) as place:
            entries = list(place.store.entries_from(0))
            batches = {batch.id for batch in place.store.batches()}
            answers = {f"{one.answer_id}.answer": one for one in place.store.answers()}
            unfinished = len(place.store.pending_batches()) + len(place.store.undelivered())
            unspecific = _told(place)
            looked_at = {
                batch: sorted(row[0] for row in place.store.verifications_of(batch))
                for batch in batches
            }
    except (OstiaryError, OSError, ValueError, LookupError) as error:
        return [f"the office does not open: {error}"]
    return [
        *_log(root, recording, entries, said, seen),
        *_batches(root, recording, batches, said),
        *_custody(root, looked_at),
        *_answers(root, recording, answers, said),
        *_reference(root, said),
        *([f"{unfinished} things are not finished"] if unfinished else []),
        *unspecific,
    ]


def _log(
    root: Path,
    recording: Recording,
    entries: list[bytes],
    said: list[dict[str, Any]],
    seen: bytes,
) -> list[str]:
    """The log holds what was said to be stored, in that order, and all that anybody saw."""
    wrong = []
    stored = max((one["entries"] for one in said), default=0)
    if len(entries) < stored:
        wrong.append(f"{stored - len(entries)} acknowledged entries are lost")
    begun_anew = not stored and not seen  # nobody heard of the log that was
    # A reference file that was put in place before the loss is logged on the morning after.
    made_good = bool(entries) and b'"type":"reference.loaded"' in entries[-1]
    kept = entries[:-1] if made_good else entries
    if not begun_anew and kept != recording.entries[: len(kept)]:
        wrong.append("the log is not a beginning of the log that was")
    if seen:
        checkpoint = unverified_checkpoint(seen)
        tree = TreeHasher()
        tree.add([leaf_hash(entry) for entry in entries[: checkpoint.size]])
        if tree.size != checkpoint.size or tree.root() != checkpoint.root:
            wrong.append(f"the log fell behind a checkpoint at {checkpoint.size}")
    log = root / "accounting"
    try:
        trust = read_trust(log / TRUST_FILE)
        with open_source(str(log)) as source:
            keys = [key.vkey for key in trust.logs]
            report = verify_log(source, keys, every=True, retired=trust.earlier)
    except (OstiaryError, OSError) as error:
        return [*wrong, f"the log cannot be verified: {error}"]
    wrong += [f"fault {fault}" for fault in report.faults]
    wrong += [
        "a change of keys is lost"
        for one in said
        if one.get("keys", keys_digest(trust.logs)) != keys_digest(trust.logs)
    ]
    if report.size != len(entries):
        wrong.append("not all of the log is published")
    return wrong


def _batches(
    root: Path, recording: Recording, stored: set[str], said: list[dict[str, Any]]
) -> list[str]:
    """Each batch that is stored has its folder, whole; no other folder is there."""
    wrong = [
        f"batch {one['batch']} is lost" for one in said if one.get("batch", "") not in {"", *stored}
    ]
    folders = {path.name for path in (root / "batches").iterdir()}
    wrong += [f"folder of batch {name}" for name in folders ^ stored]
    for name in folders & stored:
        found = as_tree(root / "batches" / name)
        if found.keys() - _NOT_AGAIN != recording.batches[name].keys() - _NOT_AGAIN:
            wrong.append(f"folder of batch {name} is not whole")
        for file, content in recording.batches[name].items():
            if file in _MADE_LATER | _NOT_AGAIN:
                continue
            if _but_looks(found.get(file)) != _but_looks(content):
                wrong.append(f"{file} of batch {name} is not what it was")
        if not _is_whole(found.get("summary.json"), name):
            wrong.append(f"summary of batch {name} is not whole")
    return wrong


def _but_looks(content: Any) -> Any:
    """Leave out the file of looks: it tells what had been looked at when the power failed."""
    if not isinstance(content, dict):
        return content
    return {name: each for name, each in content.items() if name != _LOOKS}


def _custody(root: Path, looked_at: dict[str, list[str]]) -> list[str]:
    """The file of looks tells of the looks that are stored, and of no others."""
    return [
        f"looks of batch {batch}"
        for batch, stored in looked_at.items()
        if sorted(_told_looks(root, batch)) != stored
    ]


def _told_looks(root: Path, batch: str) -> list[str]:
    looks = pq.read_table(root / "batches" / batch / "custody" / _LOOKS)
    told: list[str] = looks["request_id"].to_pylist()
    return told


def _is_whole(summary: Any, batch: str) -> bool:
    try:
        return bool(json.loads(summary)["batch"] == batch)
    except (TypeError, ValueError, KeyError):
        return False


def _answers(
    root: Path, recording: Recording, stored: dict[str, Any], said: list[dict[str, Any]]
) -> list[str]:
    """Each answer that is stored lies there and opens; there is no other, and none is lost."""
    files = {path.name for path in (root / "answers").glob("*.answer")}
    wrong = [f"answer {name}" for name in files ^ stored.keys()]
    wrong += [
        f"answer {one['answer']} is lost"
        for one in said
        if one.get("answer", "") not in {"", *files}
    ]
    requests = [one.request for one in stored.values()]
    wrong += ["a request is answered twice"] if len(requests) != len(set(requests)) else []
    try:
        trust = read_trust(root / "answers" / TRUST_FILE)
    except OstiaryError as error:
        return [*wrong, f"the keys beside the answers: {error}"]
    for name in files & stored.keys():
        raw = (root / "answers" / name).read_bytes()
        if not any(_opens(raw, key, trust) for key in recording.keys):
            wrong.append(f"answer {name} does not open")
    return wrong


def _opens(raw: bytes, key: Any, trust: Any) -> bool:
    try:
        return bool(open_answer(raw, key, trust, today=TODAY))
    except (AnswerError, OstiaryError):
        return False


def _reference(root: Path, said: list[dict[str, Any]]) -> list[str]:
    """The reference file is there as it was loaded, or was never said to be loaded."""
    loaded = [one["model"] for one in said if "model" in one]
    try:
        model = open_model(root / "reference")
    except OfficeError as error:
        return (
            [f"the reference: {error}"] if loaded or "no reference file" not in str(error) else []
        )
    digests = json.loads((root / "reference" / MODEL_FILE).read_bytes())["files"]
    wrong = [
        f"{part} of the reference is damaged"
        for part, digest in digests.items()
        if hashlib.sha256((model.folder / part).read_bytes()).hexdigest() not in digest
    ]
    return wrong + (["another reference"] if loaded and model.digest != loaded[-1] else [])


def _told(place: Any) -> list[str]:
    """Whoever was found to have given no specific reason has a reply that says so."""
    wrong = []
    for batch in place.store.batches():
        later = place.office.batches / batch.id / "later.jsonl"
        lines = later.read_text().splitlines() if later.exists() else []
        told = [json.loads(line)["request_id"] for line in lines]
        numbers = [request.id for request in place.store.requests_of(batch.id)]
        for case in place.store.cases(numbers):
            due = int(any(not one.found for one in case.determinations))
            times = told.count(case.request.request_id)
            if times != due:
                wrong.append(f"a request found not specific was told {times} times")
    return wrong


def _frozen(tree: Tree) -> tuple[Any, ...]:
    return tuple(
        (name, content if isinstance(content, bytes) else _frozen(content))
        for name, content in sorted(tree.items())
    )

"""Every step of an office once, by a program whose disk is watched; run as a program of its own.

    python steps_of_an_office.py OFFICE WORLD SAID [FAULT]

After each step the program says, in the file SAID, what a person would be told by then. FAULT
breaks one thing on purpose, so that it can be seen that its breaking is noticed.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from officers import key_of
from ostiary.deciding.intake.request_rows import RequestRows
from ostiary.deciding.matching import model
from ostiary.disk import durable
from ostiary.office.batches import batch_folder
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.steps import at_desk, determine
from ostiary.office.folder.rotation import rotate_keys
from ostiary.office.recovery.entering import at_work
from ostiary.office.release import delivery
from ostiary.office.release.release import release
from ostiary.office.store.sqlite import settings
from ostiary.verifying.log import published
from ostiary.verifying.log.key_changes import keys_digest
from power_story import RECEIVED, TODAY
from request_parts import in_parts


def main(office: Path, world: Path, said: Path, fault: str = "") -> None:
    """Do every step; say after each what is done."""
    handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def say(**what: Any) -> None:
        os.write(handle, (json.dumps(what) + "\n").encode())

    if fault:
        FAULTS[fault]()
    parts = in_parts(world / "requests.csv", said.with_suffix(".parts"), rows=30)
    with at_work(office, on=TODAY) as place:
        loaded = load_people(place, world / "people.parquet")
        say(entries=place.store.log_size(), model=loaded["model"])
        for part in parts:
            batch = run_batch(place, part, RECEIVED)["batch"]
            say(entries=place.store.log_size(), batch=batch)
        few = [{"request_id": f"BY-VALUES-{n}", "surname": "Sample"} for n in range(3)]
        batch = run_batch(place, RequestRows.of("few.jsonl", few), RECEIVED)["batch"]
        say(entries=place.store.log_size(), batch=batch)
        _decide(place, office, say)
        for request_id, path in release(place).answers:
            say(entries=place.store.log_size(), answer=Path(path).name, request=request_id)
        rotate_keys(place)
        say(entries=place.store.log_size(), keys=keys_digest(place.log_keys))
    os.close(handle)


def _decide(place: Any, office: Path, say: Callable[..., None]) -> None:
    """Let officers decide: most cases are approved, one is refused, one reason is not specific."""
    waiting = [f"{item.agency}/{item.request_id}" for item in place.store.queue()][:5]
    unspecific, refused, *approved = waiting
    determine(place, unspecific, "anna", key_of(office, "anna"), found=False)
    say(entries=place.store.log_size(), told=unspecific)
    with at_desk(place) as desk:
        for key in (refused, *approved):
            desk.determine(key, "anna", key_of(office, "anna"), found=True)
            say(entries=place.store.log_size())
        desk.refuse(refused, "cora", key_of(office, "cora"), "not this one")
        for key in (refused, *approved):
            for officer in ("anna", "bert"):
                desk.approve(key, officer, key_of(office, officer))
                say(entries=place.store.log_size())


def _pragma(name: str, value: str, found: Any) -> Callable[[], None]:
    """Give a fault that has SQLite run with another setting, which nobody notices."""

    def set_it() -> None:
        settings._ON_CONNECT = (*settings._ON_CONNECT, f"PRAGMA {name}={value}")
        settings.PRAGMAS[name] = found

    return set_it


def _without_file_sync() -> None:
    """Publish, deliver and lay out files that were never forced to the disk."""

    def replace_file(target: Path, content: bytes) -> None:
        beside = target.with_name(f"{target.name}.new")
        beside.write_bytes(content)
        beside.replace(target)

    _everywhere("replace_file", replace_file)
    _everywhere("sync_tree", lambda _folder: None)


def _without_folder_sync() -> None:
    """Force files to the disk, but not their names."""
    _everywhere("sync_directory", lambda _folder: None)


def _everywhere(name: str, instead: Callable[..., None]) -> None:
    for module in (durable, published, delivery, batch_folder, model):
        if hasattr(module, name):
            setattr(module, name, instead)


FAULTS: dict[str, Callable[[], None]] = {
    "synchronous=OFF": _pragma("synchronous", "OFF", 0),
    "synchronous=NORMAL": _pragma("synchronous", "NORMAL", 1),
    "synchronous=FULL": _pragma("synchronous", "FULL", 2),
    "journal_mode=OFF": _pragma("journal_mode", "OFF", "off"),
    "journal_mode=MEMORY": _pragma("journal_mode", "MEMORY", "memory"),
    "files without fsync": _without_file_sync,
    "folders without fsync": _without_folder_sync,
}

if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *sys.argv[4:])

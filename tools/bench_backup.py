"""``make bench-backup``: an office is backed up while programs write to it; is anything lost?

An office is built by the real corridor and served by `ostiary serve`; twenty programs submit single
requests without a pause; meanwhile `ostiary backup` copies it, in a process of its own. Then the
backup is restored, its log verified as an outsider does, and held against the office: what was in
the log when the copy began is in the backup, entry for entry. Figures are printed as JSON.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ostiary.faces.settings")  # Django starts but once

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from bench_office import database
from office_bench.offices import Built, build, free_port, served
from office_bench.submitting import Done, log_size, register, submit_all
from ostiary.office.folder.layout import open_office
from ostiary.office.recovery.backup import read_backup, root_of
from ostiary.office.recovery.restore import restore
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

_BEFORE, _AFTER = 4.0, 2.0  # seconds of writing around the backup


def main() -> None:
    """Measure one office."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="ostiary-backup-") as made:
        folder = (given.folder or Path(made)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        with database(given.store, folder, given.cases) as url:
            built = build(folder, f"{given.store}-{given.cases}", given.cases, url)
            found = measure(built, given.programs, Path(made))
        print(json.dumps({"cases": given.cases, "store": given.store, **found}, indent=2))


def measure(built: Built, programs: int, out: Path) -> dict[str, Any]:
    """Back one office up while programs write, and hold the backup against it."""
    keys, port = register(built.root, programs), free_port()
    done: Done = []
    seconds = _BEFORE + _AFTER + _longest(built.root)
    into = out / "backup"
    with served(built.root, port):
        writing = threading.Thread(
            target=lambda: done.extend(submit_all(port, keys, seconds, built.spare))
        )
        writing.start()
        time.sleep(_BEFORE)
        begun, size = time.monotonic(), log_size(built.root)
        command = [sys.executable, "-m", "ostiary", "backup", str(built.root), str(into)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        ended = time.monotonic()
        writing.join()
    return {
        "seconds": round(ended - begun, 1),
        "megabytes": round(sum(p.stat().st_size for p in into.rglob("*") if p.is_file()) / 1e6),
        "programs": programs,
        "acknowledged_meanwhile": sum(begun <= at <= ended for at, _, _ in done),
        "longest_wait_s": round(max((took for at, took, _ in done if at >= begun), default=0), 1),
        **_held_against(built.root, into, out / "again", size),
    }


def _held_against(root: Path, into: Path, again: Path, size: int) -> dict[str, Any]:
    made = read_backup(into)
    begun = time.monotonic()
    restore(into, again, (into / "accounting" / "checkpoint").read_bytes())
    restored = round(time.monotonic() - begun, 1)
    with open_office(root).store as store:
        same = root_of(store, made.entries) == made.root
    log = again / "accounting"
    with open_source(str(log)) as source:
        report = verify_log(source, [read_trust(log / TRUST_FILE).log.vkey])
    return {
        "entries_when_it_began": size,
        "entries_in_it": made.entries,
        "nothing_lost": same and made.entries >= size,
        "log_sound": report.is_sound,
        "restore_seconds": restored,
    }


def _longest(root: Path) -> float:
    """Guess how long a backup takes, so that programs write until it ends: by its bytes."""
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    return 5 + size / 20_000_000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="let through by the law")
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--programs", type=int, default=20, help="that write meanwhile")
    parser.add_argument("--folder", type=Path, default=None, help="keeps the office")
    return parser.parse_args()


if __name__ == "__main__":
    main()

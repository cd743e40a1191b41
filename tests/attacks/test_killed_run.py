"""Killed anywhere in a run: it never happened, or it is finished when the office is next opened."""

import json
import random
import signal
import subprocess
import sys
import time

import pytest

from ostiary.office.recovery.entering import at_work
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log


def run_and_kill(office, file, after):
    """Start a run and kill it; the children of a shell that is gone write nothing more."""
    command = [sys.executable, "-m", "ostiary", "run", office, file, "--received", "2025-08-06"]
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        time.sleep(after)
        running.send_signal(signal.SIGKILL)


@pytest.fixture
def fresh_file(world, tmp_path):
    header, *rows = (world / "requests.csv").read_text().splitlines()
    file = tmp_path / "again.csv"
    file.write_text("\n".join([header, *(f"again-{row}" for row in rows)]) + "\n")
    return file


def test_whatever_the_moment_the_office_is_whole(office, fresh_file):
    dice = random.Random(20250806)
    for _ in range(8):
        run_and_kill(office, fresh_file, after=dice.uniform(0.8, 3.5))
        with at_work(office) as place:
            stored = {one.id for one in place.store.batches()}
            assert place.store.pending_batches() == ()
            size = place.store.log_size()
        folders = {path.name for path in (office / "batches").iterdir() if path.name[0] != "."}
        assert folders == stored
        for batch in stored:
            folder = office / "batches" / batch
            assert json.loads((folder / "summary.json").read_text())["batch"] == batch
            assert (folder / "replies.jsonl").exists()
        log = office / "accounting"
        with open_source(str(log)) as source:
            report = verify_log(source, [read_trust(log / TRUST_FILE).log.vkey])
        assert report.faults == ()
        assert report.size == size

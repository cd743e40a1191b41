"""Two programs work for one office at the same time: both finish, the log is one log."""

import json
import subprocess
import sys

from ostiary.accounting.sources import open_source
from ostiary.accounting.verify import verify_log
from ostiary.release.trust import TRUST_FILE, read_trust


def test_two_runs_side_by_side(office, world, tmp_path):
    header, *rows = (world / "requests.csv").read_text().splitlines()
    running = []
    for name in ("left", "right"):
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join([header, *(f"{name}-{row}" for row in rows)]) + "\n")
        command = [sys.executable, "-m", "ostiary", "run", office, file, "--json"]
        command += ["--received", "2025-08-06"]
        running.append(
            subprocess.Popen(
                list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
    ended = [program.communicate(timeout=120) for program in running]
    assert [program.returncode for program in running] == [0, 0], ended
    batches = {json.loads(out)["batch"] for out, _ in ended}
    assert batches == {"2025-08-06-002", "2025-08-06-003"}
    log = office / "accounting"
    with open_source(str(log)) as source:
        report = verify_log(source, [read_trust(log / TRUST_FILE).log.vkey])
    assert report.faults == ()
    assert report.by_type["batch.received"] == 3

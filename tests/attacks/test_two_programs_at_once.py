"""Two programs work for one office at the same time: both finish, the log is one log."""

import json

from commands import side_by_side
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log


def test_two_runs_side_by_side(office, world, tmp_path):
    header, *rows = (world / "requests.csv").read_text().splitlines()
    files = []
    for name in ("left", "right"):
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_text("\n".join([header, *(f"{name}-{row}" for row in rows)]) + "\n")
    options = ("--json", "--received", "2025-08-06")
    ended = side_by_side(("run", office, file, *options) for file in files)
    assert [one.status for one in ended] == [0, 0], ended
    batches = {json.loads(one.out)["batch"] for one in ended}
    assert batches == {"2025-08-06-002", "2025-08-06-003"}
    log = office / "accounting"
    with open_source(str(log)) as source:
        report = verify_log(source, [read_trust(log / TRUST_FILE).log.vkey])
    assert report.faults == ()
    assert report.by_type["batch.received"] == 3

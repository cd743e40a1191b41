"""Attack: the machine fails in the middle of a write, or two processes write at once.

Whatever happens, the office opens with the state before or the state after, never one in between,
and its log has no gap.
"""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from case_stores import Stores
from filled_office import add_batch, entry, fill, filled_office
from ostiary.office.folder.layout import Office, open_office

SUPPORT = Path(__file__).parent.parent / "support"

MUCH = """
import itertools, sys
from pathlib import Path
from filled_office import entry, new_batch, RECEIVED
from ostiary.office.folder.layout import open_office
from ostiary.office.store import RequestRow
store = open_office(Path(sys.argv[1])).store
with store.write() as txn:
    first, number = txn.next_index, txn.next_request
    def rows(count):
        for n in range(count):
            yield RequestRow(number + n, "agency", f"R-{n}", "c", n, "00", "returned", 1, RECEIVED,
                             None, "f" * 2000, "r", "", first)
            if n == 30_000:
                print("in the middle", flush=True)
    txn.add_batch(new_batch("much", 1), rows(10_000_000), [], [entry("batch", of="much")])
"""

MANY = """
import sys
from pathlib import Path
from filled_office import entry
from ostiary.office.folder.layout import open_office
store = open_office(Path(sys.argv[1])).store
for n in range(25):
    with store.write() as txn:
        index = txn.next_index
        assert txn.log(entry(sys.argv[2], n=n, index=index)) == index
"""

FULL = """
import resource, sys
from pathlib import Path
from filled_office import add_batch
from ostiary.domain.errors import InputError
from ostiary.office.folder.layout import open_office
office = open_office(Path(sys.argv[1]))
limit = office.database.path.stat().st_size + 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    add_batch(office.store, "much", [f"R-{n}" for n in range(20_000)])
except InputError as error:
    print(error.exit_status, error)
"""


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=SUPPORT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    """Wait for a process that must end well; give what it printed."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def bodies(office: Office) -> list[bytes]:
    with office.store as store:
        return list(store.entries_from(0))


@pytest.mark.both_stores
def test_a_process_killed_in_a_large_batch_leaves_the_office_as_it_was(
    stores: Stores, tmp_path: Path
) -> None:
    before = bodies(fill(stores.new_office(tmp_path / "office")))
    process = run(MUCH, tmp_path / "office")
    assert process.stdout is not None
    assert process.stdout.readline() == "in the middle\n"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    journal = tmp_path / "office" / "cases.db-journal"
    if stores.kind == "sqlite":
        assert journal.exists(), "it was killed with half a batch in the file"
    office = open_office(tmp_path / "office")
    assert bodies(office) == before
    with office.store as store:
        assert [batch.id for batch in store.batches()] == ["batch-1"]
        assert add_batch(store, "batch-2", ["B-1"]) == [4]
        assert store.log_size() == len(before) + 3
    assert not journal.exists()


@pytest.mark.both_stores
def test_a_process_killed_between_many_small_commits_loses_nothing_acknowledged(
    stores: Stores, tmp_path: Path
) -> None:
    office = stores.new_office(tmp_path / "office")
    script = MANY.replace("range(25)", "range(10**6)") + "    print(index, flush=True)\n"
    process = run(script, office.root, "small")
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    # Not communicate(): it reads the pipe itself and loses lines that readline had read ahead.
    acknowledged += process.stdout.readlines()
    process.communicate(timeout=60)
    last = int(acknowledged[-1])
    found = bodies(open_office(office.root))
    assert len(found) in (last + 1, last + 2), "all that was acknowledged, perhaps one more"
    assert found == [entry("small", n=n, index=n).body for n in range(len(found))]


@pytest.mark.both_stores
def test_two_processes_write_at_once_and_the_numbers_stay_dense(
    stores: Stores, tmp_path: Path
) -> None:
    """One sequencer: the right to write at once, or a lock of the database."""
    office = stores.new_office(tmp_path / "office")
    for process in [run(MANY, office.root, name) for name in ("one", "two")]:
        said(process)
    found = bodies(open_office(office.root))
    assert len(found) == 50
    by_name = {name: [b for b in found if name.encode() in b] for name in ("one", "two")}
    assert {name: len(own) for name, own in by_name.items()} == {"one": 25, "two": 25}
    assert all(f'"index": {index},'.encode() in body for index, body in enumerate(found))


def test_a_full_disk_is_said_and_nothing_is_half_done(tmp_path: Path) -> None:
    before = bodies(filled_office(tmp_path / "office"))
    status, message = said(run(FULL, tmp_path / "office")).split(" ", 1)
    assert status == "2"
    assert "disk full" in message
    assert "nothing was stored" in message
    office = open_office(tmp_path / "office")
    assert bodies(office) == before
    with office.store as store:
        assert add_batch(store, "batch-2", ["B-1"]) == [4]

"""An alarm that rings over what a custodian may do hides the one over what nobody may."""

from datetime import date

from filled_office import RECEIVED
from ostiary.office.batches.running import run_batch
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from request_parts import in_parts


def faults(root, on=RECEIVED):
    with at_work(root, on=on) as place:
        return check_openings(place).faults


def run(root, file):
    with at_work(root, on=RECEIVED) as place:
        run_batch(place, file, RECEIVED)


def test_files_of_which_nothing_was_new(office, world, tmp_path):
    """Of the last of them an entry was asked that the log did not have yet."""
    again = in_parts(world / "requests.csv", tmp_path / "parts", rows=5)[0]
    faulty = tmp_path / "faulty.csv"
    header, first, *_ = again.read_text(encoding="utf-8").splitlines()
    faulty.write_text(f"{header}\n{',' * first.count(',')}x\n", encoding="utf-8")
    for file in (again, faulty, again):
        run(office, file)
        assert faults(office) == ()
    with at_work(office, on=date(2033, 1, 1)) as place:
        dispose(place, due(place))
        assert check_openings(place).faults == ()

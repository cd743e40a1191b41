"""A batch says that it held other requests than the log has of it. The recount names the batch."""

from pathlib import Path
from typing import Any

import pytest

from log_story import OfficeLog, digest
from ostiary.verifying.log.commitments import commitment_root

STATUSES = ["accepted", "returned", "returned", "suspended"]


@pytest.mark.parametrize(
    ("claims", "figure"),
    [
        ({"counts": {"accepted": 2, "returned": 1, "suspended": 1}}, "counts"),
        ({"counts": {"accepted": 1, "returned": 2}}, "counts"),
        ({"rows": 5}, "rows"),
        ({"rows": 4, "row_errors": 1}, "rows"),
        ({"rows": 4, "repeats": 1}, "rows"),
        ({"root": commitment_root([])}, "root"),
        ({"root": commitment_root([digest(f"b-1 content {n}") for n in (1, 0, 2, 3)])}, "root"),
        ({"root": commitment_root([digest(f"b-1 content {n}") for n in range(3)])}, "root"),
    ],
)
def test_false_figures_are_named(tmp_path: Path, claims: dict[str, Any], figure: str) -> None:
    log = OfficeLog()
    log.open_office()
    log.receive("b-0", STATUSES)
    log.receive("b-1", STATUSES, **claims)
    log.publish(tmp_path)
    [fault] = log.verify(tmp_path).faults
    assert (str(fault.kind), fault.index) == ("batch", 8)
    assert figure in fault.message


def test_a_request_left_out_of_the_log_is_missed(tmp_path: Path) -> None:
    log = OfficeLog()
    log.receive("b-1", STATUSES)
    del log.entries[2]
    log.publish(tmp_path)
    [fault] = log.verify(tmp_path).faults
    assert (str(fault.kind), fault.index) == ("batch", 0)
    assert "counts and root and rows" in fault.message


def test_a_request_slipped_in_later_is_noticed(tmp_path: Path) -> None:
    log = OfficeLog()
    log.receive("b-1", STATUSES)
    log.receive("b-2", STATUSES)
    log.decide("b-1", 99, "accepted")
    log.publish(tmp_path)
    [fault] = log.verify(tmp_path).faults
    assert (str(fault.kind), fault.index) == ("batch", 0)


def test_requests_of_no_batch_are_named(tmp_path: Path) -> None:
    log = OfficeLog()
    log.open_office()
    log.decide("b-9", 0, "accepted")
    log.publish(tmp_path)
    [fault] = log.verify(tmp_path).faults
    assert (str(fault.kind), fault.index) == ("batch", 3)


def test_a_batch_received_twice_is_named(tmp_path: Path) -> None:
    log = OfficeLog()
    log.receive("b-1", STATUSES)
    log.entries.append(log.entries[0])
    log.publish(tmp_path)
    [fault] = log.verify(tmp_path).faults
    assert (str(fault.kind), fault.index) == ("batch", 5)

"""What `make bench-log` measures with: a log that really adds up, and times rightly summed."""

import pytest

from log_figures.entries import ORIGIN, bodies, hashed, whole_batches
from log_figures.timing import drawn, summed_up
from ostiary.verifying.log.faults import FaultList
from ostiary.verifying.log.recount import Recount
from ostiary.verifying.log.tree import leaf_hash


def test_the_entries_add_up_where_a_batch_ends() -> None:
    size = whole_batches(100_000)
    faults = FaultList()
    recount = Recount(ORIGIN, faults)
    for body in bodies(size):
        recount.add(body)
    recount.finish()
    assert faults.kept == []
    assert recount.by_type == {
        "office.opened": 1,
        "law.adopted": 1,
        "batch.received": 1,
        "request.decided": 50_000,
        "record.examined": 36_000,
    }


def test_an_entry_is_hashed_as_a_leaf() -> None:
    (body,) = bodies(1)
    assert hashed(body) == (body, leaf_hash(body))


def test_the_worst_two_seconds_and_the_slow_end_are_found() -> None:
    quick = [n / 100 for n in range(201)]  # a hundred calls a second for two seconds
    slow = [2 + n for n in range(1, 5)]  # one a second for four
    found = summed_up([*quick, *slow])
    assert found.rate == pytest.approx(204 / 6)
    assert (round(found.median, 3), found.p99, found.worst) == (0.01, 1.0, 1.0)


def test_what_is_drawn_is_the_same_each_time_and_spread() -> None:
    assert drawn(1000, 10**6) == drawn(1000, 10**6)
    assert len(set(drawn(1000, 10**6))) == 1000
    assert all(0 <= place < 10**6 for place in drawn(1000, 10**6))

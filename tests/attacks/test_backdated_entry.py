"""Attack: an operator turns the clock back, so that today's step seems to be of another day.

The day decides which law there was, so it is worth lying about. The operator has the log's key and
signs whatever they like; what betrays them is the log's own order, and an authority's time-stamp.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from authorities import Authority, new_authority
from log_story import AT, ORIGIN, OfficeLog, digest
from ostiary.verifying.log.entries import instant, make_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.stamped_log import keep_stamp
from ostiary.verifying.log.time_stamps import read_authorities, stamp_query
from ostiary.verifying.log.verify import verify_log


class Operated(OfficeLog):
    """An office that is not for training, with a clock that its operator can set."""

    def __init__(self, training: bool = False) -> None:
        super().__init__()
        self.at = AT
        self.add("office.opened", origin=ORIGIN, profile="modern", training=training)

    def add(self, entry_type: str, **fields: Any) -> int:
        self.entries.append(make_entry(entry_type, at=self.at, **fields))
        return len(self.entries) - 1


def found(log: OfficeLog, folder: Path, *authorities: Authority) -> list[tuple[str, int | None]]:
    roots = [
        root
        for one in authorities
        for root in read_authorities(one.certificate.read_bytes(), where="root.pem")
    ]
    with open_source(folder) as source:
        report = verify_log(source, [log.signer.verifier.vkey], authorities=roots)
    return [(str(fault.kind), fault.index) for fault in report.faults]


@pytest.mark.parametrize(
    ("clock", "is_found"),
    [
        ("2025-08-05T08:59:59Z", True),
        ("2024-01-01T00:00:00Z", True),
        ("2025-08-05T09:00:00Z", False),  # a day is allowed: programs work side by side
        ("2025-08-06T09:00:00Z", False),
    ],
)
def test_an_entry_dated_before_the_one_before_it(
    tmp_path: Path, clock: str, is_found: bool
) -> None:
    log = Operated()
    log.adopt("book")
    log.at = clock
    turned_back = log.adopt("another book")
    log.at = AT
    log.adopt("a third book")
    log.publish(tmp_path)
    assert found(log, tmp_path) == ([("clock", turned_back)] if is_found else [])


def test_each_time_that_the_clock_is_turned_back_is_named(tmp_path: Path) -> None:
    log = Operated()
    turned_back = []
    for day in (9, 3, 20, 25, 11, 30):
        before, log.at = log.at, f"2025-08-{day:02}T09:00:00Z"
        at = log.adopt(f"book {day}")
        turned_back += [("clock", at)] if log.at < before else []
    log.publish(tmp_path)
    assert found(log, tmp_path) == turned_back
    assert len(turned_back) == 2


@pytest.mark.parametrize("step", ["answer.released", "release.stopped"])
@pytest.mark.parametrize("training", [True, False])
def test_a_release_under_the_law_of_another_day(tmp_path: Path, step: str, training: bool) -> None:
    """Only a training office sets the day; everywhere else that of the clock decides."""
    log = Operated(training)
    [asked] = log.receive("b-1", ["accepted"])
    if step == "release.stopped":
        at = log.add(step, of=asked, mask="1", on="2025-08-05")
    else:
        at = log.answer(asked, on="2025-08-05")
    log.publish(tmp_path)
    assert found(log, tmp_path) == ([] if training else [("clock", at)])


def test_a_release_on_the_day_it_is_written_is_sound(tmp_path: Path) -> None:
    log = Operated()
    one, two = log.receive("b-1", ["accepted", "accepted"])
    log.answer(one, on=AT[:10])
    log.add("release.stopped", of=two, mask="1", on=AT[:10])
    log.publish(tmp_path)
    assert found(log, tmp_path) == []


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("tsa") / "tsa")


def stamp(log: OfficeLog, folder: Path, authority: Authority) -> int:
    note = log.publish(folder).note
    return keep_stamp(folder, note, authority.answer(stamp_query(note)))


@pytest.mark.parametrize(("ahead", "is_found"), [(25, True), (23, False), (-2000, False)])
def test_an_entry_dated_after_the_stamp_that_was_put_on_it(
    tmp_path: Path, authority: Authority, ahead: int, is_found: bool
) -> None:
    log = Operated()
    log.at = instant(datetime.now(UTC) + timedelta(hours=ahead))
    ahead_of_its_time = log.adopt("book")
    log.at = instant(datetime.now(UTC))
    size = stamp(log, tmp_path, authority)
    log.adopt("written after the stamp")
    assert stamp(log, tmp_path, authority) == size + 1
    later = [("clock", ahead_of_its_time)] if is_found else []
    set_back = [("clock", 2)] if ahead == 25 else []
    assert sorted(found(log, tmp_path, authority))[:1] == later[:1]
    assert found(log, tmp_path) == set_back, "nobody's word is no evidence"


def test_what_is_written_after_a_stamp_may_be_dated_later(
    tmp_path: Path, authority: Authority
) -> None:
    log = Operated()
    stamp(log, tmp_path, authority)
    log.at = instant(datetime.now(UTC) + timedelta(days=400))
    log.adopt("book")
    log.publish(tmp_path)
    assert found(log, tmp_path, authority) == []


def test_a_request_that_was_received_on_another_day_than_its_file(tmp_path: Path) -> None:
    log = Operated()
    [asked] = log.receive("b-1", ["returned"])
    log.entries[asked] = log.entries[asked].replace(
        b'"received":"2025-08-06"', b'"received":"2025-08-05"'
    )
    log.publish(tmp_path)
    with open_source(tmp_path) as source:
        [fault] = verify_log(source, [log.signer.verifier.vkey]).faults
    assert (str(fault.kind), fault.index) == ("batch", asked - 1)
    assert "received" in fault.message
    assert digest("b-1 request 0") not in fault.message

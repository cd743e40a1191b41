"""The edges of the recount; found by `make mutants`."""

from pathlib import Path

from log_story import OfficeLog, rewrite_and_sign


def found(log: OfficeLog, folder: Path) -> list[tuple[str, int | None]]:
    rewrite_and_sign(folder, log.entries, log.signer)
    return [(str(fault.kind), fault.index) for fault in log.verify(folder).faults]


def test_a_release_is_stopped_by_a_rule_or_not_at_all(tmp_path: Path) -> None:
    log = OfficeLog()
    log.open_office()
    one, two = log.receive("b-1", ["accepted", "accepted"])
    log.add("release.stopped", of=one, mask="1", on="2025-09-01")
    stopped = log.add("release.stopped", of=two, mask="0", on="2025-09-01")
    assert found(log, tmp_path) == [("status", stopped)]


def test_the_votes_of_one_officer_are_one(tmp_path: Path) -> None:
    log = OfficeLog()
    log.open_office()
    [asked] = log.receive("b-1", ["accepted"])
    log.vote(asked, "reviewer-1")
    log.vote(asked, "reviewer-1")
    assert found(log, tmp_path) == []
    released = log.release(asked)
    assert found(log, tmp_path) == [("approvals", released)]


def test_looks_at_records_are_counted(tmp_path: Path) -> None:
    log = OfficeLog()
    log.open_office()
    for asked in log.receive("b-1", ["accepted", "accepted", "accepted"]):
        log.answer(asked)
    log.publish(tmp_path)
    by_type = log.verify(tmp_path).by_type
    assert (by_type["record.examined"], by_type["answer.opened"]) == (3, 3)
    assert by_type["request.decided"] == 3

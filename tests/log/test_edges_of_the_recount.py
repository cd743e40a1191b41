"""The edges of the recount; found by `make mutants`."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from log_story import AT, ORIGIN, SIGNATURE, OfficeLog, digest, rewrite_and_sign
from ostiary.verifying.log.entries import make_entry
from ostiary.verifying.log.faults import FaultList
from ostiary.verifying.log.recount import Recount

TWO_DAYS_BEFORE = "2025-08-04T09:00:00Z"


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


def recounted(
    entries: Iterable[bytes | None], stamped: tuple[tuple[int, datetime], ...] = ()
) -> list[tuple[str, int | None]]:
    """What the recount finds in these entries; None is one that cannot be read."""
    faults = FaultList()
    recount = Recount(ORIGIN, faults, stamped)
    for entry in entries:
        if entry is None:
            recount.skip(1)
        else:
            recount.add(entry)
    recount.finish()
    return [(str(fault.kind), fault.index) for fault in faults.kept]


def office(*statuses: str) -> tuple[OfficeLog, list[int]]:
    """An office that is not for training, and has received one batch."""
    log = OfficeLog()
    log.add("office.opened", origin=ORIGIN, profile="modern", training=False)
    return log, log.receive("b-1", statuses)


# Moments


@pytest.mark.parametrize("step", ["law.adopted", "record.examined", "request.decided"])
def test_every_step_shows_that_the_clock_was_turned_back(step: str) -> None:
    """Two types of entry are read in a quick way of their own, which looks at the clock as well."""
    log, [asked] = office("accepted")
    if step == "law.adopted":
        at = log.adopt("book")
    elif step == "record.examined":
        at = log.add(step, of=asked, outcome=digest("o"), model=digest("model"))
    else:
        [at] = log.receive("b-2", ["returned"])
    assert recounted(log.entries) == []
    log.entries[at] = log.entries[at].replace(AT.encode(), TWO_DAYS_BEFORE.encode())
    assert recounted(log.entries) == [("clock", at)]


def test_of_many_entries_that_state_one_moment_the_first_is_named() -> None:
    log, [_asked] = office("returned")
    stamped = ((len(log.entries), datetime(2025, 8, 1, tzinfo=UTC)),)
    assert recounted(log.entries, stamped) == [("clock", 0)]


def test_where_the_beginning_is_gone_nobody_knows_who_keeps_its_days() -> None:
    """Whether an office is for training, and sets its own day, is said in its first entry."""
    log, [asked] = office("accepted")
    stopped = log.add("release.stopped", of=asked, mask="1", on="2025-09-01")
    assert recounted(log.entries) == [("clock", stopped)]
    assert recounted([None, *log.entries[1:]]) == []


# What a status says


@pytest.mark.parametrize(
    ("status", "mask", "is_found"),
    [
        ("accepted", "0", False),
        ("accepted", "1", True),
        ("returned", "1", False),
        ("returned", "0", True),
        ("suspended", "0", True),
    ],
)
def test_a_request_is_accepted_when_every_rule_is_met_and_only_then(
    status: str, mask: str, is_found: bool
) -> None:
    log, [asked] = office(status)
    said = log.entries[asked].replace(b'"mask":"a0"', b'"mask":"0"')
    log.entries[asked] = said.replace(b'"mask":"0"', f'"mask":"{mask}"'.encode())
    assert recounted(log.entries) == ([("status", asked)] if is_found else [])


AGENCIES = ("dhs-ice", "doj-crm", "usda-oig")


@pytest.mark.parametrize("agency", AGENCIES)
def test_each_request_is_answered_under_the_name_of_who_asked(agency: str) -> None:
    log, requests = office("accepted", "accepted", "accepted")
    for asked, name in zip(requests, AGENCIES, strict=True):
        log.entries[asked] = log.entries[asked].replace(AGENCIES[0].encode(), name.encode())
    own = requests[AGENCIES.index(agency)]
    log.answer(own, agency=agency, on=AT[:10])
    assert recounted(log.entries) == []
    for other in set(requests) - {own}:
        wrong = log.answer(other, agency=agency, on=AT[:10])
        assert recounted(log.entries)[-1] == ("release", wrong)


# Gaps: what cannot be read is reported elsewhere, and blames nobody


def answered() -> tuple[OfficeLog, int, int]:
    """A log with one answer: its request's number, and the number of the release."""
    log, [asked, _returned] = office("accepted", "returned")
    return log, asked, log.answer(asked, on=AT[:10])


@pytest.mark.parametrize("gone", range(10))
def test_what_is_missing_blames_no_other_entry(gone: int) -> None:
    """The request, a vote, the release, the batch's receipt, whatever it is."""
    log, _, released = answered()
    assert (released, len(log.entries)) == (8, 10)
    dispose(log, 2)
    log.add("figures.reported", **FIGURES)
    assert recounted(log.entries) == []
    entries: list[bytes | None] = list(log.entries)
    entries[gone] = None
    assert recounted(entries) == []


def test_an_entry_that_says_nothing_known_blames_no_other() -> None:
    log, asked, _ = answered()
    log.entries[asked] = b'{"type":"request.imagined"}'
    assert recounted(log.entries) == [("form", asked)]


def test_numbers_go_on_behind_what_says_nothing_known() -> None:
    log, [_returned] = office("returned")
    log.entries.append(b"{}")
    at = log.decide("b-1", 1, "accepted")
    log.add("case.read", about=at, reader="auditor-1")
    log.add("case.read", about=at - 1, reader="auditor-1")
    wrong = log.add("case.read", about=at + 1, reader="auditor-1")
    assert recounted(log.entries) == [("form", at - 1), ("reference", wrong)]


def test_an_unreadable_request_is_still_answered_but_once() -> None:
    log, asked, _ = answered()
    again = log.release(asked, on=AT[:10])
    entries = [None if at == asked else entry for at, entry in enumerate(log.entries)]
    assert recounted(entries) == [("release", again)]


# Rules that one entry breaks


def test_an_answer_to_what_is_no_accepted_request_is_one_fault() -> None:
    """What it lacks besides is not listed: there is nothing that it could have been right about."""
    log, [returned] = office("returned")
    released = [log.release(of, on="2025-08-01") for of in (0, returned, 1000)]
    assert recounted(log.entries) == [("reference", at) for at in released]


@pytest.mark.parametrize("rows", [4, 5])
def test_a_batch_received_twice_is_compared_with_what_it_said_first(rows: int) -> None:
    log, _ = office("accepted", "returned", "returned", "suspended")
    again = len(log.entries)
    log.entries.append(log.entries[1].replace(b'"rows":4', b'"rows":%d' % rows))
    assert recounted(log.entries) == [("batch", again)]


@pytest.mark.parametrize("about", [1, 2, 3, 4])
def test_a_request_of_any_status_may_be_read_when_it_is_there(about: int) -> None:
    log, requests = office("accepted", "returned")
    assert requests == [2, 3]
    reading = log.add("case.read", about=about, reader="auditor-1")
    assert reading == 4
    assert recounted(log.entries) == ([] if about in requests else [("reference", reading)])


ROOT = "0" * 64


def dispose(log: OfficeLog, requests: int) -> int:
    return log.add(
        "openings.disposed",
        on=AT[:10],
        register=digest("register"),
        requests=requests,
        answers=0,
        root=ROOT,
    )


def test_all_requests_are_disposed_of_and_no_more() -> None:
    log, _ = office("accepted", "returned", "returned")
    assert dispose(log, 2) == 5
    assert dispose(log, 1) == 6
    assert recounted(log.entries) == []
    beyond = dispose(log, 1)
    assert recounted(log.entries) == [("disposal", beyond)]


def test_requests_that_come_later_are_not_disposed_of_before() -> None:
    log, _ = office("returned")
    early = dispose(log, 2)
    log.receive("b-2", ["returned"])
    assert recounted(log.entries) == [("disposal", early)]


FIGURES = {
    "agency": "dhs-ice",
    "year": 2025,
    "requests": 2,
    "answers": 1,
    "disclosures": 1,
    "taxpayers": 1,
}


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, False),
        ({"taxpayers": 0}, False),
        ({"disclosures": 0, "taxpayers": 0}, False),
        ({"requests": 1}, True),
        ({"requests": 3}, True),
        ({"answers": 2}, True),
        ({"answers": 0, "disclosures": 0, "taxpayers": 0}, True),
        ({"disclosures": 2}, True),
        ({"taxpayers": 2}, True),
        ({"disclosures": 0}, True),
        ({"year": 2024}, True),
        ({"year": 2024, "requests": 0, "answers": 0, "disclosures": 0, "taxpayers": 0}, False),
        ({"agency": "doj-crm"}, True),
    ],
)
def test_what_is_reported_of_a_year_is_what_the_entries_hold(
    changes: dict[str, Any], is_found: bool
) -> None:
    """No more disclosures than answers, and no more taxpayers than disclosures."""
    log, _, _ = answered()
    fields: dict[str, Any] = FIGURES | changes
    for _ in range(2):  # figures are not counted again for the second report
        log.entries.append(make_entry("figures.reported", at=AT, **fields))
    end = len(log.entries)
    assert recounted(log.entries) == (
        [("report", end - 2), ("report", end - 1)] if is_found else []
    )


def answer_by_counsel(log: OfficeLog, about: int) -> int:
    return log.add(
        "counsel.answered",
        about=about,
        officer="anna",
        on=AT[:10],
        how=digest("how"),
        signature=SIGNATURE,
    )


def test_counsel_answers_what_went_to_counsel_and_once() -> None:
    log, [accepted, given] = office("accepted", "to-counsel")
    answer_by_counsel(log, given)
    assert recounted(log.entries) == []
    again = answer_by_counsel(log, given)
    answer_by_counsel(log, accepted)  # a judge's order that nobody looked at in time, say
    assert recounted(log.entries) == [("release", again)]


def test_what_counsel_answered_is_neither_looked_at_nor_answered_afterwards() -> None:
    log, [accepted] = office("accepted")
    answer_by_counsel(log, accepted)
    looked = log.add("record.examined", of=accepted, outcome=digest("o"), model=digest("model"))
    released = log.answer(accepted, on=AT[:10])
    assert ("element", looked) in recounted(log.entries)
    assert ("release", released) in recounted(log.entries)
    log, accepted, _ = answered()
    late = answer_by_counsel(log, accepted)
    assert recounted(log.entries) == [("release", late)]


def test_what_went_to_counsel_is_read_and_nothing_else_done_with_it() -> None:
    log, [returned, given] = office("returned", "to-counsel")
    log.add("case.viewed", of=given, officer="anna")
    assert recounted(log.entries) == []
    wrong = [log.add("case.viewed", of=returned, officer="anna")]
    wrong.append(log.add("record.examined", of=given, outcome=digest("o"), model=digest("model")))
    assert recounted(log.entries) == [("reference", index) for index in wrong]


def test_counsel_answers_nothing_that_was_returned_or_is_not_there_yet() -> None:
    log, [returned] = office("returned")
    wrong = [answer_by_counsel(log, returned)]
    wrong.append(answer_by_counsel(log, len(log.entries)))  # itself
    wrong.append(answer_by_counsel(log, len(log.entries) + 1))
    assert recounted(log.entries) == [("reference", index) for index in wrong]


def keep(log: OfficeLog, requests: int) -> int:
    return log.add("record.kept", on=AT[:10], requests=requests, answers=0, root=ROOT)


def test_what_is_disposed_of_was_kept_once_an_office_has_begun_to() -> None:
    log, _ = office("accepted", "returned", "returned", "returned")
    dispose(log, 1)  # of before there was a permanent record
    keep(log, 1)
    dispose(log, 1)
    assert recounted(log.entries) == []
    unkept = dispose(log, 1)
    keep(log, 2)
    others = dispose(log, 1)
    assert recounted(log.entries) == [("disposal", unkept), ("disposal", others)]

"""Verifying: what a sound log says, and what the recount finds in a log that is soundly signed."""

from pathlib import Path
from typing import Any

import pytest

from log_story import ORIGIN, OfficeLog, digest, kinds, rewrite_and_sign, told_story
from ostiary.domain.errors import InputError, KeyFileError
from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.commitments import commitment_root
from ostiary.verifying.log.faults import FAULT_LIMIT
from ostiary.verifying.log.recount import AgencyYear
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log


def verified(log: OfficeLog, folder: Path) -> Any:
    rewrite_and_sign(folder, log.entries, log.signer)
    return log.verify(folder)


def test_a_sound_log_gives_requests_and_answers_by_year(tmp_path: Path) -> None:
    log = OfficeLog()
    log.open_office()
    asked = log.receive("b-1", ["accepted"] * 5 + ["returned"])
    log.answer(asked[0])
    log.answer(asked[1])
    log.answer(asked[2], on="2026-01-02")
    log.answer(asked[3])
    log.publish(tmp_path)
    report = log.verify(tmp_path)
    assert report.is_sound, report.faults
    assert report.figures == (
        AgencyYear("dhs-ice", 2025, requests=6, answers=3),
        AgencyYear("dhs-ice", 2026, requests=0, answers=1),
    )
    assert report.by_type["request.decided"] == 6
    assert report.by_type["answer.released"] == 4
    assert (report.size, report.signers) == (len(log.entries), (log.signer.name,))


def test_figures_are_kept_apart_by_agency_and_summed_over_batches(tmp_path: Path) -> None:
    log = OfficeLog()
    log.receive("b-1", ["accepted", "returned"])
    log.receive("b-2", ["suspended"])
    log.decide("b-3", 0, "accepted", agency="doj-crm")
    log.add(
        "batch.received",
        batch="b-3",
        file=digest("f"),
        received="2025-08-06",
        rows=4,
        row_errors=2,
        repeats=1,
        counts={"accepted": 1},
        root=commitment_root([digest("b-3 content 0")]),
    )
    log.publish(tmp_path)
    report = log.verify(tmp_path)
    assert report.is_sound, report.faults
    assert [(row.agency, row.requests) for row in report.figures] == [
        ("dhs-ice", 3),
        ("doj-crm", 1),
    ]


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize(("received", "days"), [
    ("2025-08-06", 0), ("2025-07-23", 14), ("2025-07-22", 15), ("2024-02-29", 524),
])  # fmt: skip
def test_a_receipt_long_past_is_remarked_in_a_real_office(
    tmp_path: Path, received: str, days: int, *, training: bool
) -> None:
    log = OfficeLog()
    log.add("office.opened", origin=ORIGIN, profile="modern", training=training)
    log.add(
        "batch.received",
        batch="b-1",
        file=digest("f"),
        received=received,
        rows=0,
        row_errors=0,
        repeats=0,
        counts={},
        root=commitment_root([]),
    )
    log.publish(tmp_path)
    report = log.verify(tmp_path)
    assert report.is_sound, report.faults
    told = f"batch b-1 was entered {days} days after the day it says it was received (entry 1)"
    told += "; nobody signed why"
    assert list(report.remarks) == ([told] if days > 14 and not training else [])


def test_an_empty_log_is_sound_and_says_nothing(tmp_path: Path) -> None:
    log = OfficeLog()
    log.publish(tmp_path)
    report = log.verify(tmp_path)
    assert (report.is_sound, report.size, report.figures) == (True, 0, ())


def test_progress_ends_at_the_size(tmp_path: Path) -> None:
    log = told_story(600)
    log.publish(tmp_path)
    seen: list[tuple[int, int]] = []
    with open_source(tmp_path) as source:
        verify_log(
            source, [log.signer.verifier.vkey], progress=lambda at, of: seen.append((at, of))
        )
    size = len(log.entries)
    assert seen[0] == (256, size)
    assert seen[-1] == (size, size)


def test_no_keys_and_bad_keys_are_bad_input(tmp_path: Path) -> None:
    log = told_story()
    log.publish(tmp_path)
    with open_source(tmp_path) as source:
        with pytest.raises(InputError, match="no public key"):
            verify_log(source, [])
        with pytest.raises(KeyFileError):
            verify_log(source, ["log.example/ostiary"])


@pytest.mark.parametrize("of", ["itself", "returned", "not a request", "beyond the end"])
def test_a_step_belongs_to_an_earlier_accepted_request(tmp_path: Path, of: str) -> None:
    log = told_story(6)
    size = len(log.entries)
    accepted = next(n for n, entry in enumerate(log.entries) if b'"status":"accepted"' in entry)
    target = {
        "itself": size,
        "returned": accepted + 1,
        "not a request": 0,
        "beyond the end": 10**14,
    }[of]
    log.add("record.examined", of=target, outcome=digest("o"), model=digest("model"))
    report = verified(log, tmp_path)
    assert [(str(fault.kind), fault.index) for fault in report.faults] == [("reference", size)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b'{"v":1}',
        b'{"at":"2025-08-06T09:00:00Z","type":"office.opened","v":1,"who":"TESTPERSON"}',
        b'{"type":"answer.opened"}',
    ],
)
def test_an_entry_outside_the_vocabulary_is_found_and_not_repeated(
    tmp_path: Path, body: bytes
) -> None:
    log = told_story(6)
    log.entries.append(body)
    report = verified(log, tmp_path)
    assert kinds(report) == {"form"}
    assert report.faults[0].index == len(log.entries) - 1
    assert "TESTPERSON" not in str(report.faults)


def test_a_log_opened_under_another_name_is_found(tmp_path: Path) -> None:
    log = OfficeLog()
    log.add("office.opened", origin="log.example/else", profile="fips", training=False)
    assert kinds(verified(log, tmp_path)) == {"origin"}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [({"agency": "doj-crm"}, "release"), ({"answer": "a-other"}, "opening")],
)
def test_an_answer_goes_to_who_asked_and_is_opened_as_released(
    tmp_path: Path, changes: dict[str, str], kind: str
) -> None:
    log = OfficeLog()
    log.open_office()
    [asked] = log.receive("b-1", ["accepted"])
    log.answer(asked, **changes)
    assert kinds(verified(log, tmp_path)) == {kind}


def test_an_answer_is_not_released_twice(tmp_path: Path) -> None:
    log = told_story(1)
    asked = next(n for n, entry in enumerate(log.entries) if b'"request.decided"' in entry)
    again = log.release(asked)
    report = verified(log, tmp_path)
    assert [(str(fault.kind), fault.index) for fault in report.faults] == [("release", again)]


def test_faults_are_capped_but_counted(tmp_path: Path) -> None:
    log = OfficeLog()
    log.entries = [b"nonsense"] * 700
    report = verified(log, tmp_path)
    assert len(report.faults) == FAULT_LIMIT
    assert report.fault_count == 700
    assert not report.is_sound


def test_a_signed_size_without_files_ends_soon(tmp_path: Path) -> None:
    log = told_story()
    made = sign_checkpoint(log.signer.name, 2**50, bytes(32), [log.signer])
    (tmp_path / "checkpoint").write_bytes(made.note)
    report = log.verify(tmp_path)
    assert kinds(report) == {"bundle", "tile"}
    assert report.fault_count == FAULT_LIMIT, "what was not read to its end is not judged"

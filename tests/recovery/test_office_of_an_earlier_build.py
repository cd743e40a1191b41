"""An office made before the package moved to its floors opens, verifies, releases, and goes on.

It was made by build d323ed31 and is kept as it was left: sixty requests run, four determined, one
answered, two
approved by two officers, one by the first of them. Its reference file is not kept; it is loaded
again, which any change of the standard form asks of an office anyway.
"""

import tarfile
from datetime import date
from pathlib import Path

import pytest

from officers import key_of
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.states import CaseState
from ostiary.office.cases.steps import at_desk
from ostiary.office.folder.session import OfficeSession
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import read_opening_key
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

KEPT = Path(__file__).with_name("made-on-floor-one.tar.xz")
RECEIVED, TODAY = date(2025, 8, 6), date(2025, 8, 13)
ANSWERED, APPROVED, BEGUN = "ICE-2025-0000001", "ICE-2025-0000002", "ICE-2025-0000004"
ENTRIES = 81


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder that was kept: an office, its people, its requests, its recipients' keys."""
    with tarfile.open(KEPT) as archive:
        archive.extractall(tmp_path, filter="tar")  # as it was, rights included
    return tmp_path


def check_log(root: Path) -> int:
    """Verify the published log; give its size."""
    log = root / "accounting"
    with open_source(str(log)) as source:
        report = verify_log(
            source, [key.vkey for key in read_trust(log / TRUST_FILE).logs], every=True
        )
    assert report.is_sound
    return report.size


def opened(place: OfficeSession, kept: Path, request: str) -> str:
    """Open the answer to a request as its first recipient does; give its status."""
    case = place.store.case(place.store.find_request(request).id)
    assert case.answer
    answer = open_answer(
        (place.office.answers / f"{case.answer.answer_id}.answer").read_bytes(),
        read_opening_key(kept / "recipients" / f"{recipients_of(case)[0]}.pem"),
        read_trust(place.office.accounting / TRUST_FILE),
        today=TODAY,
        request_id=request,
    )
    return str(answer.statement.status)


def test_its_log_and_its_answer_are_as_good_as_before(kept):
    assert check_log(kept / "office") == ENTRIES
    with at_work(kept / "office", on=TODAY) as place:
        assert opened(place, kept, ANSWERED) == "confirmed"


def test_what_was_begun_in_it_is_finished(kept):
    root = kept / "office"
    with at_work(root, on=TODAY) as place:
        load_people(place, kept / "people.parquet")
        with at_desk(place) as desk:  # votes bind the law they were cast under, which has changed
            for request in (APPROVED, BEGUN):
                assert desk.state(desk.case(request)) is CaseState.AWAITS_APPROVAL
                for officer in ("anna", "bert"):
                    desk.approve(request, officer, key_of(root, officer))
        told = {request for request, _ in release(place).answers}
        assert {APPROVED, BEGUN} <= told
        assert opened(place, kept, BEGUN) == "confirmed"
        again = run_batch(place, kept / "requests.csv", RECEIVED)
        assert again["repeats"] == again["rows"]
    assert check_log(root) > ENTRIES

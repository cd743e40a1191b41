"""A program submits, follows, and fetches: the whole story by calls."""

import json
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest

from officers import approve_twice, first_case, look_at_all
from order import order_text
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.steps import at_desk
from ostiary.office.folder.session import MOST_CHANGES, OfficeSession
from ostiary.office.release.release import release
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.client import RefusedError
from ostiary.verifying.keys.files import read_opening_key
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.tiles import tile_path
from programs import ICE, PROGRAM, fresh_key, program, send_to_django


def renamed(request, name):
    return request | {"request_id": name}


def replies_in(site):
    """The replies to the agency's own requests in the file that the office has run."""
    path = next(site.office.root.glob("batches/2025-08-06-*/replies.jsonl"))
    replies = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    store = site.office.store
    return [one for one in replies if store.request_at(one["receipt"]["entry"]).agency == ICE]


@pytest.mark.both_stores
def test_many_are_submitted_at_once_and_what_cannot_be_read_is_told_by_row(ice, asked):
    lawful = [renamed(one, f"API-{n}") for n, one in enumerate(asked[:6])]
    broken = renamed(asked[6], "API-x") | {"signed_on": "no day"}
    outcome = ice.submit([*lawful[:3], broken, *lawful[3:]], key=fresh_key())
    assert [one.request_id for one in outcome.replies] == [f"API-{n}" for n in range(6)]
    assert {(one.row, one.column) for one in outcome.errors} == {(4, "signed_on")}
    for one in outcome.replies:
        assert one.status in {"returned", "accepted"}
        assert bool(one.findings) == (one.status == "returned")
        assert ice.status(one.entry) == one


def test_a_reply_by_call_is_the_reply_by_file(ice, site):
    for reply in replies_in(site)[:10]:
        said = ice.status(reply["receipt"]["entry"])
        assert said.status == reply["status"]
        assert [one.rule for one in said.findings] == [one["rule"] for one in reply["findings"]]


@pytest.mark.both_stores
def test_the_same_under_the_same_key_is_done_once(ice, asked, site):
    body, key = [renamed(asked[0], "API-once")], fresh_key()
    first = ice.submit(body, key=key)
    size = site.office.store.log_size()
    assert ice.submit(body, key=key) == first
    assert site.office.store.log_size() == size


def test_something_else_under_the_same_key_is_refused(ice, asked):
    key = fresh_key()
    ice.submit([renamed(asked[0], "API-a")], key=key)
    with pytest.raises(RefusedError) as refused:
        ice.submit([renamed(asked[0], "API-b")], key=key)
    assert (refused.value.status, refused.value.code) == (422, "idempotency-key-reused")


def test_two_agencies_may_use_the_same_key(ice, other, asked):
    key = fresh_key()
    mine = ice.submit([renamed(asked[0], "API-a")], key=key)
    theirs = other.submit([renamed(asked[0], "API-a")], key=key)
    assert mine.replies[0].entry != theirs.replies[0].entry


def test_the_same_request_under_another_key_brings_the_same_reply(ice, asked):
    body = [renamed(asked[0], "API-again")]
    first = ice.submit(body, key=fresh_key())
    again = ice.submit(body, key=fresh_key())
    assert again.replies == first.replies


@pytest.mark.both_stores
def test_the_sealed_answer_is_fetched_and_opened(ice, site, office, world):
    with at_desk(site.place()) as desk:
        case = first_case(desk)
        request, entry = case.request.request_id, case.request.entry_index
        with pytest.raises(RefusedError) as refused:
            ice.answer(entry)
        assert refused.value.code == "no-answer-yet"
        approve_twice(desk, office, request)
        recipient = recipients_of(case)[0]
    with site.working() as place:
        release(place, request)
    assert ice.status(entry).status == "answered"
    trust = read_trust(office / "accounting" / TRUST_FILE)
    key = read_opening_key(world / "recipients" / f"{recipient}.pem")
    opened = open_answer(ice.answer(entry), key, trust, today=datetime.now(UTC).date())
    assert opened.statement.request_id == request


def test_receipt_checkpoint_and_tiles_prove_the_request(ice, office, site):
    entry = replies_in(site)[0]["receipt"]["entry"]
    assert ice.receipt(entry).startswith("c2sp.org/tlog-proof@v1\n")
    note = ice.log_file("checkpoint")
    assert note == (office / "accounting" / "checkpoint").read_bytes()
    assert unverified_checkpoint(note).size > entry
    first = tile_path(0, 0)
    assert ice.log_file(first) == (office / "accounting" / first).read_bytes()


def test_the_letter_is_there_when_there_is_something_to_tell(ice, site):
    by_status = {one["status"]: one["receipt"]["entry"] for one in replies_in(site)}
    read = pypdf.PdfReader(BytesIO(ice.letter(by_status["returned"])))
    assert "Return of request" in read.pages[0].extract_text()
    with pytest.raises(RefusedError) as refused:
        ice.letter(by_status["accepted"])
    assert refused.value.code == "nothing-to-tell"


def test_before_release_nothing_tells_the_outcomes_apart(ice, site):
    """No record, mismatch and a confirmed case are told of in the same words and the same size."""
    said = {}
    with site.working() as place:
        look_at_all(place, most=120)
    with at_desk(site.place()) as desk:
        queued = [item.id for item in site.office.store.queue()][:120]
        for case in desk.store.cases(queued):
            outcome = str(case.verification.outcome)
            if outcome not in said:
                said[outcome] = ice.status(case.request.entry_index)
    assert {"confirmed", "no-record", "mismatch"} <= set(said)
    assert {(one.status, one.findings, one.log) for one in said.values()} == {
        ("accepted", (), site.office.origin)
    }


def test_a_law_that_changes_under_each_attempt_is_told_so_and_the_same_call_goes_through_later(
    served, asked, monkeypatch
):
    """Before, the office took it for a fault of its own: 500."""
    site, keys = served
    told, changes = [], iter(range(MOST_CHANGES))
    real = OfficeSession.adopt

    def changing(*args):
        if (change := next(changes, None)) is not None:
            text = order_text(f"stay{change}", "2025-08-07", "false")
            (site.office.root / "orders" / "stay.md").write_text(text)
        return real(*args)

    def send(*call):
        told.append(send_to_django(*call))
        return told[-1]

    monkeypatch.setattr(OfficeSession, "adopt", changing)
    client, key = program(site, PROGRAM, keys[PROGRAM], send), fresh_key()
    body = [renamed(asked[0], "API-law")]
    with pytest.raises(RefusedError, match="the same call with the same key") as refused:
        client.submit(body, key=key)
    assert (refused.value.status, refused.value.code) == (503, "law-changed")
    assert int(told[-1][2]["retry-after"]) > 0
    batches = len(site.office.store.batches())
    assert [one.request_id for one in client.submit(body, key=key).replies] == ["API-law"]
    assert len(site.office.store.batches()) == batches + 1

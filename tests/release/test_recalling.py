"""Answers called back: exactly those affected, each told of once, and nobody else learns of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from aftermath import answered_office, left_of, receipt, recipients, signing_key
from aftermath import opened as opened_by
from commands import ostiary
from officers import NEXT_DAY
from order import order_text
from ostiary.domain.errors import InputError, KeyFileError
from ostiary.office.counsel.replay import replay
from ostiary.office.recovery.entering import at_work
from ostiary.office.release import recall as recalling
from ostiary.office.release.recall import answer_to, answers_under_order, answers_under_rule, recall
from ostiary.office.release.receipts import take_receipt
from ostiary.verifying.answers.faults import AnswerError
from ostiary.verifying.answers.recalls import open_notice
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import new_opening_key, read_opening_key
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log


@pytest.fixture
def office(served_office, stores, tmp_path_factory, tmp_path) -> Path:
    made = answered_office(tmp_path_factory, served_office, stores)
    return stores.copy(made, tmp_path / "office").root


@pytest.fixture
def left(office: Path) -> dict[str, Path]:
    return left_of(office)


@pytest.fixture
def order(office: Path, left: dict[str, Path], tmp_path: Path) -> Path:
    """An order that covers some of the answers that left."""
    with at_work(office, on=NEXT_DAY) as place:
        limb = limbs(place)[next(iter(left.values())).stem]
    file = tmp_path / "late.md"
    file.write_text(order_text("late", "2025-08-01", f"offense_limb = '{limb}'"))
    return file


def limbs(place) -> dict[str, str]:
    facts = {one.answer_id: place.store.request(one.request) for one in place.store.answers()}
    return {key: json.loads(one.facts)["offense_limb"] for key, one in facts.items()}


def recalls_logged(place) -> list[tuple[str, str]]:
    entries = (read_entry(body) for body in place.store.entries_from(0))
    return [(one["answer"], one["cause"]) for one in entries if one.type == "answer.recalled"]


@pytest.mark.both_stores
def test_an_order_recalls_exactly_the_answers_it_covers(office, left, order):
    with at_work(office, on=NEXT_DAY) as place:
        of_answers = limbs(place)
        limb = of_answers[next(iter(left.values())).stem]
        expected = {key for key, found in of_answers.items() if found == limb}
        done = recall(place, answers_under_order(place, order))
        assert {one.answer_id for one in done} == expected
        assert {one.cause for one in done} == {"order/late"}
        assert sorted(recalls_logged(place)) == sorted((key, "order/late") for key in expected)


def test_doing_it_again_recalls_nothing_twice(office, order):
    with at_work(office, on=NEXT_DAY) as place:
        first = recall(place, answers_under_order(place, order))
        size = place.store.log_size()
        again = recall(place, answers_under_order(place, order))
        assert place.store.log_size() == size
    assert all(one.new for one in first)
    assert not any(one.new for one in again)
    assert [one.notice for one in again] == [one.notice for one in first]


def test_a_rule_recalls_what_it_would_not_have_let_out_on_a_day(office, left):
    with at_work(office, on=NEXT_DAY) as place:
        chosen = answers_under_rule(place, "ddc-2025.stay", on=date(2025, 12, 1))
        affected = replay(place, on=date(2025, 12, 1))["affected_answers"]
        assert {key for key, _ in chosen.causes} == {one["answer_id"] for one in affected}
        assert {cause for _, cause in chosen.causes} == {"rule/ddc-2025.stay"}
        assert answers_under_rule(place, "ddc-2025.stay").causes == (), "not on the day it left"
        with pytest.raises(InputError, match=r"did you mean ddc-2025\.stay"):
            answers_under_rule(place, "ddc-2025.stai")
    assert len(left) == 3


def test_the_notice_is_for_the_recipients_alone_and_holds_its_proof(office, world, left):
    request, path = next(iter(left.items()))
    officer = recipients(office, request)[0]
    with at_work(office, on=NEXT_DAY) as place:
        (done,) = recall(place, answer_to(place, request))
    raw = Path(done.notice).read_bytes()
    key = read_opening_key(world / "recipients" / f"{officer}.pem")
    trust = read_trust(office / "accounting" / TRUST_FILE)
    notice = open_notice(raw, key, trust)
    assert (notice.request_id, notice.cause) == (request, "request")
    assert notice.answer_id == path.stem
    assert request.encode() not in raw
    with pytest.raises(KeyFileError):
        open_notice(raw, new_opening_key(), trust)
    forged = json.loads(raw) | {"answer_id": "another"}
    with pytest.raises(AnswerError, match="seal"):
        open_notice(json.dumps(forged).encode(), key, trust)


def test_it_says_who_was_never_heard_of(office, world, left, tmp_path):
    request, path = next(iter(left.items()))
    named = recipients(office, request)
    with at_work(office, on=NEXT_DAY) as place:
        (before,) = recall(place, answer_to(place, request))
        assert (before.opened_by, before.not_heard_of) == ((), named)
    key = signing_key(office, named[0])
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt(opened_by(office, world, path, named[0]), named[0], key))
    with at_work(office, on=NEXT_DAY) as place:
        take_receipt(place, file)
        (after,) = recall(place, answer_to(place, request))
    assert (after.opened_by, after.not_heard_of) == (named[:1], named[1:])


@pytest.mark.both_stores
def test_a_stop_before_the_notices_is_made_good(office, left, monkeypatch):
    request = next(iter(left))

    class PowerCut(Exception):  # noqa: N818 - nothing that the program expects
        pass

    def cut(*_args: object) -> None:
        raise PowerCut

    with at_work(office, on=NEXT_DAY) as place:
        chosen = answer_to(place, request)
        with monkeypatch.context() as patch:
            patch.setattr(recalling, "seal_notice", lambda *_a, **_k: cut())
            with pytest.raises(PowerCut):
                recall(place, chosen)
        assert not [one for one in place.store.recalls() if one.delivered]
    with at_work(office, on=NEXT_DAY) as place:
        assert [one.delivered for one in place.store.recalls()] == [True]
    assert len(list((office / "recalls").glob("*.recall"))) == 1


def test_the_log_stays_whole_and_what_was_never_answered_is_not_recalled(office, left):
    with at_work(office, on=NEXT_DAY) as place:
        recall(place, answer_to(place, next(iter(left))))
        waiting = next(place.store.queue()).request_id
        with pytest.raises(InputError, match="was not answered"):
            answer_to(place, waiting)
    trust = read_trust(office / "accounting" / TRUST_FILE)
    with open_source(office / "accounting") as source:
        report = verify_log(source, [key.vkey for key in trust.logs], every=True)
    assert report.faults == ()
    assert report.by_type["answer.recalled"] == 1


def test_the_commands_recall_and_open_the_notice(office, world, left):
    request = next(iter(left))
    officer = recipients(office, request)[0]
    shown = ostiary("recall", office, "--request", request, "--dry-run", "--json")
    assert json.loads(shown.out)["recalled_now"] == 0
    done = ostiary("recall", office, "--request", request, "--json")
    assert done.status == 0, done.err
    said = json.loads(done.out)
    assert said["missing_receipts"][0]["recipients"]
    notice = said["answers"][0]["notice"]
    key = world / "recipients" / f"{officer}.pem"
    trust = office / "accounting" / TRUST_FILE
    read = ostiary("open", notice, "--key", key, "--trust", trust)
    assert read.status == 0, read.err
    assert f"RECALL of the answer to {request}" in read.out
    assert ostiary("recall", office, "--rule", "x", "--request", request).status == 2

"""Silence is no answer to a judge's order, nor to a danger: counsel answers; the log says so."""

import json
from datetime import date

import pytest

from casedb import tamper
from commands import ostiary
from officers import desk_on, key_of
from ordered_office import (
    AFTER_LOOK,
    AT_ADMISSION,
    RECEIVED,
    make_office_asked_too_often,
    make_ordered_office,
)
from ostiary.deciding.law.decide import status_of
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import FaultError, InputError, NotAllowedError
from ostiary.domain.words import Status
from ostiary.office.cases.states import CaseState, Step
from ostiary.office.cases.steps import order_look
from ostiary.office.counsel.counsel_list import with_counsel
from ostiary.office.oversight.access_audit import check_signatures
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import due
from ostiary.office.release.permanent_record import kept_row
from ostiary.office.rulings.parameters import parameters_of
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

RECORD = date(2025, 8, 8)
LATER = date(2025, 9, 1)
HOW = "Letter of 8 August 2025 to the chambers; the return itself handed over under seal."


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return make_ordered_office(tmp_path_factory.mktemp("counsel"))


def status(office, name) -> Status:
    with desk_on(office, RECEIVED) as (place, _):
        return place.store.find_request(name).status


@pytest.mark.parametrize("name", [*AT_ADMISSION, "told-more"])
def test_what_must_not_be_met_with_silence_stands_in_the_store(office, name):
    assert status(office, name) is Status.TO_COUNSEL
    with desk_on(office, RECEIVED) as (_, desk):
        case = desk.case(name)
        assert case.verification is None
        assert json.loads(case.request.payload)["request_id"] == name


def test_what_is_with_counsel_is_read_and_the_log_stays_sound(tmp_path):
    root = make_ordered_office(tmp_path)
    for name in AT_ADMISSION:
        assert ostiary("review", root, "show", name, "--on", RECEIVED).status == 0
    done = ostiary("accounting", "verify", root / "accounting")
    assert (done.status, "FAULT" in done.out) == (0, False), done.out


def test_who_brings_no_order_is_told_so(office):
    assert status(office, "no-order") is Status.RETURNED


def test_counsel_has_a_list_with_a_clock_of_its_own(office):
    done = ostiary("review", office, "counsel", "--on", RECEIVED, "--json")
    listed = {one["request_id"]: one for one in json.loads(done.out)["counsel"]}
    assert set(listed) == {*AT_ADMISSION, *AFTER_LOOK, "told-more"}
    assert listed["told-more"]["due"] == "2025-08-07"
    assert listed["more"]["due"] == "2025-08-16"
    for name, (_, rule) in AT_ADMISSION.items():
        assert rule in listed[name]["why"]
    # No list says what a record showed: a stranger reads as somebody who moved.
    assert {listed[name]["why"] for name in AFTER_LOOK} == {"the record was looked at"}
    waiting = ostiary("review", office, "list", "--on", RECEIVED, "--json")
    states = {one["request_id"]: one["state"] for one in json.loads(waiting.out)["waiting"]}
    assert states["more"] == states["moved"] == "to-counsel"
    assert states["confirmed"] == "awaits-approval"


@pytest.mark.parametrize("name", AFTER_LOOK)
def test_no_answer_to_a_judge_can_neither_be_approved_nor_refused(office, name):
    with desk_on(office, RECEIVED) as (_, desk):
        assert desk.state(desk.case(name)) is CaseState.TO_COUNSEL
        key = key_of(office, "anna")
        for step in (desk.approve, lambda *one: desk.refuse(*one, why="no")):
            with pytest.raises(NotAllowedError, match="silence is no answer"):
                step(name, "anna", key)
        with pytest.raises(NotAllowedError, match="no hold stands in the way"):
            desk.certify(name, "anna", key, "D. Minn. 25-mj-0417")


def test_an_order_that_can_be_confirmed_is_not_refused_either(office):
    with desk_on(office, RECEIVED) as (_, desk):
        with pytest.raises(NotAllowedError, match="a judge's order is not refused"):
            desk.refuse("confirmed", "anna", key_of(office, "anna"), "no")
        assert desk.why_not(desk.case("confirmed"), "anna", Step.SETTLE) == ""


def test_two_officers_have_an_order_looked_at_again_that_the_limit_stopped(tmp_path):
    """The limit is the custodian's own; 26 USC 6103(i)(1)(A) has what a judge orders be open."""
    office = make_office_asked_too_often(tmp_path)
    with desk_on(office, RECEIVED) as (place, desk):
        assert desk.case("true").verification.rule == "repeated-asking"
        assert desk.state(desk.case("true")) is CaseState.TO_COUNSEL
        first = order_look(place, "true", "anna", key_of(office, "anna"), "The order is new.")
        assert first.examined is None
        assert desk.state(desk.case("true")) is CaseState.TO_COUNSEL
        order_look(place, "true", "bert", key_of(office, "bert"), "The order is new.")
        assert desk.case("true").verification.rule == "name-and-address-agree"
        assert desk.state(desk.case("true")) is CaseState.AWAITS_APPROVAL
        desk.settle("wrong-2", "anna", key_of(office, "anna"), HOW)
        with pytest.raises(NotAllowedError, match="cannot look-again: counsel answered it"):
            order_look(place, "wrong-2", "bert", key_of(office, "bert"), "Once more.")


def test_what_nobody_looked_at_is_not_looked_at_again(office):
    with desk_on(office, RECEIVED) as (_, desk), pytest.raises(NotAllowedError, match="no record"):
        desk.order_look("more", "anna", key_of(office, "anna"), "Look, then.")


def test_counsels_answer_is_signed_logged_and_ends_the_case(office):
    key = key_of(office, "anna")
    with desk_on(office, RECORD) as (place, desk):
        with pytest.raises(InputError, match="say how"):
            desk.settle("more", "anna", key, " ")
        index = desk.settle("more", "anna", key, HOW)
        entry = read_entry(place.store.entry(index).body)
        assert entry.type == "counsel.answered"
        assert entry["about"] == desk.case("more").request.entry_index
        assert b"chambers" not in place.store.entry(index).body
        assert desk.state(desk.case("more")) is CaseState.SETTLED
        with pytest.raises(NotAllowedError, match="counsel answered it by another way"):
            desk.settle("more", "bert", key_of(office, "bert"), HOW)
        voted = desk.settle("moved", "anna", key, HOW)
        assert read_entry(place.store.entry(voted).body).type == "answer.voted"
        for name in ("more", "moved"):
            ends = kept_row(desk.case(name))
            assert (ends["came_to"], ends["counsel"]["how"]) == ("to-counsel", HOW)
        assert desk.state(desk.case("moved")) is CaseState.SETTLED
        with pytest.raises(NotAllowedError, match="no answer leaves here"):
            desk.approve("moved", "bert", key_of(office, "bert"))
        names = {one.case.request.request_id for one in listed(place, desk)}
        assert not {"more", "moved"} & names
        assert not list(check_signatures(place).faults)
    with open_source(str(office / "accounting")) as source:
        keys = [key.vkey for key in read_trust(office / "accounting" / TRUST_FILE).logs]
        assert verify_log(source, keys, every=True).is_sound


def listed(place, desk):
    with place.scratch() as con:
        law = place.read_law(con)
        return list(with_counsel(desk, law.book, parameters_of(law.registers)))


def test_what_counsel_is_said_to_have_done_is_held_to_the_log(office):
    with desk_on(office, LATER) as (_, desk):
        desk.settle("beyond", "bert", key_of(office, "bert"), HOW)
        number = desk.case("beyond").request.id
    tamper(office, f"UPDATE counsel_answer SET how = 'nothing' WHERE request = {number}")
    with desk_on(office, LATER) as (_, desk), pytest.raises(FaultError, match="another answer"):
        desk.numbered(number)
    tamper(office, f"UPDATE counsel_answer SET how = '{HOW}' WHERE request = {number}")


def test_a_stop_weighs_more_than_counsel_and_counsel_more_than_a_return():
    book = read_book(shipped_book())
    bit = {rule.id: 1 << n for n, (_, rule) in enumerate(book.rules)}
    counsel, returned, stopped = bit["court.more"], bit["i1.order.judge"], bit["ddc-2025.stay"]
    assert status_of(book, counsel) is Status.TO_COUNSEL
    assert status_of(book, counsel | returned) is Status.TO_COUNSEL
    assert status_of(book, counsel | stopped) is Status.SUSPENDED
    assert status_of(book, returned) is Status.RETURNED


def test_what_counsel_has_not_answered_is_not_disposed_of(office):
    with at_work(office, on=date(2040, 1, 1)) as place:
        gone = {place.store.request(one.id).request_id for one in due(place).requests}
    assert "no-order" in gone
    assert {"more", "moved"} <= gone  # counsel answered these
    assert not {"nobody-told", "stranger", "confirmed", "told-more"} & gone

"""From two approvals to an opened answer, and everything that may come in between."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casedb import ask, change
from commands import ostiary
from officers import NEXT_DAY, approve_twice, desk_on, first_case, key_of
from order import order_text
from ostiary.domain.errors import InputError, OfficeError
from ostiary.domain.words import Status
from ostiary.office.cases.officers import recipients_of
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import read_opening_key
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

_OF_THE_PLACE = {"index", "proof"}


pytestmark = pytest.mark.both_stores


def opened(office, world, request, path):
    with desk_on(office) as (_, desk):
        recipient = recipients_of(desk.case(request))[0]
    key = read_opening_key(world / "recipients" / f"{recipient}.pem")
    trust = read_trust(office / "accounting" / TRUST_FILE)
    today = datetime.now(UTC).date()
    return open_answer(Path(path).read_bytes(), key, trust, today=today).statement


def released(office, answer):
    with desk_on(office) as (place, desk):
        request = first_case(desk, answer).request.request_id
        approve_twice(desk, office, request)
        return release(place, request).answers[0]


@pytest.mark.parametrize("answer", ["confirmed", "no-answer"])
def test_the_recipient_reads_one_word_and_the_conditions(office, world, answer):
    request, path = released(office, answer)
    statement = opened(office, world, request, path)
    assert statement.status == Status(answer)
    assert statement.request_id == request
    assert statement.items == ("address-confirmation",)
    with desk_on(office) as (_, desk):
        asked = json.loads(desk.case(request).request.payload)["taxable_periods"]
    told = [one.period for one in statement.rests_on]
    assert bool(told) == (answer == "confirmed")
    assert set(told) <= set(asked)
    assert not any(one.sources for one in statement.rests_on)  # (i)(2) opens none
    assert statement.released_on == NEXT_DAY
    assert statement.conditions.recipients


def test_an_officer_of_a_component_receives_for_the_agency_that_asks(office, world):
    registers = office / "registers"
    with (registers / "agencies.csv").open("a") as file:
        file.write("ice-field,A field office,true,2025-01-01,,law-enforcement,dhs-ice\n")
    officers = (registers / "officers.csv").read_text()
    assert ",dhs-ice,true" in officers
    (registers / "officers.csv").write_text(officers.replace(",dhs-ice,", ",ice-field,"))
    request, path = released(office, "confirmed")
    assert opened(office, world, request, path).status is Status.CONFIRMED


def test_confirmed_and_no_answer_leave_files_of_one_size(office):
    """But for the entry's number and proof, which grow with the log and not with the answer."""
    lengths = set()
    for answer in ("confirmed", "no-answer"):
        said = json.loads(Path(released(office, answer)[1]).read_bytes())
        lengths.add(
            tuple(len(json.dumps(said[name])) for name in sorted(said.keys() - _OF_THE_PLACE))
        )
    assert len(lengths) == 1


def test_a_refused_case_answers_nothing(office, world):
    with desk_on(office) as (place, desk):
        request = first_case(desk, "confirmed").request.request_id
        desk.determine(request, "anna", key_of(office, "anna"), found=True)
        desk.refuse(request, "cora", key_of(office, "cora"), "a doubt about the matter")
        approve_twice(desk, office, request)
        _, path = release(place, request).answers[0]
        refused = desk.case(request).refusals[0].digest
    statement = opened(office, world, request, path)
    assert statement.status is Status.NO_ANSWER
    assert statement.decision != refused


def test_an_answer_is_given_once(office):
    request, _ = released(office, "confirmed")
    with desk_on(office) as (place, _), pytest.raises(InputError, match="has been answered"):
        release(place, request)
    assert len(list((office / "answers").glob("*.answer"))) == 1


def test_requests_and_answers_are_counted_from_the_log(office):
    for answer in ("confirmed", "confirmed", "no-answer"):
        released(office, answer)
    log = office / "accounting"
    with open_source(str(log)) as source:
        report = verify_log(source, [read_trust(log / TRUST_FILE).log.vkey])
    assert report.faults == ()
    ((requests, answers),) = [
        (one.requests, one.answers)
        for one in report.figures
        if one.agency == "dhs-ice" and one.year == 2025
    ]
    ((stored,),) = ask(office, "SELECT count(*) FROM request WHERE agency = 'dhs-ice'")
    assert (requests, answers) == (stored, 3)


def test_nothing_is_released_on_a_request_whose_random_bits_are_destroyed(office):
    """Without them the entry would commit to guessable words, so even the decision is none."""
    with desk_on(office) as (_, desk):
        case = first_case(desk)
        approve_twice(desk, office, case.request.request_id)
    change(office, f"UPDATE request SET salt = NULL WHERE id = {case.request.id}")
    with desk_on(office) as (place, desk):
        before = list(place.store.entries_from(0))
        with pytest.raises(OfficeError, match="random bits have been destroyed"):
            release(place, case.request.request_id)
        with pytest.raises(OfficeError, match="random bits have been destroyed"):
            desk.decision(desk.case(case.request.request_id))
        assert list(place.store.entries_from(0)) == before
    assert not list((office / "answers").glob("*.answer"))


def test_a_recipient_without_a_key_gets_a_clear_message(office):
    register = office / "registers" / "officers.csv"
    lines = [line.split(",") for line in register.read_text().splitlines()]
    register.write_text("\n".join(",".join(line[:5]) for line in lines) + "\n")
    with desk_on(office) as (place, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
        with pytest.raises(InputError, match="no encryption key"):
            release(place, request)
    assert not list((office / "answers").glob("*.answer"))


def test_on_the_day_of_the_stay_nothing_leaves(office):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
    with at_work(office, on=date(2025, 11, 21)) as place:
        done = release(place)
    assert done.answers == ()
    assert [one.findings[0].rule for one in done.stopped] == ["ddc-2025.stay"]


def test_whoever_releases_is_told_that_approvals_count_no_more(office):
    """An order that came after two officers approved, and stops nothing of it, voids them too."""
    with desk_on(office) as (_, desk):
        approve_twice(desk, office, first_case(desk).request.request_id)
    (office / "orders" / "later.md").write_text(order_text("later", "2025-08-01", "FALSE"))
    done = ostiary("release", office, "--on", NEXT_DAY)
    assert done.status == 0, done.err
    assert "nothing is approved by two officers\napprovals of 1 count no more" in done.out


def test_a_stop_between_commit_and_file_is_made_good(office, world):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
    answers = office / "answers"
    with at_work(office, on=NEXT_DAY) as place:
        answers.rename(office / "hidden")
        answers.write_text("in the way")
        with pytest.raises(NotADirectoryError):
            release(place, request)
    answers.unlink()
    (office / "hidden").rename(answers)
    with at_work(office, on=NEXT_DAY) as place:
        (stored,) = place.store.answers()
    path = answers / f"{stored.answer_id}.answer"
    assert opened(office, world, request, path).answer_id == stored.answer_id

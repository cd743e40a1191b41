"""What is owed an answer and still waits, or is kept from the look, is counsel's when late."""

import json
from collections import Counter
from datetime import date

import pytest

from commands import ostiary
from officers import desk_on, key_of
from ordered_office import RECEIVED, make_undetermined_office
from ostiary.domain.errors import NotAllowedError
from ostiary.office.cases.states import CaseState, Step
from ostiary.office.cases.steps import determine, sweep, waiting
from ostiary.office.letters.composition import writing_desk
from ostiary.office.letters.content import LetterKind
from ostiary.office.oversight.access_audit import check_signatures
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import due
from ostiary.office.release.permanent_record import kept_row
from ostiary.office.store.waiting_list import WorklistFilter
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

HOW = "Letter of 20 August 2025 to the chambers."
LATE = date(2025, 8, 20)
# The day on which each is listed first: a danger after one day, an order after ten.
FIRST = {"danger": date(2025, 8, 8), "crime": date(2025, 8, 17)}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The recipient of the order left on the day after it; nobody has spoken on anything yet."""
    root = make_undetermined_office(tmp_path_factory.mktemp("late"))
    register = root / "registers" / "officers.csv"
    lines = register.read_text().splitlines()
    told = _recipients(root, "crime")
    left = [
        line.replace("2024-01-01,", "2024-01-01,2025-08-06", 1)
        if line.split(",")[0] in told
        else line
        for line in lines
    ]
    assert left != lines
    register.write_text("\n".join(left) + "\n")
    return root


def _recipients(root, name):
    with desk_on(root, RECEIVED) as (_, desk):
        return json.loads(desk.case(name).request.payload)["recipients"]


def _listed(root, on):
    done = ostiary("review", root, "counsel", "--on", on, "--json")
    return {one["request_id"]: one["why"] for one in json.loads(done.out)["counsel"]}


@pytest.mark.parametrize("name", FIRST)
def test_it_is_listed_from_the_day_after_its_last_one(office, name):
    day = FIRST[name]
    assert name not in _listed(office, day.replace(day=day.day - 1))
    assert _listed(office, day)[name] == ("nobody has answered it by its day: awaits-determination")


def test_an_order_that_the_law_keeps_from_the_look_is_listed_and_answered_by_counsel(office):
    with desk_on(office, LATE) as (place, desk):
        found = determine(
            place, "crime", "anna", key_of(office, "anna"), found=True, fact="offense_criminal"
        )
        assert found.examined.looked_at == ()
        case = desk.case("crime")
        assert desk.state(case) is CaseState.AWAITS_LOOK
        assert case.request.id in place.store.work_numbers(WorklistFilter(step="look"))
    assert _listed(office, LATE)["crime"] == "nobody has answered it by its day: awaits-look"
    keys = ("--officer", "anna", "--key", office / "officers" / "anna.pem")
    assert "answered by counsel" in ostiary(
        "review", office, "settle", "crime", "--how", HOW, *keys, "--on", LATE
    ).out  # fmt: skip
    assert "crime" not in _listed(office, LATE)


def test_a_danger_is_answered_by_counsel_before_anybody_has_spoken_and_nothing_follows(office):
    with desk_on(office, LATE) as (place, desk):
        index = desk.settle("danger", "anna", key_of(office, "anna"), HOW)
        assert read_entry(place.store.entry(index).body).type == "counsel.answered"
        case = desk.case("danger")
        assert desk.state(case) is CaseState.SETTLED
        for step in Step:
            assert desk.why_not(case, "anna", step), step
        with pytest.raises(NotAllowedError, match="no answer leaves here"):
            determine(place, "danger", "anna", key_of(office, "anna"), found=True)
        assert kept_row(case)["came_to"] == "to-counsel"
        with writing_desk(place) as letters:
            letter = letters.letter(case.request)
        assert (letter.kind, letter.reasons) == (LetterKind.COUNSEL, ())


def test_what_counsel_answered_is_in_no_list_of_work_and_no_sweep_looks_at_it(office):
    with desk_on(office, LATE) as (place, desk):
        gone = {desk.case(name).request.id for name in FIRST}
        store = place.store
        assert not gone & set(store.work_numbers(WorklistFilter()))
        assert not gone & set(store.waiting_among(gone))
        assert not gone & {case.request.id for case, _ in waiting(desk)}
        assert not gone & {one.id for one in store.ready_to_look()}
        sweep(place)
        assert all(desk.numbered(number).verification is None for number in gone)
        lines = store.lines(agency=None)
        assert dict(Counter(one.stands for one in lines)) == store.count_standing(agency=None)
        assert not list(check_signatures(place).faults)
    with open_source(str(office / "accounting")) as source:
        keys = [one.vkey for one in read_trust(office / "accounting" / TRUST_FILE).logs]
        assert verify_log(source, keys, every=True).is_sound


def test_disposal_keeps_what_is_late_until_somebody_has_answered(office):
    with at_work(office, on=date(2040, 1, 1)) as place:
        gone = {place.store.request(one.id).request_id for one in due(place).requests}
    assert gone == set(FIRST)

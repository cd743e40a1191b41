"""A judge's order of which an officer finds an element lacking; a danger that is not confirmed."""

import json
from collections import Counter
from datetime import date

import pytest

from commands import ostiary
from officers import desk_on, key_of
from ordered_office import RECEIVED, make_undetermined_office
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import Owed, Status
from ostiary.faces.api.following import status_of
from ostiary.office.cases.states import CaseState, Step
from ostiary.office.cases.steps import determine, waiting
from ostiary.office.letters.composition import writing_desk
from ostiary.office.letters.content import LetterKind
from ostiary.office.oversight.access_audit import check_signatures
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.office.release.permanent_record import kept_row
from ostiary.office.release.permanent_record_reader import kept_rows, record_key
from ostiary.office.store.waiting_list import WorklistFilter
from ostiary.office.store.worklist import LineFilter
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

HOW = "Letter of 8 August 2025 to the chambers."
# What an officer says of each, and where it stands then.
WORDS = {
    "no-crime": ("offense_criminal", False, CaseState.TO_COUNSEL),
    "crime": ("offense_criminal", True, CaseState.AWAITS_APPROVAL),
    "danger": ("reason_specific", True, CaseState.AWAITS_APPROVAL),
    "no-danger": ("reason_specific", False, CaseState.RETURNED),
    "danger-moved": ("reason_specific", True, CaseState.TO_COUNSEL),
    "flight-stranger": ("reason_specific", True, CaseState.TO_COUNSEL),
}
WITH_COUNSEL = {
    "no-crime": "2025-08-16",
    "danger-moved": "2025-08-07",
    "flight-stranger": "2025-08-07",
}
JUDGES = ("/us/usc/t26/s6103/i/1",)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    root = make_undetermined_office(tmp_path_factory.mktemp("lacking"))
    with desk_on(root, RECEIVED) as (place, _):
        for name, (fact, found, _state) in WORDS.items():
            determine(place, name, "anna", key_of(root, "anna"), found=found, fact=fact)
    return root


def test_whom_silence_is_no_answer_to_stands_in_the_book():
    assert read_book(shipped_book()).owed == {
        "/us/usc/t26/s6103/i/1": Owed.COURT,
        "/us/usc/t26/s6103/i/3/B": Owed.DANGER,
    }


@pytest.mark.parametrize("name", WORDS)
def test_where_each_stands_after_the_officers_word(office, name):
    with desk_on(office, RECEIVED) as (place, desk):
        case = desk.case(name)
        assert desk.state(case) is WORDS[name][2]
        assert case.request.status is Status.ACCEPTED
        assert (case.verification is None) == (not WORDS[name][1])
        on_list = {one.request.request_id for one, _ in waiting(desk)}
        assert (name in on_list) == (WORDS[name][2] is not CaseState.RETURNED)
        in_worklist = case.request.id in place.store.work_numbers(WorklistFilter())
        assert in_worklist == WORDS[name][1]


def test_counsels_list_has_them_each_by_its_clock(office):
    done = ostiary("review", office, "counsel", "--on", RECEIVED, "--json")
    listed = {one["request_id"]: one for one in json.loads(done.out)["counsel"]}
    assert {name: one["due"] for name, one in listed.items()} == WITH_COUNSEL
    assert listed["no-crime"]["why"] == "an officer did not find: offense-criminal"
    assert listed["danger-moved"]["why"] == "the record was looked at"


@pytest.mark.parametrize(
    ("name", "status"), [("no-crime", "to-counsel"), ("no-danger", "returned")]
)
def test_the_agency_is_told_the_same_by_file_program_letter_and_list(office, name, status):
    kind = {"to-counsel": LetterKind.COUNSEL, "returned": LetterKind.RETURN}[status]
    with desk_on(office, RECEIVED) as (place, desk):
        request = desk.case(name).request
        path = place.office.batches / request.batch / "later.jsonl"
        told = {one["request_id"]: one for one in map(json.loads, path.read_text().splitlines())}
        assert told[name]["status"] == status_of(place, request)["status"] == status
        assert [one["rule"] for one in told[name]["findings"]]
        with writing_desk(place) as writing:
            letter = writing.letter(request)
        assert letter.kind is kind
        place.store.ordered_by_judges = lambda: JUDGES
        assert place.store.line(request.id).stands == status
        if status == "to-counsel":
            said = " ".join(text for one in letter.sections for text in one.paragraphs)
            assert "Counsel answers a judge who ordered it" in said


def test_lists_in_sql_say_of_each_line_what_the_line_says(office):
    with desk_on(office, RECEIVED) as (place, _):
        store = place.store
        store.ordered_by_judges = lambda: JUDGES
        lines = store.lines(agency=None)
        assert dict(Counter(one.stands for one in lines)) == store.count_standing(agency=None)
        for stands in ("accepted", "returned", "to-counsel", "answered", "suspended"):
            wanted = LineFilter(stands=stands)
            found = {one.request_id for one in store.lines(agency=None, wanted=wanted)}
            assert found == {one.request_id for one in lines if one.stands == stands}
            assert store.count_wanted(agency=None, wanted=wanted) == len(found)


def test_an_order_is_neither_certified_nor_looked_at_when_an_officer_found_it_lacking(office):
    with desk_on(office, RECEIVED) as (_, desk):
        case = desk.case("no-crime")
        assert "no hold stands" in desk.why_not(case, "anna", Step.CERTIFY)
        assert "no record" in desk.why_not(case, "anna", Step.LOOK_AGAIN)
        for step in set(Step) - {Step.CERTIFY, Step.LOOK_AGAIN, Step.SETTLE}:
            assert "silence is no answer" in desk.why_not(case, "anna", step)


def test_what_is_told_of_a_danger_is_not_refused(office):
    key = key_of(office, "anna")
    with desk_on(office, RECEIVED) as (_, desk):
        with pytest.raises(NotAllowedError, match="silence is no answer to who is in it"):
            desk.refuse("danger", "anna", key, "I would not")
        with pytest.raises(NotAllowedError, match="silence is no answer"):
            desk.approve("flight-stranger", "anna", key)
        assert desk.why_not(desk.case("danger"), "anna", Step.APPROVE) == ""
        assert desk.why_not(desk.case("danger"), "anna", Step.SETTLE) == ""


def test_the_command_says_who_answers_the_court(office):
    keys = ("--officer", "anna", "--key", office / "officers" / "anna.pem")
    done = ostiary(
        "review", office, "determine", "no-crime-after-all", "--offense-criminal", "no", *keys,
        "--on", RECEIVED,
    )  # fmt: skip
    assert "the agency is told that counsel answers" in done.out
    with desk_on(office, RECEIVED) as (_, desk):
        assert desk.state(desk.case("no-crime-after-all")) is CaseState.TO_COUNSEL


def test_counsel_answers_once_and_the_log_bears_it_out(office):
    key = key_of(office, "anna")
    with desk_on(office, RECEIVED) as (place, desk):
        index = desk.settle("no-crime-after-all", "anna", key, HOW)
        assert read_entry(place.store.entry(index).body).type == "counsel.answered"
        case = desk.case("no-crime-after-all")
        assert desk.state(case) is CaseState.SETTLED
        with pytest.raises(NotAllowedError, match="no answer leaves here"):
            desk.settle("no-crime-after-all", "bert", key_of(office, "bert"), HOW)
        assert kept_row(case)["counsel"] == {"on": str(RECEIVED), "how": HOW}
        assert status_of(place, case.request)["counsel_answered"] == str(RECEIVED)
        with writing_desk(place) as letters:
            letter = letters.letter(case.request)
        assert letter.subject.endswith("answered by counsel")
        assert "6 August 2025" in letter.opening[0]
        [reason] = letter.reasons
        assert "not yet" not in reason.finding
        assert reason.cure.startswith("None is needed.")
        assert not list(check_signatures(place).faults)
    with open_source(str(office / "accounting")) as source:
        keys = [one.vkey for one in read_trust(office / "accounting" / TRUST_FILE).logs]
        assert verify_log(source, keys, every=True).is_sound


def test_disposal_keeps_what_nobody_has_answered_and_lists_say_the_same_afterwards(office):
    with at_work(office, on=date(2040, 1, 1)) as place:
        place.store.ordered_by_judges = lambda: JUDGES
        gone = {place.store.request(one.id).request_id for one in due(place).requests}
        assert gone == {"no-danger", "no-crime-after-all"}
        before = {one.request_id: one.stands for one in place.store.lines(agency=None)}
        counted = place.store.count_standing(agency=None)
        dispose(place, due(place))
        kept = {one["request_id"]: one for one in kept_rows(place, record_key(place))}
        ends = {name: (one["came_to"], one["lacking"]) for name, one in kept.items()}
        assert ends["no-danger"] == ("returned", ["reason-specific"])
        assert ends["no-crime-after-all"] == ("to-counsel", ["offense-criminal"])
        assert {one.request_id: one.stands for one in place.store.lines(agency=None)} == before
        assert place.store.count_standing(agency=None) == counted
        wanted = LineFilter(stands="to-counsel")
        found = {one.request_id for one in place.store.lines(agency=None, wanted=wanted)}
        assert found == {"no-crime", "no-crime-after-all"}


def test_an_order_that_an_earlier_version_returned_is_on_counsels_list(tmp_path):
    """Its agency was told `returned`; what was told stays told, and counsel has it now."""
    root = make_undetermined_office(tmp_path)
    with desk_on(root, RECEIVED) as (place, desk):
        determine(
            *(place, "no-crime", "anna", key_of(root, "anna")), found=False, fact="offense_criminal"
        )
        batch = desk.case("no-crime").request.batch
    path = root / "batches" / batch / "later.jsonl"
    earlier = path.read_text().replace(Status.TO_COUNSEL, Status.RETURNED)
    path.write_text(earlier)
    done = ostiary("review", root, "counsel", "--on", RECEIVED, "--json")
    assert "no-crime" in {one["request_id"] for one in json.loads(done.out)["counsel"]}
    assert path.read_text() == earlier


def test_who_acts_next_is_told_after_a_look_that_counsel_answers(tmp_path):
    root = make_undetermined_office(tmp_path)
    signed = ("--officer", "anna", "--key", root / "officers" / "anna.pem", "--on", RECEIVED)
    for name, counsels in (("danger-moved", True), ("danger", False)):
        done = ostiary("review", root, "determine", name, *signed, "--reason-specific", "yes")
        assert ("`review settle`" in done.out) == counsels, done.out
        assert ("approve or refuse" in done.out) != counsels

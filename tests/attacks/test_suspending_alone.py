"""Attack: one insider suspends disclosures to an agency, lifts a suspension, or dates one back."""

import json
import shutil
from datetime import date, timedelta

import pytest

from commands import ostiary
from officers import key_of
from ostiary.domain.errors import InputError, KeyFileError, NotAllowedError
from ostiary.office.administration.change_files import ChangeState, change_of
from ostiary.office.administration.changing import prepare, put_into_force
from ostiary.office.administration.governed_files import digest_of, governed_file
from ostiary.office.administration.suspending import check_officer_of, confirm, prepare_step
from ostiary.office.administration.suspension_acts import check_acts
from ostiary.office.oversight.safeguard_calendar import safeguards_due
from ostiary.office.oversight.suspensions import suspensions
from ostiary.office.recovery.entering import at_work

TODAY = date(2025, 8, 11)
DAY = timedelta(days=1)
NOTICE = {
    "agency": "dhs-ice",
    "ground": "unauthorized-disclosure",
    "safeguard": "/us/usc/t26/s6103/p/4/C",
    "notice_on": "2025-08-08",
    "at_once_from": "2025-08-11",
    "at_once_why": "Return information left the agency and goes on leaving it.",
}
LIFT = {"lifted_from": "2025-08-12", "lifted_why": "The leak is closed."}


def step(place, cells, officer, *, new=False, name="ice-1"):
    return prepare_step(place, name, cells, new=new, why="as ordered", officer=officer)


@pytest.fixture(scope="module")
def root(loaded_office, tmp_path_factory):
    """An office that suspended, by two, on the day itself."""
    root = shutil.copytree(loaded_office, tmp_path_factory.mktemp("suspended") / "office")
    with at_work(root, on=TODAY) as place:
        change = step(place, NOTICE, "anna", new=True)
        with pytest.raises(InputError, match="does not put it into force"):
            confirm(place, change.number, "anna")
        assert suspensions(place) == ()
        confirm(place, change.number, "bert")
    return root


@pytest.fixture
def place(root):
    with at_work(root, on=TODAY) as place:
        yield place


def test_two_suspend_and_the_log_says_what_stops_whom_from_when(place):
    (found,) = suspensions(place)
    assert (found.stops, found.since, found.days_left) == (True, TODAY, 27)
    entries = [json.loads(body) for body in place.store.entries_from(0)]
    acts = [one for one in entries if one["type"] == "suspension.acted"]
    told = [(one["step"], one["on"], one["prepared_by"], one["administrator"]) for one in acts]
    assert told == [
        ("noticed", "2025-08-08", "anna", "bert"),
        ("suspended-at-once", "2025-08-11", "anna", "bert"),
    ]
    assert "left the agency" not in json.dumps(entries)
    dues = [(one.on, one.agency, one.what) for one in safeguards_due(place)]
    assert (date(2025, 9, 7), "dhs-ice", "last day of the agency's appeal") in dues


def test_one_alone_does_not_lift(place):
    change = step(place, LIFT, "anna")
    with pytest.raises(InputError, match="does not put it into force"):
        confirm(place, change.number, "anna")
    assert change_of(place.office, change.number).state is ChangeState.WAITING
    assert suspensions(place)[0].stops


def test_one_person_under_two_ids_is_one_person(root, tmp_path):
    shutil.copytree(root, tmp_path / "office")
    register = tmp_path / "office" / "registers" / "reviewers.csv"
    key = register.read_text().splitlines()[1].split(",")[1]
    with at_work(tmp_path / "office", on=TODAY) as place:
        change = step(place, LIFT, "anna")
    with register.open("a") as file:
        file.write(f"anna-again,{key},2025-01-01,\n")
    with pytest.raises(InputError), at_work(tmp_path / "office", on=TODAY) as place:
        confirm(place, change.number, "anna-again")


def test_an_officer_is_held_to_the_key_that_the_register_names(place, root):
    with pytest.raises(KeyFileError):
        check_officer_of(place, "anna", key_of(root, "bert"))
    with pytest.raises(NotAllowedError):
        check_officer_of(place, "mallory", key_of(root, "bert"))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (LIFT | {"lifted_from": "2025-08-10"}, "over|lift"),
        ({"at_once_from": "2025-08-12"}, "not unsaid"),
        ({"notice_on": "2025-08-07"}, "not unsaid"),
        ({"ground": "inadequate-safeguards"}, "not unsaid"),
        ({"at_once_why": "Something else."}, "not unsaid"),
        ({"appealed_on": "2025-08-12"}, "not come yet"),
        (
            {"outcome": "upheld", "decided_on": "2025-08-11", "suspended_from": "2025-08-11"},
            "until",
        ),
    ],
)
def test_what_stands_is_neither_unsaid_nor_dated_back(place, cells, told):
    with pytest.raises(InputError, match=told):
        step(place, cells, "anna")


def test_no_suspension_begins_on_a_day_that_is_over(place):
    early = NOTICE | {"at_once_from": "2025-08-10"}
    with pytest.raises(InputError, match="is over"):
        step(place, early, "anna", new=True, name="ice-2")


def test_the_row_is_not_taken_out_and_no_upload_unsays_it(place):
    file = governed_file(place.office, "suspensions.csv")
    seen = digest_of(file.content())
    header = file.content().splitlines(keepends=True)[0]
    for content in (header, None):
        with pytest.raises(InputError, match="not unsaid"):
            prepare(place, "suspensions.csv", content, seen=seen, why="x", by="anna")


def test_a_lifting_that_waited_too_long_is_not_put_into_force_with_its_old_day(root, tmp_path):
    shutil.copytree(root, tmp_path / "office")
    with at_work(tmp_path / "office", on=TODAY) as place:
        change = step(place, LIFT, "anna")
    with at_work(tmp_path / "office", on=TODAY + 2 * DAY) as place:
        with pytest.raises(InputError, match="is over"):
            confirm(place, change.number, "bert")
        assert suspensions(place)[0].stops
        again = step(place, LIFT | {"lifted_from": "2025-08-13"}, "bert")
        confirm(place, again.number, "cora")
        assert not suspensions(place)[0].stops


@pytest.mark.parametrize(
    ("before", "after", "is_refused"),
    [
        ("2025-08-01,", "2025-08-01,2025-08-09", True),
        ("2025-08-01,", "2025-08-01,2025-08-10", False),
        ("2025-08-01,", ",", True),
        ("2025-08-01,", "2025-08-05,", True),
        ("2025-08-12,", ",", False),
        (",", "2025-08-01,", False),
    ],
)
def test_the_register_of_safeguards_lifts_nothing_for_days_that_are_over(before, after, is_refused):
    header = "agency,report_date,corrective_plan_due,suspended_from,suspended_until\n"
    was, now = (f"{header}dhs-ice,2025-01-31,,{one}\n".encode() for one in (before, after))
    if is_refused:
        with pytest.raises(InputError, match="days that are over"):
            check_acts("safeguards", was, now, TODAY)
    else:
        check_acts("safeguards", was, now, TODAY)


def test_another_change_is_not_confirmed_as_a_step(place):
    content = b"agency,url,from,until\ndhs-ice,https://told.example/,2025-01-01,\n"
    change = prepare(place, "webhooks.csv", content, seen="", why="x", by="anna")
    with pytest.raises(InputError, match="no step of a suspension"):
        confirm(place, change.number, "bert")
    with pytest.raises(InputError, match="does not put it into force"):
        put_into_force(place, change.number, "anna")


def test_by_command_it_takes_two_officers_and_their_keys(loaded_office, tmp_path):
    root = shutil.copytree(loaded_office, tmp_path / "office")
    keys = {name: ("--officer", name, "--key", root / "officers" / f"{name}.pem") for name in
            ("anna", "bert")}  # fmt: skip
    day = ("--on", TODAY.isoformat())
    said = ostiary(
        "safeguards", "notice", root, "ice-1", "dhs-ice", "--ground", NOTICE["ground"],
        "--safeguard", NOTICE["safeguard"], "--notice", "2025-08-08", "--why", "x", *keys["anna"],
        "--json", *day,
    )  # fmt: skip
    assert said.status == 0, said.err
    number = json.loads(said.out)["change"]
    alone = ostiary("safeguards", "confirm", root, number, *keys["anna"], *day)
    assert (alone.status, "another" in alone.err) == (2, True)
    assert ostiary("safeguards", "confirm", root, number, *keys["bert"], *day).status == 0
    listed = json.loads(ostiary("safeguards", "list", root, "--json", *day).out)
    assert [(one["suspension"], one["stops"]) for one in listed["suspensions"]] == [
        ("ice-1", False)
    ]

"""Attack: one insider lifts the stop of the person limit, or uses one that was lifted for more."""

import shutil
from contextlib import contextmanager

import pytest

from casedb import ask, tamper
from commands import ostiary
from officers import approve_twice, key_of
from ostiary.domain.errors import FaultError, InputError, NotAllowedError
from ostiary.domain.words import Outcome
from ostiary.office.cases.case_entries import vote_entry
from ostiary.office.cases.signed_words import vote_text
from ostiary.office.cases.states import CaseState, Step
from ostiary.office.cases.steps import at_desk, order_look, sweep
from ostiary.office.oversight.access_audit import check_openings, check_signatures
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.office.store import NewLookOrder
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log
from walks import RECEIVED, about, lawful_of, run, walk, written

TRUE, BEYOND = "WALK-00900", "WALK-00003"
WHY = "The agency explained each of its addresses."


@pytest.fixture(scope="module")
def lawful(world):
    return lawful_of(world)


@pytest.fixture(scope="module")
def stopped(loaded_office, lawful, tmp_path_factory):
    """An office that stopped two requests about one person: a made-up address, and the true one."""
    folder = tmp_path_factory.mktemp("stopped")
    root = shutil.copytree(loaded_office, folder / "office")
    rows = walk(lawful, 4, spelt=False)
    rows.append(about(lawful[1], rows[0], 900, address=True))
    (summary,) = run(root, written(folder / "walk.csv", rows))
    assert summary["repeated_asking"] == 2
    return root


@pytest.fixture
def root(stopped, tmp_path):
    shutil.copytree(stopped, tmp_path / "office")
    return tmp_path / "office"


@contextmanager
def at(root):
    with at_work(root, on=RECEIVED) as place, at_desk(place) as desk:
        yield place, desk


def order(place, root, officer, request=TRUE):
    return order_look(place, request, officer, key_of(root, officer), WHY)


def outcomes(place):
    """The outcome of the last look, by request."""
    store = place.store
    cases = store.cases([item.id for item in store.queue()])
    return {case.request.request_id: case.verification.outcome for case in cases}


def test_one_officer_lifts_nothing_however_often(root):
    with at(root) as (place, desk):
        before = outcomes(place)
        assert order(place, root, "anna").examined is None
        with pytest.raises(NotAllowedError, match="two different officers"):
            order(place, root, "anna")
        assert sweep(place).looked_at == ()
        with pytest.raises(NotAllowedError, match="cannot look"):
            sweep(place, [TRUE])
        assert outcomes(place) == before
        assert desk.state(desk.case(TRUE)) is CaseState.AWAITS_APPROVAL


def test_an_order_says_why_and_bears_the_officers_own_key(root):
    with at(root) as (place, _):
        with pytest.raises(InputError, match="say why"):
            order_look(place, TRUE, "anna", key_of(root, "anna"), " ")
        with pytest.raises(InputError, match="not the officer's"):
            order_look(place, TRUE, "anna", key_of(root, "bert"), WHY)


def test_two_officers_lift_it_for_this_request_alone(root, lawful, tmp_path):
    with at(root) as (place, desk):
        for officer in ("anna", "bert"):  # they approved *no answer* first; that is void now
            desk.approve(TRUE, officer, key_of(root, officer))
        order(place, root, "anna")
        done = order(place, root, "bert")
        assert len(done.examined.looked_at) == 1
        found = outcomes(place)
        assert (found[TRUE], found[BEYOND]) == (Outcome.CONFIRMED, Outcome.AMBIGUOUS)
        case = desk.case(TRUE)
        assert [one.rule for one in case.superseded] == ["repeated-asking"]
        assert desk.state(case) is CaseState.AWAITS_APPROVAL
        with pytest.raises(NotAllowedError):
            release(place, TRUE)
    target = lawful[1]
    more = [about(target, row, 901 + n, address=n) for n, row in enumerate(walk(lawful, 2))]
    (summary,) = run(root, written(tmp_path / "more.csv", more))
    assert summary["matching_rules"] == {"repeated-asking": 2}


def test_what_follows_is_an_answer_as_any_other(root):
    with at(root) as (place, desk):
        for officer in ("anna", "bert"):
            order(place, root, officer)
        approve_twice(desk, root, TRUE)
        assert release(place, TRUE).answers
        assert (check_openings(place).faults, check_signatures(place).faults) == ((), ())
    log = root / "accounting"
    with open_source(str(log)) as source:
        keys = [key.vkey for key in read_trust(log / TRUST_FILE).logs]
        assert verify_log(source, keys, every=True).is_sound


def test_a_look_that_was_cut_short_follows_in_the_next_sweep(root):
    with at(root) as (place, desk):
        for officer in ("anna", "bert"):
            desk.order_look(TRUE, officer, key_of(root, officer), WHY)
        assert desk.state(desk.case(TRUE)) is CaseState.AWAITS_LOOK
        assert len(sweep(place).looked_at) == 1
        assert outcomes(place)[TRUE] is Outcome.CONFIRMED
        assert sweep(place).looked_at == ()


def test_an_order_that_nobody_signed_opens_no_record(root):
    with at(root) as (place, desk):
        case = desk.case(TRUE)
        digest = desk.decision(case).digest
        row = NewLookOrder(case.request.id, "bert", digest, WHY, b"x" * 64, place.moment.at)
        with place.store.write() as txn:
            text = vote_text(Step.LOOK_AGAIN, "bert", digest, WHY)
            txn.add_look_order(row, vote_entry(case, row, text))
        with pytest.raises(FaultError, match="signed this"):
            order(place, root, "anna")
        assert outcomes(place)[TRUE] is Outcome.AMBIGUOUS


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE later_verification SET outcome = 'mismatch' WHERE request = {}",
        "UPDATE verification SET rule = 'agree' WHERE request = {}",
        "UPDATE look_order SET why = 'another reason' WHERE request = {}",
        "UPDATE look_order SET officer = 'cora' WHERE request = {} AND officer = 'bert'",
    ],
)
def test_rows_about_it_that_were_changed_are_named(root, statement):
    with at(root) as (place, desk):
        for officer in ("anna", "bert"):
            order(place, root, officer)
        number = desk.case(TRUE).request.id
    tamper(root, statement.format(number))
    with at(root) as (_, desk), pytest.raises(FaultError, match=r"entry \d+"):
        desk.case(TRUE)


def test_it_is_done_on_the_command_line_and_goes_with_retention(root, tmp_path):
    why = tmp_path / "why.txt"
    why.write_text(WHY)
    for officer in ("anna", "bert"):
        key = root / "officers" / f"{officer}.pem"
        done = ostiary(
            "review", root, "look-again", TRUE, "--officer", officer, "--key", key,
            "--why-file", why, "--on", RECEIVED,
        )  # fmt: skip
        assert done.status == 0, done.err
    assert "1 record was looked at" in done.out
    assert ask(root, "SELECT outcome FROM later_verification") == [("confirmed",)]
    assert ostiary("dispose", root, "--on", "2045-01-01").status == 0
    assert ask(root, "SELECT DISTINCT why FROM look_order") == [("",)]
    assert ask(root, "SELECT person_id FROM later_verification") == [("",)]

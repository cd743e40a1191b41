"""Attack: a row goes out of the case store, or is changed, and its entry stays; so in custody.

What is left opens, each for itself. So a case is read with what the log tells of it, and nothing is
done, told, recalled or destroyed where something is missing or is another's.
"""

import duckdb
import pytest

from aftermath import answered_office
from aftermath import left_of as answers_of
from casedb import ask, tamper
from officers import desk_on, first_case, key_of
from ostiary.domain.errors import FaultError
from ostiary.office.batches.asked_again import asked_as_texts
from ostiary.office.cases.dossier import case_file
from ostiary.office.cases.steps import determine
from ostiary.office.counsel.replay import replay
from ostiary.office.letters.composition import writing_desk
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.release.disposal import Due, dispose
from ostiary.office.release.person_accounting import disclosures_of
from ostiary.office.release.recall import answer_to
from ostiary.office.release.receipts import standings
from ostiary.office.release.release import release
from ostiary.office.store import OpenableRequest


@pytest.fixture(scope="module")
def worked_once(served_office, stores, tmp_path_factory):
    """An office with an answer, a refusal, an element found lacking, and a note."""
    made = answered_office(tmp_path_factory, served_office, stores, "confirmed")
    root = stores.copy(made, tmp_path_factory.mktemp("worked") / "office").root
    names = {}
    with desk_on(root) as (place, desk):
        [names["answer"]] = answers_of(root)
        used = [names["answer"]]
        for what in ("refusal", "lacking", "note", "vote"):
            case = first_case(desk, "confirmed", used)
            used.append(case.request.request_id)
            names[what] = f"{case.request.agency}/{case.request.request_id}"
        anna, bert = (key_of(root, one) for one in ("anna", "bert"))
        for what in ("refusal", "vote"):
            determine(place, names[what], "anna", anna, found=True)
        desk.refuse(names["refusal"], "bert", bert, "the address is a shelter")
        desk.approve(names["vote"], "anna", anna)
        desk.approve(names["vote"], "bert", bert)
        determine(place, names["lacking"], "anna", anna, found=False)
        desk.write_note(names["note"], "anna", "the matter number is of another district")
    return root, names


@pytest.fixture
def worked(worked_once, stores, tmp_path):
    root, names = worked_once
    return stores.copy(root, tmp_path / "worked").root, names


def number_of(root, name):
    agency, _, request = name.rpartition("/")
    [(number,)] = ask(
        root,
        f"SELECT id FROM request WHERE request_id = '{request}'"
        + (f" AND agency = '{agency}'" if agency else ""),
    )
    return number


TAKEN_OUT = {
    "refusal": "DELETE FROM refusal WHERE request = {}",
    "lacking": "DELETE FROM reason_determination WHERE request = {}",
    "note": "DELETE FROM case_note WHERE request = {}",
    "vote": "DELETE FROM approval WHERE request = {} AND officer = 'bert'",
    "answer": "DELETE FROM answer WHERE request = {}",
}


@pytest.mark.parametrize("what", TAKEN_OUT)
def test_nobody_steps_on_a_case_of_which_a_row_is_gone(worked, what):
    root, names = worked
    name = names[what]
    tamper(root, TAKEN_OUT[what].format(number_of(root, name)))
    with desk_on(root) as (place, _):
        for step in (lambda: case_file(place, name), lambda: release(place, name)):
            with pytest.raises(FaultError, match=r"entry \d+"):
                step()
        assert any("not in the case store" in one for one in check_openings(place).faults)


def test_no_record_is_looked_at_after_a_word_against_it_was_taken_out(worked):
    root, names = worked
    number = number_of(root, names["lacking"])
    tamper(root, TAKEN_OUT["lacking"].format(number))
    with desk_on(root) as (place, _):
        anna = key_of(root, "anna")
        with pytest.raises(FaultError, match="not in the case store"):
            determine(place, names["lacking"], "anna", anna, found=True)
        case = place.store.case(number)
        assert (case.determinations, case.verification) == ((), None)


def asked_of_an_answer(place, name):
    yield lambda: replay(place)
    yield lambda: standings(place)
    yield lambda: list(disclosures_of(place, "P000000001", lambda: None))
    yield lambda: answer_to(place, name)


def test_no_recall_letter_or_accounting_leaves_out_an_answer_that_was_taken_out(worked):
    root, names = worked
    tamper(root, TAKEN_OUT["answer"].format(number_of(root, names["answer"])))
    with desk_on(root) as (place, _):
        for ask_it in asked_of_an_answer(place, names["answer"]):
            with pytest.raises(FaultError, match=r"entry \d+"):
                ask_it()


OF_AN_ANSWER = {
    "person": "person_id = 'P000000001'",
    "day": "released_on = '2025-01-01'",
    "agency": "agency = 'state-revenue'",
    "sealed": "sealed = zeroblob(40)",
    "status": "status = 'no-answer'",
}


@pytest.mark.parametrize("what", OF_AN_ANSWER)
def test_no_recall_letter_or_accounting_rests_on_an_answer_that_was_changed(worked, what):
    root, names = worked
    number = number_of(root, names["answer"])
    tamper(root, f"UPDATE answer SET {OF_AN_ANSWER[what]} WHERE request = {number}")
    with desk_on(root) as (place, _):
        for ask_it in asked_of_an_answer(place, names["answer"]):
            with pytest.raises(FaultError, match=r"entry \d+"):
                ask_it()


def test_nobody_closes_a_request_that_was_not_destroyed_to_be_believed(worked):
    """Without its random bits nothing of a request can be opened, so nothing would be found."""
    root, names = worked
    number = number_of(root, names["answer"])
    tamper(root, f"UPDATE request SET salt = NULL, facts = NULL WHERE id = {number}")
    with desk_on(root) as (place, _):
        for ask_it in list(asked_of_an_answer(place, names["answer"]))[:3]:
            with pytest.raises(FaultError, match="1 requests are closed, and the log has 0"):
                ask_it()
        assert any("are closed" in one for one in check_openings(place).faults)


def rewritten(path, assignment, where):
    """Write a file of custody again, as an operator with its rights could."""
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t AS FROM read_parquet('{path}')")
        con.execute(f"UPDATE t SET {assignment} WHERE {where}")
        assert con.execute(f"SELECT count(*) FROM t WHERE {where}").fetchone()[0]
        con.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def test_no_recall_rests_on_facts_that_were_changed_in_custody(worked):
    root, names = worked
    [custody] = root.glob("batches/*/custody/determinations.parquet")
    _, _, request = names["answer"].rpartition("/")
    rewritten(custody, "signed_on = '2025-01-01'", f"request_id = '{request}'")
    with desk_on(root) as (place, _), pytest.raises(FaultError, match="other facts"):
        replay(place)


def test_no_letter_or_form_repeats_what_was_changed_in_custody(worked):
    root, _ = worked
    [(number, request, row)] = ask(
        root, "SELECT id, request_id, row FROM request WHERE status = 'returned' LIMIT 1"
    )
    [folder] = root.glob("batches/*/custody")
    with desk_on(root) as (place, _), writing_desk(place) as desk:
        assert desk.letter(place.store.request(number)).subject
        assert asked_as_texts(place, number)
    facts, asked = folder / "determinations.parquet", folder / "requests.parquet"
    rewritten(facts, "signed_on = '2025-01-01'", f"request_id = '{request}'")
    rewritten(asked, "payload = replace(payload, 'request_id', 'surname')", f"row = {row}")
    with desk_on(root) as (place, _), writing_desk(place) as desk:
        with pytest.raises(FaultError, match="other facts"):
            desk.letter(place.store.request(number))
        with pytest.raises(FaultError, match="another request"):
            asked_as_texts(place, number)


def test_nothing_is_destroyed_before_its_day_since_a_row_was_dated_back(worked):
    root, names = worked
    number = number_of(root, names["note"])
    tamper(root, f"UPDATE request SET received = '2010-01-01' WHERE id = {number}")
    with desk_on(root) as (place, _):
        [one] = [found for found in place.store.openable(place.moment.today) if found.id == number]
        assert isinstance(one, OpenableRequest)
        with pytest.raises(FaultError, match="another received"):
            dispose(place, Due((one,), 0, 0, 0, "sha256:" + "0" * 64))
        assert place.store.case(number).request.salt

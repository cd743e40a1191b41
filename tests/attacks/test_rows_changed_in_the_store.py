"""Attack: an administrator changes rows, and lays the triggers again as they were.

Whatever is changed, something names the entry before an answer leaves.
"""

import csv
import re
import sqlite3
from contextlib import closing

import pytest

from officers import approve_twice, desk_on, first_case, key_of
from ostiary.domain.errors import BookError, FaultError, NotAllowedError
from ostiary.office.cases.case_entries import vote_entry
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.signed_words import vote_text
from ostiary.office.cases.states import Step
from ostiary.office.cases.steps import determine, sweep
from ostiary.office.oversight.access_audit import check_openings, check_signatures
from ostiary.office.oversight.rows_of_entries import entry_faults
from ostiary.office.release.release import release
from ostiary.office.store import NewApproval
from ostiary.verifying.keys.files import key_text, new_opening_key
from ostiary.verifying.log.tree import leaf_hash

CHANGES = {
    "outcome": "UPDATE verification SET outcome = 'held', rule = 'hold' WHERE request = ?",
    "rule": "UPDATE verification SET rule = 'bare-name-agrees-not' WHERE request = ?",
    "person": "UPDATE verification SET person_id = 'somebody else' WHERE request = ?",
    "basis": "UPDATE verification SET basis = '2019:return' WHERE request = ?",
    "recipients": (
        "UPDATE request SET payload = json_set(payload, '$.recipients', json('[\"other\"]'))"
        " WHERE id = ?"
    ),
    "surname": "UPDATE request SET payload = json_set(payload, '$.surname', 'OTHER') WHERE id = ?",
    "facts": "UPDATE request SET facts = json_set(facts, '$.reason_specific', 'x') WHERE id = ?",
    "mask": "UPDATE request SET mask = 'f' WHERE id = ?",
    "received": "UPDATE request SET received = '2025-01-01' WHERE id = ?",
    "received in the future": "UPDATE request SET received = '2044-01-01' WHERE id = ?",
    "request id": "UPDATE request SET request_id = 'another' WHERE id = ?",
    "agency": "UPDATE request SET agency = 'another' WHERE id = ?",
    "salt": "UPDATE request SET salt = '00112233445566778899aabbccddeeff' WHERE id = ?",
    "entry": "UPDATE request SET entry_index = entry_index + 1 WHERE id = ?",
    "determination": "UPDATE reason_determination SET specific = NOT specific WHERE request = ?",
    "determiner": "UPDATE reason_determination SET officer = 'bert' WHERE request = ?",
    "vote": "UPDATE approval SET officer = 'cora' WHERE request = ? AND officer = 'bert'",
    "signature": "UPDATE approval SET signature = zeroblob(64) WHERE request = ?",
}

NO_FORM = [
    "UPDATE request SET received = 'soon' WHERE id = ?",
    "UPDATE request SET received = '2025-13-45' WHERE id = ?",
    "UPDATE batch SET counts = '[1]' WHERE id = (SELECT batch FROM request WHERE id = ?)",
    "UPDATE log_entry SET leaf = 'text' WHERE entry_index = ?",
    "UPDATE batch SET first_index = 'x' WHERE id = (SELECT batch FROM request WHERE id = ?)",
    "UPDATE reason_determination SET entry_index = 'x' WHERE request = ?",
    "UPDATE approval SET signature = 'x' WHERE request = ?",
    "UPDATE verification SET margin = 'x' WHERE request = ?",
    "UPDATE reason_determination SET specific = 'x' WHERE request = ?",
    "UPDATE reason_determination SET request = 'x' WHERE request = ?",
    "UPDATE request SET mask = x'00' WHERE id = ?",
    "UPDATE batch SET received = 7 WHERE id = (SELECT batch FROM request WHERE id = ?)",
]


@pytest.fixture(scope="module")
def approved_once(served_office, stores, tmp_path_factory):
    root = stores.copy(served_office, tmp_path_factory.mktemp("approved") / "office").root
    with desk_on(root) as (_, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        approve_twice(desk, root, name)
    return root, case.request.id, name


@pytest.fixture
def approved(approved_once, stores, tmp_path):
    root, number, name = approved_once
    return stores.copy(root, tmp_path / "approved").root, number, name


def give_key(root, recipient, key):
    """Enter another key for one officer of an agency."""
    register = root / "registers" / "officers.csv"
    with register.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    officer, place = columns.index("officer"), columns.index("encryption_key")
    for row in rows:
        if row[officer] == recipient:
            row[place] = key
    with register.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


def change(root, statement, number):
    """Change rows with the triggers out of the way, and lay them again."""
    with closing(sqlite3.connect(root / "cases.db")) as db:
        laid = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in laid:
            db.execute(f'DROP TRIGGER "{name}"')
        assert db.execute(statement, [number]).rowcount
        for _, text in laid:
            db.execute(text)
        db.commit()


@pytest.mark.parametrize("what", CHANGES)
def test_no_answer_leaves_on_a_row_that_was_changed(approved, what):
    root, number, _ = approved
    change(root, CHANGES[what], number)
    with desk_on(root) as (place, _):
        with pytest.raises(FaultError, match=r"entry \d+"):
            release(place)
        assert place.store.case(number).answer is None
        report = check_openings(place)
        assert report.faults
        assert all("entry" in fault for fault in report.faults)


def test_a_returned_request_moved_to_another_agency_is_found(approved):
    """Of what was returned no words are kept, and the other agency would be shown its findings."""
    root, _, _ = approved
    with closing(sqlite3.connect(root / "cases.db")) as db:
        asked = "SELECT id FROM request WHERE status = 'returned' AND agency = 'dhs-ice'"
        number = db.execute(asked).fetchone()[0]
    change(root, "UPDATE request SET agency = 'dhs' WHERE id = ?", number)
    with desk_on(root) as (place, _):
        assert any("another agency" in fault for fault in check_openings(place).faults)


@pytest.mark.parametrize("statement", NO_FORM)
def test_what_was_never_stored_in_a_column_is_told_in_a_sentence(approved, statement):
    """A day that is none, counts that are none: it was a traceback, or nobody asked of the row."""
    root, number, _ = approved
    change(root, statement, number)
    try:
        with desk_on(root) as (place, _):
            told = check_openings(place).faults
    except FaultError as error:  # of some rows the office itself asks, before any step
        told = (str(error),)
    said = "in which it was stored|was never stored there"
    assert any(re.search(said, fault) for fault in told), told


def test_no_answer_leaves_on_a_row_whose_entry_was_changed_with_it(approved):
    """Whoever may write rows may write the entry beside them, with its leaf: not what is public."""
    root, number, name = approved
    with closing(sqlite3.connect(root / "cases.db")) as db:
        asked = "SELECT entry_index, body FROM log_entry NATURAL JOIN request WHERE id = ?"
        ((index, body),) = db.execute(asked, [number]).fetchall()
    forged = body.replace('"mask":"0"', '"mask":"f"')
    change(root, f"UPDATE log_entry SET body = '{forged}' WHERE entry_index = ?", index)
    leaf = leaf_hash(forged.encode()).hex()
    change(root, f"UPDATE log_entry SET leaf = x'{leaf}' WHERE entry_index = ?", index)
    change(root, CHANGES["mask"], number)
    with desk_on(root) as (place, _):
        published = f"entry {index} of the case store is not the one that was published"
        with pytest.raises(FaultError, match=published):
            release(place, name)
        assert any(published in fault for fault in check_openings(place).faults)
    other = index - 1  # one more: the audit names each
    change(root, f"UPDATE log_entry SET body = '{forged}' WHERE entry_index = ?", other)
    change(root, f"UPDATE log_entry SET leaf = x'{leaf}' WHERE entry_index = ?", other)
    with desk_on(root) as (place, _):
        found = [one for one in entry_faults(place.store) if one.endswith("that was published")]
    assert found == [published.replace(str(index), str(n)) for n in (other, index)]


def test_nothing_is_found_where_nothing_was_changed(approved):
    root, number, name = approved
    with desk_on(root) as (place, _):
        report = check_openings(place)
        assert (report.faults, check_signatures(place).faults) == ((), ())
        assert report.requests > 10
        assert release(place, name).answers
        assert place.store.case(number).answer is not None


def test_votes_that_nobody_signed_release_nothing(office):
    """Approvals with sound entries, under ids that no register has."""
    root = office
    with desk_on(root) as (place, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        for fact in case.request.awaits.split():
            desk.determine(name, "anna", key_of(root, "anna"), found=True, fact=fact)
        case = desk.case(name)
        digest = desk.decision(case).digest
        for officer in ("xavier", "yvonne"):
            row = NewApproval(case.request.id, officer, digest, b"x" * 64, place.moment.at)
            with place.store.write() as txn:
                text = vote_text(Step.APPROVE, officer, digest)
                txn.add_approval(row, vote_entry(case, row, text))
        with pytest.raises(FaultError, match="signed this"):
            release(place, name)


def test_another_key_for_a_recipient_ends_the_approvals(approved):
    root, number, name = approved
    with desk_on(root) as (_, desk):
        recipient, *_ = recipients_of(desk.numbered(number))
    give_key(root, recipient, key_text(new_opening_key().public_key()))
    with desk_on(root) as (place, _), pytest.raises(NotAllowedError, match="two officers"):
        release(place, name)


def test_the_key_of_another_officer_is_given_to_no_recipient(approved):
    root, number, _ = approved
    with desk_on(root) as (_, desk):
        recipient, *_ = recipients_of(desk.numbered(number))
    lines = (root / "registers" / "officers.csv").read_text(encoding="utf-8").splitlines()
    keys = {row["officer"]: row["encryption_key"] for row in csv.DictReader(lines)}
    other = next(key for officer, key in keys.items() if key and officer != recipient)
    give_key(root, recipient, other)
    with pytest.raises(BookError, match="one key stands under two ids"), desk_on(root):
        pytest.fail("the office opened")


def test_an_officer_who_left_the_register_no_longer_lets_an_answer_out(approved):
    root, _, name = approved
    register = root / "registers" / "reviewers.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    register.write_text("\n".join(line for line in lines if not line.startswith("bert")) + "\n")
    with desk_on(root) as (place, _), pytest.raises(FaultError, match="no key of this officer"):
        release(place, name)


ELSEWHERE = {
    "law_adopted": ("book", "orders", "registers", "derivations", "at", "entry_index"),
    "batch": ("at", "received", "rows", "row_errors", "counts", "book", "first_index"),
    "answer": ("answer_id", "disclosed", "person_id", "agency", "released_on", "entry_index"),
}
"""Rows that belong to no case alone, or follow after it, and what the log says of them."""


@pytest.fixture(scope="module")
def released(approved_once, stores, tmp_path_factory):
    """An office that has let one answer out, with the guards of its case store taken away."""
    root = stores.copy(approved_once[0], tmp_path_factory.mktemp("released") / "office").root
    with desk_on(root) as (place, _):
        release(place, approved_once[2])
        with closing(sqlite3.connect(root / "cases.db", isolation_level=None)) as db:
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                db.execute(f'DROP TRIGGER "{name}"')
            yield place, db


@pytest.mark.parametrize(
    ("table", "column"), [(table, one) for table, names in ELSEWHERE.items() for one in names]
)
def test_rows_beside_the_cases_are_held_to_the_log_too(released, table, column):
    place, db = released
    ((number, kept),) = db.execute(f"SELECT max(rowid), {column} FROM {table}").fetchall()
    changed = kept + 1 if isinstance(kept, int) else f"{kept}1"
    if column in {"received", "released_on"}:
        changed = "2025-01-01"
    if column == "counts":
        changed = kept.replace('"accepted": ', '"accepted": 1')
    db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [changed, number])
    try:
        faults = check_openings(place).faults
    finally:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [kept, number])
    assert any("entry" in fault for fault in faults)
    assert "Traceback" not in "".join(faults)


def test_after_all_of_it_is_put_back_nothing_is_found(released):
    assert check_openings(released[0]).faults == ()


@pytest.mark.parametrize("member", ["surname", "address_line", "recipients"])
def test_no_sweep_looks_at_a_record_on_a_row_that_was_changed(office, member):
    """An officer found the reason specific; then the row is about somebody else."""
    with desk_on(office) as (place, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        key = key_of(office, "anna")
        for fact in case.request.awaits.split():
            determine(place, name, "anna", key, found=True, fact=fact, look=False)
    changed = f"UPDATE request SET payload = json_set(payload, '$.{member}', 'OTHER') WHERE id = ?"
    change(office, changed, case.request.id)
    with desk_on(office) as (place, _):
        with pytest.raises(FaultError, match=r"entry \d+"):
            sweep(place)
        assert place.store.case(case.request.id).verification is None

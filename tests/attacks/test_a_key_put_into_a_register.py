"""Attack: somebody who can edit a register puts a key of their own under another's id."""

import csv
from functools import partial
from pathlib import Path

import pytest

from casedb import ask, tamper
from commands import ostiary
from officers import approve_twice, desk_on, first_case, key_of
from ostiary.domain.errors import FaultError, InputError, KeyFileError, NotAllowedError
from ostiary.domain.register_columns import KEY_COLUMNS
from ostiary.domain.registered_keys import RememberedKey
from ostiary.office.cases.key_changes import accept_key, pending_keys
from ostiary.office.cases.key_history import key_faults
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.openings import stored_entry
from ostiary.office.release.release import release
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.files import key_text, new_opening_key, new_signing_key, private_pem

DAYS = "2025-01-01,"


def register(root: Path, name: str) -> Path:
    return root / "registers" / f"{name}.csv"


def put(root: Path, name: str, holder: str, key: str, *, beside: bool = False) -> None:
    """Put a key under an id: in place of the one that stands there, or in a row beside it."""
    with register(root, name).open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    column = columns.index(KEY_COLUMNS[name])
    changed = [
        [*row[:column], key, *row[column + 1 :]] if row[0] == holder else row for row in rows
    ]
    if beside:
        changed = rows + [row for row in changed if row[0] == holder][:1]
    with register(root, name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *changed])


def new_key() -> tuple[object, str]:
    key = new_signing_key()
    return key, key_text(key.public_key())


@pytest.fixture
def seen(office):
    """An office that has seen the keys in its registers."""
    with desk_on(office):
        return office


@pytest.mark.parametrize("holder", ["bert", "xavier"])
def test_an_audit_finds_a_key_that_was_remembered_without_officers(seen, holder):
    """A forger remembers a key of their own: the row, and an adoption in the log that names it."""
    key, text = new_key()
    with register(seen, "reviewers").open("a", encoding="utf-8") as file:
        file.write(f"{holder},{text},{DAYS}\n")
    with desk_on(seen) as (place, _):
        [pending] = pending_keys(place)
        with place.store.write() as txn:
            entry = journal_entry(
                "list.exported", at=place.moment.at, reader="nobody", list="any", rows=0
            )
            txn.see_keys([RememberedKey(pending.key, "")], txn.log(entry))
            with place.law_at_hand(seen_within=True) as (_, law):
                place.adopt(txn, law)
    with desk_on(seen) as (place, desk):
        assert pending_keys(place) == ()  # and so it counts
        case = first_case(desk)
        desk.determine(case.request.request_id, holder, key, found=True)
        [fault] = key_faults(desk, partial(stored_entry, place.store))
        assert "too few officers" in fault


def test_an_audit_finds_nothing_wrong_with_keys_that_officers_accepted(seen):
    _, text = new_key()
    put(seen, "reviewers", "bert", text)
    with desk_on(seen) as (place, _):
        for officer in ("anna", "cora"):
            accept_key(place, "reviewers", "bert", officer, key_of(seen, officer))
    with desk_on(seen) as (place, desk):
        assert list(key_faults(desk, partial(stored_entry, place.store))) == []


@pytest.mark.parametrize("beside", [False, True])
def test_no_officers_key_counts_in_place_of_another_or_beside_it(seen, beside):
    key, text = new_key()
    put(seen, "reviewers", "bert", text, beside=beside)
    with desk_on(seen) as (_, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        with pytest.raises((KeyFileError, NotAllowedError)):
            desk.determine(name, "bert", key, found=True)
        if beside:  # the key that was seen counts as before
            desk.determine(name, "bert", key_of(seen, "bert"), found=True)
        else:
            with pytest.raises(NotAllowedError, match="no disclosure officer"):
                desk.determine(name, "bert", key_of(seen, "bert"), found=True)


def test_no_answer_is_sealed_to_a_recipients_new_key(seen):
    with desk_on(seen) as (_, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        (recipient, *_) = recipients_of(case)
    put(seen, "officers", recipient, key_text(new_opening_key().public_key()))
    with desk_on(seen) as (place, desk):
        assert desk.sealing_keys(case.request.agency, [recipient]) == {}
        approve_twice(desk, seen, name)
        with pytest.raises(InputError, match="no encryption key"):
            release(place, name)
        for officer in ("anna", "bert"):
            accept_key(place, "officers", recipient, officer, key_of(seen, officer))
    with desk_on(seen) as (place, desk):
        with pytest.raises(NotAllowedError):  # the votes named no key
            release(place, name)
        approve_twice(desk, seen, name)
        assert release(place, name).answers


def test_two_officers_let_it_count_and_one_does_not(seen):
    key, text = new_key()
    put(seen, "reviewers", "cora", text)
    with desk_on(seen) as (place, _):
        assert not accept_key(place, "reviewers", "cora", "anna", key_of(seen, "anna")).counts
        with pytest.raises(NotAllowedError, match="two different officers"):
            accept_key(place, "reviewers", "cora", "anna", key_of(seen, "anna"))
        with pytest.raises((KeyFileError, NotAllowedError)):
            accept_key(place, "reviewers", "cora", "cora", key)
        assert [one.accepted_by for one in pending_keys(place)] == [("anna",)]
        assert accept_key(place, "reviewers", "cora", "bert", key_of(seen, "bert")).counts
        assert pending_keys(place) == ()
    with desk_on(seen) as (_, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        desk.determine(name, "cora", key, found=True)


def test_a_law_read_before_a_key_was_accepted_does_not_take_it_back(seen):
    """No file changed meanwhile: that officers have let a key count is told by the store alone."""
    put(seen, "reviewers", "cora", new_key()[1])
    with desk_on(seen) as (place, _):
        law = place.law_alone()
        assert law.pending
        for officer in ("anna", "bert"):
            accept_key(place, "reviewers", "cora", officer, key_of(seen, officer))
        adopted = place.store.laws()
        with place.store.write() as txn:
            place.adopt(txn, law)
        assert place.store.laws() == adopted
        assert pending_keys(place) == ()


def test_nobody_accepts_a_key_of_their_own_even_with_the_one_that_counts(seen):
    put(seen, "reviewers", "anna", new_key()[1], beside=True)
    with desk_on(seen) as (place, _), pytest.raises(NotAllowedError, match="of their own"):
        accept_key(place, "reviewers", "anna", "anna", key_of(seen, "anna"))


def test_an_acceptance_is_for_one_key_alone(seen):
    """One officer accepts; the key is exchanged once more; the second acceptance is a first one."""
    put(seen, "reviewers", "cora", new_key()[1])
    with desk_on(seen) as (place, _):
        accept_key(place, "reviewers", "cora", "anna", key_of(seen, "anna"))
    put(seen, "reviewers", "cora", new_key()[1])
    with desk_on(seen) as (place, _):
        assert not accept_key(place, "reviewers", "cora", "bert", key_of(seen, "bert")).counts


def test_taking_the_first_key_out_for_a_while_changes_nothing(seen):
    _, text = new_key()
    rows = register(seen, "reviewers").read_text()
    without = "\n".join(line for line in rows.splitlines() if not line.startswith("bert"))
    register(seen, "reviewers").write_text(f"{without}\n")
    with desk_on(seen):
        pass  # the register without bert is adopted
    register(seen, "reviewers").write_text(f"{without}\nbert,{text},{DAYS}\n")
    with desk_on(seen) as (place, _):
        assert [one.key.holder for one in pending_keys(place)] == ["bert"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM key_seen WHERE holder = 'bert'",
        "UPDATE key_seen SET holder = 'another' WHERE holder = 'bert'",
        """INSERT INTO key_seen (register, holder, digest, until, entry_index)
        SELECT register, holder, '00', until, entry_index FROM key_seen WHERE holder = 'bert'""",
        "UPDATE law_adopted SET files = NULL",
        "UPDATE law_adopted SET files = 'sha256:00'",
    ],
)
def test_what_the_office_has_seen_cannot_be_changed_in_the_store(seen, statement):
    tamper(seen, statement)
    with pytest.raises(FaultError, match="not those of the log"), desk_on(seen):
        pass


@pytest.mark.parametrize(
    "change", ["officer = 'cora'", "signature = zeroblob(64)", "digest = '{digest}'"]
)
def test_an_acceptance_that_was_changed_in_the_store_counts_for_nothing(seen, change):
    put(seen, "reviewers", "cora", new_key()[1])
    with desk_on(seen) as (place, _):
        accept_key(place, "reviewers", "cora", "anna", key_of(seen, "anna"))
    put(seen, "reviewers", "cora", new_key()[1])
    with desk_on(seen) as (place, _):
        (waiting,) = pending_keys(place)
    tamper(seen, f"UPDATE key_acceptance SET {change.format(digest=waiting.key.digest)}")
    if "digest" not in change:
        tamper(seen, f"UPDATE key_acceptance SET digest = '{waiting.key.digest}'")
    with desk_on(seen) as (place, _), pytest.raises(FaultError, match=r"entry \d+"):
        accept_key(place, "reviewers", "cora", "bert", key_of(seen, "bert"))


def test_it_is_told_and_done_on_the_command_line(seen, tmp_path):
    key, text = new_key()
    (tmp_path / "new.pem").write_bytes(private_pem(key))
    put(seen, "reviewers", "cora", text)
    on = ("--on", "2025-08-07")
    listed = ostiary("keys", "list", seen, *on)
    assert "not one that this office has seen" in listed.err
    assert "cora" in listed.out
    for officer, told in (("anna", "a second officer"), ("bert", "counts from now on")):
        pem = seen / "officers" / f"{officer}.pem"
        done = ostiary(
            "keys", "accept", seen, "reviewers", "cora", "--officer", officer, "--key", pem, *on
        )
        assert done.status == 0, done.err
        assert told in done.out
    listed = ostiary("keys", "list", seen, *on)
    assert (listed.status, listed.err, listed.out) == (0, "", "no key waits to be accepted\n")
    told = ask(seen, "SELECT body FROM log_entry WHERE body LIKE '%key.accepted%'")
    assert len(told) == 2
    assert not any("cora" in body for (body,) in told)

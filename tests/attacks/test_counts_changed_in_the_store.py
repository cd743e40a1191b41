"""Attack: an administrator changes what is counted over requests, or takes whole rows out.

No entry commits to what the limit on asking counts by; it follows from what requests say. Whoever
takes it away would be asked no more how often one person was asked about.
"""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import islice
from types import SimpleNamespace

import pytest

from casedb import tamper
from officers import approve_twice, desk_on, first_case
from ostiary.deciding.intake import derivations
from ostiary.office.oversight import counting_audit
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.oversight.counting_audit import counted_in_another_form
from ostiary.office.oversight.rows_of_entries import entry_faults
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.office.release.release import release
from walks import lawful_of, run, walk, written

NOW = derivations.derivations_digest()
COUNTED = "what is counted of whom it asked about is not what it says"
REASON = "another digest of the reason is counted"
TIME = "the case store holds another time"
TWICE = "two rows tell of it"
GONE = "what it tells of is not in the case store"
WRITTEN = " of the case store is not the one that was written"

# What is changed: how, and what is said of it behind the entry's number.
CHANGES = {
    "what is counted of a request": ("DELETE FROM asking WHERE request = {request}", COUNTED),
    "its names alone": ("DELETE FROM asking WHERE request = {request} AND place IS NULL", COUNTED),
    "one name": (
        "DELETE FROM asking WHERE id = (SELECT max(id) FROM asking WHERE place IS NULL)",
        COUNTED,
    ),
    "a name, as if destroyed": (
        "UPDATE asking SET token = NULL WHERE request = {request}",
        COUNTED,
    ),
    "a name": (
        "UPDATE asking SET token = token + 1 WHERE request = {request} AND place IS NULL",
        COUNTED,
    ),
    "a place": ("UPDATE asking SET place = place + 1 WHERE request = {request}", COUNTED),
    "whose it is": ("UPDATE asking SET request = {request} + 1 WHERE request = {request}", COUNTED),
    "its places": ("DELETE FROM asking WHERE request = {request} AND place IS NOT NULL", COUNTED),
    "a walk that nobody made": (
        (
            "INSERT INTO asking (token, place, request) SELECT token, place + 1, request FROM "
            "asking WHERE request = {request} AND place IS NOT NULL"
        ),
        COUNTED,
    ),
    "whose reason it is": ("UPDATE request SET reason_digest = 'x' WHERE id = {request}", REASON),
    "no reason": ("UPDATE request SET reason_digest = '' WHERE id = {request}", REASON),
    "no content": (
        "UPDATE request SET payload = NULL WHERE id = {request}",
        "the case store holds no content, and the request was not destroyed",
    ),
    "no facts": (
        "UPDATE request SET facts = NULL WHERE id = {request}",
        "the case store holds no facts, and the request was not destroyed",
    ),
    "content that is no JSON": (
        "UPDATE request SET payload = payload || '}}' WHERE id = {request}",
        "another digest of the content",
    ),
    "a vote's time": (
        "UPDATE approval SET at = '2025-08-01T00:00:00Z' WHERE request = {request}",
        TIME,
    ),
    "a word's time": ("UPDATE reason_determination SET at = '2025-08-01T00:00:00Z'", TIME),
    "a word twice": (
        (
            "INSERT INTO reason_determination (entry_index, request, officer, fact, specific, "
            "signature, at) SELECT entry_index, request, officer, fact, specific, signature, "
            "at FROM reason_determination"
        ),
        TWICE,
    ),
    "a law twice": (
        (
            "INSERT INTO law_adopted (entry_index, book, orders, registers, derivations, at, "
            "files) SELECT entry_index, book, orders, registers, derivations, at, files FROM "
            "law_adopted"
        ),
        TWICE,
    ),
    "another way of counting": (
        "UPDATE law_adopted SET derivations = 'another'",
        "the case store holds another derivations",
    ),
    "a file that came": ("DELETE FROM batch", GONE),
    "an answer": ("DELETE FROM answer", GONE),
    "an entry's text": ("UPDATE log_entry SET body = body || ' ' WHERE entry_index = 0", WRITTEN),
    "an entry's leaf": ("UPDATE log_entry SET leaf = zeroblob(32) WHERE entry_index = 1", WRITTEN),
    "two entries": (
        (
            "UPDATE log_entry SET body = (SELECT body FROM log_entry WHERE entry_index = 3) "
            "WHERE entry_index = 2"
        ),
        WRITTEN,
    ),
}


@pytest.fixture(scope="module")
def released(served_office, stores, tmp_path_factory):
    """An office that has let one answer out, with the guards of its case store taken away."""
    root = stores.copy(served_office, tmp_path_factory.mktemp("counted") / "office").root
    with desk_on(root) as (place, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        approve_twice(desk, root, name)
        release(place, name)
        with closing(sqlite3.connect(root / "cases.db", isolation_level=None)) as db:
            db.execute("PRAGMA foreign_keys = off")
            for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                db.execute(f'DROP TRIGGER "{trigger}"')
            yield place, db, case.request.id


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_named(released, what):
    place, db, request = released
    change, said = CHANGES[what]
    with closing(sqlite3.connect(":memory:")) as kept:
        db.backup(kept)
        try:
            assert db.execute(change.format(request=request)).rowcount > 0
            faults = check_openings(place).faults
        finally:
            kept.backup(db)
    named = re.compile(rf"entry \d+(: )?{said}")
    assert any(named.fullmatch(fault) for fault in faults), faults
    if said in {COUNTED, REASON}:
        assert f"entry {place.store.case(request).request.entry_index}: {said}" in faults


def test_what_an_earlier_standard_form_counted_is_not_recounted_and_no_alarm(released, monkeypatch):
    """A later build reads names otherwise: nobody changed anything. Reasons are held all the same.

    What was looked at under the form of today is recounted, whatever was adopted after it.
    """
    place, db, request = released
    asked = "SELECT count(DISTINCT request) FROM asking"
    ((compared,),) = db.execute(asked).fetchall()
    assert check_openings(place).not_recounted == 0
    with closing(sqlite3.connect(":memory:")) as kept:
        db.backup(kept)
        try:
            with monkeypatch.context() as build:
                build.setattr(derivations, "standard_digest", lambda: "a later form")
                db.execute("UPDATE asking SET token = token + 1 WHERE place IS NULL")
                later = check_openings(place)
                db.execute("UPDATE request SET reason_digest = '' WHERE id = ?", [request])
                reasons = check_openings(place).faults
            now = check_openings(place).faults
        finally:
            kept.backup(db)
    assert (later.faults, later.not_recounted > 0) == ((), True)
    assert later.not_recounted >= compared
    assert [fault.partition(": ")[2] for fault in reasons] == [REASON]
    assert sum(fault.endswith(COUNTED) for fault in now) == compared


@pytest.mark.parametrize(
    ("look", "laws", "otherwise"),
    [
        (5, ((2, NOW),), False),
        (5, ((2, "before"),), True),
        (5, ((2, "before"), (4, NOW)), False),
        (5, ((2, NOW), (4, "before")), True),
        (5, ((2, "before"), (6, NOW)), True),
        (5, ((2, NOW), (6, "before")), False),
        (5, (), True),
    ],
)
def test_a_look_counts_in_the_form_of_the_law_adopted_before_it(released, look, laws, otherwise):
    place, _, request = released
    case = place.store.case(request)
    one = replace(case, verification=replace(case.verification, entry_index=look))
    (adopted, *_) = place.store.laws()
    told = [replace(adopted, entry_index=at, derivations=digest) for at, digest in laws]
    assert counted_in_another_form([one], told) == ({request} if otherwise else set())
    again = replace(one, superseded=(one.verification,), verification=case.verification)
    assert counted_in_another_form([again], told) == ({request} if otherwise else set())
    assert counted_in_another_form([replace(one, verification=None)], told) == set()


@pytest.mark.parametrize("column", ["entries_from", "leaves_from"])
def test_a_text_without_a_digest_is_told_in_a_sentence(released, monkeypatch, column):
    store = released[0].store
    given = getattr(type(store), column)
    monkeypatch.setattr(type(store), column, lambda *asked: islice(given(*asked), 4))
    said = "entry 4: the case store holds its text or its digest, and not both"
    assert list(entry_faults(store)) == [said]


def test_what_is_written_meanwhile_is_no_fault(released, monkeypatch):
    store = released[0].store
    monkeypatch.setattr(type(store), "log_size", lambda _: 4)
    assert not any("not both" in fault for fault in entry_faults(store))


def test_nothing_is_found_where_nothing_was_changed(released):
    place, db, request = released
    assert check_openings(place).faults == ()
    found = db.execute("SELECT count(place), count(*) FROM asking WHERE request = ?", [request])
    ((places, rows),) = found.fetchall()
    assert 0 < places < rows


@pytest.mark.both_stores
def test_a_walk_that_was_stopped_is_counted_as_it_was(loaded_office, stores, world, tmp_path):
    """Of requests beyond the limit the places are counted, and of some of them the names."""
    root = stores.copy(loaded_office, tmp_path / "walked").root
    rows = walk(lawful_of(world), 8, spelt=False) + walk(lawful_of(world), 8, start=8)
    run(root, written(tmp_path / "walk.csv", rows))
    with desk_on(root) as (place, _):
        assert check_openings(place).faults == ()


def test_places_taken_away_are_named_after_a_disposal_too(served_office, stores, tmp_path):
    """Before, one disposal of anything made every place that was missing pass as destroyed."""
    root = stores.copy(served_office, tmp_path / "office").root
    with desk_on(root) as (_, desk):
        approve_twice(desk, root, first_case(desk).request.request_id)
    (root / "registers" / "retention.csv").write_text(
        "kind,years,authority\nanswered,90,policy\nunanswered,90,policy\n"
    )
    with at_work(root, on=date(2040, 1, 5)) as place:
        assert due(place).requests  # returned and suspended ones, of which nothing was counted
        dispose(place, due(place))
        assert check_openings(place).faults == ()
    tamper(root, "DELETE FROM asking WHERE place IS NOT NULL")
    with at_work(root, on=date(2040, 1, 5)) as place:
        assert any(COUNTED in fault for fault in check_openings(place).faults)


@pytest.mark.parametrize(
    ("destroyed", "named"),
    [
        ({}, {7, 8}),
        ({"a": (1, 2)}, set()),  # both may have been counted under a request that is gone
        ({"a": (1, 1)}, {7, 8}),  # not by one row
        ({"a": (8, 2)}, {7, 8}),  # nor under one that came later
        ({"b": (1, 2)}, {7, 8}),  # nor under another agency's
    ],
)
def test_what_a_disposal_can_have_destroyed_is_no_alarm_and_no_more_is(destroyed, named):
    store = SimpleNamespace(
        disposals=lambda: (1,),
        places_asked=lambda _: iter([(5, 1, 1)]),
        asking_destroyed=lambda: destroyed,
    )
    beside = {6: {(5, 1)}, 7: {(5, 2)}, 8: {(5, 2), (6, 1)}}
    assert counting_audit._not_counted(store, beside, dict.fromkeys(beside, "a")) == named

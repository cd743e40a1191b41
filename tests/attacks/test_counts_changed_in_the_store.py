"""Attack: an administrator changes what is counted over requests, or takes whole rows out.

No entry commits to what the limit on asking counts by; it follows from what requests say. Whoever
takes it away would be asked no more how often one person was asked about.
"""

import sqlite3
from contextlib import closing

import pytest

from officers import approve_twice, desk_on, first_case
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.release.release import release
from walks import lawful_of, run, walk, written

CHANGES = {
    "what is counted of a request": "DELETE FROM asking WHERE request = {request}",
    "its names alone": "DELETE FROM asking WHERE request = {request} AND place IS NULL",
    "one name": "DELETE FROM asking WHERE id = (SELECT max(id) FROM asking WHERE place IS NULL)",
    "a name, as if destroyed": "UPDATE asking SET token = NULL WHERE request = {request}",
    "a name": "UPDATE asking SET token = token + 1 WHERE request = {request} AND place IS NULL",
    "a place": "UPDATE asking SET place = place + 1 WHERE request = {request}",
    "whose it is": "UPDATE asking SET request = {request} + 1 WHERE request = {request}",
    "its places": "DELETE FROM asking WHERE request = {request} AND place IS NOT NULL",
    "a walk that nobody made": (
        "INSERT INTO asking (token, place, request) SELECT token, place + 1, request FROM asking"
        " WHERE request = {request} AND place IS NOT NULL"
    ),
    "whose reason it is": "UPDATE request SET reason_digest = 'x' WHERE id = {request}",
    "no reason": "UPDATE request SET reason_digest = '' WHERE id = {request}",
    "no content": "UPDATE request SET payload = NULL WHERE id = {request}",
    "no facts": "UPDATE request SET facts = NULL WHERE id = {request}",
    "content that is no JSON": "UPDATE request SET payload = payload || '}}' WHERE id = {request}",
    "a vote's time": "UPDATE approval SET at = '2025-08-01T00:00:00Z' WHERE request = {request}",
    "a word's time": "UPDATE reason_determination SET at = '2025-08-01T00:00:00Z'",
    "a word twice": (
        "INSERT INTO reason_determination (entry_index, request, officer, fact, specific,"
        " signature, at) SELECT entry_index, request, officer, fact, specific, signature, at"
        " FROM reason_determination"
    ),
    "a law twice": (
        "INSERT INTO law_adopted (entry_index, book, orders, registers, derivations, at, files)"
        " SELECT entry_index, book, orders, registers, derivations, at, files FROM law_adopted"
    ),
    "a file that came": "DELETE FROM batch",
    "an answer": "DELETE FROM answer",
    "an entry's text": "UPDATE log_entry SET body = body || ' ' WHERE entry_index = 0",
    "an entry's leaf": "UPDATE log_entry SET leaf = zeroblob(32) WHERE entry_index = 1",
    "two entries": (
        "UPDATE log_entry SET body = (SELECT body FROM log_entry WHERE entry_index = 3)"
        " WHERE entry_index = 2"
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
    with closing(sqlite3.connect(":memory:")) as kept:
        db.backup(kept)
        try:
            assert db.execute(CHANGES[what].format(request=request)).rowcount > 0
            faults = check_openings(place).faults
        finally:
            kept.backup(db)
    assert faults
    assert any("entry" in fault for fault in faults)
    assert "Traceback" not in "".join(faults)


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

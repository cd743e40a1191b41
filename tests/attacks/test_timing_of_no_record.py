"""Attack: an agency reads off the office's work whether somebody is in the file at all.

It asks about people of the file at wrong addresses (*mismatch*) and about people whom the file does
not know (*no record*). Nothing may tell the two apart: neither what comes back, nor what the case
store is asked and how much it gives, nor what the log grows by; and the clock shows whole quarters
of a second. Work is counted here, not timed: ``tools/bench_office.py`` times it.
"""

import csv
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
import pytest
from django.db import connections
from django.test import Client as DjangoClient
from hypothesis import given
from hypothesis import strategies as st

from officers import NEXT_DAY, desk_on, key_of
from ostiary.domain.words import Outcome
from ostiary.faces.api.submitting import QUANTUM, held_until, leaves_at
from programs import PROGRAM, program, site_with_programs
from web_office import AGENCY

_PLACE = ("address_line", "unit", "city", "state", "postal_code")
_VARIES = {
    "Date",
    "DPoP-Nonce",
    "ETag",
}  # the tag is a digest of a body that has the id of its request


@dataclass
class Seen:
    """What an agency sees of two calls, and what they had the case store do."""

    answers: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    statements: Counter[str] = field(default_factory=Counter)
    grown_by: int = 0


@pytest.fixture
def served(office):
    with site_with_programs(office, NEXT_DAY) as (site, keys):
        yield site, keys[PROGRAM]


@pytest.fixture(scope="session")
def lawful(world):
    """Lawful requests of one agency as the API takes them, without what is about the person."""
    with duckdb.connect() as con:
        names = con.execute(
            "SELECT request_id FROM read_parquet(?) WHERE expected_status = 'accepted'",
            [str(world / "truth.parquet")],
        ).fetchall()
    with (world / "requests.csv").open(encoding="utf-8") as rows:
        found = [row for row in csv.DictReader(rows) if (row["request_id"],) in names]
    about = {*_PLACE, "tin", "birth_date", "given_name", "middle_name", "surname", "name_suffix"}
    return [
        {
            name: _natural(name, text)
            for name, text in row.items()
            if text and name not in {"agency", *about}
        }
        for row in found
    ]


@pytest.fixture(scope="session")
def people(world):
    """People of the file with long names, so that few share them: given name, surname, place."""
    with duckdb.connect() as con:
        return con.execute(
            f"""SELECT given_name, surname, {", ".join(_PLACE)} FROM read_parquet(?)
            WHERE length(surname) > 8 ORDER BY person_id LIMIT 5""",
            [str(world / "people.parquet")],
        ).fetchall()


def _natural(name, text):
    if name in {"recipients", "items", "court_order_findings", "court_order_items"}:
        return text.split(";")
    if name in {"taxable_periods", "court_order_periods"}:
        return [int(year) for year in text.split(";")]
    return {"true": True, "false": False}.get(text, text)


@contextmanager
def watched(site, seen):
    """Count what the case store is asked, by its wording, and the rows that it is given."""

    def hear(execute, sql, params, many, context):
        wording = re.sub(r"\d+|%s(, %s)*", "?", sql)
        if not many:
            seen.statements[wording] += 1
            return execute(sql, params, many, context)
        rows = list(params)
        seen.statements[wording] += len(rows)
        return execute(sql, rows, many, context)

    alias = site.office.store._alias
    before = site.office.store.log_size()
    with connections[alias].execute_wrapper(hear):
        yield
    seen.grown_by = site.office.store.log_size() - before


def ask(served, row, name, *, place):
    """Submit a request about a name at a place, and follow it; give what was seen."""
    site, key = served
    seen = Seen()

    def send(method, address, headers, body):
        got = DjangoClient(SERVER_NAME="localhost").generic(
            method,
            "/" + address.split("/", 3)[3],
            body or b"",
            headers.get("Content-Type", "application/octet-stream"),
            headers={k: v for k, v in headers.items() if k != "Content-Type"},
        )
        if "/requests" in address:
            told = tuple(sorted(f"{k}: {v}" for k, v in got.headers.items() if k not in _VARIES))
            seen.answers.append((got.status_code, len(got.content), told))
        return got.status_code, got.content, {k.lower(): v for k, v in got.headers.items()}

    caller = program(site, PROGRAM, key, send)
    caller.headers("GET", "http://localhost/")  # the token, which is no part of the comparison
    given_name, surname = name
    about = dict(zip(_PLACE, place, strict=True))
    asked = row | {"given_name": given_name, "surname": surname}
    asked |= {name: text for name, text in about.items() if text}
    with watched(site, seen):
        (reply,) = caller.submit([asked], key=f"key-of-{row['request_id']}").replies
        caller.status(reply.entry)
    found = site.office.store.case(site.office.store.request_at(reply.entry).id)
    assert found.verification is None, "nobody looks before an officer has spoken"
    return seen, reply.status, found.request.request_id


def outcomes(office, requests):
    """Have an officer find the reasons specific; say what the records then showed."""
    with desk_on(office) as (_, desk):
        for one in requests:
            desk.determine(f"{AGENCY}/{one}", "anna", key_of(office, "anna"), found=True)
        return tuple(desk.case(f"{AGENCY}/{one}").verification.outcome for one in requests)


@pytest.mark.both_stores
def test_a_wrong_address_and_an_unknown_person_are_the_same_work(served, office, lawful, people):
    ask(served, lawful[0] | {"request_id": "T-first"}, ("Ann", "Warming"), place=people[0][2:])
    pairs = []
    for n, (one, other) in enumerate(zip(people, [*people[1:], people[0]], strict=True)):
        rows, place = lawful[2 * n + 1 : 2 * n + 3], other[2:]
        known = ask(served, rows[0] | {"request_id": f"T-1{n}"}, one[:2], place=place)
        unknown = ask(
            served, rows[1] | {"request_id": f"T-2{n}"}, ("Qxz", f"Vwqk{n * 'ab'}yz"), place=place
        )
        pairs.append((known, unknown))
    told_apart = 0
    for (seen, status, known), (other_seen, other_status, unknown) in pairs:
        if {status, other_status} != {"accepted"}:
            continue  # the law said something of the matter: the file was not asked
        shown = outcomes(office, (known, unknown))
        told_apart += shown == (Outcome.MISMATCH, Outcome.NO_RECORD)
        assert seen.answers == other_seen.answers
        assert seen.grown_by == other_seen.grown_by
        assert seen.statements == other_seen.statements
    assert told_apart >= 2, "the custodian's own officer sees the difference"


@given(st.floats(0, 1e6), st.floats(0, 20))
def test_the_clock_shows_whole_quanta(began, worked):
    held = held_until(began, began + worked) - began
    assert held >= worked - 1e-6
    assert abs(held / QUANTUM - round(held / QUANTUM)) < 1e-6


@given(st.floats(0.01, 0.24), st.floats(0.01, 0.24), st.integers(0, 9))
def test_work_of_one_quantum_is_answered_at_one_moment(one, other, quanta):
    """Whatever the two took, as long as both ended between the same two strokes."""
    assert held_until(0.0, quanta * QUANTUM + one) == held_until(0.0, quanta * QUANTUM + other)


@given(st.floats(0, 100), st.floats(-1, 4))
def test_a_thread_that_had_work_left_answers_at_a_whole_quantum_too(ready, late):
    leaves = leaves_at(ready, ready + late)
    assert leaves >= max(ready, ready + late) - 1e-9
    quanta = (leaves - ready) / QUANTUM
    assert quanta == pytest.approx(round(quanta), abs=1e-6)
    assert late > 0 or leaves == pytest.approx(ready)

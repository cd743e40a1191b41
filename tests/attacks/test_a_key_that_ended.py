"""Attack: a key that gave way to another, or an officer who left, comes back by an editor's hand.

Whoever keeps a register brings back a key that was replaced because it was stolen; whoever edits
the database takes away that it has ended.
"""

import csv
import random
from datetime import date, timedelta
from functools import partial

import pytest
from test_a_key_put_into_a_register import new_key, put, register

from casedb import ask, tamper
from officers import NEXT_DAY, accept_keys, desk_on, first_case, key_of
from ostiary.domain.errors import FaultError, KeyFileError, NotAllowedError
from ostiary.domain.registered_keys import RegisteredKey, RememberedKey
from ostiary.faces.server.law_snapshot import LawSnapshotReader
from ostiary.office.cases.key_changes import pending_keys
from ostiary.office.cases.key_history import key_faults
from ostiary.office.cases.openings import stored_entry
from ostiary.office.folder.known_keys import KnownKeys, counting, remembered_after
from ostiary.office.recovery.entering import at_work


@pytest.fixture
def seen(office):
    """An office that has seen the keys in its registers."""
    with desk_on(office):
        return office


def waiting_holders(root, day=NEXT_DAY):
    with desk_on(root, day) as (place, _):
        return [one.key.holder for one in pending_keys(place)]


def end_on(root, holder, until):
    """Write an officer's last day."""
    with register(root, "reviewers").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    column = columns.index("until")
    changed = [[*r[:column], until, *r[column + 1 :]] if r[0] == holder else r for r in rows]
    with register(root, "reviewers").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *changed])


def replaced(root):
    """Let another key take the place of an officer's; give the register as it was before."""
    before = register(root, "reviewers").read_bytes()
    put(root, "reviewers", "cora", new_key()[1])
    with desk_on(root) as (place, _):
        accept_keys(place)
    return before


def test_a_replaced_key_put_back_counts_for_nothing_until_two_officers_accept_it(seen):
    before = replaced(seen)
    register(seen, "reviewers").write_bytes(before)
    assert waiting_holders(seen) == ["cora"]
    with desk_on(seen) as (place, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        with pytest.raises((KeyFileError, NotAllowedError)):
            desk.determine(name, "cora", key_of(seen, "cora"), found=True)
        accept_keys(place)
    with desk_on(seen) as (place, desk):
        desk.determine(name, "cora", key_of(seen, "cora"), found=True)
        assert list(key_faults(desk, partial(stored_entry, place.store))) == []


def test_what_was_accepted_before_it_ended_lets_no_key_back(seen):
    first = register(seen, "reviewers").read_bytes()
    replaced(seen)
    second = register(seen, "reviewers").read_bytes()
    register(seen, "reviewers").write_bytes(first)
    with desk_on(seen) as (place, _):
        accept_keys(place)
    register(seen, "reviewers").write_bytes(second)  # which anna and bert accepted once
    with desk_on(seen) as (place, _):
        assert [one.accepted_by for one in pending_keys(place)] == [()]


def test_an_officer_who_left_does_not_come_back_by_the_register_alone(seen):
    before = register(seen, "reviewers").read_text()
    rows = [line for line in before.splitlines() if not line.startswith("bert")]
    register(seen, "reviewers").write_text("\n".join(rows) + "\n")
    assert waiting_holders(seen) == []
    register(seen, "reviewers").write_text(before)
    assert waiting_holders(seen) == ["bert"]


@pytest.mark.parametrize(("until", "back"), [("2025-08-09", ""), ("2025-08-09", "2025-12-31")])
def test_a_last_day_that_is_over_is_moved_by_two_and_one_to_come_by_the_register(seen, until, back):
    end_on(seen, "bert", until)
    assert waiting_holders(seen) == []
    end_on(seen, "bert", "2025-08-10")
    assert waiting_holders(seen) == []
    end_on(seen, "bert", back)
    assert waiting_holders(seen) == []
    end_on(seen, "bert", "2025-08-08")
    assert waiting_holders(seen, date(2025, 8, 8)) == []
    assert waiting_holders(seen, date(2025, 8, 11)) == []
    end_on(seen, "bert", back)
    assert waiting_holders(seen, date(2025, 8, 11)) == ["bert"]
    with desk_on(seen, date(2025, 8, 11)) as (place, desk):
        accept_keys(place)
        assert list(key_faults(desk, partial(stored_entry, place.store))) == []


def test_officers_whose_last_days_were_over_together_work_on_once_the_register_says_so(seen):
    for officer in ("anna", "bert", "cora"):
        end_on(seen, officer, "2025-08-08")
    assert waiting_holders(seen, date(2025, 8, 8)) == []
    for officer in ("anna", "bert", "cora"):
        end_on(seen, officer, "2025-12-31")
    assert waiting_holders(seen, date(2025, 8, 11)) == []
    with desk_on(seen, date(2025, 8, 11)) as (place, desk):
        name = first_case(desk).request.request_id
        desk.determine(name, "cora", key_of(seen, "cora"), found=True)
        assert list(key_faults(desk, partial(stored_entry, place.store))) == []


def test_a_snapshot_of_the_web_office_ends_with_the_day(seen):
    """Nothing changes on the disk or in the log when a last day is over."""
    end_on(seen, "bert", str(NEXT_DAY))
    with desk_on(seen):
        pass
    end_on(seen, "bert", "2025-12-31")  # and no step enters that on the last day
    reader = LawSnapshotReader()
    kept = []
    for day in (NEXT_DAY, NEXT_DAY + timedelta(days=1)):
        with at_work(seen, on=day) as place:
            kept.append({one.officer for one in reader.read(place).reviewers})
    assert kept == [{"anna", "bert", "cora"}, {"anna", "cora"}]


def test_a_register_without_any_key_that_counted_is_a_mishap_and_ends_none(seen):
    before = register(seen, "reviewers").read_bytes()
    register(seen, "reviewers").write_text("officer,public_key,from,until\n")
    assert waiting_holders(seen) == []
    register(seen, "reviewers").write_bytes(before)
    assert waiting_holders(seen) == []


FORGOTTEN = {
    "that it ended": "DELETE FROM key_seen WHERE id = (SELECT max(id) FROM key_seen)",
    "its last day": "UPDATE key_seen SET until = '' WHERE until <> ''",
    "all since": (
        "DELETE FROM key_seen WHERE entry_index > (SELECT min(entry_index) FROM law_adopted)"
    ),
}


@pytest.mark.parametrize("with_law", [False, True])
@pytest.mark.parametrize("what", FORGOTTEN)
def test_nobody_takes_away_in_the_store_that_a_key_has_ended(seen, what, with_law):
    """Nor with the law adopted since, though the earlier one bears the earlier keys out."""
    before = replaced(seen)
    tamper(seen, FORGOTTEN[what])
    if with_law:
        tamper(seen, "DELETE FROM law_adopted WHERE id = (SELECT max(id) FROM law_adopted)")
    register(seen, "reviewers").write_bytes(before)
    with pytest.raises(FaultError, match=r"entry \d+|case store"), desk_on(seen):
        pytest.fail("the office worked on")


def test_the_store_says_of_a_key_what_became_of_it(seen):
    replaced(seen)
    said = ask(seen, "SELECT until FROM key_seen WHERE holder = 'cora' ORDER BY id")
    # it counted; a step found another one in its place; which officers let count
    assert [until for (until,) in said] == ["", str(NEXT_DAY - timedelta(days=1)), ""]


DAY = date(2025, 8, 7)
A, B = (RegisteredKey("reviewers", "anna", digest) for digest in "ab")
OTHER = RememberedKey(RegisteredKey("reviewers", "bert", "c"), "")


@pytest.mark.parametrize(
    ("found", "seen_of_it", "counts"),
    [
        ("", None, True),  # as an older Ostiary remembered it
        ("", "", True),
        ("", "2025-08-07", True),  # its last day is today
        ("", "2025-08-06", False),
        ("2025-08-06", "2025-08-06", True),  # past, and stands for what it signed
        ("2025-08-05", "2025-08-06", True),
        ("2025-12-31", "2025-08-06", False),
    ],
)
def test_a_key_counts_by_what_is_remembered_of_it(found, seen_of_it, counts):
    memory = frozenset({RememberedKey(A, seen_of_it), OTHER})
    assert (A in counting({A: found, OTHER.key: ""}, memory, DAY)) is counts


@pytest.mark.parametrize(
    ("found", "seen_of_it", "after"),
    [
        ("", None, None),  # nothing is to be said, and no law adopted for it
        ("2026-01-01", None, "2026-01-01"),
        ("2026-01-01", "", "2026-01-01"),
        (None, "", "2025-08-06"),
        (None, "2025-08-01", "2025-08-01"),
        (None, None, "2025-08-06"),
    ],
)
def test_what_is_remembered_of_a_key_once_a_law_is_adopted(found, seen_of_it, after):
    memory = frozenset({RememberedKey(A, seen_of_it), OTHER})
    registers = {OTHER.key: ""} | ({A: found} if found is not None else {})
    now = remembered_after(registers, counting(registers, memory, DAY), memory, DAY)
    assert now == {RememberedKey(A, after), OTHER}
    assert remembered_after(registers, counting(registers, now, DAY), now, DAY) == now


C, D = (RegisteredKey("reviewers", *one) for one in (("bert", "c"), ("cora", "d")))
ENDED_LAST = {
    "all three ended on one day": (("2025-08-06",) * 3, {A, C, D}),
    "their row may have no last day": (("2025-08-06",) * 3, {A, C, D}),
    "one is in office": (("2025-08-06", "2025-08-06", "2025-12-31"), {D}),
    "one is in office for good": (("2025-08-06", "2025-08-06", ""), {D}),
    "one is, as an older Ostiary remembered it": (("2025-08-06", "2025-08-06", None), {D}),
    "today is a last day": (("2025-08-06", "2025-08-06", "2025-08-07"), {D}),
    "one ended before the others": (("2025-08-05", "2025-08-06", "2025-08-06"), {C, D}),
    "two ended before the other": (("2025-08-05", "2025-08-05", "2025-08-06"), {D}),
}


@pytest.mark.parametrize("what", ENDED_LAST)
def test_where_all_have_ended_those_that_ended_last_are_moved_by_the_register(what):
    days, back = ENDED_LAST[what]
    until = "" if "no last day" in what else "2026-12-31"
    memory = frozenset(map(RememberedKey, (A, C, D), days))
    found = dict.fromkeys((A, C, D), until)
    counts = counting(found, memory, DAY)
    assert counts == back
    now = {one.key: one.until for one in remembered_after(found, counts, memory, DAY)}
    assert now == dict(zip((A, C, D), days, strict=True)) | dict.fromkeys(back, until)


def test_other_registers_do_not_hold_officers_to_their_last_day():
    client = RememberedKey(RegisteredKey("clients", "case-system", "e"), "")
    memory = frozenset({RememberedKey(A, "2025-08-06"), RememberedKey(C, "2025-08-06"), client})
    found = {A: "", C: "", client.key: ""}
    assert counting(found, memory, DAY) == {A, C, client.key}


@pytest.mark.parametrize("set_back", ["2020-01-01", "2025-07-31", "2025-08-06"])
def test_who_sets_every_last_day_back_brings_no_key_that_gave_way_earlier(set_back):
    """Two keys that were stolen once, with a register's keeper, would be two officers."""
    memory = frozenset({RememberedKey(A, "2025-08-01"), *(RememberedKey(x, "") for x in (B, C))})
    found = {B: set_back, C: set_back}
    memory = remembered_after(found, counting(found, memory, DAY), memory, DAY)
    later = DAY + timedelta(days=1)
    found = {A: "", B: set_back, C: set_back}
    assert A not in counting(found, memory, later)


def test_what_is_remembered_without_anybodys_word_is_what_an_audit_takes_so():
    """Random registers of many days; nobody accepts anything."""
    chance = random.Random(5)
    keys = [A, B, C, D, RegisteredKey("clients", "one", "e"), RegisteredKey("clients", "two", "f")]
    moved = 0
    for _ in range(60):
        memory, day = frozenset(), date(2025, 8, 1)
        for _ in range(12):
            day += timedelta(days=chance.choice((0, 1, 1, 5)))
            some = [key for key in keys if chance.random() < 0.8]
            days = ("", str(day), str(day - timedelta(days=1)), str(day + timedelta(days=1)))
            found = {key: chance.choice(days) for key in some}
            now = remembered_after(found, counting(found, memory, day), memory, day)
            before = {one.key: one for one in memory}
            known = KnownKeys.on(memory, str(day))
            for one in now - memory:
                assert known.lets(one.key, str(one.until or "")), (one, memory, day)
                moved += one.key in before and before[one.key].has_ended(str(day))
            memory = now
    assert moved  # some had ended, and all others with them

"""What a program keeps of the log: read on, together, and held to rows that others write meanwhile.

A store of a few entries stands for the case store; it has others commit at the very moment that a
race would need.
"""

import base64
import threading
from dataclasses import replace

import pytest

from ostiary.domain.errors import FaultError
from ostiary.office.cases.openings import closing_faults
from ostiary.office.folder import known_keys
from ostiary.office.folder.known_keys import seen_keys, with_keys
from ostiary.office.folder.log_marks import FILE, Access, MarksKeeper, attach_marks, last_law
from ostiary.office.store import LawRecord
from ostiary.office.store.journal import journal_entry

AT = "2026-11-{:02}T10:00:00Z"
SECRET = b"an office's own"


def staff(day, act, person="ana"):
    return journal_entry("staff.changed", at=AT.format(day), role="auditor", person=person, act=act)


class Entries:
    """A case store of which only entries, laws and closed requests are asked."""

    is_writing = False

    def __init__(self, *entries):
        self.bodies = [one.body for one in entries]
        self.laws, self.closed, self.rows = [], 0, {"asking": 5}
        self.meanwhile = []  # what others do once somebody has read a row

    def log_size(self):
        return len(self.bodies)

    def entries_ending(self, ends, start, stop):
        told = enumerate(self.bodies[start:stop], start)
        return [(n, one) for n, one in told if one[-20:] in ends or one[-20:].decode() in ends]

    def highest_rows(self):
        return self.rows

    def _others(self):
        if self.meanwhile:
            self.meanwhile.pop(0)()

    def law(self):
        found = self.laws[-1] if self.laws else None
        self._others()
        return found

    def keys_seen(self):
        found = frozenset()
        self._others()
        return found

    def count_closed(self):
        return self.closed

    def disposals(self):
        return ()

    def adopt(self, n):
        told = {"book": n, "orders": n, "registers": n, "derivations": n}
        told = {name: f"sha256:{value:064x}" for name, value in told.items()}
        self.laws.append(record(len(self.bodies), told))
        self.bodies.append(journal_entry("law.adopted", at=AT.format(1), **told).body)


def record(index, told):
    return LawRecord(entry_index=index, at=AT.format(1), files=None, **told)


def disposed(requests):
    told = {"register": f"sha256:{0:064x}", "answers": 0, "root": f"{0:064x}"}
    return journal_entry(
        "openings.disposed", at=AT.format(1), on="2026-11-01", requests=requests, **told
    )


def corrected(right):
    signature = base64.b64encode(bytes(64)).decode()
    two = {"officer": "anna", "second": "bert"}
    two |= {"signature": signature, "second_signature": signature}
    return journal_entry(
        "clock.corrected",
        at=AT.format(right),
        stood="2030-01-01T00:00:00Z",
        right=AT.format(right),
        why="battery",
        **two,
    )


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([staff(1, "added")], None),  # of whom was never ended nothing is asked
        ([staff(1, "added"), staff(2, "ended")], Access("ended", AT.format(2))),
        ([staff(2, "ended"), staff(3, "added")], Access("added", AT.format(2))),
        ([staff(2, "ended"), staff(4, "ended")], Access("ended", AT.format(4))),
        # once the clock is right, who was ended before is held to that moment still
        ([staff(2, "ended"), corrected(5), staff(6, "added")], Access("added", AT.format(2))),
        ([staff(9, "ended"), corrected(5)], Access("ended", AT.format(5))),
    ],
)
@pytest.mark.parametrize("at_once", [False, True])
def test_what_is_known_of_somebodys_access(entries, told, at_once):
    store, keeper = Entries(), MarksKeeper()
    for one in entries:
        store.bodies.append(one.body)
        at_once or keeper.read(store)
    assert keeper.read(store).access.get("auditor/ana") == told


def test_a_page_that_finds_nothing_new_waits_for_nobody_who_reads_on():
    store, keeper = Entries(staff(1, "ended")), MarksKeeper()
    marks = keeper.read(store)
    found = []
    with keeper._lock:
        page = threading.Thread(target=lambda: found.append(keeper.read(store)), daemon=True)
        page.start()
        page.join(60)
        assert found == [marks]


def kept_in(tmp_path, store, secret=SECRET):
    keeper = MarksKeeper(tmp_path / FILE, secret)
    keeper.keep(store)
    return keeper


def flipped(content):
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize("damage", [flipped, lambda content: content[:40], lambda _: b""])
def test_a_damaged_file_is_read_anew(tmp_path, damage):
    store = Entries(staff(1, "ended"), staff(2, "added"))
    kept_in(tmp_path, store)
    (tmp_path / FILE).write_bytes(damage((tmp_path / FILE).read_bytes()))
    marks = MarksKeeper(tmp_path / FILE, SECRET).read(store)
    assert (marks.size, marks.access) == (2, {"auditor/ana": Access("added", AT.format(1))})
    assert marks.rows == {}


def test_a_file_of_another_secret_is_not_believed(tmp_path):
    kept_in(tmp_path, Entries(), secret=b"another's")
    store = Entries(staff(1, "ended"))
    assert MarksKeeper(tmp_path / FILE, SECRET).read(store).access.keys() == {"auditor/ana"}


def test_a_file_ahead_of_the_case_store_tells_nothing_of_the_log_but_of_its_rows(tmp_path):
    kept_in(tmp_path, Entries(staff(1, "ended"), staff(2, "ended", "bo")))
    store = Entries(staff(1, "ended", "cy"))
    marks = MarksKeeper(tmp_path / FILE, SECRET).read(store)
    assert (marks.size, list(marks.access)) == (1, ["auditor/cy"])
    store.rows = {"asking": 4}
    with pytest.raises(FaultError, match="rows of the table asking"):
        kept_in(tmp_path, store)


def test_two_programs_keep_the_marks_of_one_office(tmp_path):
    store = Entries(staff(1, "ended"))
    first, second = kept_in(tmp_path, store), kept_in(tmp_path, store)
    for n, keeper in enumerate((first, second, first), 2):
        store.bodies.append(staff(n, "ended").body)
        store.rows = {"asking": 5 + n}
        keeper.keep(store)
        assert MarksKeeper(tmp_path / FILE, SECRET)._kept().size == n
    store.rows = {"asking": 8}  # fewer than the other program has seen
    store.bodies.append(staff(9, "ended").body)
    with pytest.raises(FaultError, match="rows of the table asking"):
        second.keep(store)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_law_that_others_adopt_while_it_is_read_is_the_last_one_and_no_fault(times):
    store = Entries()
    store.adopt(1)
    store.meanwhile = [lambda n=n: store.adopt(n) for n in range(2, 2 + times)]
    assert last_law(store) == store.laws[-1]
    assert store.meanwhile == []


def test_a_law_put_back_is_a_fault_however_often_it_is_read():
    store = Entries()
    for n in (1, 2):
        store.adopt(n)
    del store.laws[1]
    with pytest.raises(FaultError, match="entry 1: the law"):
        last_law(store)
    del store.laws[0]
    with pytest.raises(FaultError, match="entry 1: the law"):
        last_law(store)


def test_a_law_that_the_log_does_not_know_is_a_fault():
    store = Entries()
    store.adopt(1)
    del store.bodies[0]
    with pytest.raises(FaultError, match="entry 0: the law"):
        last_law(store)


def test_what_others_dispose_of_while_it_is_counted_is_no_fault():
    store = Entries()
    attach_marks(store, None, SECRET)

    def count():
        store.closed, was = store.closed + 3, store.closed
        if was < 9:
            store.bodies.append(disposed(3).body)
            return store.closed
        store.closed = was
        return was

    store.count_closed = count
    assert list(closing_faults(store)) == []
    store.closed += 1
    assert len(list(closing_faults(store))) == 1


def test_keys_that_others_let_count_while_they_are_read_are_no_fault(monkeypatch):
    store = Entries()
    store.adopt(1)
    one = known_keys.RememberedKey(known_keys.RegisteredKey("reviewers", "anna", "a"), "")
    memory = [frozenset()]

    def keys_seen():
        found = memory[0]
        if not found:  # committed as soon as they were read, with the law that binds them
            memory[0] = frozenset({one})
        return found

    def logged(_, __):
        return with_keys("files", memory[0])

    law = replace(store.laws[-1], files="files")
    store.keys_seen = keys_seen
    monkeypatch.setattr(known_keys, "last_law", lambda _: law)
    monkeypatch.setattr(known_keys, "_logged", logged)
    assert seen_keys(store) == {one}
    monkeypatch.setattr(known_keys, "_logged", lambda _, __: "sha256:another")
    with pytest.raises(FaultError, match="not those of the log"):
        seen_keys(store)

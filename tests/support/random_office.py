"""An office that does anything at all in any order, and what must be true after each step.

No state changes without its entry: every transaction that writes to a table of the office writes to
its log as well, the log never loses an entry, and what is counted from the log alone is what the
tables hold.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from django.db.backends.signals import connection_created
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from aftermath import opened, receipt, signing_key
from case_stores import Stores
from casedb import ask
from officers import OFFICERS, key_of
from order import order_text
from ostiary.domain.errors import DisposedError, InputError, OstiaryError
from ostiary.domain.words import Owed
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.dossier import case_file
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.states import WITH_COUNSELS_ANSWER, CaseState
from ostiary.office.cases.steps import at_desk, determine, sweep, waiting
from ostiary.office.counsel.replay import replay
from ostiary.office.folder.rotation import rotate_keys
from ostiary.office.folder.session import OfficeSession
from ostiary.office.oversight.access_audit import log_case_read, log_log_read
from ostiary.office.oversight.annual_report import count_year, put_into_log
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.office.release.recall import answer_to, answers_under_order, recall
from ostiary.office.release.receipts import take_receipt
from ostiary.office.release.release import release
from ostiary.office.store.waiting_list import WorklistFilter
from ostiary.verifying.answers.receipts import How, ReceiptKind
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

RECEIVED = date(2025, 8, 6)
_OVER = {None, CaseState.ANSWERED, CaseState.RETURNED, *WITH_COUNSELS_ANSWER}
# What the worklist says that a case waits for, and where such a case may stand.
_STEP_OF = {
    "determination": {CaseState.AWAITS_DETERMINATION},
    "look": {CaseState.AWAITS_LOOK},
    "approval": {
        CaseState.AWAITS_APPROVAL,
        CaseState.AWAITS_LOOK,  # ordered again by two officers
        CaseState.APPROVED,
        CaseState.TO_COUNSEL,  # a hold met a judge's order
        *WITH_COUNSELS_ANSWER,
    },
}
numbers = st.integers(0, 10_000)
officers = st.sampled_from(OFFICERS)

# What is stored, and the entry that tells of it: as many of the one as of the other.
PAIRS = {
    "SELECT count(*) FROM batch": ("batch.received",),
    "SELECT count(*) FROM request": ("request.decided",),
    "SELECT count(*) FROM verification": ("record.examined",),
    "SELECT count(*) FROM law_adopted": ("law.adopted",),
    "SELECT count(*) FROM reason_determination": ("reason.determined", "element.determined"),
    "SELECT (SELECT count(*) FROM approval) + (SELECT count(*) FROM refusal)": ("answer.voted",),
    "SELECT count(*) FROM answer": ("answer.released",),
    "SELECT count(*) FROM recall": ("answer.recalled",),
    "SELECT count(*) FROM receipt": ("answer.opened", "answer.disposed"),
    "SELECT count(*) FROM disposal": ("openings.disposed",),
    "SELECT count(*) FROM reported_figures": ("figures.reported",),
}
# Marks say that a file was laid out or removed, as an entry had promised; they need no other one.
_MARK = re.compile(r'UPDATE "\w+" SET "(delivered|folder_done|done)" = (1|true)\b')
_WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?')


class Watched:
    """Reads along what SQLite is told, transaction by transaction."""

    def __init__(self) -> None:
        self.unlogged: list[str] = []
        self.transactions = 0
        self._written: Counter[str] = Counter()
        self._within = False

    def attach(self, connection: Any, **_: object) -> None:
        """Listen to a connection that Django has just opened."""
        if connection.vendor == "sqlite" and isinstance(connection.connection, sqlite3.Connection):
            connection.connection.set_trace_callback(self.hear)

    def hear(self, statement: str) -> None:
        """Note what one statement writes; judge at the commit."""
        if statement.startswith("BEGIN"):
            self._within, self._written = True, Counter()
        elif statement.startswith("ROLLBACK") and "TO SAVEPOINT" not in statement:
            self._within = False
        elif statement.startswith("COMMIT"):
            if self._written:
                self.transactions += 1
                if not self._written["log_entry"]:
                    self.unlogged.append(f"a transaction wrote to {dict(self._written)} unlogged")
            self._within = False
        elif self._within and (found := _WRITE.match(statement)) and not _MARK.match(statement):
            self._written[found[1]] += 1


class RandomOffice(RuleBasedStateMachine):
    """Every command of an office, at random; subclasses say where the office comes from."""

    prepared: Path
    world: Path
    parts: tuple[Path, ...]
    stores: Stores
    new_folder: Callable[[], Path]

    def __init__(self) -> None:
        super().__init__()
        self.watched = Watched()
        connection_created.connect(self.watched.attach)
        self.root = self.stores.copy(self.prepared, type(self).new_folder() / "office").root
        self.day = RECEIVED + timedelta(days=1)
        self.next_part = 0
        self.signing: dict[str, Any] = {}  # by officer
        self.entries: list[bytes] = []
        self.done = 0

    def teardown(self) -> None:
        """Stop listening."""
        connection_created.disconnect(self.watched.attach)

    @contextmanager
    def working(self) -> Iterator[OfficeSession]:
        """Work in the office today; what its rules refuse is refused, and that is no failure."""
        try:
            with at_work(self.root, on=self.day) as place:
                yield place
                self.done += 1
        except OstiaryError as error:
            if error.exit_status != 2:
                raise

    def chosen(self, place: OfficeSession, number: int) -> str:
        """Choose a request: most often one that waits, else any."""
        waiting = [f"{one.agency}/{one.request_id}" for one in place.store.queue()][:6]
        if number % 5 and waiting:
            return waiting[number % len(waiting)]
        [(count,)] = ask(self.root, "SELECT count(*) FROM request")
        one = place.store.request(1 + number % max(count, 1))
        return f"{one.agency}/{one.request_id}"

    @rule()
    def run_a_file(self) -> None:
        with self.working() as place:
            run_batch(place, self.parts[self.next_part % len(self.parts)], RECEIVED)
            self.next_part += 1

    @rule()
    def load_the_reference(self) -> None:
        with self.working() as place:
            load_people(place, self.world / "people.parquet")

    @rule(number=numbers, officer=officers)
    def look(self, number: int, officer: str) -> None:
        with self.working() as place:
            case_file(place, self.chosen(place, number), officer=officer)

    @rule(number=numbers, officer=officers, specific=st.integers(0, 4))
    def determine(self, number: int, officer: str, specific: int) -> None:
        with self.working() as place:
            request = self.chosen(place, number)
            key = key_of(self.root, officer)
            if number % 3 == 0:  # most often nobody asks for it, and it is refused
                determine(place, request, officer, key, found=False, fact="offense_criminal")
            determine(place, request, officer, key, found=specific > 0)

    @rule(number=numbers, later=st.booleans())
    def look_in_a_sweep(self, number: int, later: bool) -> None:
        with self.working() as place:
            request = self.chosen(place, number)
            key = key_of(self.root, "cora")
            determine(place, request, "cora", key, found=True, look=not later)
        with self.working() as place:
            sweep(place)

    @rule(number=numbers, against=st.integers(0, 5))
    def vote(self, number: int, against: int) -> None:
        with self.working() as place, at_desk(place) as desk:
            request = self.chosen(place, number)
            desk.determine(request, "anna", key_of(self.root, "anna"), found=True)
            if against == 0:
                desk.refuse(request, "cora", key_of(self.root, "cora"), "not this one")
            for officer in ("anna", "bert")[: 1 + against]:
                desk.approve(request, officer, key_of(self.root, officer))

    @rule()
    def release(self) -> None:
        with self.working() as place:
            release(place)

    @rule(number=numbers)
    def recall_one(self, number: int) -> None:
        with self.working() as place:
            answers = place.store.answers()
            if answers:
                found = place.store.request(answers[number % len(answers)].request)
                recall(place, answer_to(place, f"{found.agency}/{found.request_id}"))

    @rule(number=st.integers(0, 2))
    def a_court_orders(self, number: int) -> None:
        order = self.root / "orders" / f"late-{number}.md"
        order.write_text(order_text(f"late-{number}", "2025-08-07", "offense_limb = 'B'"))
        with self.working() as place:
            copy = self.root.parent / f"again-{number}.md"
            copy.write_text(order_text(f"again-{number}", "2025-08-01", "offense_limb = 'A'"))
            recall(place, answers_under_order(place, copy))

    @rule(number=numbers, disposed=st.booleans())
    def a_recipient_signs(self, number: int, disposed: bool) -> None:
        with self.working() as place:
            answers = [one for one in place.store.answers() if one.sealed]
            if not answers:
                return
            answer = answers[number % len(answers)]
            officer = recipients_of(place.store.case(answer.request))[0]
            path = place.office.answers / f"{answer.answer_id}.answer"
            read = opened(self.root, self.world, path, officer)
            kind = (
                (ReceiptKind.DISPOSED, How.KEPT) if disposed else (ReceiptKind.OPENED, How.NOT_YET)
            )
            if officer not in self.signing:  # another key would want officers who let it in
                self.signing[officer] = signing_key(self.root, officer)
            raw = receipt(read, officer, self.signing[officer], *kind, on=self.day)
            (self.root.parent / "sent.json").write_bytes(raw)
            take_receipt(place, self.root.parent / "sent.json")

    @rule()
    def report(self) -> None:
        with self.working() as place:
            put_into_log(place, count_year(place, 2025))

    @rule(years=st.integers(0, 8))
    def dispose(self, years: int) -> None:
        self.day += timedelta(days=366 * years)
        with self.working() as place:
            dispose(place, due(place))

    @rule(stolen=st.booleans())
    def rotate_keys(self, stolen: bool) -> None:
        with self.working() as place:
            rotate_keys(place, stolen=stolen)

    @rule(number=numbers)
    def audit(self, number: int) -> None:
        with self.working() as place:
            found = place.store.find_request(self.chosen(place, number))
            log_case_read(place, found.entry_index, "auditor-1")
            log_log_read(place, "auditor-1")

    @rule()
    def replay(self) -> None:
        with self.working() as place:
            before = place.store.log_size()
            replay(place, on=date(2025, 12, 1))
            assert place.store.log_size() == before

    @invariant()
    def the_log_holds_all_that_it_held(self) -> None:
        entries = [body.encode() for (body,) in self._ask("body", "log_entry", "entry_index")]
        assert entries[: len(self.entries)] == self.entries
        self.entries = entries

    @invariant()
    def no_record_was_looked_at_before_its_time(self) -> None:
        early = ask(
            self.root,
            "SELECT v.request FROM verification v JOIN request r ON r.id = v.request"
            " WHERE r.awaits <> '' AND NOT EXISTS ("
            "   SELECT 1 FROM reason_determination d WHERE d.request = v.request"
            "   AND d.specific AND d.fact = r.awaits AND d.entry_index < v.entry_index)",
        )
        assert early == []

    @invariant()
    def what_waits_has_one_answer(self) -> None:
        """The list in SQL, the queue, and the state of each case in Python say the same."""
        with at_work(self.root, on=self.day) as place, at_desk(place) as desk:
            store = place.store
            stands = dict(self._states(desk))
            open_ = {number for number, state in stands.items() if state not in _OVER}
            assert {case.request.id for case, _ in waiting(desk)} == open_
            by_step = {
                step: set(store.work_numbers(WorklistFilter(step=step))) for step in _STEP_OF
            }
            for step, states in _STEP_OF.items():
                listed = {number for number in by_step[step] if stands[number] in states}
                assert listed == by_step[step], step
            listed = set().union(*by_step.values())
            assert listed == set(store.work_numbers(WorklistFilter()))
            assert listed == set(store.waiting_among(list(stands)))
            for numbers in (store.refused_and_unanswered(), store.approved_at_least(1)):
                assert all(stands[number] for number in numbers), "a page would fail on these"
            denied = set(chain.from_iterable(store.found_lacking().values()))
            to_counsel = set(store.with_counsel())
            to_counsel |= {n for n in denied if stands[n] is CaseState.TO_COUNSEL}
            store.ordered_by_judges = lambda: [
                provision for provision, whom in desk.owed.items() if whom is Owed.COURT
            ]
            lines = store.lines(agency=None, many=10_000)
            assert dict(Counter(one.stands for one in lines)) == store.count_standing(agency=None)
            returned = {one.id for one in lines if one.id in denied and one.stands == "returned"}
            assert returned == {n for n in denied if stands[n] in {None, CaseState.RETURNED}}
            settled = {n for n, state in stands.items() if state in WITH_COUNSELS_ANSWER}
            assert listed - settled == open_ - to_counsel

    def _states(self, desk: Desk) -> Iterator[tuple[int, CaseState | None]]:
        """Say where each request stands, asked one by one; None where nothing is reviewed."""
        [(count,)] = ask(self.root, "SELECT count(*) FROM request")
        for number in range(1, count + 1):
            try:
                yield number, desk.state(desk.numbered(number))
            except (InputError, DisposedError):
                yield number, None

    @invariant()
    def no_transaction_went_unlogged(self) -> None:
        assert self.watched.unlogged == []

    @invariant()
    def what_is_counted_from_the_log_is_what_is_stored(self) -> None:
        log = self.root / "accounting"
        trust = read_trust(log / TRUST_FILE)
        with open_source(log) as source:
            keys = [key.vkey for key in trust.logs]
            report = verify_log(source, keys, every=True, retired=trust.earlier)
        assert report.faults == ()
        assert report.size == len(self.entries)
        for statement, types in PAIRS.items():
            ((stored,),) = ask(self.root, statement)
            assert stored == sum(report.by_type.get(one, 0) for one in types), statement
        self._compare_years(report)

    def _compare_years(self, report: Any) -> None:
        """Compare requests and answers of each agency and year, and what was disposed of."""
        told = {(one.agency, one.year): (one.requests, one.answers) for one in report.figures}
        assert sum(requests for requests, _ in told.values()) == report.by_type["request.decided"]
        answers = ask(self.root, "SELECT agency, released_on FROM answer")
        counted = Counter((agency, int(str(day)[:4])) for agency, day in answers)
        assert counted == Counter({key: count for key, (_, count) in told.items() if count})
        ((gone,),) = ask(self.root, "SELECT count(*) FROM request WHERE salt IS NULL")
        ((disposed,),) = ask(self.root, "SELECT coalesce(sum(requests), 0) FROM disposal")
        assert gone == disposed

    def _ask(self, columns: str, table: str, order: str) -> list[Any]:
        return ask(self.root, f"SELECT {columns} FROM {table} ORDER BY {order}")


def transactions_without_entry(office: Path) -> list[str]:
    """Ask PostgreSQL, which notes the transaction of each row, for rows that came unlogged."""
    tables = ("verification", "approval", "reason_determination", "reported_figures", "law_adopted")
    unlogged = []
    for table in tables:
        ((count,),) = ask(
            office,
            f"SELECT count(*) FROM {table} WHERE xmin::text NOT IN"
            " (SELECT xmin::text FROM log_entry) AND xmin::text NOT IN"
            " (SELECT xmin::text FROM disposal)",
        )
        unlogged += [table] * bool(count)
    return unlogged

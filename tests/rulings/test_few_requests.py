"""A few requests are decided in Python as any file is by DuckDB: facts, masks, findings, looks."""

from datetime import date
from functools import partial

import duckdb
import pytest

from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons
from ostiary.deciding.intake.registers import Registers, put_registers, read_registers
from ostiary.deciding.intake.requests import read_requests
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.findings import findings_table
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation import standardise
from ostiary.domain.words import Stage
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.rulings.few_requests import (
    AdmittedFew,
    FewRequests,
    put_facts,
    put_findings,
    put_rulings,
)
from ostiary.office.rulings.permitted_looks import choose_looks
from ostiary.office.rulings.register_days import RegisterDays

RECEIVED, NEXT_DAY, LATER = date(2025, 8, 6), date(2025, 8, 7), date(2026, 2, 20)
TABLES = ("facts", "determinations", "findings")
LOOKS = ("look_rulings", "awaiting", "taken", "eligible")
SIZES = (1, 2, 3, 7, 40, 100, 450)


@pytest.fixture(scope="module")
def law(book, world) -> CurrentLaw:
    folders = (shipped_book() / "registers", world / "registers")
    return CurrentLaw(book=book, digests={}, registers=read_registers(folders))


@pytest.fixture(scope="module")
def asked(world, law):
    """The world's requests in a database, some of which share what files and offices count."""
    with duckdb.connect() as con:
        put_registers(con, law.registers)
        read_requests(con, world / "requests.csv")
        # Some state no matter, some an offence deeper than any, some reasons and desks are shared.
        con.execute(
            """
            CREATE TABLE mixed AS SELECT * REPLACE (
                CASE WHEN row % 7 = 0 THEN NULL WHEN row % 5 = 0 THEN 'row 8'
                     ELSE matter_number END AS matter_number,
                CASE WHEN row % 11 = 0 THEN NULL WHEN row % 3 = 0 THEN 'the very same reason'
                     ELSE reason END AS reason,
                CASE WHEN row % 13 = 0 THEN offense || repeat('/x', 40) ELSE offense END AS offense,
                CASE WHEN row % 17 = 0 THEN NULL WHEN row % 6 = 0
                     THEN list_concat(recipients, ['nobody', recipients[1]])
                     ELSE recipients END AS recipients
            ) FROM requests
            """
        )
        standardise(con, "mixed", "all_requests")
        mark_reasons(con, "all_requests", "secret")
        con.execute(
            "CREATE TABLE history_reasons AS SELECT reason_digest, 3::BIGINT AS people"
            " FROM all_requests WHERE row % 4 = 0 AND reason_digest IS NOT NULL GROUP BY ALL"
        )
        con.execute(
            "CREATE TABLE history_officers AS SELECT officer, count(*) + 5 AS open_matters"
            " FROM (SELECT unnest(recipients) AS officer, row FROM all_requests WHERE row % 2 = 0)"
            " GROUP BY ALL"
        )
        yield con


def files() -> list[tuple[int, int]]:
    """Cut the world's file into files of these sizes: first row and last."""
    ends = [sum(SIZES[: n + 1]) for n in range(len(SIZES))]
    return [(end - size + 1, end) for size, end in zip(SIZES, ends, strict=True)]


@pytest.mark.parametrize(("first", "last"), files())
def test_admission_and_looks_are_those_of_a_batch(asked, law, first, last):
    con, book = asked, law.book
    con.execute(
        "CREATE OR REPLACE TABLE requests AS"
        f" SELECT * FROM all_requests WHERE row BETWEEN {first} AND {last}"
    )
    day = Day(Stage.ADMISSION, RECEIVED)
    derive_facts(con, Days(RECEIVED), requests="requests", into="facts")
    decide_batch(con, book, day, facts="facts", into="determinations")
    findings_table(
        con, book, day.of, determinations="determinations", facts="facts", into="findings"
    )
    by_engine = stood(con, TABLES)
    few = FewRequests.taken(con, partial(RegisterDays().of, law.registers))
    ruled = few.ruled(book, day)
    put_facts(con, {one.row: one.facts for one in ruled}, "facts")
    put_rulings(con, ruled, "determinations")
    put_findings(con, book, ruled, day)
    assert stood(con, TABLES) == by_engine
    for looked_on, determined in ((RECEIVED, True), (NEXT_DAY, False), (LATER, True)):
        looks = choose_looks(con, law, RECEIVED, looked_on, determined=determined)
        by_engine = stood(con, LOOKS)
        admitted = AdmittedFew(few, ruled)
        again = choose_looks(con, law, RECEIVED, looked_on, determined=determined, few=admitted)
        assert (again, stood(con, LOOKS)) == (looks, by_engine)


def stood(con, tables) -> dict[str, list[object]]:
    """Give tables as they stand: names, kinds and rows."""
    found = {}
    for table in tables:
        told = con.execute(f"SELECT * FROM {table} ORDER BY ALL")
        found[table] = [[tuple(map(str, column[:2])) for column in told.description],
                        told.fetchall()]  # fmt: skip
    return found


def test_the_world_is_of_every_status(asked, law):
    """Or the differences that are looked for could not be seen."""
    con = asked
    con.execute("CREATE OR REPLACE TABLE requests AS FROM all_requests")
    few = FewRequests.taken(con, partial(RegisterDays().of, law.registers))
    ruled = few.ruled(law.book, Day(Stage.ADMISSION, RECEIVED))
    assert len({one.status for one in ruled}) >= 2
    assert len({one.mask for one in ruled}) > 20
    for name in ("reason_shared", "reason_matters", "matter_people", "recipient_open_matters"):
        assert len({one.facts[name] for one in ruled}) > 1, name


def test_a_day_is_asked_once_for_the_same_registers(law):
    days, kept = Days(RECEIVED), RegisterDays()
    first = kept.of(law.registers, days)
    assert kept.of(law.registers, days) is first
    assert kept.of(law.registers, Days(RECEIVED, NEXT_DAY)) is not first
    officers = law.registers.tables["officers"]
    other = Registers({**law.registers.tables, "officers": officers.slice(1)})
    assert kept.of(other, days) is not first

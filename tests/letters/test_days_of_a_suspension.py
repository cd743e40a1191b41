"""A letter names the day from which a suspension by act is lifted, the department's too."""

from datetime import date

import duckdb
import pytest

from ostiary.deciding.intake.registers import load_registers
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.words import Finding, Stage
from ostiary.office.letters.reasons import NO_LAST_DAY, Standing, by_when, reasons_of

DAY = Day(Stage.ADMISSION, date(2025, 8, 6))
HEADER = (
    "suspension,agency,ground,safeguard,notice_on,at_once_from,appealed_on,conference_on,"
    "decided_on,suspended_from,lifted_from,at_once_why,lifted_why\n"
)
ROW = (
    "s-1,{},inadequate-safeguards,/us/usc/t26/s6103/p/4/C,2025-06-02,2025-06-03,,,,,{},"
    "It left the agency.,{}\n"
)


@pytest.mark.parametrize(
    ("agency", "lifted", "told"),
    [
        ("dhs-ice", "2025-09-01", "The suspension is lifted from 1 September 2025."),
        ("dhs", "2025-09-01", "The suspension is lifted from 1 September 2025."),
        ("dhs-ice", "", NO_LAST_DAY),
        ("irs", "2025-09-01", NO_LAST_DAY),
    ],
)
def test_the_day_of_the_lifting_is_told(book, lawful, tmp_path, agency, lifted, told):
    (tmp_path / "agencies.csv").write_text(
        "agency,name,federal,from,until\nirs,I,true,2024-01-01,\n"
    )
    why = "Mended." if lifted else ""
    (tmp_path / "suspensions.csv").write_text(HEADER + ROW.format(agency, lifted, why))
    one, rule = next(pair for pair in book.rules if pair[1].id == "p4.suspension")
    facts = lawful | {"agency": "dhs-ice", "agency_parent": "dhs", "department": "dhs"}
    with duckdb.connect() as con:
        load_registers(con, [shipped_book() / "registers", tmp_path])
        standing = Standing(book, con, facts | {"suspension_in_force": True}, DAY)
        assert by_when(standing, one, rule, facts_in(rule.versions[-1].tree)) == told


@pytest.mark.parametrize("of_receipt", [True, False])
def test_a_value_of_another_day_than_the_finding_is_said_with_its_day(book, lawful, of_receipt):
    day = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2026, 2, 3))
    names = frozenset({"safeguard_report_overdue"}) if of_receipt else frozenset()
    with duckdb.connect() as con:
        load_registers(con, [shipped_book() / "registers"])
        standing = Standing(book, con, lawful, day, names)
        (reason,) = reasons_of(standing, [Finding("p4.report", "", "It was due.", "File it.")])
    ((label, value),) = reason.stated
    assert value == "no"
    assert label.endswith(", as it was on receipt (6 August 2025)") is of_receipt

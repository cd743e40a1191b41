"""Counsel's cases are tried: each goes through intake and law as a request would.

1. Each case is *a file of its own*, in an office without a history, whatever else is tried with it;
   what counts over a file or an office is what a file of one request has, unless the case says.
2. Each case is decided twice, in a batch and alone. Both must find what the case expects.
3. The registers are those in ``cases/registers``, not the book's own: a case is about the law, and
   a new Secretary in the book's registers must not change what it says.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from ostiary.deciding.intake.facts import Days, mark_reasons
from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.intake.facts_of_one import RegistersOnADay
from ostiary.deciding.intake.named_rows import named_rows
from ostiary.deciding.intake.register_folders import RowsOfFolder, read_folder, read_register
from ostiary.deciding.intake.registers import Registers, overlaid, put_registers
from ostiary.deciding.intake.requests import read_requests, row_errors
from ostiary.deciding.intake.tables import REQUESTS
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.counsel_cases import FOLDER, Case, Expected, RegisterRows, read_cases
from ostiary.deciding.law.decide import decide_batch, decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import bits_of, mask_of
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation import standardise
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import BookError
from ostiary.domain.facts import Facts
from ostiary.domain.register_columns import REGISTERS
from ostiary.domain.words import Status
from ostiary.office.counsel.trial_results import Tried
from ostiary.office.folder.law_in_force import without_short_notices
from ostiary.office.folder.session import scratch_database, scratch_folder
from ostiary.office.rulings.few_requests import put_facts

OF_THE_LAW = ("offenses", "offense_parts", "provision_classes")
"""Registers that say what the law is rather than who holds an office: cases use the book's own."""

_Numbered = tuple[int, Case]


def run_cases(folder: Path | None = None) -> tuple[Book, tuple[Tried, ...]]:
    """Try every case of a rule book.

    Args:
        folder: the rule book; the shipped one unless given.

    Returns:
        The book, and its cases in the order of files and lines.

    Raises:
        BookError: the book or a case cannot be used as it is written.
    """
    home = folder or shipped_book()
    book = read_book(home)
    return book, try_cases(book, read_cases(home, book), home / FOLDER / "registers")


def try_cases(book: Book, cases: Sequence[Case], registers: Path) -> tuple[Tried, ...]:
    """Try some cases.

    Args:
        book: the law that is asked.
        cases: what to try.
        registers: folder of the registers that they share.

    Raises:
        BookError: a request or a register row of a case cannot be read.
    """
    tried: dict[int, Tried] = {}
    with scratch_database() as con:
        requests = _take_in(con, cases)
        con.execute("PRAGMA disable_optimizer")  # what is asked of small registers needs no plan
        shared = [read_folder(registers), _law_of(registers)]
        numbered = sorted(enumerate(cases, start=1), key=_standing)
        facts: defaultdict[Day, dict[int, Facts]] = defaultdict(dict)
        loaded: Registers | None = None
        for _, same in groupby(numbered, key=lambda one: _standing(one)[0]):
            one_standing = list(same)
            loaded = _load(con, book, shared, one_standing[0][1], loaded)
            for day, at_once in groupby(one_standing, key=lambda one: one[1].day):
                facts[day] |= _derived(con, day, dict(at_once), requests)
        for day, of_day in facts.items():
            tried |= _decided(con, book, day, of_day, cases)
    return tuple(tried[number] for number in sorted(tried))


def _standing(one: _Numbered) -> tuple[str, str]:
    """What cases must share for registers to be asked once: those registers, then legal time."""
    return json.dumps(one[1].registers, sort_keys=True), str(one[1].day)


def _take_in(con: duckdb.DuckDBPyConnection, cases: Sequence[Case]) -> dict[int, FiledRequest]:
    """Read the requests of all cases as one JSON Lines file; row *n* is case *n*."""
    nothing = dict.fromkeys(column.name for column in REQUEST)
    with scratch_folder() as folder:
        path = folder / "cases.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number, case in enumerate(cases, start=1):
                request = {**nothing, **case.request, "request_id": f"case-{number}"}
                file.write(json.dumps(request) + "\n")
        read_requests(con, path)
    for error in row_errors(con):
        where = f"{cases[error.row - 1].where}, request, {error.column}"
        raise BookError(error.message, where=where, cure=error.cure)
    standardise(con, REQUESTS, "case_requests")
    mark_reasons(con, "case_requests", "")
    asked = [FiledRequest.of_table(row) for row in named_rows(con, "FROM case_requests")]
    return {one.row: one for one in asked}


def _load(
    con: duckdb.DuckDBPyConnection,
    book: Book,
    shared: Sequence[RowsOfFolder],
    case: Case,
    before: Registers | None,
) -> Registers:
    """Load the registers that all cases share, with the rows of one case laid over them."""
    with scratch_folder() as folder:
        rows = folder / "rows"
        rows.mkdir()
        _write_rows(rows, case.registers)
        try:
            registers, _ = without_short_notices(book, overlaid([*shared, read_folder(rows)]))
        except BookError as error:
            if not error.where.startswith(str(rows)):
                raise
            column = error.where.removeprefix(str(rows)).lstrip("/")
            where = f"{case.where}, registers, {column}"
            raise BookError(error.message, where=where, cure=error.cure) from None
    put_registers(con, registers, instead_of=before)
    return registers


def _law_of(registers: Path) -> RowsOfFolder:
    """Give the book's registers that are law and not offices, as far as the cases have no own."""
    book = registers.parents[1] / "registers"
    return {
        name: read_register(book, name)
        for name in OF_THE_LAW
        if not (registers / f"{name}.csv").exists()
    }


def _write_rows(folder: Path, registers: RegisterRows) -> None:
    for name, rows in registers.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in REGISTERS[name]], restval="")
            writer.writeheader()
            writer.writerows(rows)


def _derived(
    con: duckdb.DuckDBPyConnection,
    day: Day,
    cases: Mapping[int, Case],
    requests: Mapping[int, FiledRequest],
) -> dict[int, Facts]:
    """Derive the facts of cases of one standing and one legal time, and hear what the cases say."""
    registers = RegistersOnADay(con, Days(day.received, day.disclosed))
    asked = [requests[number] for number in cases]
    return {
        one.row: {**registers.facts(one.request, one.name, one.address), **cases[one.row].facts}
        for one in asked
    }


def _decided(
    con: duckdb.DuckDBPyConnection,
    book: Book,
    day: Day,
    facts: Mapping[int, Facts],
    cases: Sequence[Case],
) -> dict[int, Tried]:
    """Decide all cases of one legal time; row *n* is case *n*."""
    put_facts(con, facts, "case_facts")
    decide_batch(con, book, day, facts="case_facts", into="case_masks")
    rows = con.execute("SELECT row, mask, status FROM case_masks").fetchall()
    return {
        row: _tried(book, cases[row - 1], mask_of(mask), status, facts[row])
        for row, mask, status in rows
    }


def _tried(book: Book, case: Case, mask: int, status: str, facts: Facts) -> Tried:
    alone = decide_one(book, facts, case.day)
    return Tried(
        case=case,
        facts=facts,
        batch=Expected(Status(status), _rules(book, mask)),
        alone=Expected(alone.status, _rules(book, alone.mask)),
        findings={found.rule: found.finding for found in alone.findings},
    )


def _rules(book: Book, mask: int) -> frozenset[str]:
    return frozenset(book.rules[bit][1].id for bit in bits_of(mask))

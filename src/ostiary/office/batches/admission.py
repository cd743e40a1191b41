"""The first half of the corridor: intake and law. No taxpayer record is in reach here."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast

import duckdb

from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.intake.request_rows import Asked
from ostiary.deciding.intake.requests import ReadResult, read_requests
from ostiary.deciding.intake.tables import FACTS, REQUESTS, ROW_ERRORS, TYPED_REQUESTS
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import Decide, decide_batch
from ostiary.deciding.law.findings import findings_table
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import mask_of
from ostiary.deciding.law.tables import DETERMINATIONS, FINDINGS
from ostiary.deciding.standardisation import standardise
from ostiary.domain.words import OF_ADMISSION, Stage
from ostiary.office.batches.stages import Stages
from ostiary.office.batches.summaries import Ground, Unreadable
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.rulings.few_requests import (
    MOST,
    AdmittedFew,
    FewRequests,
    Ruled,
    put_facts,
    put_findings,
    put_rulings,
)
from ostiary.office.rulings.register_days import REGISTER_DAYS


@dataclass(frozen=True, slots=True)
class Admission:
    """How a file fared before the law.

    Attributes:
        rows: data rows of the file.
        row_errors: rows that could not be read.
        counts: requests by status.
        by_rule: requests by rule not met; one request may count under several rules.
        rests: what each of these rules rests on, and whose it is.
        unreadable: what was wrong with rows that could not be read, most rows first.
    """

    rows: int
    row_errors: int
    counts: dict[str, int]
    by_rule: dict[str, int]
    rests: dict[str, Ground]
    unreadable: Sequence[Unreadable] = ()

    def sums(self, repeats: int = 0) -> dict[str, int]:
        """Say what came of every row, each counted once; they add up to ``sent``.

        Args:
            repeats: rows that repeat, word for word, a request of an earlier file.
        """
        return sums_of(self.rows, self.row_errors, self.counts, repeats)


def sums_of(rows: int, row_errors: int, counts: Mapping[str, int], repeats: int) -> dict[str, int]:
    """Say what came of every row of a file, see :meth:`Admission.sums`."""
    return {
        "sent": rows,
        **{str(status): counts.get(status, 0) for status in OF_ADMISSION},
        "unreadable": row_errors,
        "repeated": repeats,
    }


def take_in(con: duckdb.DuckDBPyConnection, asked: Asked, stages: Stages) -> ReadResult:
    """Read what is asked into the table ``requests`` (typed, standardised) and ``row_errors``.

    Returns:
        How it was read.

    Raises:
        InputError: the file as a whole cannot be taken.
    """
    with stages.stage("reading"):
        read = read_requests(con, asked)
    with stages.stage("standardising"):
        con.execute(f"ALTER TABLE {REQUESTS} RENAME TO {TYPED_REQUESTS}")
        standardise(con, TYPED_REQUESTS, REQUESTS)
        con.execute(f"DROP TABLE {TYPED_REQUESTS}")
    return read


def apply_law(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    received: date,
    secret: str,
    stages: Stages,
    load_history: Callable[[duckdb.DuckDBPyConnection], None] = no_history,
    decide: Decide = decide_batch,
) -> AdmittedFew | None:
    """Decide every row of ``requests``.

    Makes the tables ``facts``, ``determinations`` and ``findings``, one row a request each.

    Args:
        con: holds ``requests``, and the registers of ``law``.
        law: the law.
        received: day of receipt.
        secret: keys the digests under which reasons are compared with the office's history.
        stages: told when a stage begins.
        load_history: makes the tables of the office's history, see
            :func:`.intake.facts.derive_facts`; asked when ``requests`` has its digests.
        decide: the law, on one engine or another.

    Returns:
        The requests, where they are so few that no engine was asked.
    """
    with stages.stage("facts"):
        mark_reasons(con, REQUESTS, secret)
        load_history(con)
    day = Day(Stage.ADMISSION, received)
    if decide is decide_batch and _are_few(con):
        return _apply_to_few(con, law, day, stages)
    with stages.stage("facts"):
        derive_facts(con, Days(received), requests=REQUESTS, into=FACTS)
    with stages.stage("law"):
        decide(con, law.book, day, facts=FACTS, into=DETERMINATIONS)
        findings_table(
            con, law.book, day.of, determinations=DETERMINATIONS, facts=FACTS, into=FINDINGS
        )
    return None


def _are_few(con: duckdb.DuckDBPyConnection) -> bool:
    ((many,),) = con.execute(f"SELECT count(*) FROM {REQUESTS}").fetchall()
    return int(many) <= MOST


def _apply_to_few(
    con: duckdb.DuckDBPyConnection, law: CurrentLaw, day: Day, stages: Stages
) -> AdmittedFew:
    with stages.stage("facts"):
        few = FewRequests.taken(con, partial(REGISTER_DAYS.of, law.registers))
        ruled = few.ruled(law.book, day)
        put_facts(con, {one.row: one.facts for one in ruled}, FACTS)
    with stages.stage("law"):
        put_rulings(con, ruled, DETERMINATIONS)
        put_findings(con, law.book, ruled, day)
    return AdmittedFew(few, ruled)


def counted(con: duckdb.DuckDBPyConnection, law: CurrentLaw, rows: int) -> Admission:
    """Count what :func:`apply_law` decided."""
    ((errors,),) = con.execute(f"SELECT count(DISTINCT row) FROM {ROW_ERRORS}").fetchall()
    counts = con.execute(
        f"SELECT status, count(*) FROM {DETERMINATIONS} GROUP BY status ORDER BY status"
    ).fetchall()
    masks = con.execute(f"SELECT mask, count(*) FROM {DETERMINATIONS} GROUP BY mask").fetchall()
    by_rule = _by_rule(law.book, [(mask_of(mask), many) for mask, many in masks])
    return Admission(
        rows=rows,
        row_errors=errors,
        counts=dict(counts),
        by_rule=by_rule,
        rests=_rests(law.book, by_rule),
        unreadable=_unreadable(con) if errors else (),
    )


def counted_few(law: CurrentLaw, ruled: Sequence[Ruled]) -> Admission:
    """Count what the law decided of a few, all of which could be read, without a table."""
    counts = Counter(str(one.status) for one in ruled)
    by_rule = _by_rule(law.book, [(one.mask, 1) for one in ruled])
    counted_by = dict(sorted(counts.items()))
    return Admission(len(ruled), 0, counted_by, by_rule, _rests(law.book, by_rule))


def _by_rule(book: Book, masks: Sequence[tuple[int, int]]) -> dict[str, int]:
    """Count requests by rule not met, of masks and how many have each."""
    by_rule = {
        rule.id: sum(many for mask, many in masks if mask >> bit & 1)
        for bit, (_, rule) in enumerate(book.rules)
    }
    return {name: many for name, many in by_rule.items() if many}


def _rests(book: Book, rules: Iterable[str]) -> dict[str, Ground]:
    return {
        name: {"citation": book.citations[name], "layer": str(book.layers[name])} for name in rules
    }


def _unreadable(con: duckdb.DuckDBPyConnection) -> list[Unreadable]:
    kinds = con.execute(
        f"""
        SELECT "column", code, first(message ORDER BY row), first(cure ORDER BY row),
               count(DISTINCT row) AS rows
        FROM {ROW_ERRORS} GROUP BY ALL ORDER BY rows DESC, min(row), "column", code
        """
    ).fetchall()
    names = ("column", "code", "message", "cure", "rows")
    return [cast("Unreadable", dict(zip(names, kind, strict=True))) for kind in kinds]

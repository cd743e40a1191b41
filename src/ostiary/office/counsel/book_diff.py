"""The effect of a change of the law on real requests, before anybody adopts it."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.intake.tables import FACTS, REQUESTS
from ostiary.deciding.law.differences import compare_laws, rewordings
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.errors import InputError
from ostiary.domain.words import Stage
from ostiary.office.batches.admission import take_in
from ostiary.office.batches.stages import OnStage, Stages, silent
from ostiary.office.batches.unpacked_file import handed_in
from ostiary.office.folder.law_in_force import read_law
from ostiary.office.folder.session import scratch_database


def diff_books(
    first: Path,
    second: Path,
    requests: Path,
    received: date,
    *,
    registers: Sequence[Path] = (),
    out: Path | None = None,
    on_stage: OnStage = silent,
) -> dict[str, Any]:
    """Say which requests two books decide otherwise.

    Args:
        first: folder of a rule book.
        second: folder of another.
        requests: a request file.
        received: day of receipt.
        registers: folders of registers, laid over the second book's own for both.
        out: CSV file to make with each request decided otherwise.
        on_stage: told when a stage begins.

    Returns:
        A summary: rows, requests decided otherwise, the kinds of difference, and all that the
        second book says otherwise (``rewordings``).

    Raises:
        InputError: a file, a book or a register cannot be used, or ``out`` is there already.
    """
    if out is not None and out.exists():
        raise InputError("there is something here already", where=str(out), cure="name a new file")
    stages = Stages(on_stage)
    with scratch_database() as con, handed_in(requests) as plain:
        before = read_law(con, book=first)
        after = read_law(con, book=second, registers=registers)
        rows = take_in(con, plain, stages).rows
        with stages.stage("facts"):
            _derive(con, received)
        with stages.stage("both laws"):
            day = Day(Stage.ADMISSION, received)
            found = compare_laws(con, before.book, after.book, day, facts=FACTS, into="unlike")
        if out is not None:
            _write(con, out)
    return {
        "first": before.name,
        "second": after.name,
        "received": str(received),
        "rows": rows,
        "decided_otherwise": sum(one.requests for one in found),
        "differences": [asdict(one) for one in found],
        "rewordings": [asdict(one) for one in rewordings(before.book, after.book)],
        "seconds": dict(stages.seconds),
    }


def _derive(con: duckdb.DuckDBPyConnection, received: date) -> None:
    """Make ``facts``, as of an office that has no history."""
    no_history(con)
    mark_reasons(con, REQUESTS, secrets.token_hex(16))
    derive_facts(con, Days(received), requests=REQUESTS, into=FACTS)


def _write(con: duckdb.DuckDBPyConnection, out: Path) -> None:
    target = str(out).replace("'", "''")
    con.execute(
        f"""
        COPY (SELECT request_id, before, after FROM unlike JOIN {REQUESTS} USING (row)
              ORDER BY row) TO '{target}' (FORMAT csv, HEADER)
        """
    )

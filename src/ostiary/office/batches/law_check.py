"""The law alone over a request file: no office, no taxpayer record, no log."""

import secrets
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from ostiary.deciding.intake.request_rows import Asked, RequestRows
from ostiary.deciding.intake.requests import ReadResult, row_errors
from ostiary.deciding.intake.tables import REQUESTS
from ostiary.deciding.law.tables import DETERMINATIONS, FINDINGS
from ostiary.domain.errors import InputError
from ostiary.domain.words import RowError
from ostiary.office.batches.admission import Admission, apply_law, counted, take_in
from ostiary.office.batches.replies import write_replies, write_row_errors
from ostiary.office.batches.request_sources import readable
from ostiary.office.batches.rows_to_mend import ready_to_mend
from ostiary.office.batches.rows_to_mend_files import write_findings, write_to_mend
from ostiary.office.batches.stages import OnStage, Stages, peak_memory_mib, silent
from ostiary.office.batches.summaries import CheckSummary
from ostiary.office.batches.tables import REPLIES
from ostiary.office.folder.law_in_force import CurrentLaw, read_law
from ostiary.office.folder.session import scratch_database
from ostiary.office.rulings.explanation import Explained, explain_only_one


def check_file(
    asked: Asked,
    received: date,
    *,
    book: Path | None = None,
    registers: Sequence[Path] = (),
    orders: Path | None = None,
    out: Path | None = None,
    least: bool = True,
    near: Path | None = None,
    on_stage: OnStage = silent,
) -> CheckSummary:
    """Decide every row of a file against the law.

    Args:
        asked: the request file, or requests as values.
        received: day of receipt.
        book: folder of the rule book; the shipped one unless given.
        registers: folders of registers laid over the book's own.
        orders: folder with an office's own orders.
        out: folder to make with ``replies.jsonl``, ``replies.csv``, ``row_errors.csv``,
            ``findings.csv`` and ``to_mend.csv``.
        least: say of a single request what is the least that would have to change; the prover
            looks for that, and takes about as long as all the rest.
        near: folder to make private ones in; the system's own place unless given.
        on_stage: told when a stage begins.

    Returns:
        A summary: rows, counts by status and rule, seconds by stage, peak memory, law; and, when
        the file holds a single request, ``explained`` (otherwise ``None``).

    Raises:
        InputError: the file, the book or the registers cannot be used, or ``out`` is not empty.
    """
    _check_free(out)
    stages = Stages(on_stage)
    with scratch_database(near) as con, readable(asked, near=near) as plain:
        law = read_law(con, book=book, registers=registers, orders=orders)
        read = _decided(con, plain, law, received, stages)
        if out is not None:
            with stages.stage("writing"):
                ready_to_mend(con, plain, careful=read.careful)
                _write(con, out)
        admission = counted(con, law, read.rows)
        explained = explain_only_one(con, law.book, received, least=least)
    return _summary(asked.name, received, law, admission, explained, stages)


def check_rows(
    asked: RequestRows,
    received: date,
    *,
    registers: Sequence[Path] = (),
    orders: Path | None = None,
    near: Path | None = None,
) -> tuple[CheckSummary, tuple[RowError, ...]]:
    """Decide requests that are values as :func:`check_file` does, and write nothing of them.

    What is least to change is not looked for. Arguments and errors are those of ``check_file``.

    Returns:
        The summary, and what cannot be read of each row, in the order of ``row_errors.csv``.
    """
    stages = Stages()
    with scratch_database(near) as con:
        law = read_law(con, registers=registers, orders=orders)
        read = _decided(con, asked, law, received, stages)
        errors = sorted(row_errors(con), key=lambda one: (one.row, one.column, one.code))
        admission = counted(con, law, read.rows)
        explained = explain_only_one(con, law.book, received, least=False)
    return _summary(asked.name, received, law, admission, explained, stages), tuple(errors)


def _decided(
    con: duckdb.DuckDBPyConnection, asked: Asked, law: CurrentLaw, received: date, stages: Stages
) -> ReadResult:
    """Read requests, and have the law decide each."""
    read = take_in(con, asked, stages)
    apply_law(con, law, received, secrets.token_hex(16), stages)
    return read


def _check_free(out: Path | None) -> None:
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(
            "there is something here already", where=str(out), cure="name a new folder"
        )


def _summary(
    name: str,
    received: date,
    law: CurrentLaw,
    admission: Admission,
    explained: Explained | None,
    stages: Stages,
) -> CheckSummary:
    return {
        "file": name,
        "received": str(received),
        "rows": admission.rows,
        "row_errors": admission.row_errors,
        "counts": admission.counts,
        "sums": admission.sums(),
        "by_rule": admission.by_rule,
        "rests": admission.rests,
        "unreadable": admission.unreadable,
        "explained": explained,
        "law": law.digests,
        "book": law.name,
        "seconds": dict(stages.seconds),
        "seconds_total": stages.total(),
        "peak_memory_mib": peak_memory_mib(),
    }


def _write(con: duckdb.DuckDBPyConnection, out: Path) -> None:
    """Write the replies into a folder beside the one to be, then name it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    building = out.parent / f".{out.name}.{secrets.token_hex(4)}.new"
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {REPLIES} AS
        SELECT r.row, r.request_id, d.status, f.findings, CAST(NULL AS VARCHAR) AS receipt
        FROM {REQUESTS} r JOIN {DETERMINATIONS} d USING (row) JOIN {FINDINGS} f ON f.row = r.row
        """
    )
    building.mkdir()
    try:
        write_replies(con, building)
        write_row_errors(con, building)
        write_findings(con, building)
        write_to_mend(con, building)
        if out.exists():
            out.rmdir()
        building.rename(out)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise

"""The folder of a batch: laid out under a scratch name before the commit, finished after it."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from ostiary.deciding.decoys.kinds import KINDS
from ostiary.deciding.law.tables import FINDINGS
from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.disk.durable import put_durably, replace_file, sync_directory, sync_tree
from ostiary.domain.errors import OstiaryError
from ostiary.office.batches.admission import sums_of
from ostiary.office.batches.batch_entries import BatchFacts, entries_before_looks
from ostiary.office.batches.batch_page import batch_page
from ostiary.office.batches.replies import write_custody, write_replies, write_row_errors
from ostiary.office.batches.rows_to_mend_files import write_findings, write_to_mend
from ostiary.office.batches.stages import Stages, peak_memory_mib
from ostiary.office.batches.summaries import BatchSummary, InterruptedSummary, LogState
from ostiary.office.batches.tables import RECORDED, REPEATS, REPLIES
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.verifying.log.checkpoints import Checkpoint

CUSTODY = "custody"
"""In the folder of a batch: what only the custodian may see."""

MANNER = "manner.json"
"""In custody: how much the requests that wait for a look tell, for the decoys of that look."""

Afterwards = Callable[[Callable[[], None]], None]
"""Given what is left of a batch that is committed and published, does it at once or later.

Whatever becomes of it, the batch stands: who enters the office next finishes its folder.
"""

_UNNAMED = ".unnamed-"
_DECOYS = "decoys.json"


def lay_folder(
    con: duckdb.DuckDBPyConnection, place: OfficeSession, facts: BatchFacts, first_index: int
) -> Path:
    """Write replies, row errors and custody files of a batch that is about to be committed.

    Args:
        con: holds the tables of the batch.
        place: the office.
        facts: the batch.
        first_index: index of the batch's first log entry.

    Returns:
        The folder, under a name that a reader of batches passes over.
    """
    return lay_out(place, facts, partial(_write_tables, con, place, facts, first_index))


def lay_out(place: OfficeSession, facts: BatchFacts, write: Callable[[Path], None]) -> Path:
    """Lay the folder of a batch out, all but what ``write`` puts into it, ``custody`` included."""
    folder = place.office.batches / f"{_own_mark()}{facts.batch}"
    folder.mkdir(mode=0o700)
    write(folder)
    stated = json.dumps(_decoys(facts), indent=2)
    (folder / CUSTODY / _DECOYS).write_text(stated + "\n", encoding="utf-8")
    if facts.manner:
        (folder / CUSTODY / MANNER).write_text(json.dumps(facts.manner) + "\n", encoding="ascii")
    sync_tree(folder)  # what is committed next relies on it
    sync_directory(place.office.batches)
    return folder


def _write_tables(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    facts: BatchFacts,
    first_index: int,
    folder: Path,
) -> None:
    _collect_replies(con, place, facts, first_index)
    write_replies(con, folder)
    write_row_errors(con, folder)
    write_findings(con, folder)
    write_to_mend(con, folder)
    write_custody(con, folder)


def at_once(left: Callable[[], None]) -> None:
    """Do what is left of a batch before anybody is told of it."""
    left()


def name_folder(place: OfficeSession, batch: str) -> None:
    """Give a batch that is committed its folder's name; one that has it keeps it."""
    for unnamed in place.office.batches.glob(f"{_UNNAMED}*-{batch}"):
        unnamed.rename(place.office.batches / batch)
        sync_directory(place.office.batches)


def drop_unnamed(place: OfficeSession) -> None:
    """Remove folders of batches that were never committed; they hold people's data.

    Another program may be laying one out: that happens within its transaction, so the look waits
    for the writer and then tells the two apart.
    """
    if not any(place.office.batches.glob(f"{_UNNAMED}*")):
        return
    with place.store.write():
        _drop(place, _UNNAMED)


def drop_own_unnamed(place: OfficeSession) -> None:
    """Remove what this very program laid out and could not commit.

    Where not even the case store can be read, as on a full disk in the middle of a commit, nobody
    knows what was committed: then the next program that enters the office clears up.
    """
    with suppress(OstiaryError):
        _drop(place, _own_mark())


def _drop(place: OfficeSession, mark: str) -> None:
    committed = tuple(f"-{one.id}" for one in place.store.batches())
    for folder in place.office.batches.glob(f"{mark}*"):
        if not folder.name.endswith(committed):
            shutil.rmtree(folder, ignore_errors=True)


def _own_mark() -> str:
    """A scratch name tells which program it is of, so that none removes another's."""
    return f"{_UNNAMED}{os.getpid()}-"


def finish_folder(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    law: CurrentLaw,
    facts: BatchFacts,
    stages: Stages,
    checkpoint: Checkpoint,
    afterwards: Afterwards,
) -> BatchSummary:
    """Add what is known only after the commit: summary and report.

    Returns:
        The summary.
    """
    outcomes = con.execute(
        f"SELECT outcome, rule, count(*) FROM {VERIFICATIONS} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return finish_batch(place, law, facts, stages, checkpoint, outcomes, afterwards)


def finish_batch(
    place: OfficeSession,
    law: CurrentLaw,
    facts: BatchFacts,
    stages: Stages,
    checkpoint: Checkpoint,
    outcomes: list[tuple[str, str, int]],
    afterwards: Afterwards,
) -> BatchSummary:
    """Do what :func:`finish_folder` does, told the outcomes: outcome, rule and how many."""
    admission = facts.admission
    summary: BatchSummary = {
        "batch": facts.batch,
        "received": str(facts.received),
        "rows": admission.rows,
        "row_errors": admission.row_errors,
        "repeats": facts.repeats,
        "counts": admission.counts,
        "sums": admission.sums(facts.repeats),
        "steps": facts.looks.stated(),
        "by_rule": admission.by_rule,
        "rests": admission.rests,
        "unreadable": admission.unreadable,
        "outcomes": _sums(outcomes),
        "matching_rules": {rule: many for _, rule, many in outcomes},
        "repeated_asking": facts.repeated_asking,
        "decoys": _decoys(facts),
        "seconds": dict(stages.seconds),
        "seconds_total": stages.total(),
        "peak_memory_mib": peak_memory_mib(),
        "law": law.digests,
        "book": law.name,
        "model": facts.model,
        "file": {"sha256": facts.file_digest, "salt": facts.file_salt},
        "log": _log(checkpoint),
    }
    afterwards(partial(_finish, place, facts.batch, summary, law))
    return summary


def finish_interrupted(place: OfficeSession, law: CurrentLaw, checkpoint: Checkpoint) -> int:
    """Finish the folders of batches whose run was cut short after its commit.

    Replies, row errors and custody files were whole before the commit; what the decoys showed is
    among them. The summary is made from the case store; seconds and memory of the lost run stay
    unknown.

    Returns:
        How many folders were finished.
    """
    pending = place.store.pending_batches()
    for batch in pending:
        name_folder(place, batch.id)
        repeats = batch.rows - batch.row_errors - sum(batch.counts.values())
        summary: InterruptedSummary = {
            "batch": batch.id,
            "received": str(batch.received),
            "rows": batch.rows,
            "row_errors": batch.row_errors,
            "repeats": repeats,
            "counts": dict(batch.counts),
            "sums": sums_of(batch.rows, batch.row_errors, batch.counts, repeats),
            "book": batch.book,
            "decoys": _decoys_kept(place, batch.id),
            "interrupted": True,
            "log": _log(checkpoint),
        }
        _finish(place, batch.id, summary, law)
    return len(pending)


def _collect_replies(
    con: duckdb.DuckDBPyConnection, place: OfficeSession, facts: BatchFacts, first_index: int
) -> None:
    """Make ``replies``: new ones with their receipt, repeated ones as they were first given."""
    before = entries_before_looks(con, facts.looks)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {REPLIES} AS
        WITH size AS (
            SELECT {first_index} + {before} + count(examined) AS entries FROM {RECORDED}
        )
        SELECT row, request_id, recorded.status, findings,
               CAST(json_object('log', $1, 'entry', {first_index + 1} + ordinal,
                                'tree_size', entries) AS VARCHAR) AS receipt
        FROM {RECORDED} JOIN {FINDINGS} USING (row) CROSS JOIN size
        """,
        [place.origin],
    )
    for (batch,) in con.execute(f"SELECT DISTINCT batch FROM {REPEATS}").fetchall():
        earlier = place.office.batches / batch / "replies.jsonl"
        con.execute(
            f"""
            INSERT INTO {REPLIES}
            SELECT r.row, r.request_id, e.status, CAST(e.findings AS VARCHAR),
                   CAST(e.receipt AS VARCHAR)
            FROM {REPEATS} r JOIN read_json($1, format = 'newline_delimited', columns = {{
                request_id: 'VARCHAR', status: 'VARCHAR', findings: 'JSON', receipt: 'JSON'
            }}) e ON CAST(e.receipt ->> 'entry' AS BIGINT) = r.entry WHERE r.batch = $2
            """,
            [str(earlier), batch],
        )


def _finish(
    place: OfficeSession, batch: str, summary: BatchSummary | InterruptedSummary, law: CurrentLaw
) -> None:
    folder = place.office.batches / batch
    text = json.dumps(summary, indent=2, ensure_ascii=False) + "\n"
    replace_file(folder / "summary.json", text.encode())
    kinds = {kind.name: kind.meaning for kind in KINDS}
    training = place.office.config.training
    page = batch_page(summary, law.book.grounds, kinds, training=training)
    put_durably(folder / "report.html", page.encode())
    with place.store.write() as txn:
        txn.mark_folder_done(batch)


def _decoys(facts: BatchFacts) -> Mapping[str, Any] | None:
    return facts.control.stated() if facts.control else None


def _decoys_kept(place: OfficeSession, batch: str) -> Any:
    """Read what the decoys showed, as it was laid out; None in a folder of an older version."""
    path = place.office.batches / batch / "custody" / _DECOYS
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _log(checkpoint: Checkpoint) -> LogState:
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
    }


def _sums(outcomes: list[tuple[str, str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for outcome, _, many in outcomes:
        sums[outcome] = sums.get(outcome, 0) + many
    return sums

"""The facts of requests that were not let through: they lie in the custody of their batch alone.

A reader of theirs holds them to what the log commits to, request by request.
"""

from pathlib import Path

import duckdb

from ostiary.domain.errors import FaultError
from ostiary.domain.facts import VOCABULARY
from ostiary.office.batches.batch_folder import CUSTODY
from ostiary.office.cases.openings import stored_entry
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import CaseRecord
from ostiary.verifying.log.commitments import commit

Key = tuple[str, str]
"""Agency and the agency's own id."""


def kept_facts_file(place: OfficeSession, batch: str) -> Path:
    """Give where the facts of a batch lie with what was decided, as long as they are kept."""
    return place.office.batches / batch / CUSTODY / "determinations.parquet"


def facts_in_custody(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    batch: str,
    request: CaseRecord | None = None,
) -> dict[Key, str]:
    """Give the facts of a batch, or of one request in it, as the JSON that the log commits to.

    Words that the vocabulary did not have when they were recorded are left out. Nothing once they
    are destroyed.

    Args:
        con: does the work.
        place: the office.
        batch: the batch's id.
        request: this one alone.
    """
    path = kept_facts_file(place, batch)
    if not path.is_file():
        return {}
    described = con.execute("DESCRIBE FROM read_parquet($1)", [str(path)]).fetchall()
    recorded = {name for name, *_ in described}
    members = ", ".join(f"{name} := {name}" for name in VOCABULARY if name in recorded)
    this = " WHERE agency = $2 AND request_id = $3" if request else ""
    rows = con.execute(
        f"SELECT agency, request_id, CAST(to_json(struct_pack({members})) AS VARCHAR)"
        f" FROM read_parquet($1){this}",
        [str(path), *((request.agency, request.request_id) if request else ())],
    ).fetchall()
    return {(agency, name): text for agency, name, text in rows}


def check_facts(place: OfficeSession, request: CaseRecord, text: str) -> None:
    """See that facts out of custody are those that the log commits to.

    Raises:
        FaultError: they are others.
    """
    entry = stored_entry(place.store, request.entry_index)
    if request.salt and entry.fields.get("facts") != commit(request.salt, "facts", text):
        raise FaultError(
            f"entry {request.entry_index}: the custody of batch {request.batch} holds other facts"
            " than the log commits to; find out who changed it and why, and restore it from the"
            " office's backup"
        )

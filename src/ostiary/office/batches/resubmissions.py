"""Requests that came before: the same words are the same request, other words are refused.

A request id is unique within an agency for ever. Sending the very same request again, as one does
after a lost reply, brings the very same reply; nothing is decided or looked up twice. What an
earlier one said is told by a digest under its salt; once that is destroyed nobody can tell, and the
id stays taken. Before 30 November 2026 it was stored under the office's secret alone.
"""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.tables import REQUESTS, ROW_ERRORS
from ostiary.office.batches.tables import CONTENTS, REPEATS
from ostiary.office.folder.session import OfficeSession
from ostiary.office.folder.small_database import cursor_beside
from ostiary.office.rulings.content_digests import stored_content_sql

REUSED = "request-id-reused"
"""Code of a row error: the id is taken by a request that says something else."""

_MESSAGE = "an earlier request has this id and says something else, or was disposed of"
_CURE = (
    "Send an old request unchanged; give a new one a new id. A returned request that was mended is"
    " a new request and needs a new id as well, such as the old one with -2 behind it."
)


def split_off_resubmissions(con: duckdb.DuckDBPyConnection, place: OfficeSession) -> int:
    """Move what came before out of ``requests`` and ``contents``.

    Makes ``repeats`` (``row``, ``agency``, ``request_id``, ``batch``, ``status``, and ``entry``,
    the number of the first one's log entry) and adds the refused rows to ``row_errors``.

    Returns:
        How many rows repeat an earlier request.
    """
    con.register("known_rows", _known(con, place))
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {REPEATS} AS
        SELECT c.row, c.agency, c.request_id, k.batch, k.status,
               k.content IN (c.content, {stored_content_sql("k.salt", "c.content")}) AS same,
               CAST(k.entry_index AS BIGINT) AS entry
        FROM {CONTENTS} c JOIN known_rows k
          ON k.agency = coalesce(c.agency, '') AND k.request_id = c.request_id
        """
    )
    con.unregister("known_rows")
    if not con.execute(f"SELECT 1 FROM {REPEATS} LIMIT 1").fetchall():
        return 0
    con.execute(
        f"INSERT INTO {ROW_ERRORS} SELECT row, 'request_id', ?, ?, ?, NULL, request_id"
        f" FROM {REPEATS} WHERE NOT same",
        [REUSED, _MESSAGE, _CURE],
    )
    for table in (REQUESTS, CONTENTS):
        con.execute(f"DELETE FROM {table} WHERE row IN (SELECT row FROM {REPEATS})")
    con.execute(f"DELETE FROM {REPEATS} WHERE NOT same")
    ((count,),) = con.execute(f"SELECT count(*) FROM {REPEATS}").fetchall()
    return int(count)


def _known(con: duckdb.DuckDBPyConnection, place: OfficeSession) -> pa.Table:
    columns: dict[str, list[str]] = {"agency": [], "request_id": [], "content": [], "batch": []}
    columns |= {"salt": [], "status": [], "entry_index": []}
    if place.store.latest_batches(1):
        for one in place.store.known_requests(_ids(con)):
            for name, values in columns.items():
                values.append(str(getattr(one, name)))
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _ids(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    cursor = cursor_beside(con)
    cursor.execute(f"SELECT coalesce(agency, ''), request_id FROM {CONTENTS}")
    while page := cursor.fetchmany(10_000):
        yield from page
    cursor.close()

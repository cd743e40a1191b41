"""One walk over a batch and its decoys: both stand in one table, and differ in the sign of ``row``.

Decoys leave the table of results before anybody else reads it.
"""

from pathlib import Path
from typing import Protocol

import duckdb

from ostiary.deciding.decoys.control import Tally, tallies_of
from ostiary.deciding.decoys.drawing import draw_decoys, drop_decoys
from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.matching.model import Model


class Verify(Protocol):
    """The walk over a batch, as :func:`ostiary.deciding.matching.verify.verify_batch`."""

    def __call__(
        self,
        con: duckdb.DuckDBPyConnection,
        requests_table: str,
        reference: Path,
        into: str,
        *,
        left_out: str | None = None,
    ) -> None:
        """Verify."""


def verify_both(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    reference: Path,
    model: Model,
    into: str,
    seed: str,
    verify: Verify,
    many: float,
) -> tuple[Tally, ...]:
    """Verify requests and decoys in one walk; leave the requests in ``into``.

    Args:
        con: holds the requests.
        requests: table as for ``verify_batch``, of at least one request.
        reference: the office's ``reference/``.
        model: what stands in it.
        into: table to make.
        seed: from which the decoys are drawn.
        verify: does the walk.
        many: decoys, as a share of the usual number.
    """
    columns = ", ".join(("row", *ASKED))
    draw_decoys(con, requests, model, seed, many)
    try:
        con.execute(
            f"""
            CREATE OR REPLACE TEMP VIEW with_decoys AS
            SELECT {columns} FROM {requests} UNION ALL SELECT {columns} FROM decoys
            """
        )
        verify(con, "with_decoys", reference, into, left_out="decoys_left_out")
        tallies = _tallied(con, into)
        con.execute(f"DELETE FROM {into} WHERE row < 0")
    finally:
        con.execute("DROP VIEW IF EXISTS with_decoys")
        drop_decoys(con)
    return tallies


def _tallied(con: duckdb.DuckDBPyConnection, verified: str) -> tuple[Tally, ...]:
    counts = con.execute(
        f"""
        SELECT kind, rule, outcome = 'confirmed', count(*)
        FROM {verified} JOIN decoys USING (row) GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    return tallies_of(counts)

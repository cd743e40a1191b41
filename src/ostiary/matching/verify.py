"""Verification: is what the request gives right, for exactly one person in the file?

The walk over a batch; each step is a table that the next one reads. What decides is in
:mod:`ostiary.matching.levels` and :mod:`ostiary.matching.decision`.
"""

from pathlib import Path

import duckdb

from ostiary.matching import comparison, decision
from ostiary.matching.model import open_model


def verify_batch(
    con: duckdb.DuckDBPyConnection,
    requests_table: str,
    reference: Path,
    into: str,
    *,
    left_out: str | None = None,
) -> None:
    """Verify a batch of requests that the law has let through.

    Args:
        con: connection that holds the requests.
        requests_table: ``row`` BIGINT (unique), the standard columns, ``birth_date`` DATE and
            ``tin`` VARCHAR (NULL or empty when not given).
        reference: the office's ``reference/``.
        into: table to make, one row a request: ``row`` BIGINT, ``outcome`` and ``rule`` (see
            :mod:`ostiary.matching.rules`), ``person_id`` (empty unless one person stands out),
            ``weight`` and ``margin`` DOUBLE, in bits (see :mod:`ostiary.matching.weights`);
            ``margin`` is the best person's weight less the next one's.
        left_out: table of ``row`` and ``person``: with whom a request is not compared, as if that
            person were not in the file (see :mod:`ostiary.matching.decoys`).

    Raises:
        OfficeError: there is no reference, or another version of the standard form wrote it.
    """
    model = open_model(reference)
    try:
        comparison.ask(con, requests_table, model)
        comparison.find_candidates(con, model)
        if left_out:
            comparison.leave_out(con, left_out)
        comparison.compare(con, model)
        decision.collapse_people(con)
        decision.count_people(con)
        decision.decide(con, into)
    finally:
        comparison.drop_steps(con)

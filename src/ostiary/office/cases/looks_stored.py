"""What a look showed, stored with its entries in the transaction of the look."""

import duckdb

from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.office.batches.batch_entries import with_leaves
from ostiary.office.batches.recorded_parts import rows_of
from ostiary.office.batches.recorded_requests import OUTCOME
from ostiary.office.batches.stored_rows import ASKED_ORDER
from ostiary.office.batches.tables import ASKED_ROWS
from ostiary.office.batches.verification import Verified
from ostiary.office.cases import look_at_one
from ostiary.office.cases.look_by_values import LookedAt
from ostiary.office.store import NewExamination, ReadyRequest, Transaction
from ostiary.verifying.log.commitments import commit_sql
from ostiary.verifying.log.entries import entry_sql

_ASKED = f"SELECT token, place, row FROM {ASKED_ROWS} {ASKED_ORDER}"


def store_many(
    con: duckdb.DuckDBPyConnection,
    txn: Transaction,
    row: NewExamination,
    verified: Verified,
    *,
    again: bool,
) -> None:
    """Store verifications with their entries, in the order of the requests' numbers."""
    con.execute(
        f"""
        CREATE OR REPLACE TABLE examined AS
        SELECT v.*, l.batch, l.entry, row_number() OVER (ORDER BY row) - 1 AS ordinal,
               {commit_sql("l.salt", "outcome", OUTCOME)} AS c_outcome
        FROM {VERIFICATIONS} v JOIN looked l USING (row)
        """
    )
    body = entry_sql(
        "record.examined",
        {
            "at": f"'{row.at}'",
            "of": "entry",
            "outcome": "c_outcome",
            "model": f"'{verified.model}'",
        },
    )
    txn.add_looks(
        row,
        rows_of(
            con,
            "SELECT row, outcome, rule, person_id, weight, margin, basis,"
            f" {txn.next_index} + ordinal FROM examined ORDER BY ordinal",
        ),
        with_leaves(con, f"SELECT ordinal AS number, {body} AS body FROM examined"),
        rows_of(con, _ASKED),
        again=again,
    )


def store_one(
    txn: Transaction,
    row: NewExamination,
    one: ReadyRequest,
    found: LookedAt,
    *,
    again: bool,
) -> None:
    """Do what :func:`store_many` does, for one request."""
    made = list(
        look_at_one.verifications_with_entries([found.row], one, row.at, row.model, txn.next_index)
    )
    txn.add_looks(
        row,
        [stored for stored, _ in made],
        [entry for _, entry in made],
        found.asked(),
        again=again,
    )

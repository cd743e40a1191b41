"""What a look showed, stored with its entries in the transaction of the look."""

from collections.abc import Iterable

import duckdb

from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.office.batches.batch_entries import with_leaves
from ostiary.office.batches.recorded_parts import rows_of
from ostiary.office.batches.recorded_requests import OUTCOME
from ostiary.office.batches.stored_rows import ASKED_ORDER
from ostiary.office.batches.tables import ASKED_ROWS
from ostiary.office.cases import look_at_one
from ostiary.office.cases.look_at_one import Row
from ostiary.office.store import NewExamination, ReadyRequest
from ostiary.office.store.writing import Transaction
from ostiary.verifying.log.commitments import commit_sql
from ostiary.verifying.log.entries import entry_sql

_FOUND = "row, outcome, rule, person_id, weight, margin, basis"
_ASKED = f"SELECT token, place, row FROM {ASKED_ROWS} {ASKED_ORDER}"


def store_many(
    con: duckdb.DuckDBPyConnection,
    txn: Transaction,
    row: NewExamination,
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
            "model": f"'{row.model}'",
        },
    )
    txn.add_looks(
        row,
        rows_of(
            con,
            f"SELECT {_FOUND}, {txn.next_index} + ordinal FROM examined ORDER BY ordinal",
        ),
        with_leaves(con, f"SELECT ordinal AS number, {body} AS body FROM examined"),
        rows_of(con, _ASKED),
        again=again,
    )


def store_compared(
    con: duckdb.DuckDBPyConnection,
    txn: Transaction,
    row: NewExamination,
    *,
    one: ReadyRequest,
    again: bool,
) -> None:
    """Do what :func:`store_many` does, for one request that was compared by tables."""
    (found,) = con.execute(f"SELECT {_FOUND} FROM {VERIFICATIONS}").fetchall()
    store_one(txn, row, one, found, rows_of(con, _ASKED), again=again)


def store_one(
    txn: Transaction,
    row: NewExamination,
    one: ReadyRequest,
    found: Row,
    asked: Iterable[Row],
    *,
    again: bool,
) -> None:
    """Store what was found of one request, and who was asked about."""
    stored, entry = look_at_one.verification_with_entry(
        found, one, row.at, row.model, txn.next_index
    )
    txn.add_looks(row, [stored], [entry], asked, again=again)

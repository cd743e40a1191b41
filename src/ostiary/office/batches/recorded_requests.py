"""What each request of a batch commits to, in the order of the file.

Requests, determinations, facts and verifications become one row each, with a salt of its own and
the commitments that the log publishes. Of many it is built in SQL: no Python object a row.
"""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.intake.tables import FACTS, REQUESTS
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.tables import DETERMINATIONS
from ostiary.deciding.matching.rules import REPEATED
from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.domain.columns import REQUEST
from ostiary.office.batches.recorded_few import FACTS_AS_JSON, put_recorded
from ostiary.office.batches.recorded_parts import FEW, parts_of
from ostiary.office.batches.tables import CONTENTS, NUMBERED, RECORDED, RECORDED_TAKEN
from ostiary.office.rulings.content_digests import stored_content_sql
from ostiary.office.rulings.tables import TAKEN
from ostiary.verifying.log.commitments import commit_sql, new_salts

OUTCOME = (
    "v.outcome || chr(10) || v.rule || CASE WHEN v.basis = '' THEN '' ELSE ' ' || v.basis END"
    " || chr(10) || v.person_id"
)
"""What the entry of a look commits to, over a row ``v`` of ``verifications``."""


def add_contents(con: duckdb.DuckDBPyConnection, secret: str) -> None:
    """Make ``contents`` (``row``, ``payload``, ``content``) from ``requests``.

    ``payload`` is the request as JSON, keys in the order of the contract; ``content`` is a digest
    of it keyed by the office's secret. What is stored is keyed by the request's salt as well
    (:mod:`ostiary.office.rulings.content_digests`).
    """
    members = ", ".join(f"{column.name} := {column.name}" for column in REQUEST)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {CONTENTS} AS
        SELECT row, agency, request_id, payload, sha256($1 || payload) AS content
        FROM (
            SELECT row, agency, request_id,
                   CAST(to_json(struct_pack({members})) AS VARCHAR) AS payload
            FROM {REQUESTS}
        )
        """,
        [secret],
    )


def add_commitments(con: duckdb.DuckDBPyConnection, book: Book) -> None:
    """Make ``recorded``: a request a row, numbered in file order, with salt and commitments.

    Columns: ``row``, ``ordinal`` (from 0), ``examined`` (ordinal among those looked at, else
    NULL), ``salt``, ``content``, ``status``, ``mask``, ``request_id``, ``given_agency``,
    ``reason_digest``; ``agency`` and ``provision`` as the log may name them; and the commitments
    ``c_request``, ``c_content``, ``c_facts``, ``c_outcome`` (NULL unless examined). And
    ``recorded_taken`` (``row``, ``ordinal``, ``place`` from 0, ``fact``): elements taken as found.
    """
    if _number(con) <= FEW:
        put_recorded(con, frozenset(one.cites for one in book.instruments))
    else:
        _put_many(con, book)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {RECORDED_TAKEN} AS
        SELECT row, ordinal, fact, row_number() OVER (ORDER BY ordinal, fact) - 1 AS place
        FROM {TAKEN} JOIN {NUMBERED} USING (row)
        """
    )


def _put_many(con: duckdb.DuckDBPyConnection, book: Book) -> None:
    """Make ``recorded`` in SQL."""
    provisions = ", ".join(f"'{one.cites}'" for one in book.instruments)
    made = f"CREATE OR REPLACE TABLE {RECORDED} AS"
    for these in parts_of(con):
        con.execute(
            f"""
            {made}
            SELECT n.row, n.ordinal, n.examined, n.salt, d.status, d.mask,
                   {stored_content_sql("n.salt", "c.content")} AS content, c.request_id,
                   c.agency AS given_agency, r.reason_digest, f.agency AS agency,
                   CASE WHEN f.provision IN ({provisions}) THEN f.provision ELSE 'other' END
                       AS provision,
                   {commit_sql("n.salt", "request", "c.request_id")} AS c_request,
                   {commit_sql("n.salt", "content", "c.payload")} AS c_content,
                   {commit_sql("n.salt", "facts", FACTS_AS_JSON)} AS c_facts,
                   {commit_sql("n.salt", "outcome", OUTCOME)} AS c_outcome
            FROM {these(NUMBERED)} n
            JOIN {these(DETERMINATIONS)} d USING (row)
            JOIN {these(CONTENTS)} c USING (row)
            JOIN {these(FACTS)} f USING (row)
            JOIN {these(REQUESTS)} r USING (row)
            LEFT JOIN {these(VERIFICATIONS)} v USING (row)
            ORDER BY n.ordinal
            """
        )
        made = f"INSERT INTO {RECORDED}"


def _number(con: duckdb.DuckDBPyConnection) -> int:
    """Make ``numbered``: ``row``, ``ordinal``, ``examined`` and ``salt`` of each; count them."""
    decided = con.sql(
        f"SELECT d.row, CAST(v.row IS NOT NULL AS BIGINT) AS looked_at FROM {DETERMINATIONS} d"
        f" LEFT JOIN {VERIFICATIONS} v USING (row) ORDER BY d.row"
    ).to_arrow_table()
    count = decided.num_rows
    looked_at = decided["looked_at"]
    nth = pc.subtract(pc.cumulative_sum(looked_at), 1)
    numbered = pa.table(
        {
            "row": decided["row"],
            "ordinal": pa.array(range(count), pa.int64()),
            "examined": pc.if_else(pc.equal(looked_at, 1), nth, None),
            "salt": pa.array(new_salts(count), pa.string()),
        }
    )
    con.register("numbers", numbered)
    con.execute(f"CREATE OR REPLACE TABLE {NUMBERED} AS SELECT * FROM numbers")
    con.unregister("numbers")
    return int(count)


def commit_outcomes_again(con: duckdb.DuckDBPyConnection) -> None:
    """Commit to the outcomes of ``verifications`` as they are now."""
    con.execute(
        f"""
        UPDATE {RECORDED} n SET c_outcome = {commit_sql("n.salt", "outcome", OUTCOME)}
        FROM {VERIFICATIONS} v WHERE v.row = n.row AND v.rule = '{REPEATED}'
        """
    )

"""How a batch is recorded: what each request commits to, and the entries that tell of the batch.

A batch makes one ``batch.received`` entry, which holds a root over its requests; then one
``request.decided`` for each request, in the order of the file; then one ``record.examined`` for
each request the law let through. All of it is built in SQL: no Python object a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from ostiary.accounting.commitments import commit, commit_sql, commitment_root, new_salts
from ostiary.accounting.entries import entry_sql
from ostiary.accounting.journal import journal_entry
from ostiary.domain.columns import REQUEST
from ostiary.domain.facts import VOCABULARY
from ostiary.law.book import Book
from ostiary.matching.control import Control
from ostiary.pipeline.admission import Admission
from ostiary.storage import NewEntry

_PAGE = 20_000


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What all entries of a batch have in common.

    Attributes:
        batch: id of the batch.
        at: the moment, as entries write it.
        received: legal day of receipt.
        file_digest: SHA-256 of the file, hex.
        file_salt: random bits that hide this digest in the log; a copy of the file would tell.
        admission: how the file fared before the law; its row errors count those rows, too, that
            were refused as contradicting an earlier request.
        repeats: rows that repeat, word for word, a request of an earlier batch.
        book: digest of the law that decided.
        model: digest of the reference and the rules of matching.
        control: what the batch's decoys showed; None when nothing was compared.
        repeated_asking: requests stopped since one person was asked about at too many addresses.
    """

    batch: str
    at: str
    received: date
    file_digest: str
    file_salt: str
    admission: Admission
    repeats: int
    book: str
    model: str
    control: Control | None = None
    repeated_asking: int = 0


def add_contents(con: duckdb.DuckDBPyConnection, secret: str) -> None:
    """Make ``contents`` (``row``, ``payload``, ``content``) from ``requests``.

    ``payload`` is the request as JSON, keys in the order of the contract; ``content`` is a digest
    of it keyed by the office's secret, by which a repeat is told from another request.
    """
    members = ", ".join(f"{column.name} := {column.name}" for column in REQUEST)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE contents AS
        SELECT row, agency, request_id, payload, sha256($1 || payload) AS content
        FROM (
            SELECT row, agency, request_id,
                   CAST(to_json(struct_pack({members})) AS VARCHAR) AS payload
            FROM requests
        )
        """,
        [secret],
    )


def add_commitments(con: duckdb.DuckDBPyConnection, book: Book) -> None:
    """Make ``recorded``: a request a row, numbered in file order, with salt and commitments.

    Columns: ``row``, ``ordinal`` (from 0), ``examined`` (ordinal among those let through, else
    NULL), ``salt``, ``payload``, ``content``, ``facts``, ``status``, ``mask``, ``agency`` and
    ``provision`` as the log may name them, and the commitments ``c_request``, ``c_content``,
    ``c_facts``, ``c_outcome`` (NULL unless examined).
    """
    ((count,),) = con.execute("SELECT count(*) FROM determinations").fetchall()
    salts = pa.table({"ordinal": pa.array(range(count), pa.int64()), "salt": new_salts(count)})
    con.register("salts", salts)
    provisions = ", ".join(f"'{one.cites}'" for one in book.instruments)
    members = ", ".join(f"{name} := f.{name}" for name in VOCABULARY)
    outcome = "v.outcome || chr(10) || v.rule || chr(10) || v.person_id"
    con.execute(
        f"""
        CREATE OR REPLACE TABLE recorded AS
        WITH numbered AS (
            SELECT d.row, d.status, d.mask, c.payload, c.content, c.request_id,
                   c.agency AS given_agency, r.reason_digest,
                   CAST(to_json(struct_pack({members})) AS VARCHAR) AS facts,
                   f.agency AS agency,
                   CASE WHEN f.provision IN ({provisions}) THEN f.provision ELSE 'other' END
                       AS provision,
                   row_number() OVER (ORDER BY d.row) - 1 AS ordinal,
                   CASE WHEN d.status = 'accepted'
                        THEN count(*) FILTER (d.status = 'accepted') OVER (ORDER BY d.row) - 1
                   END AS examined
            FROM determinations d JOIN contents c USING (row) JOIN facts f ON f.row = d.row
            JOIN requests r ON r.row = d.row
        )
        SELECT n.*, s.salt,
               {commit_sql("s.salt", "request", "n.request_id")} AS c_request,
               {commit_sql("s.salt", "content", "n.payload")} AS c_content,
               {commit_sql("s.salt", "facts", "n.facts")} AS c_facts,
               {commit_sql("s.salt", "outcome", outcome)} AS c_outcome
        FROM numbered n JOIN salts s USING (ordinal) LEFT JOIN verifications v ON v.row = n.row
        ORDER BY n.ordinal
        """
    )
    con.unregister("salts")


def batch_entries(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, first_index: int
) -> Iterator[NewEntry | tuple[bytes, bytes]]:
    """Give the entries of a batch, in the order in which they are to be numbered.

    Args:
        con: holds ``recorded``.
        facts: what the entries have in common.
        first_index: index that the first entry will get.
    """
    yield _received(con, facts)
    decided = entry_sql(
        "request.decided",
        {
            "at": f"'{facts.at}'",
            "batch": f"'{facts.batch}'",
            "agency": "agency",
            "provision": "provision",
            "received": f"'{facts.received}'",
            "status": "status",
            "mask": "mask",
            "book": f"'{facts.book}'",
            "request": "c_request",
            "content": "c_content",
            "facts": "c_facts",
        },
    )
    yield from _bodies(con, decided, "recorded ORDER BY ordinal")
    examined = entry_sql(
        "record.examined",
        {
            "at": f"'{facts.at}'",
            "of": f"{first_index + 1} + ordinal",
            "outcome": "c_outcome",
            "model": f"'{facts.model}'",
        },
    )
    yield from _bodies(con, examined, "recorded WHERE examined IS NOT NULL ORDER BY examined")


def request_rows(
    con: duckdb.DuckDBPyConnection, received: date, first_index: int, first_request: int
) -> Iterator[tuple[object, ...]]:
    """Give the rows of requests as ``storage.RequestRow`` orders them.

    Facts and the request itself are kept in the case store for those let through; for the others
    they stay in the batch's custody folder.
    """
    kept = "CASE WHEN status = 'accepted' THEN {} END"
    return _rows(
        con,
        f"""
        SELECT {first_request} + ordinal, coalesce(given_agency, ''), request_id, content,
               recorded.row, salt, status, mask, DATE '{received}',
               {kept.format("payload")}, {kept.format("facts")},
               coalesce(reason_digest, ''), {first_index + 1} + ordinal
        FROM recorded ORDER BY ordinal
        """,
    )


def verification_rows(
    con: duckdb.DuckDBPyConnection, first_index: int, first_request: int
) -> Iterator[tuple[object, ...]]:
    """Give the verifications as ``storage.VerificationRow`` orders them."""
    ((count,),) = con.execute("SELECT count(*) FROM recorded").fetchall()
    return _rows(
        con,
        f"""
        SELECT {first_request} + ordinal, v.outcome, v.rule, v.person_id, v.weight, v.margin,
               {first_index + 1 + count} + examined
        FROM recorded JOIN verifications v ON v.row = recorded.row ORDER BY ordinal
        """,
    )


def newly_asked(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    """Give whom the batch asked about and where, as far as that is new: keyed digests."""
    return _rows(con, "SELECT person, address FROM newly_asked")


def _received(con: duckdb.DuckDBPyConnection, facts: BatchFacts) -> NewEntry:
    commitments = (row[0] for row in _rows(con, "SELECT c_content FROM recorded ORDER BY ordinal"))
    return journal_entry(
        "batch.received",
        at=facts.at,
        batch=facts.batch,
        file=commit(facts.file_salt, "file", facts.file_digest),
        received=str(facts.received),
        rows=facts.admission.rows,
        row_errors=facts.admission.row_errors,
        repeats=facts.repeats,
        root=commitment_root(str(one) for one in commitments),
        counts=facts.admission.counts,
    )


def _bodies(
    con: duckdb.DuckDBPyConnection, body: str, source: str
) -> Iterator[tuple[bytes, bytes]]:
    leaf = "unhex(sha256('\\x00'::BLOB || encode(body)))"
    for text, digest in _rows(
        con, f"SELECT body, {leaf} FROM (SELECT {body} AS body FROM {source})"
    ):
        yield str(text).encode(), digest  # type: ignore[misc]


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[object, ...]]:
    """Read a query page by page on a cursor of its own, so that readings may interleave."""
    cursor = con.cursor()
    cursor.execute(sql)
    while page := cursor.fetchmany(_PAGE):
        yield from page
    cursor.close()

"""How a batch is recorded: what each request commits to, and the entries that tell of the batch.

A batch makes one ``batch.received`` entry, which holds a root over its requests; then one
``request.decided`` for each request, in the order of the file. Then it is said which elements are
awaited, by provision; in a training office, which are taken as found; and one ``record.examined``
follows for each request that was looked at. All of it is built in SQL: no Python object a row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.decoys.control import Control
from ostiary.deciding.intake.tables import FACTS, REQUESTS
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.tables import DETERMINATIONS
from ostiary.deciding.matching.rules import REPEATED
from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.domain.columns import REQUEST
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Status
from ostiary.office.batches.admission import Admission
from ostiary.office.batches.tables import (
    ASKED_ROWS,
    CONTENTS,
    NUMBERED,
    RECORDED,
    RECORDED_TAKEN,
)
from ostiary.office.folder.small_database import cursor_beside
from ostiary.office.rulings.content_digests import stored_content_sql
from ostiary.office.rulings.permitted_looks import Looks
from ostiary.office.rulings.tables import AWAITING, TAKEN
from ostiary.office.store import NewEntry
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import commit, commit_sql, commitment_root, new_salts
from ostiary.verifying.log.entries import entry_sql

_PAGE = 20_000
_KEPT_STATUSES = (str(Status.ACCEPTED), str(Status.TO_COUNSEL))  # what somebody works on
_KEPT = str(_KEPT_STATUSES)
_FEW = 1_000  # requests whose entries are made one by one: to plan a statement takes 15 ms
_PART = 500_000  # rows of a batch that are joined and sorted at a time
OUTCOME = (
    "v.outcome || chr(10) || v.rule || CASE WHEN v.basis = '' THEN '' ELSE ' ' || v.basis END"
    " || chr(10) || v.person_id"
)
"""What the entry of a look commits to, over a row ``v`` of ``verifications``."""
_FACTS = f"CAST(to_json(struct_pack({', '.join(f'{n} := f.{n}' for n in VOCABULARY)})) AS VARCHAR)"


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
        looks: what the accepted requests wait for.
        manner: of those that wait, for the decoys of a later look; empty when none waits.
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
    looks: Looks
    control: Control | None = None
    repeated_asking: int = 0
    manner: tuple[int, ...] = ()


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
    _number(con)
    provisions = ", ".join(f"'{one.cites}'" for one in book.instruments)
    made = f"CREATE OR REPLACE TABLE {RECORDED} AS"
    for these in _parts(con):
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
                   {commit_sql("n.salt", "facts", _FACTS)} AS c_facts,
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
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {RECORDED_TAKEN} AS
        SELECT row, ordinal, fact, row_number() OVER (ORDER BY ordinal, fact) - 1 AS place
        FROM {TAKEN} JOIN {NUMBERED} USING (row)
        """
    )


def _number(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``numbered``: ``row``, ``ordinal``, ``examined`` and ``salt`` of each request."""
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


def _parts(con: duckdb.DuckDBPyConnection) -> Iterator[Callable[[str], str]]:
    """Cut a batch by its rows, so that joins and sorts of a large one stay small.

    Yields:
        For each part, what gives the name of a table as SQL for the rows of this part alone.
    """
    ((first, last),) = con.execute(
        f"SELECT coalesce(min(row), 0), coalesce(max(row), 0) FROM {NUMBERED}"
    ).fetchall()
    for low in range(first, last + 1, _PART):
        high = min(last, low + _PART - 1)
        yield f"(SELECT * FROM {{}} WHERE row BETWEEN {low} AND {high})".format


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
    if (few := _few_decided(con, facts)) is not None:
        yield from few
    else:
        yield from _many_decided(con, facts)
    for provision, elements in sorted(facts.looks.awaited.items()):
        yield journal_entry(
            "elements.awaited",
            at=facts.at,
            batch=facts.batch,
            provision=provision,
            elements=" ".join(elements).replace("_", "-"),
        )
    if facts.looks.taken:
        yield from _taken(con, facts, first_index)
    if facts.looks.looked_at:
        yield from _examined(con, facts, first_index)


def _few_decided(con: duckdb.DuckDBPyConnection, facts: BatchFacts) -> list[NewEntry] | None:
    """Make the entries of few requests one by one; None where there are more."""
    names = ("agency", "provision", "status", "mask", "request", "content", "facts")
    rows = con.execute(
        "SELECT agency, provision, status, mask, c_request, c_content, c_facts"
        f" FROM {RECORDED} ORDER BY ordinal LIMIT {_FEW + 1}"
    ).fetchall()
    if len(rows) > _FEW:
        return None
    told = {"at": facts.at, "batch": facts.batch, "book": facts.book}
    told["received"] = str(facts.received)
    return [
        journal_entry("request.decided", **told, **dict(zip(names, row, strict=True)))
        for row in rows
    ]


def _many_decided(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts
) -> Iterator[tuple[bytes, bytes]]:
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
    return _bodies(con, decided, "ordinal")


def _taken(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, first_index: int
) -> Iterator[tuple[bytes, bytes]]:
    taken = entry_sql(
        "element.taken",
        {
            "at": f"'{facts.at}'",
            "of": f"{first_index + 1} + ordinal",
            "element": "replace(fact, '_', '-')",
        },
    )
    return _bodies(con, taken, "place", RECORDED_TAKEN)


def _examined(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, first_index: int
) -> Iterator[tuple[bytes, bytes]]:
    examined = entry_sql(
        "record.examined",
        {
            "at": f"'{facts.at}'",
            "of": f"{first_index + 1} + ordinal",
            "outcome": "c_outcome",
            "model": f"'{facts.model}'",
        },
    )
    return _bodies(con, examined, "examined")


def request_rows(
    con: duckdb.DuckDBPyConnection, received: date, first_index: int, first_request: int
) -> Iterator[tuple[object, ...]]:
    """Give the rows of requests as ``storage.RequestRow`` orders them.

    Facts and the request itself are kept in the case store for those let through, and those that
    counsel answers; for the others they stay in the batch's custody folder.
    """
    if (few := _few_request_rows(con, received, first_index, first_request)) is not None:
        yield from few
        return
    for these in _parts(con):
        yield from rows_of(
            con,
            f"""
            SELECT {first_request} + n.ordinal, coalesce(n.given_agency, ''), n.request_id,
                   n.content, n.row, n.salt, n.status, n.mask, DATE '{received}', c.payload,
                   CASE WHEN f.row IS NOT NULL THEN {_FACTS} END,
                   coalesce(n.reason_digest, ''), coalesce(a.awaits, ''),
                   {first_index + 1} + n.ordinal
            FROM {these(RECORDED)} n
            LEFT JOIN {these(AWAITING)} a USING (row)
            LEFT JOIN {these(CONTENTS)} c ON c.row = n.row AND n.status IN {_KEPT}
            LEFT JOIN {these(FACTS)} f ON f.row = n.row AND n.status IN {_KEPT}
            ORDER BY n.ordinal
            """,
        )


def _few_request_rows(
    con: duckdb.DuckDBPyConnection, received: date, first_index: int, first_request: int
) -> list[tuple[object, ...]] | None:
    """Give those of few requests; None where there are more.

    What is kept of those let through is asked where there are any: one large statement for all
    takes 16 ms to plan.
    """
    rows = con.execute(
        f"""
        SELECT row, ordinal, given_agency, request_id, content, salt, status, mask, reason_digest,
               awaits
        FROM {RECORDED} LEFT JOIN {AWAITING} USING (row) ORDER BY ordinal LIMIT {_FEW + 1}
        """
    ).fetchall()
    if len(rows) > _FEW:
        return None
    kept = {row[0] for row in rows if row[6] in _KEPT_STATUSES}
    opened = _kept_of(con) if kept else {}
    return [
        (
            *(first_request + ordinal, agency or "", request_id, content, row, salt, status, mask),
            *(received, *opened.get(row, (None, None)), reason or "", awaits or ""),
            first_index + 1 + ordinal,
        )
        for row, ordinal, agency, request_id, content, salt, status, mask, reason, awaits in rows
    ]


def _kept_of(con: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, str]]:
    """Give the request and the facts, as text, of those that somebody works on, by row."""
    found = con.execute(
        f"SELECT n.row, c.payload, {_FACTS} FROM {RECORDED} n JOIN {CONTENTS} c USING (row)"
        f" JOIN {FACTS} f USING (row) WHERE n.status IN {_KEPT}"
    ).fetchall()
    return {row: (payload, facts) for row, payload, facts in found}


def determination_rows(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, first_index: int, first_request: int
) -> Iterator[tuple[object, ...]]:
    """Give the elements taken as found as ``storage.DeterminationRow`` orders them."""
    if not facts.looks.taken:
        return
    ((count,),) = con.execute(f"SELECT count(*) FROM {RECORDED}").fetchall()
    first = first_index + 1 + count + len(facts.looks.awaited)
    yield from rows_of(
        con,
        f"""
        SELECT {first_request} + ordinal, '', fact, TRUE, ''::BLOB, '{facts.at}', {first} + place
        FROM {RECORDED_TAKEN} ORDER BY place
        """,
    )


def entries_before_looks(con: duckdb.DuckDBPyConnection, looks: Looks) -> int:
    """Count the entries of a batch that stand before its ``record.examined``."""
    ((count, taken),) = con.execute(
        f"SELECT (SELECT count(*) FROM {RECORDED}), (SELECT count(*) FROM {RECORDED_TAKEN})"
    ).fetchall()
    return 1 + int(count) + len(looks.awaited) + int(taken)


def verification_rows(
    con: duckdb.DuckDBPyConnection, looks: Looks, first_index: int, first_request: int
) -> Iterator[tuple[object, ...]]:
    """Give the verifications as ``storage.VerificationRow`` orders them."""
    if not looks.looked_at:
        return
    first = first_index + entries_before_looks(con, looks)
    for these in _parts(con):
        yield from rows_of(
            con,
            f"""
            SELECT {first_request} + ordinal, v.outcome, v.rule, v.person_id, v.weight, v.margin,
                   v.basis, {first} + examined
            FROM {these(RECORDED)} n JOIN {these(VERIFICATIONS)} v USING (row)
            ORDER BY ordinal
            """,
        )


def asked_rows(con: duckdb.DuckDBPyConnection, first_request: int) -> Iterator[tuple[object, ...]]:
    """Give by what keyed digests the requests compared are found again, with their numbers."""
    return rows_of(
        con,
        f"SELECT token, place, {first_request} + ordinal"
        f" FROM {ASKED_ROWS} JOIN {RECORDED} USING (row)"
        " ORDER BY place IS NULL, CASE WHEN place IS NULL THEN token ELSE row END, place",
    )


def commit_outcomes_again(con: duckdb.DuckDBPyConnection) -> None:
    """Commit to the outcomes of ``verifications`` as they are now."""
    con.execute(
        f"""
        UPDATE {RECORDED} n SET c_outcome = {commit_sql("n.salt", "outcome", OUTCOME)}
        FROM {VERIFICATIONS} v WHERE v.row = n.row AND v.rule = '{REPEATED}'
        """
    )


def _received(con: duckdb.DuckDBPyConnection, facts: BatchFacts) -> NewEntry:
    commitments = (
        row[0] for row in rows_of(con, f"SELECT c_content FROM {RECORDED} ORDER BY ordinal")
    )
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
    con: duckdb.DuckDBPyConnection, body: str, number: str, table: str = RECORDED
) -> Iterator[tuple[bytes, bytes]]:
    """Give entries of the requests that have this number, in its order, each with its leaf hash."""
    for these in _parts(con):
        made = (
            f"SELECT {number} AS number, {body} AS body FROM {these(table)}"
            f" WHERE {number} IS NOT NULL"
        )
        yield from with_leaves(con, made)


def with_leaves(con: duckdb.DuckDBPyConnection, made: str) -> Iterator[tuple[bytes, bytes]]:
    """Give the entries of a query for ``number`` and ``body``, in order, each with its leaf."""
    leaf = "unhex(sha256('\\x00'::BLOB || encode(body)))"
    for text, digest in rows_of(con, f"SELECT body, {leaf} FROM ({made}) ORDER BY number"):
        yield str(text).encode(), digest  # type: ignore[misc]


def rows_of(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[object, ...]]:
    """Read a query page by page on a cursor of its own, so that readings may interleave."""
    cursor = cursor_beside(con)
    cursor.execute(sql)
    while page := cursor.fetchmany(_PAGE):
        yield from page
    cursor.close()

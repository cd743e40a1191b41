"""What became of every row, and the rows that failed with what is wrong beside them.

Whoever sent a file mends what failed and sends that alone: rows that could not be read, and
requests that fall short of the law. A returned request stands in the office under its id for ever,
so a new id is proposed for it; the same id with other words would be refused (see ``repeats``).
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Protocol

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.originals import keep_originals
from ostiary.deciding.intake.request_checks import LONGEST_REQUEST_ID
from ostiary.deciding.intake.request_rows import Asked
from ostiary.deciding.intake.tables import REQUESTS, ROW_ERRORS
from ostiary.deciding.intake.typed import agency_meant
from ostiary.deciding.law.tables import DETERMINATIONS, FINDINGS
from ostiary.domain.columns import REQUEST
from ostiary.domain.words import Status
from ostiary.office.batches.resubmissions import REUSED
from ostiary.office.batches.tables import FINDING_LINES, REPEATS, TO_MEND

MOST_TO_MEND = 200_000
"""Rows; whoever has more to mend does not do so by hand."""

MOST_TOLD = 1_048_575
"""Findings; with its header a spreadsheet holds no more."""

SEND_NEXT = "send it under the request_id that stands in this row: a mended request is a new one"
_MOST_TRIED = 99


class _Known(Protocol):
    @property
    def agency(self) -> str: ...
    @property
    def request_id(self) -> str: ...


Known = Callable[[Iterable[tuple[str, str]]], Iterable[_Known]]
"""Looks up pairs of agency and request id; gives those that the office has."""


def ready_to_mend(
    con: duckdb.DuckDBPyConnection, asked: Asked, *, careful: bool, known: Known | None = None
) -> None:
    """Make ``finding_lines`` and ``to_mend``; neither where it would be too large to be of use.

    ``finding_lines``: a finding a line, and a line for each row without one: ``row``, ``line``,
    ``request_id``, ``status`` (a status of a reply, ``unreadable`` or ``repeated``), ``column``,
    ``rule`` (or the code of a row error), ``citation``, ``finding``, ``cure``, ``layer``, ``nth``.
    ``to_mend``: a row a row that could not be read or was returned: the columns of the contract as
    they were sent, and those of :data:`ostiary.domain.mending.MENDING`.

    Args:
        con: holds ``requests``, ``determinations``, ``findings`` and ``row_errors``; ``repeats``
            too, where there is an office.
        asked: the request file, or requests as values.
        careful: whether it was read record by record.
        known: what the office has; without it nothing is stored, and no new id is needed.

    Raises:
        InputError: the file is no longer as it was.
    """
    con.execute(f"DROP TABLE IF EXISTS {FINDING_LINES}")
    con.execute(f"DROP TABLE IF EXISTS {TO_MEND}")
    con.execute(
        f"CREATE OR REPLACE TABLE failed AS SELECT DISTINCT row FROM {ROW_ERRORS} UNION ALL"
        f" SELECT row FROM {DETERMINATIONS} WHERE status = '{Status.RETURNED}'"
    )
    if _count(con, "failed") > MOST_TO_MEND:
        return
    keep_originals(con, asked, careful=careful, wanted="failed", into="originals")
    con.execute(
        f"UPDATE {ROW_ERRORS} e SET line = o.line FROM originals o"
        " WHERE o.row = e.row AND e.line IS NULL"
    )
    _tell(con, with_repeats=known is not None)
    _propose(con, known)
    _mend(con)
    for table in ("failed", "originals", "proposed"):
        con.execute(f"DROP TABLE {table}")
    if _count(con, FINDING_LINES) > MOST_TOLD:
        con.execute(f"DROP TABLE {FINDING_LINES}")


def _tell(con: duckdb.DuckDBPyConnection, *, with_repeats: bool) -> None:
    told = ("rule", "citation", "finding", "cure", "layer")
    kinds = json.dumps([dict.fromkeys(told, "VARCHAR")])
    repeated = (
        "UNION ALL SELECT row, NULL, request_id, 'repeated', NULL, NULL, NULL,"
        " 'the same request came in batch ' || batch || '; its reply stands', NULL, NULL, 1"
        f" FROM {REPEATS}"
    )
    con.execute(
        f"""
        CREATE TABLE {FINDING_LINES} AS
        SELECT row, line, request_id, 'unreadable' AS status, nullif("column", '') AS "column",
               code AS rule, CAST(NULL AS VARCHAR) AS citation, message AS finding, cure,
               CAST(NULL AS VARCHAR) AS layer,
               row_number() OVER (PARTITION BY row ORDER BY rowid) AS nth
        FROM {ROW_ERRORS}
        UNION ALL
        SELECT row, o.line, s.request_id, status, NULL, said.rule, said.citation, said.finding,
               said.cure, said.layer, nth
        FROM (
            SELECT row, request_id, status, generate_subscripts(list, 1) AS nth,
                   unnest(list) AS said
            FROM (
                SELECT r.row, r.request_id, d.status,
                       CASE WHEN f.findings = '[]' THEN [NULL]
                            ELSE from_json(f.findings, '{kinds}') END AS list
                FROM {REQUESTS} r JOIN {DETERMINATIONS} d USING (row) JOIN {FINDINGS} f USING (row)
            )
        ) s LEFT JOIN originals o USING (row)
        {repeated if with_repeats else ""}
        """
    )


def _mend(con: duckdb.DuckDBPyConnection) -> None:
    """Lay the original rows beside what is wrong with them."""
    columns = ", ".join(
        'coalesce(p.proposed, o.request_id) AS "request_id"'
        if column.name == "request_id"
        else f'o."{column.name}"'
        for column in REQUEST
    )
    numbered = "CASE WHEN many > 1 THEN nth || '. ' ELSE '' END"
    cure = f"string_agg({numbered} || cure, chr(10) ORDER BY nth)"
    con.execute(
        f"""
        CREATE TABLE {TO_MEND} AS
        SELECT {columns}, o.row, o.line, t.status, t.what,
               t.cure || CASE WHEN p.proposed IS NULL THEN '' ELSE chr(10) || $1 END AS cure,
               CASE WHEN p.proposed IS NULL THEN NULL ELSE o.request_id END AS sent_as, o.as_sent
        FROM originals o JOIN (
            SELECT row, any_value(status) AS status, {cure} AS cure,
                   string_agg({numbered} || coalesce("column" || ': ', '') || finding, chr(10)
                              ORDER BY nth) AS what
            FROM (SELECT *, count(*) OVER (PARTITION BY row) AS many FROM {FINDING_LINES})
            GROUP BY row
        ) t USING (row) LEFT JOIN proposed p USING (row)
        """,
        [SEND_NEXT],
    )


def _propose(con: duckdb.DuckDBPyConnection, known: Known | None) -> None:
    """Make ``proposed``: for rows that cannot be sent under their id again, one that is free."""
    found = con.execute(
        f"""
        SELECT o.row, coalesce(r.agency, o.agency, ''),
               coalesce(r.request_id, trim(o.request_id))
        FROM originals o LEFT JOIN {REQUESTS} r USING (row)
        WHERE r.row IS NOT NULL
           OR row IN (SELECT row FROM {ROW_ERRORS} WHERE code = '{REUSED}') ORDER BY o.row
        """
    ).fetchall()
    of_whom = [(row, agency_meant(agency), old) for row, agency, old in found]
    new = dict(free_ids(of_whom, known, partial(_of_file, con))) if known else {}
    columns = {"row": pa.array(list(new), pa.int64()), "proposed": pa.array(list(new.values()), _T)}
    con.register("proposed_ids", pa.table(columns))
    con.execute("CREATE OR REPLACE TABLE proposed AS FROM proposed_ids")
    con.unregister("proposed_ids")


_T = pa.string()


def free_ids(
    rows: list[tuple[int, str, str]], known: Known, of_file: Callable[[list[str]], Collection[str]]
) -> Iterator[tuple[int, str]]:
    """Give ids that neither the office nor the file has: the old one with a number behind it.

    Args:
        rows: row, agency and id of each that needs a new one.
        known: what the office has.
        of_file: gives which of some ids stand in the file.
    """
    taken: set[tuple[str, str]] = set()
    for number in range(2, _MOST_TRIED):
        tried = [(row, agency, f"{old}-{number}", old) for row, agency, old in rows]
        pairs = [(agency, new) for _, agency, new, _ in tried]
        taken |= {(one.agency, one.request_id) for one in known(iter(pairs))}
        in_file = of_file([new for _, new in pairs])
        rows = []
        for row, agency, new, old in tried:
            if len(new) > LONGEST_REQUEST_ID:
                continue
            if (agency, new) in taken or new in in_file:
                rows.append((row, agency, old))
            else:
                taken.add((agency, new))
                yield row, new
        if not rows:
            return


def _of_file(con: duckdb.DuckDBPyConnection, ids: list[str]) -> set[str]:
    con.register("tried_ids", pa.table({"request_id": pa.array(ids, _T)}))
    found = con.execute(
        f"SELECT DISTINCT request_id FROM {FINDING_LINES} SEMI JOIN tried_ids USING (request_id)"
    ).fetchall()
    con.unregister("tried_ids")
    return {one for (one,) in found}


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    ((many,),) = con.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(many)

"""The years of a confirmation: a record of other years than those asked for confirms nothing.

26 USC 6103(i)(2)(B)(ii) has a request name the taxable periods to which the information relates;
(i)(1)(A) opens those that a judge's order grants. Where an address was on file in other years only,
the law has opened nothing that could confirm it. The rule of each gateway stands in its file of the
book. What a confirmation rests on, the years that are left with the sources of each, is kept with
it.
"""

from collections.abc import Mapping
from types import MappingProxyType

import duckdb
import numpy as np
import pyarrow as pa

from ostiary.deciding.matching.items_on_file import Answers, add_items
from ostiary.deciding.matching.rules import OTHER_PERIOD, outcome_sql
from ostiary.deciding.reference.layout import EPOCH, SOURCES
from ostiary.deciding.reference.reader import ReferenceReader

# Of a gateway that knows no periods, the newest year alone: no more than is needed. 0 is unknown.
_ALLOWED = """CASE g.rule
    WHEN 'any' THEN f.year = f.newest
    WHEN 'granted' THEN list_contains(list_intersect(r.taxable_periods, r.court_order_periods),
                                      f.year)
    ELSE list_contains(r.taxable_periods, f.year) END"""


def heed_periods(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    verified: str,
    rules: Mapping[str, str],
    opened: ReferenceReader,
    answers: Answers = MappingProxyType({}),
) -> None:
    """Withdraw each confirmation that no record of an allowed year bears; say what bears others.

    Args:
        con: holds both tables.
        requests: ``row``, ``provision``, ``taxable_periods`` and ``court_order_periods``, lists of
            years or NULL.
        verified: as :func:`.matching.verify.verify_batch` makes it; in place of ``records``
            it gets ``basis``, see :mod:`ostiary.domain.basis`, empty unless confirmed.
        rules: by provision: ``any`` year, the years ``named``, or those of them that are
            ``granted``. A provision that is not there is held to the years named.
        opened: the reference that was compared with.
        answers: what an answer may hold beyond a confirmation, see :mod:`.matching.items_on_file`.
    """
    table = {
        "provision": pa.array(list(rules), pa.string()),
        "rule": pa.array(list(rules.values()), pa.string()),
    }
    con.register("rules_of_years", pa.table(table))
    con.register("spans_of_years", _spans(con, verified, opened))
    _write_years(con, requests, verified)
    add_items(con, requests, verified, answers, opened, _ALLOWED)
    con.unregister("rules_of_years")
    con.unregister("spans_of_years")


def _write_years(con: duckdb.DuckDBPyConnection, requests: str, verified: str) -> None:
    """Write the allowed years that bear it in place of the records; without any, confirm nothing.

    One statement: the table is small beside what was read for it, and each that plans costs 1 ms.
    """
    other = f"'{OTHER_PERIOD}'"
    is_other = "v.outcome = 'confirmed' AND h.row IS NULL"
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {verified} AS
        WITH years AS (
            SELECT row, source, unnest(range(first, last + 1)) AS year FROM spans_of_years
        ),
        filed AS (SELECT *, max(year) OVER (PARTITION BY row) AS newest FROM years),
        borne AS (
            SELECT f.row, f.year,
                   string_agg(DISTINCT source, ',' ORDER BY source) FILTER (source <> '') AS sources
            FROM filed f JOIN {requests} r USING (row)
            LEFT JOIN rules_of_years g USING (provision)
            WHERE {_ALLOWED} GROUP BY ALL
        ),
        heeded_years AS (
            SELECT row, string_agg(concat(CASE WHEN year > 0 THEN year END, ':', sources), ';'
                                   ORDER BY year DESC) AS basis
            FROM borne GROUP BY row
        )
        SELECT v.* EXCLUDE (records) REPLACE (
                   CASE WHEN {is_other} THEN {outcome_sql(other)} ELSE v.outcome END AS outcome,
                   CASE WHEN {is_other} THEN {other} ELSE v.rule END AS rule
               ), coalesce(h.basis, '') AS basis
        FROM {verified} v LEFT JOIN heeded_years h ON h.row = v.row
        """
    )


def _spans(con: duckdb.DuckDBPyConnection, verified: str, opened: ReferenceReader) -> pa.Table:
    """Give ``row``, ``source``, ``first`` and ``last`` year of what bears each confirmation."""
    found = con.sql(
        f"SELECT row, unnest(records) AS record FROM {verified} WHERE outcome = 'confirmed'"
    ).to_arrow_table()
    at, spans = opened.spans_of(found["record"].to_numpy().astype(np.int64))
    years = spans[:, :2].astype(np.int64)
    first, last = (np.where(years > 0, years + EPOCH, 0)).T
    return pa.table(
        {
            "row": found["row"].take(pa.array(at)),
            "source": pa.array(SOURCES).take(pa.array(spans[:, 2].astype(np.int64))),
            "first": first,
            "last": last,
        }
    )

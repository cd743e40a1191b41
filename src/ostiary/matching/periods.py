"""The years of a confirmation: a record of other years than those asked for confirms nothing.

26 USC 6103(i)(2)(B)(ii) has a request name the taxable periods to which the information relates;
(i)(1)(A) opens those that a judge's order grants. Where an address was on file in other years only,
the law has opened nothing that could confirm it. The rule of each gateway stands in its file of the
book.
"""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from ostiary.matching.layout import EPOCH, PERIODS
from ostiary.matching.rules import OTHER_PERIOD, outcome_sql

# The years of records, from the numbers of `years_code`; a record of no known year has none.
_FILED = f"""flatten(list_transform(
    list_filter(v.years, lambda code: code > 0),
    lambda code: range({EPOCH} + code // {PERIODS}, {EPOCH} + code % {PERIODS} + 1)
))"""
_ALLOWED = """CASE g.rule
    WHEN 'granted' THEN list_intersect(r.taxable_periods, r.court_order_periods)
    ELSE r.taxable_periods END"""


def heed_periods(
    con: duckdb.DuckDBPyConnection, requests: str, verified: str, rules: Mapping[str, str]
) -> None:
    """Withdraw each confirmation that no record of an allowed year bears.

    Args:
        con: holds both tables.
        requests: ``row``, ``provision``, ``taxable_periods`` and ``court_order_periods``, lists of
            years or NULL.
        verified: as :func:`ostiary.matching.verify.verify_batch` makes it; ``years`` is dropped.
        rules: by provision: ``any`` year, the years ``named``, or those of them that are
            ``granted``. A provision that is not there is held to the years named.
    """
    table = {
        "provision": pa.array(list(rules), pa.string()),
        "rule": pa.array(list(rules.values()), pa.string()),
    }
    other = f"'{OTHER_PERIOD}'"
    con.register("rules_of_years", pa.table(table))
    con.execute(
        f"""
        UPDATE {verified} v SET rule = {other}, outcome = {outcome_sql(other)}
        FROM {requests} r LEFT JOIN rules_of_years g USING (provision)
        WHERE r.row = v.row AND v.outcome = 'confirmed' AND g.rule IS DISTINCT FROM 'any'
          AND NOT coalesce(list_has_any({_ALLOWED}, {_FILED}), FALSE)
        """
    )
    con.unregister("rules_of_years")
    con.execute(f"ALTER TABLE {verified} DROP years")

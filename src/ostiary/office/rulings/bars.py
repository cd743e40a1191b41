"""The bar of 26 USC 6103(i)(6), by provision: whom a hold on a record reaches, and what follows.

It reaches (i)(1), (2), (3)(A), (3)(C), (5), (7) and (8); not (i)(3)(B), and not (l). (d)(1) has a
bar of its own. The book says it in each file of a gateway. Under (i)(1) and (5) the Secretary
certifies to the court: a judge's order is never met with a silent *no answer*.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from ostiary.deciding.decoys.controlled import confirm_nothing
from ostiary.deciding.matching.rules import HOLD
from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.deciding.matching.verify import verify_batch
from ostiary.domain.words import FOR_COUNSEL
from ostiary.office.rulings.tables import ELIGIBLE, UNBARRED


def apply_bars(
    con: duckdb.DuckDBPyConnection, reference: Path, bars: Mapping[str, str], *, exceeded: bool
) -> None:
    """Decide without holds what no bar reaches, and tell apart what goes to counsel.

    Args:
        con: holds ``eligible`` and ``verifications``.
        reference: the office's ``reference/``.
        bars: by provision: ``hold``, ``certificate`` or ``none``; what is not there is held.
        exceeded: the look is above the office's limit, so that nothing may be confirmed.
    """
    table = {
        "provision": pa.array(list(bars), pa.string()),
        "bar": pa.array(list(bars.values()), pa.string()),
    }
    con.register("bars", pa.table(table))
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {UNBARRED} AS
        SELECT r.* FROM {ELIGIBLE} r JOIN {VERIFICATIONS} v USING (row)
        JOIN bars b USING (provision)
        WHERE v.rule = '{HOLD}' AND b.bar = 'none'
        """
    )
    if con.execute(f"SELECT 1 FROM {UNBARRED} LIMIT 1").fetchone():
        verify_batch(con, UNBARRED, reference, "unbarred_verified", holds=False)
        if exceeded:
            confirm_nothing(con, "unbarred_verified")
        con.execute(f"DELETE FROM {VERIFICATIONS} WHERE row IN (SELECT row FROM {UNBARRED})")
        con.execute(f"INSERT INTO {VERIFICATIONS} BY NAME FROM unbarred_verified")
    con.execute(
        f"""
        UPDATE {VERIFICATIONS} v SET rule = '{FOR_COUNSEL}'
        FROM {ELIGIBLE} r JOIN bars b USING (provision)
        WHERE r.row = v.row AND v.rule = '{HOLD}' AND b.bar = 'certificate'
        """
    )
    con.unregister("bars")

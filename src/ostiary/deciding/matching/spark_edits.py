"""Edits between words on Spark, which has no such function: DuckDB counts them on its workers.

The one piece of Ostiary that Spark's workers run: they have it installed, in the driver's version.
It imports nothing else of it, so that a worker begins at once.
"""

from functools import cache
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EDITS = "damerau_levenshtein"


def register_edits(session: "SparkSession") -> None:
    """Let statements of a session count edits."""
    from pyspark.sql.pandas.functions import arrow_udf  # noqa: PLC0415 - an extra that need not be there

    counting = arrow_udf(count_edits, "bigint")  # type: ignore[call-overload]  # no stub for this
    session.udf.register(EDITS, counting)


def count_edits(a: pa.Array, b: pa.Array) -> pa.Array:
    """Count the edits between words, pair by pair."""
    con = _duckdb()
    con.register("words", pa.table({"a": a, "b": b}))
    counted = con.sql("SELECT damerau_levenshtein(a, b) AS edits FROM words").to_arrow_table()
    con.unregister("words")
    return counted["edits"].cast(pa.int64()).combine_chunks()


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    """Open one for this worker; Spark runs as many workers as there are cores."""
    return duckdb.connect(config={"threads": 1})

"""The same batch on Spark: what is paid once, and what the requests and the people cost."""

import time
from pathlib import Path
from typing import Any

import duckdb

from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.on_spark import SparkVerification
from ostiary.deciding.matching.spark_reference import tables_for_spark
from ostiary.deciding.standardisation import standardise_table
from ostiary.office.batches.spark_session import spark_session
from ostiary.office.folder.session import scratch_database

_FIRST = 1_000  # after these, a session is warm
_SAID = "outcome, rule, person_id, weight, margin"


def spark(folder: Path, many: int) -> dict[str, Any]:
    """Verify requests of ``told.parquet`` again, on ``local[2]``; hold them against that result.

    Args:
        folder: a synthetic world that the step ``batch`` has been through.
        many: requests.

    Returns:
        Seconds for writing the reference as Spark reads it (once), for the session with its first
        thousand requests, and for the rest; and how many were decided otherwise.
    """
    started = time.perf_counter()
    tables = tables_for_spark(open_model(folder / "reference"))
    written = time.perf_counter()
    with (
        scratch_database(folder) as con,
        spark_session("local[2]", memory="6g", near=folder) as session,
    ):
        con.execute(f"CREATE TABLE told AS FROM '{folder}/told.parquet' ORDER BY row LIMIT {many}")
        standardise_table(con, "told", "requests")
        there = SparkVerification(session, folder)
        first = f"(FROM requests ORDER BY row LIMIT {_FIRST})"
        there.verify_batch(con, first, folder / "reference", "first")
        warm = time.perf_counter()
        there.verify_batch(con, "requests", folder / "reference", "verified")
        done = time.perf_counter()
        return {
            "requests": many,
            "writing_seconds": written - started,
            "starting_seconds": warm - written,
            "seconds": done - warm,
            "disk_mib": sum(each.stat().st_size for each in tables.rglob("*.parquet")) >> 20,
            "decided_otherwise": _different(con),
        }


def _different(con: duckdb.DuckDBPyConnection) -> int:
    ((found,),) = con.execute(
        f"SELECT count(*) FROM (SELECT row, {_SAID} FROM told EXCEPT SELECT row, {_SAID}"
        " FROM verified)"
    ).fetchall()
    return int(found)

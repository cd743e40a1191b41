"""The measured steps. Each runs in a process of its own, so that its peak memory is its own.

``python -m scale_bench.steps STEP FOLDER [NUMBER]`` prints one line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ostiary.deciding.intake.reference_chunks import stretches
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.standardisation import standard_address, standard_name, standardise_table
from ostiary.office.batches.stages import peak_memory_mib
from ostiary.office.folder.session import scratch_database

_NAME = ("given_name", "middle_name", "surname", "name_suffix")
_ADDRESS = ("address_line", "unit", "city", "state", "postal_code", "country")
# Agencies number their own requests: where two took the same number, neither is asked.
_TRUTH = "FROM '{}/truth.parquet' QUALIFY count(*) OVER (PARTITION BY request_id) = 1"
_TIN = "CASE WHEN regexp_full_match(tin, '[0-9]{9}') THEN tin ELSE '' END"


class _Clock:
    """Seconds on the wall and seconds of work, all threads together, since it was made.

    On a machine that others use, the work says what the wall would on a quiet one: at least the
    work divided by the cores.
    """

    def __init__(self) -> None:
        self._wall, self._work = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        """Give both."""
        wall, work = time.perf_counter() - self._wall, time.process_time() - self._work
        return {"seconds": wall, "cpu_seconds": work}


def load(folder: Path, _: int) -> dict[str, Any]:
    """Load ``people.parquet`` into ``reference/``."""
    with scratch_database(folder) as con:
        clock = _Clock()
        found = load_reference(con, stretches(con, folder / "people.parquet"), folder / "reference")
        seconds = clock.read()
    size = sum(each.stat().st_size for each in open_model(folder / "reference").folder.iterdir())
    return {
        "people": found.people,
        "addresses": found.addresses,
        **seconds,
        "disk_mib": size >> 20,
    }


def extend(folder: Path, many: int) -> dict[str, Any]:
    """Add people to ``reference/`` who are not in it."""
    with scratch_database(folder) as con:
        con.execute(
            f"""
            CREATE TABLE people AS
            SELECT * REPLACE ('X' || person_id AS person_id, TRY_CAST(hold AS BOOLEAN) AS hold,
                              CAST(birth_date AS DATE) AS birth_date,
                              CAST(period AS INTEGER) AS period)
            FROM '{folder}/people.parquet' LIMIT {many}
            """
        )
        clock = _Clock()
        load_reference(con, "people", folder / "reference", extend=True)
        return {"rows": many, **clock.read()}


def batch(folder: Path, many: int) -> dict[str, Any]:
    """Verify lawful requests in one batch; judge the result by the truth."""
    with scratch_database(folder) as con:
        _ask(con, folder, many)
        standardise_table(con, "told", "requests")
        ((requests,),) = con.execute("SELECT count(*) FROM requests").fetchall()
        before = peak_memory_mib()
        clock = _Clock()
        verify_batch(con, "requests", folder / "reference", "verified")
        seconds = clock.read()
        con.execute(f"COPY (FROM told JOIN verified USING (row)) TO '{folder}/told.parquet'")
        return {
            "requests": requests,
            **seconds,
            "memory_before_mib": before,
            **_judged(con, folder),
        }


def one(folder: Path, many: int) -> dict[str, Any]:
    """Verify lawful requests one after the other, and hold them against the batch's results."""
    with scratch_database(folder) as con:
        columns = ", ".join((*_NAME, *_ADDRESS, "birth_date", "tin"))
        told = con.execute(
            f"""
            SELECT {columns}, outcome, rule, person_id, weight, margin
            FROM '{folder}/told.parquet' ORDER BY hash(row) LIMIT {many}
            """
        ).fetchall()
    started = time.perf_counter()
    asker = SingleVerifier(folder / "reference")
    opened = time.perf_counter() - started
    whole, verifying, working, different = [], [], [], 0
    for row in told:
        begun = time.perf_counter()
        name, address = standard_name(*row[:4]), standard_address(*row[4:10])
        asked, work = time.perf_counter(), time.thread_time()
        found = asker.verify(name, address, row[10], row[11]).verification
        working.append(time.thread_time() - work)
        done = time.perf_counter()
        whole.append(done - begun)
        verifying.append(done - asked)
        said = (str(found.outcome), found.rule, found.person_id, found.weight, found.margin)
        different += said != row[12:]
    return {
        "requests": len(told),
        "opening_seconds": opened,
        **_percentiles("verify", verifying),
        **_percentiles("work", working),
        **_percentiles("with_standardising", whole),
        "decided_otherwise": different,
    }


def _percentiles(name: str, seconds: list[float]) -> dict[str, float]:
    p50, p99 = np.percentile(np.array(seconds) * 1000, (50, 99))
    return {f"{name}_p50_ms": float(p50), f"{name}_p99_ms": float(p99)}


def _ask(con: duckdb.DuckDBPyConnection, folder: Path, many: int) -> None:
    """Make ``told``: the lawful requests, ``row`` counting from 1."""
    con.execute(
        f"""
        CREATE TABLE told AS
        SELECT row_number() OVER () AS row,
               r.* REPLACE (TRY_CAST(birth_date AS DATE) AS birth_date, {_TIN} AS tin)
        FROM read_csv('{folder}/requests.csv', all_varchar = TRUE) r
        JOIN ({_TRUTH.format(folder)}) t USING (request_id) WHERE t.lawful LIMIT {many}
        """
    )


def _judged(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Any]:
    """Count wrong confirmations and recall, never one without the other."""
    [(could, did, wrong)] = con.execute(
        f"""
        SELECT count(*) FILTER (t.expected_outcome = 'confirmed'),
               count(*) FILTER (t.expected_outcome = 'confirmed' AND v.outcome = 'confirmed'
                                AND v.person_id = t.person_id),
               count(*) FILTER (v.outcome = 'confirmed' AND (t.expected_outcome <> 'confirmed'
                                OR v.person_id <> t.person_id))
        FROM told JOIN ({_TRUTH.format(folder)}) t USING (request_id) JOIN verified v USING (row)
        """
    ).fetchall()
    return {"could_be_confirmed": could, "confirmed_rightly": did, "confirmed_wrongly": wrong}


STEPS: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "load": load,
    "extend": extend,
    "batch": batch,
    "one": one,
}


def main() -> None:
    """Run one step."""
    step, folder, *number = sys.argv[1:]
    if step == "splink":
        from scale_bench.splink_peer import splink as measure  # noqa: PLC0415 - needs the peer
    elif step == "spark":
        from scale_bench.spark_step import spark as measure  # noqa: PLC0415 - needs Spark
    else:
        measure = STEPS[step]
    measured = measure(Path(folder), int(number[0]) if number else 0)
    print(json.dumps({"step": step, **measured, "peak_memory_mib": peak_memory_mib()}))


if __name__ == "__main__":
    main()

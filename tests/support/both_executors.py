"""Both executors of the standard form behind one face: records in, standard records out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

import duckdb
import pyarrow as pa

from ostiary.deciding.standardisation import (
    INPUTS,
    STANDARD_COLUMNS,
    standard_address,
    standard_name,
    standardise_table,
)

Record = Mapping[str, str | None]
Executor = Callable[[Iterable[Record]], list[dict[str, Any]]]


def with_python(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Standardise one record after the other."""
    return [
        asdict(standard_name(*(record.get(name) for name in INPUTS[:4])))
        | asdict(standard_address(*(record.get(name) for name in INPUTS[4:])))
        for record in records
    ]


def with_duckdb(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Standardise all records in one query."""
    rows = list(records)
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in INPUTS}
    with duckdb.connect() as con:
        con.register(
            "written", pa.table({"row": pa.array(range(len(rows)), pa.int64()), **columns})
        )
        con.execute("CREATE TABLE source AS FROM written")
        standardise_table(con, "source", "target")
        found = con.execute(f"SELECT {', '.join(STANDARD_COLUMNS)} FROM target ORDER BY row")
        return [dict(zip(STANDARD_COLUMNS, row, strict=True)) for row in found.fetchall()]


EXECUTORS: dict[str, Executor] = {"python": with_python, "duckdb": with_duckdb}

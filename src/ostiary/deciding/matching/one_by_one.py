"""A very small batch verified one by one: the table that a batch would have, without its walk."""

import duckdb
import pyarrow as pa

from ostiary.deciding.matching.single import SingleVerifier
from ostiary.deciding.standardisation import StandardAddress, StandardName

_NAME = tuple(StandardName.__dataclass_fields__)
_ADDRESS = tuple(StandardAddress.__dataclass_fields__)
_COLUMNS = {
    "row": pa.int64(),
    "outcome": pa.string(),
    "rule": pa.string(),
    "person_id": pa.string(),
    "weight": pa.float64(),
    "margin": pa.float64(),
    "records": pa.list_(pa.int64()),
}


def verify_one_by_one(
    con: duckdb.DuckDBPyConnection, requests: str, asker: SingleVerifier, into: str
) -> None:
    """Make the table that :func:`ostiary.deciding.matching.verify.verify_batch` makes.

    Args:
        con: holds the requests.
        requests: table as for ``verify_batch``.
        asker: the reference, open for single requests.
        into: table to make.
    """
    rows = con.execute(
        f"SELECT row, birth_date, coalesce(tin, ''), {', '.join((*_NAME, *_ADDRESS))}"
        f" FROM {requests} ORDER BY row"
    ).fetchall()
    found: list[tuple[object, ...]] = []
    for number, born, tin, *standard in rows:
        name = StandardName(*standard[: len(_NAME)])
        address = StandardAddress(*standard[len(_NAME) :])
        verified = asker.verify(name, address, born, tin)
        one = verified.verification
        told = (str(one.outcome), one.rule, one.person_id, one.weight, one.margin, verified.records)
        found.append((number, *told))
    _put(con, found, into)


def verify_nobody(con: duckdb.DuckDBPyConnection, into: str) -> None:
    """Make the table of a batch without requests."""
    _put(con, [], into)


def _put(con: duckdb.DuckDBPyConnection, found: list[tuple[object, ...]], into: str) -> None:
    columns = zip(*found, strict=True) if found else ((),) * len(_COLUMNS)
    table = pa.table(
        {
            name: pa.array(values, kind)
            for (name, kind), values in zip(_COLUMNS.items(), columns, strict=True)
        }
    )
    con.register("verified_one_by_one", table)
    con.execute(f"CREATE OR REPLACE TABLE {into} AS FROM verified_one_by_one")
    con.unregister("verified_one_by_one")

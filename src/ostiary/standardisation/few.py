"""The executor for a few rows: record by record; to plan a query would cost more than they do."""

from dataclasses import astuple

import duckdb
import pyarrow as pa

from ostiary.standardisation.columns import INPUTS, STANDARD_COLUMNS, standardise_table
from ostiary.standardisation.records import standard_address, standard_name

_NAME, _ADDRESS = INPUTS[:4], INPUTS[4:]
_KEY = "__few_key"
_FEW = 500  # rows that cost less record by record than the planning of a query


def standardise(con: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Make a table in standard form by whichever executor suits its size; both give the same.

    Args:
        con: the connection that holds the source.
        source: a table with the columns :data:`INPUTS`, and a unique column ``row``.
        target: name of the table to create; there is none of this name.
    """
    found = con.execute(f"SELECT count(*) FROM {source}").fetchone()
    rows = 0 if found is None else found[0]
    (standardise_few if rows <= _FEW else standardise_table)(con, source, target)


def standardise_few(con: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Do what :func:`ostiary.standardisation.standardise_table` does, for a few rows.

    Args:
        con: the connection that holds the source.
        source: a table with the columns :data:`INPUTS`, and a unique column ``row``.
        target: name of the table to create; there is none of this name.
    """
    rows = con.execute(f"SELECT row, {', '.join((*_NAME, *_ADDRESS))} FROM {source}").fetchall()
    names = len(_NAME)
    standard = [
        (
            number,
            *astuple(standard_name(*given[:names])),
            *astuple(standard_address(*given[names:])),
        )
        for number, *given in rows
    ]
    kinds = {_KEY: pa.int64(), "n_name_stated": pa.bool_()}
    table = pa.table(
        {
            name: pa.array([row[place] for row in standard], kinds.get(name, pa.string()))
            for place, name in enumerate((_KEY, *STANDARD_COLUMNS))
        }
    )
    con.register("few_standard", table)
    con.execute(
        f"""
        CREATE TABLE {target} AS
        SELECT s.*, {", ".join(f"f.{name}" for name in STANDARD_COLUMNS)}
        FROM {source} s JOIN few_standard f ON f.{_KEY} = s.row ORDER BY s.row
        """
    )
    con.unregister("few_standard")

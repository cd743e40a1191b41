"""The executor for a few rows: record by record; to plan a query would cost more than they do."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

import duckdb
import pyarrow as pa

from ostiary.deciding.standardisation.columns import INPUTS, STANDARD_COLUMNS, standardise_table
from ostiary.deciding.standardisation.records import (
    StandardAddress,
    StandardName,
    standard_address,
    standard_name,
)

_NAME, _ADDRESS = INPUTS[:4], INPUTS[4:]
_KEY = "__few_key"
# `dataclasses.astuple` copies each value, which takes as long as the form itself
_name_of = attrgetter(*StandardName.__dataclass_fields__)
_address_of = attrgetter(*StandardAddress.__dataclass_fields__)
FEW = 2_000
"""Rows that cost less record by record than the planning of a query."""


def standardise(con: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Make a table in standard form by whichever executor suits its size; both give the same.

    Args:
        con: the connection that holds the source.
        source: a table with the columns :data:`INPUTS`, and a unique column ``row``.
        target: name of the table to create; there is none of this name.
    """
    found = con.execute(f"SELECT count(*) FROM {source}").fetchone()
    rows = 0 if found is None else found[0]
    (standardise_few if rows <= FEW else standardise_table)(con, source, target)


def standard_records(given: Iterable[Sequence[str | None]]) -> list[list[object]]:
    """Give the standard form of records, column by column.

    Args:
        given: the columns :data:`INPUTS` of each record.

    Returns:
        For each of :data:`STANDARD_COLUMNS` its values, in the order of the records.
    """
    names = len(_NAME)
    rows = [
        (*_name_of(standard_name(*one[:names])), *_address_of(standard_address(*one[names:])))
        for one in given
    ]
    return [[row[place] for row in rows] for place in range(len(STANDARD_COLUMNS))]


def standardise_few(con: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Do what :func:`ostiary.deciding.standardisation.standardise_table` does, for a few rows.

    Args:
        con: the connection that holds the source.
        source: a table with the columns :data:`INPUTS`, and a unique column ``row``.
        target: name of the table to create; there is none of this name.
    """
    rows = con.execute(f"SELECT row, {', '.join((*_NAME, *_ADDRESS))} FROM {source}").fetchall()
    standard = standard_records(given for _, *given in rows)
    kinds = {"n_name_stated": pa.bool_()}
    table = pa.table(
        {_KEY: pa.array([number for number, *_ in rows], pa.int64())}
        | {
            name: pa.array(values, kinds.get(name, pa.string()))
            for name, values in zip(STANDARD_COLUMNS, standard, strict=True)
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

"""The executor for millions of rows: one query in DuckDB, on all its threads."""

from functools import cache

import duckdb
import pyarrow as pa

from ostiary.deciding.standardisation.definition import sql_query
from ostiary.deciding.standardisation.folding import NEEDS_FOLDING, fold
from ostiary.deciding.standardisation.lookup_tables import slots_of
from ostiary.deciding.standardisation.names import NAMES
from ostiary.deciding.standardisation.shapes import ADDRESSES
from ostiary.deciding.standardisation.terms import sql_name
from ostiary.domain.errors import InputError

INPUTS = (*NAMES.inputs, *ADDRESSES.inputs)
"""Columns that a source table must have; they may hold NULL."""

STANDARD_COLUMNS = (*NAMES.columns, *ADDRESSES.columns)
"""Columns that a target table gets, all of them VARCHAR but ``n_name_stated`` (BOOLEAN)."""

_BOTH = (NAMES, ADDRESSES)
_SLOTS, _FOLDED = "__ostiary_slots", "__ostiary_folded"


def standardise_table(con: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Create a table of all columns of another one, with the standard columns behind them.

    Names and addresses come out as :func:`ostiary.deciding.standardisation.standard_name` and
    :func:`.standardisation.standard_address` make them, row by row. Rows may come in
    another order.

    Args:
        con: the connection that holds the source.
        source: a table or view with the columns :data:`INPUTS`.
        target: name of the table to create, with :data:`STANDARD_COLUMNS` added.

    Raises:
        InputError: the source lacks a column or has a standard one already, or there is a table of
            the target's name.
    """
    _check(con, source, target)
    try:
        folded = _fold_what_needs_it(con, source)
        con.register(f"{_SLOTS}_row", standard_slots())
        con.execute(f"CREATE OR REPLACE TEMP TABLE {_SLOTS} AS FROM {_SLOTS}_row")
        con.unregister(f"{_SLOTS}_row")
        con.execute(f"CREATE TABLE {_identifier(target)} AS {_query(source, folded)}")
    finally:
        con.execute(f"DROP TABLE IF EXISTS {_SLOTS}")
        con.execute(f"DROP TABLE IF EXISTS {_FOLDED}")


@cache
def standard_slots() -> pa.Table:
    """Lay the tables of both definitions out, once: it takes longer than a thousand rows do."""
    return slots_of(tuple({t.name: t for d in _BOTH for t in d.tables}.values()))


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _check(con: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    shape = con.execute(f"SELECT * FROM {_identifier(source)} LIMIT 0").description
    names = [column[0] for column in shape]
    if missing := sorted(set(INPUTS) - set(names)):
        raise InputError(f"no column {', '.join(missing)}", where=source, cure="Add the columns.")
    if present := sorted(set(STANDARD_COLUMNS) & set(names)):
        message = f"there is a column {', '.join(present)} already"
        raise InputError(message, where=source, cure="Give the table as it was received.")
    known = "SELECT count(*) FROM information_schema.tables WHERE table_name = ?"
    if con.execute(known, [target]).fetchall() != [(0,)]:
        message = "there is a table of this name already"
        raise InputError(message, where=target, cure="Drop it, or choose another name.")


def _fold_what_needs_it(con: duckdb.DuckDBPyConnection, source: str) -> tuple[str, ...]:
    """Make the table of folded values, and say which columns hold any that need it."""
    texts = [f"{_identifier(name)}::VARCHAR" for name in INPUTS]
    values = ", ".join(
        f"{{'field': '{name}', 'written': {text}}}"
        for name, text in zip(INPUTS, texts, strict=True)
    )
    query = (
        f"SELECT DISTINCT field, written FROM (SELECT unnest([{values}], recursive := true) "
        f"FROM {_identifier(source)} WHERE regexp_matches(concat({', '.join(texts)}), "
        f"'{NEEDS_FOLDING}')) WHERE regexp_matches(written, '{NEEDS_FOLDING}')"
    )
    rows = con.execute(query).fetchall()
    table = pa.table(
        {
            "field": pa.array([field for field, _ in rows], pa.string()),
            "written": pa.array([written for _, written in rows], pa.string()),
            "folded": pa.array([fold(written) for _, written in rows], pa.string()),
        }
    )
    con.register(f"{_FOLDED}_rows", table)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {_FOLDED} AS FROM {_FOLDED}_rows")
    con.unregister(f"{_FOLDED}_rows")
    return tuple(name for name in INPUTS if name in {field for field, _ in rows})


def _query(source: str, folded: tuple[str, ...]) -> str:
    """Write the query: source and folded values, then the layers of both definitions."""
    inputs = ", ".join(
        f"coalesce({f'{name}_folded.folded, ' if name in folded else ''}"
        f"source.{_identifier(name)}::VARCHAR, '') AS {sql_name(name)}"
        for name in INPUTS
    )
    joins = "".join(
        f" LEFT JOIN {_FOLDED} AS {name}_folded ON {name}_folded.field = '{name}' "
        f"AND {name}_folded.written = source.{_identifier(name)}::VARCHAR"
        for name in folded
    )
    folded_rows = f"SELECT source.*, {inputs} FROM {_identifier(source)} AS source{joins}"
    beside_slots = f"SELECT * FROM ({folded_rows}), {_SLOTS}"
    query = sql_query(ADDRESSES, sql_query(NAMES, beside_slots))
    passed_on = f"* EXCLUDE ({', '.join((*_in_between(), *STANDARD_COLUMNS))})"
    return f"SELECT {passed_on}, {', '.join(STANDARD_COLUMNS)} FROM ({query})"


def _in_between() -> list[str]:
    steps = [sql_name(step.name) for d in _BOTH for step in d.steps]
    tables = {t.name for d in _BOTH for t in d.tables}
    lists = [f"__t_{name}_{part}" for name in sorted(tables) for part in ("k", "v", "n")]
    passing = [*(sql_name(name) for name in INPUTS), *steps, *lists]
    return [name for name in passing if name.startswith("__")]

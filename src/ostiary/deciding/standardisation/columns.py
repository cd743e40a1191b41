"""The executor for millions of rows: one query in DuckDB, on all its threads."""

from functools import cache
from itertools import product

import duckdb
import pyarrow as pa

from ostiary.deciding.standardisation.definition import Definition, sql_query
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
_MANY = 20_000
"""Rows from which it is worth looking how many names and addresses differ."""
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
        query = _query_by_value(con, source, folded) or _query(source, folded)
        con.execute(f"CREATE TABLE {_identifier(target)} AS {query}")
    finally:
        con.execute(f"DROP TABLE IF EXISTS {_SLOTS}")
        con.execute(f"DROP TABLE IF EXISTS {_FOLDED}")
        for what, definition in product(("different", "standard"), _BOTH):
            con.execute(f"DROP TABLE IF EXISTS {_table_of(what, definition)}")


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
    # an engine may hold the databases of other steps as well
    known = (
        "SELECT count(*) FROM information_schema.tables WHERE table_name = ?"
        " AND table_catalog IN (current_database(), 'temp')"
    )
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
    beside_slots = f"SELECT * FROM ({_folded_rows(source, folded, INPUTS)}), {_SLOTS}"
    query = sql_query(ADDRESSES, sql_query(NAMES, beside_slots))
    passed_on = f"* EXCLUDE ({', '.join((*_in_between(), *STANDARD_COLUMNS))})"
    return f"SELECT {passed_on}, {', '.join(STANDARD_COLUMNS)} FROM ({query})"


def _folded_rows(source: str, folded: tuple[str, ...], names: tuple[str, ...]) -> str:
    """Give the rows of a source with the texts of some of its columns folded."""
    inputs = ", ".join(
        f"coalesce({f'{name}_folded.folded, ' if name in folded else ''}"
        f"source.{_identifier(name)}::VARCHAR, '') AS {sql_name(name)}"
        for name in names
    )
    joins = "".join(
        f" LEFT JOIN {_FOLDED} AS {name}_folded ON {name}_folded.field = '{name}' "
        f"AND {name}_folded.written = source.{_identifier(name)}::VARCHAR"
        for name in names
        if name in folded
    )
    return f"SELECT source.*, {inputs} FROM {_identifier(source)} AS source{joins}"


def _query_by_value(
    con: duckdb.DuckDBPyConnection, source: str, folded: tuple[str, ...]
) -> str | None:
    """Put each different name and address into standard form once; write the query that joins them.

    Returns:
        None where so many differ that the rows themselves are the shorter way.
    """
    (rows,) = con.execute(f"SELECT count(*) FROM {_identifier(source)}").fetchall()[0]
    if rows < _MANY:
        return None
    if sum(_collect_different(con, source, definition) for definition in _BOTH) > rows:
        return None
    joins, columns = "", []
    for definition in _BOTH:
        one = _standard_once(con, definition, folded)
        joins += f" LEFT JOIN {one} ON " + " AND ".join(
            f"{one}.{_identifier(name)} IS NOT DISTINCT FROM source.{_identifier(name)}"
            for name in definition.inputs
        )
        columns += [f"{one}.{column}" for column in definition.columns]
    return f"SELECT source.*, {', '.join(columns)} FROM {_identifier(source)} AS source{joins}"


def _collect_different(con: duckdb.DuckDBPyConnection, source: str, definition: Definition) -> int:
    """Make the table of the different inputs of a definition, and count them."""
    names = ", ".join(map(_identifier, definition.inputs))
    table = _table_of("different", definition)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS"
        f" SELECT DISTINCT {names} FROM {_identifier(source)}"
    )
    (many,) = con.execute(f"SELECT count(*) FROM {table}").fetchall()[0]
    return int(many)


def _standard_once(
    con: duckdb.DuckDBPyConnection, definition: Definition, folded: tuple[str, ...]
) -> str:
    """Put the different inputs of a definition into standard form; give the table of both."""
    beside_slots = _folded_rows(_table_of("different", definition), folded, definition.inputs)
    query = sql_query(definition, f"SELECT * FROM ({beside_slots}), {_SLOTS}")
    columns = ", ".join((*map(_identifier, definition.inputs), *definition.columns))
    table = _table_of("standard", definition)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {columns} FROM ({query})")
    return table


def _table_of(what: str, definition: Definition) -> str:
    return f"__ostiary_{what}_{'names' if definition is NAMES else 'addresses'}"


def _in_between() -> list[str]:
    steps = [sql_name(step.name) for d in _BOTH for step in d.steps]
    tables = {t.name for d in _BOTH for t in d.tables}
    lists = [f"__t_{name}_{part}" for name in sorted(tables) for part in ("k", "v", "n")]
    passing = [*(sql_name(name) for name in INPUTS), *steps, *lists]
    return [name for name in passing if name.startswith("__")]

"""What is on file of a person beyond names and addresses: items of a year, by source.

Few gateways open more than a confirmation, and each lists what. What the reference file has of such
items stands in a file of its own, which is read for those alone whose request was confirmed and
whose gateway opens the item asked for. A reference file that has none makes no such file.

1. A value belongs to a person, a year and a source; without year or source it is refused, for no
   answer could say of when or from whom it is.
2. One person, year, source and item have one value. A load that adds to what is on file puts a new
   value in place of the old one; two values in one file contradict each other and are refused.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.reference.files import read_arrow, write_arrow
from ostiary.domain.basis import ON_FILE
from ostiary.domain.errors import InputError

FILE = "items.arrow"
SCHEMA = pa.schema(
    {
        "person_id": pa.string(),
        "period": pa.int32(),
        "source": pa.string(),
        "item": pa.string(),
        "value": pa.string(),
    }
)
_OF = ("person_id", "period", "source")


def items_in(people: pa.Table) -> list[pa.Table]:
    """Give the items of a table of typed people, each column that has any, in :data:`SCHEMA`.

    Raises:
        InputError: a value has no year or no source.
    """
    found = []
    for item, column in ON_FILE.items():
        if column in people.column_names:
            told = people.filter(pc.is_valid(people[column]))
            if told.num_rows:
                found.append(_told(told, item, column))
    return found


def write_items(
    con: duckdb.DuckDBPyConnection, before: pa.Table, added: Sequence[pa.Table], folder: Path
) -> None:
    """Write what is on file, in order of people; nothing where there is nothing.

    Args:
        con: sorts.
        before: what stays, unless something is put in its place.
        added: what a load says.
        folder: where the file is made.

    Raises:
        InputError: a load says two values of one person, year, source and item.
    """
    now = pa.concat_tables(added) if added else SCHEMA.empty_table()
    con.register("items_before", before)
    con.register("items_now", now)
    _refuse_contradictions(con)
    of = ", ".join((*_OF, "item"))
    table = con.sql(
        f"""
        SELECT DISTINCT * FROM items_now
        UNION ALL SELECT * FROM items_before ANTI JOIN items_now USING ({of})
        ORDER BY {of}
        """
    ).to_arrow_table()
    con.unregister("items_before")
    con.unregister("items_now")
    if table.num_rows:
        write_arrow(folder / FILE, table.cast(SCHEMA))


def read_items(folder: Path) -> pa.Table:
    """Map what is on file into memory; an empty table where there is nothing."""
    path = folder / FILE
    return read_arrow(path) if path.is_file() else SCHEMA.empty_table()


def _told(people: pa.Table, item: str, column: str) -> pa.Table:
    for needed in ("period", "source"):
        if people[needed].null_count:
            raise InputError(
                f"a value stands in a row that has no {needed}",
                where=f"column {column}",
                cure=f"write the {needed} that it belongs to into each such row",
            )
    person, period, source = (people[name].cast(SCHEMA.field(name).type) for name in _OF)
    value = pc.utf8_lower(people[column].cast(pa.string()))
    named = pa.repeat(pa.scalar(item), people.num_rows)
    return pa.Table.from_arrays(
        [person, period, pc.utf8_lower(source), named, value], schema=SCHEMA
    )


def _refuse_contradictions(con: duckdb.DuckDBPyConnection) -> None:
    said = con.execute(
        f"""
        SELECT item, count(*) FROM (
            SELECT item FROM items_now GROUP BY {", ".join((*_OF, "item"))}
            HAVING count(DISTINCT value) > 1
        ) GROUP BY item ORDER BY item LIMIT 1
        """
    ).fetchall()
    if said:
        (item, many), *_ = said
        raise InputError(
            f"rows state different values for one person, year and source, in {many:,} cases",
            where=f"column {ON_FILE[item]}",
            cure="state the value of the year as a whole, the same on each row of it or on one",
        )

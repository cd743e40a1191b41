"""What a load of the reference must not do unsaid: hold nobody, or end people it did not mean to.

1. A row that holds a person and gives no name and address holds whoever has its id. When nobody
   has, the row is refused: the hold would land on nobody, and whom it meant be answered about.
2. A load that replaces the reference, and would end more than a tenth of the people on file, is
   refused until it is said to be meant: it may be one part of several, or a list to extend with.
3. What a load is expected to do is compared with what it would do, and a difference stops it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.intake.reference_chunks import AmissError
from ostiary.deciding.reference.changes import COUNTED, Approve, Changes
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.domain.errors import InputError

_MOST_ENDED = 10  # one in so many
_TELLS = "coalesce(given_name, surname) IS NOT NULL AND address_line IS NOT NULL"


def without_bare_holds(people: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Pass stretches on, as long as each row that holds somebody says who it is.

    Raises:
        AmissError: one does not; the reader that can look through the whole file is to read it.
    """
    for table in people:
        held = table.filter(pc.fill_null(table["hold"], fill_value=False))
        named = pc.or_(pc.is_valid(held["given_name"]), pc.is_valid(held["surname"]))
        if not pc.all(pc.and_(named, pc.is_valid(held["address_line"]))).as_py() and len(held):
            raise AmissError
        yield table


def refuse_lost_holds(
    con: duckdb.DuckDBPyConnection, table: str, path: Path, known: ReferenceReader | None
) -> None:
    """Refuse a file with a hold that would land on nobody.

    Args:
        con: holds the file as a table.
        table: its name; ``rowid + 1`` is the number of a row.
        path: the file, for the message.
        known: the reference that is extended, if one is.

    Raises:
        InputError: there is such a row; the first is named, and how many there are.
    """
    ids = known.ids if known else pa.array([], pa.large_string())
    con.register("known_people", pa.table({"person_id": ids}))
    found = con.execute(
        f"""
        SELECT rowid + 1, count(*) OVER () FROM {table}
        WHERE hold AND NOT ({_TELLS})
          AND person_id NOT IN (SELECT person_id FROM {table} WHERE {_TELLS})
          AND person_id NOT IN (SELECT person_id FROM known_people)
        ORDER BY rowid LIMIT 1
        """
    ).fetchall()
    con.unregister("known_people")
    if found:
        row, many = found[0]
        others = f" ({many - 1:,} more rows do so)" if many > 1 else ""
        raise InputError(
            f"the row holds a person who is not on file, and gives no name and address{others}",
            where=f"{path} row {row} column person_id",
            cure="write the id as the reference file has it, zeros and letters included"
            + ("" if known else ", load with --extend if the person is on file already,")
            + " or give name and address; a hold that lands on nobody holds nobody",
        )


def approving(expected: Mapping[str, int], *, extend: bool, replace: bool) -> Approve:
    """Give what looks at the changes of a load before they are made.

    Args:
        expected: numbers of people by kind of change, see
            :class:`.reference.changes.Changes`; a load that would make others is refused.
        extend: whether the load adds to what is there.
        replace: whether it is meant to replace, whatever ends by it.

    Raises:
        InputError: ``expected`` names a kind of change that is not counted.
    """
    unknown = sorted(set(expected) - set(COUNTED))
    if unknown:
        raise InputError(
            "a load does not count this", where=unknown[0], cure=f"one of {', '.join(COUNTED)}"
        )

    def approve(changes: Changes) -> None:
        counts = changes.counts()
        wrong = [name for name in expected if expected[name] != counts[name]]
        if wrong:
            told = ", ".join(f"{name} {counts[name]:,} not {expected[name]:,}" for name in wrong)
            raise InputError(
                f"the load would do something else than expected: {told}; nothing was loaded",
                cure="look at the file, or expect what it does",
            )
        meant = extend or replace or "ended" in expected
        if not meant and changes.ended * _MOST_ENDED > changes.before:
            raise InputError(
                f"this would end {changes.ended:,} of the {changes.before:,} people on file;"
                " nothing was loaded",
                cure="load with --extend to add to them, or with --replace if they are to go",
            )

    return approve

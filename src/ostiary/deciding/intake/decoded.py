"""What a Parquet file becomes when it is read, counted without making it.

A file of some kilobytes can stand for gigabytes: a text that all rows share is stored once. So
texts are read as dictionaries, and what they would take, a copy a row, is added up as it comes.
Whatever stands inside of a list or a record takes a place of its own besides.

What the footer says of each stretch of a column is asked of DuckDB. Arrow ends the whole process
where that is damaged (an exception leaves a function of C++ that may let none out), and with it a
server that somebody's upload reached.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from ostiary.deciding.intake.files import parquet_parts, sql_path
from ostiary.domain.errors import InputError

_ROWS = 65_536  # at a time, or fewer where rows hold lists
_FEW = 100  # at a time where texts share beginnings (DELTA_BYTE_ARRAY), each then read in full
_READ_AS_DICTIONARIES = frozenset(
    ("PLAIN", "RLE", "BIT_PACKED", "PLAIN_DICTIONARY", "RLE_DICTIONARY")
)
_VALUES = 2_000_000  # of a batch of rows, about
_WORD = 4  # bytes of one value, whatever it is: what an index into a dictionary takes
_INSIDE = 16  # bytes of one value in a list or record, beside its own: what DuckDB takes for it
_OWN_TIMES = 300  # 1.28 million rows that differ in nothing but their ids are 217 times their file
_OWN_LEAST = 64 << 20  # that any file may become, however small it is: 100,000 such rows


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What a footer says of one column in one group of rows."""

    group: int
    group_rows: int
    group_bytes: int
    column: int
    values: int
    physical: str
    encodings: str


def in_proportion(size: int, *, times: int, least: int) -> int:
    """Give the bytes that a file may become, so that what it costs follows what was sent.

    Args:
        size: bytes of the file as it came.
        times: how often its size it may become.
        least: what any file may become.
    """
    return max(least, times * size)


def check_own(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a Parquet file that the office itself hands in when it becomes far more than it is.

    Args:
        con: what reads its footer; no table of it is touched.
        path: the file, or a folder with the parts of one table.

    Raises:
        InputError: it does, or is no Parquet file.
    """
    check_decoded(con, path, most_bytes=most_of_own(parquet_parts(path)))


def most_of_own(parts: Iterable[Path]) -> int:
    """Give the bytes that a file which the office itself hands in may become, by its parts."""
    size = sum(part.stat().st_size for part in parts)
    return in_proportion(size, times=_OWN_TIMES, least=_OWN_LEAST)


def check_decoded(
    con: duckdb.DuckDBPyConnection, path: Path, *, most_bytes: int, longest: int | None = None
) -> int:
    """Count what a Parquet file holds, and refuse it as soon as that is too much.

    Args:
        con: what reads its footer; no table of it is touched.
        path: the file, or a folder with the parts of one table.
        most_bytes: bytes that all its texts may take together.
        longest: characters that one text may have; as many as it likes when None.

    Returns:
        How many rows it has, as its footer says.

    Raises:
        InputError: it holds more, or is no Parquet file.
    """
    rows, left = 0, most_bytes
    for part in parquet_parts(path):
        try:
            chunks = _chunks(con, part)
            footer = parquet.read_metadata(part)
            _check_rows(footer, chunks)
            for taken in _taken(part, footer, chunks, longest):
                left -= taken
                if left < 0:
                    raise _too_large(path, most_bytes)
        except (duckdb.Error, pa.ArrowException, OSError, LookupError, ValueError):  # damage
            raise unreadable_parquet(path) from None
        rows += int(footer.num_rows)
    return rows


def unreadable_parquet(path: Path) -> InputError:
    """Give the error of a Parquet file that is damaged, or none."""
    return InputError(
        "the Parquet file cannot be read",
        where=str(path),
        cure="write the file again; texts must be UTF-8",
    )


def _chunks(con: duckdb.DuckDBPyConnection, part: Path) -> list[_Chunk]:
    """Read from a footer what each column takes in each group of rows.

    Raises:
        duckdb.Error: it is damaged.
    """
    columns = (
        "row_group_id, row_group_num_rows, row_group_bytes, column_id, num_values, type, encodings"
    )
    sql = f"SELECT {columns} FROM parquet_metadata({sql_path(part)})"
    return [_Chunk(*row) for row in con.execute(sql).fetchall()]


def _check_rows(footer: parquet.FileMetaData, chunks: Sequence[_Chunk]) -> None:
    """See that a footer says one thing of its rows: where it says two, readers lose some.

    Raises:
        ValueError: it says two.
    """
    groups = {one.group: one.group_rows for one in chunks}
    once = {
        n for n in range(len(footer.schema)) if not footer.schema.column(n).max_repetition_level
    }
    others = [one for one in chunks if one.column in once and one.values != one.group_rows]
    if others or sum(groups.values()) != footer.num_rows:
        raise ValueError("rows")


def _taken(
    part: Path, footer: parquet.FileMetaData, chunks: Sequence[_Chunk], longest: int | None
) -> Iterator[int]:
    """Give the bytes that a file takes, batch by batch; first what its footer promises beyond."""
    promised, values = _promised(chunks)
    counted = 0
    yield promised
    texts, others = _texts_of(footer, chunks)
    some = max(1, min(_FEW if others else _ROWS, _VALUES * footer.num_rows // max(1, values)))
    with parquet.ParquetFile(part, read_dictionary=texts) as file:
        for batch in file.iter_batches(batch_size=some):
            leaves = chain.from_iterable(_leaves(column) for column in batch.columns)
            counted += sum(_bytes_of(*one, longest) for one in leaves)
            if counted > promised:
                yield counted - promised
                promised = counted


def _texts_of(
    footer: parquet.FileMetaData, chunks: Sequence[_Chunk]
) -> tuple[list[str], list[str]]:
    """Give the columns of text that Arrow reads as dictionaries, and those that it cannot."""
    texts = {one.column for one in chunks if one.physical == "BYTE_ARRAY"}
    otherwise = {
        one.column
        for one in chunks
        if not _READ_AS_DICTIONARIES.issuperset(one.encodings.split(", "))
    }
    named = {column: footer.schema.column(column).path for column in sorted(texts)}
    return (
        [path for column, path in named.items() if column not in otherwise],
        [path for column, path in named.items() if column in otherwise],
    )


def _promised(chunks: Sequence[_Chunk]) -> tuple[int, int]:
    """Give the least that a file takes by its own footer, and how many values it has.

    The least is its bytes, or a word for each value: a list of a million equal values is a few
    bytes in the file, and a million words when read.
    """
    values = sum(one.values for one in chunks)
    groups = {one.group: one.group_bytes for one in chunks}
    return max(sum(groups.values()), _WORD * values), values


def _leaves(column: pa.Array, each: int = 0) -> Iterator[tuple[pa.Array, int]]:
    """Give the plain values of a column, and what each takes beside its own bytes."""
    if pa.types.is_struct(column.type):
        for inner in column.flatten():
            yield from _leaves(inner, _INSIDE)
    elif pa.types.is_map(column.type):
        yield from chain(_leaves(column.keys, _INSIDE), _leaves(column.items, _INSIDE))
    elif pa.types.is_nested(column.type):
        yield from _leaves(column.flatten(), _INSIDE)
    else:
        yield column, each


def _bytes_of(column: pa.Array, each: int, longest: int | None) -> int:
    """Give what a column takes when each row has its own copy.

    Raises:
        InputError: one of its texts is too long.
    """
    places = each * len(column)
    if pa.types.is_dictionary(column.type):
        lengths, of_rows = pc.binary_length(column.dictionary), column.indices
    elif pa.types.is_string(column.type) or pa.types.is_binary(column.type):
        lengths, of_rows = pc.binary_length(column), None
    else:
        return places + int(column.nbytes)
    if longest is not None and (pc.max(lengths).as_py() or 0) > 4 * longest:
        raise InputError(
            f"a value has more than {longest:,} characters; nothing was taken",
            where="the file",
            cure="shorten it",
        )
    all_rows = lengths if of_rows is None else lengths.take(of_rows)
    return places + int(pc.sum(all_rows).as_py() or 0)


def _too_large(path: Path, most_bytes: int) -> InputError:
    return InputError(
        f"the file would be too large unpacked: more than {most_bytes:,} bytes of values,"
        " far beyond its own size",
        where=str(path),
        cure="send it in parts, or as CSV",
    )

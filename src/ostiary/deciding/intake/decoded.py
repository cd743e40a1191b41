"""What a Parquet file becomes when it is read, counted without making it.

A file of some kilobytes can stand for gigabytes: a text that all rows share is stored once. So
texts are read as dictionaries, and what they would take, a copy a row, is added up as it comes.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from ostiary.domain.errors import InputError

_ROWS = 2_000  # at a time
_WORD = 4  # bytes of one value, whatever it is: what an index into a dictionary takes


def check_decoded(path: Path, *, most_bytes: int, longest: int) -> int:
    """Count what a Parquet file holds, and refuse it as soon as that is too much.

    Args:
        path: the file.
        most_bytes: bytes that all its texts may take together.
        longest: characters that one text may have.

    Returns:
        How many rows it has, as its footer says.

    Raises:
        InputError: it holds more, or is no Parquet file.
    """
    try:
        footer = parquet.read_metadata(path)
        if _promised(footer) > most_bytes:
            raise _too_large()
        texts = [column.path for column in footer.schema if column.physical_type == "BYTE_ARRAY"]
        with parquet.ParquetFile(path, read_dictionary=texts) as file:
            left = most_bytes
            for batch in file.iter_batches(batch_size=_ROWS):
                leaves = chain.from_iterable(_leaves(column) for column in batch.columns)
                left -= sum(_bytes_of(one, 4 * longest) for one in leaves)
                if left < 0:
                    raise _too_large()
    except (pa.ArrowException, OSError):
        raise InputError("this is no Parquet file", where="the file") from None
    return int(footer.num_rows)


def _promised(footer: parquet.FileMetaData) -> int:
    """Give the least that a file takes by its own footer: its bytes, or a word for each value.

    A list of a million equal values is a few bytes in the file, and a million words when read.
    """
    groups = [footer.row_group(n) for n in range(footer.num_row_groups)]
    values = sum(one.column(n).num_values for one in groups for n in range(one.num_columns))
    return int(max(sum(one.total_byte_size for one in groups), _WORD * values))


def _leaves(column: pa.Array) -> Iterator[pa.Array]:
    """Give the plain values of a column, those inside lists and records as well."""
    if pa.types.is_struct(column.type):
        for inner in column.flatten():
            yield from _leaves(inner)
    elif pa.types.is_map(column.type):
        yield from chain(_leaves(column.keys), _leaves(column.items))
    elif pa.types.is_nested(column.type):
        yield from _leaves(column.flatten())
    else:
        yield column


def _bytes_of(column: pa.Array, longest: int) -> int:
    """Give what a column takes when each row has its own copy.

    Raises:
        InputError: one of its texts is too long.
    """
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    lengths = pc.binary_length(column.dictionary)
    if (pc.max(lengths).as_py() or 0) > longest:
        raise InputError(
            f"a value has more than {longest // 4:,} characters; nothing was taken",
            where="the file",
            cure="shorten it",
        )
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0)


def _too_large() -> InputError:
    return InputError("the file would be too large unpacked", cure="send it in parts")

"""What a Parquet file becomes when it is read, counted without making it.

A file of some kilobytes can stand for gigabytes: a text that all rows share is stored once. So
texts are read as dictionaries, and what they would take, a copy a row, is added up as it comes.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from ostiary.domain.errors import InputError

_ROWS = 2_000  # at a time


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
        promised = sum(footer.row_group(n).total_byte_size for n in range(footer.num_row_groups))
        if promised > most_bytes:
            raise _too_large()
        texts = [column.name for column in footer.schema if column.physical_type == "BYTE_ARRAY"]
        with parquet.ParquetFile(path, read_dictionary=texts) as file:
            left = most_bytes
            for batch in file.iter_batches(batch_size=_ROWS):
                left -= sum(_bytes_of(column, 4 * longest) for column in batch.columns)
                if left < 0:
                    raise _too_large()
    except (pa.ArrowException, OSError):
        raise InputError("this is no Parquet file", where="the file") from None
    return int(footer.num_rows)


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

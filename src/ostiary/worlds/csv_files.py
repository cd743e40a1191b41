"""CSV files written by DuckDB, a table at a time, with quotes only where they are needed."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa


def write_csv(path: Path, columns: Sequence[str], tables: Iterable[pa.Table]) -> None:
    """Write tables of text columns one after the other into one file with a header.

    Empty text is written as nothing at all, not as a pair of quotes. Each table goes through a file
    of its own beside the one wanted, so that whoever makes the tables is never called from inside
    the database, where an interruption would be lost.

    Args:
        path: the file to write.
        columns: names of the columns, in order.
        tables: tables that have these columns, all text.
    """
    listed = ", ".join(f'nullif("{name}", \'\') AS "{name}"' for name in columns)
    part = path.with_suffix(".part")
    with path.open("wb") as whole, duckdb.connect() as con:
        whole.write((",".join(columns) + "\n").encode())
        for table in tables:
            con.register("rows_to_write", table)
            con.execute(
                f"COPY (SELECT {listed} FROM rows_to_write) TO ? (FORMAT csv, HEADER false)",
                [str(part)],
            )
            with part.open("rb") as written:
                shutil.copyfileobj(written, whole)
            con.unregister("rows_to_write")
    part.unlink(missing_ok=True)

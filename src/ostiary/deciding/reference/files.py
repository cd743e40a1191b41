"""Tables on disk that are mapped into memory, and read where a look falls."""

from pathlib import Path

import pyarrow as pa


def write_arrow(path: Path, table: pa.Table) -> None:
    """Write a table so that it can be mapped into memory."""
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


def read_arrow(path: Path) -> pa.Table:
    """Map such a table into memory."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()

"""The files of an auditor's export: each table as CSV and as Parquet.

In CSV a text that a spreadsheet would take for a formula stands behind an apostrophe, and nothing
is there where there is no value.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from ostiary.domain.errors import InputError
from ostiary.domain.spreadsheets import as_it_was, harmless
from ostiary.verifying.export.tables import schema_of


class TableFiles:
    """Writes tables, a part of the rows at a time. Use it as a context manager.

    Args:
        folder: where; it is there and empty.
        formats: of :data:`ostiary.domain.choices.FORMATS`.
    """

    def __init__(self, folder: Path, formats: Sequence[str]) -> None:
        self.rows: dict[str, int] = {}
        self._folder = folder
        self._formats = formats
        self._open = ExitStack()
        self._writers: dict[str, list[Any]] = {}

    def add(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Write rows to a table, the file of which is made with its first rows."""
        schema = schema_of(table)
        if table not in self._writers:
            self.rows[table] = 0
            self._writers[table] = [self._writer(table, kind, schema) for kind in self._formats]
        self.rows[table] += len(rows)
        content = pa.Table.from_pylist(list(rows), schema=schema)
        for kind, writer in zip(self._formats, self._writers[table], strict=True):
            writer.write_table(_harmless(content) if kind == "csv" else content)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def _writer(self, table: str, kind: str, schema: pa.Schema) -> Any:
        path = self._folder / f"{table}.{kind}"
        if kind == "csv":
            texts = pa.schema([(name, pa.string()) for name in schema.names])
            return self._open.enter_context(pa.csv.CSVWriter(path, texts))
        return self._open.enter_context(pa.parquet.ParquetWriter(path, schema, compression="zstd"))


def read_rows(path: Path, table: str) -> Iterator[dict[str, Any]]:
    """Read a table's rows again, in order, as :func:`ostiary.verifying.export.tables.row_of` made.

    Raises:
        InputError: the file cannot be read, or has other columns.
    """
    schema = schema_of(table)
    try:
        parts = _csv_parts(path, schema) if path.suffix == ".csv" else _parquet_parts(path)
        for part in parts:
            if part.schema.names != schema.names:
                raise InputError(
                    "the columns are not those of this table",
                    where=path.name,
                    cure="let the custodian export again",
                )
            yield from part.to_pylist()
    except (pa.ArrowInvalid, UnicodeDecodeError, OSError):
        raise InputError(
            "this table cannot be read", where=path.name, cure="let the custodian export again"
        ) from None


def _csv_parts(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    texts = {name: pa.string() for name in schema.names}
    convert = pa.csv.ConvertOptions(column_types=texts, strings_can_be_null=False)
    with pa.csv.open_csv(path, convert_options=convert) as reader:
        for part in reader:
            yield _unmarked(part)


def _parquet_parts(path: Path) -> Iterator[pa.RecordBatch]:
    with pa.parquet.ParquetFile(path) as file:
        yield from file.iter_batches()


def _harmless(content: pa.Table) -> pa.Table:
    """Write everything as text, and mark what looks like a formula."""
    columns = [
        pa.array([_marked(cell) for cell in column.to_pylist()], pa.string())
        for column in content.columns
    ]
    return pa.table(columns, names=content.column_names)


def _marked(cell: Any) -> str:
    return harmless("" if cell is None else str(cell))


def _unmarked(part: pa.RecordBatch) -> pa.RecordBatch:
    columns = [
        pa.array([as_it_was(cell) for cell in column.to_pylist()], pa.string())
        for column in part.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=part.schema.names)

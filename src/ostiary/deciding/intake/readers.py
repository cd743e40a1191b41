"""A file becomes a table of text: the fast way when it is in order, else the careful one.

CSV is read by DuckDB, in parallel, and the result is held against the file (`csv_balance`). When it
does not add up, or DuckDB objects, the file is read again record by record (`csv_text`), so that
each damaged row is found and keeps its number. Parquet is DuckDB's alone. JSON Lines are always
read the careful way: DuckDB's reader lets too much through (`json_text`). So are workbooks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb

from ostiary.deciding.intake.batches import (
    FEW,
    FEW_BYTES,
    Shape,
    shape_of,
    table_from_few,
    table_from_rows,
)
from ostiary.deciding.intake.csv_balance import COUNTED, Body, adds_up, body_after, scan
from ostiary.deciding.intake.csv_text import Damage, Fields, Records
from ostiary.deciding.intake.decoded import check_own, unreadable_parquet
from ostiary.deciding.intake.dialect import dialect_of, names_of
from ostiary.deciding.intake.files import (
    Kind,
    check_columns,
    check_known,
    identify,
    parquet_parts,
    sql_path,
    unreadable,
)
from ostiary.deciding.intake.json_stream import Values, is_stream
from ostiary.deciding.intake.json_text import Objects
from ostiary.deciding.intake.tabular import Header, Table, header_of, numbered, rows_of
from ostiary.deciding.intake.typed import DAMAGES
from ostiary.deciding.intake.workbook import sheet_of
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError

_INDEX = re.compile(r"__index_level_\d+__")  # pandas keeps the numbers of its rows so

KEPT = ("_damage", "_damaged_column", "_line", "_loose", *COUNTED)
"""Columns of the cleaned rows that a shape must keep, for the reader itself."""

_NO_DAMAGE = ", ".join(
    f"CAST(NULL AS VARCHAR) AS {name}" for name in ("_damage", "_damaged_column", "_line")
)
_NO_OBJECTS = "no row of this file is a JSON object with an id"
_ONE_OBJECT_A_ROW = (
    "give one object a row, or an array of them, with nothing around it"
    " (pandas: to_json(..., orient='records'))"
)
_SHOWN = 40  # characters of a key
_SEVERAL = DAMAGES["several-objects"]
HEAD_BYTES = 1 << 16
_WHOLE_NUMBERS = {
    f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")
} | {"INTEGER", "UINTEGER"}
_SCALARS = {"VARCHAR", "DATE", "BOOLEAN", '"NULL"', *_WHOLE_NUMBERS}
_WHOLE_DECIMAL = re.compile(r"DECIMAL\([0-9]+,0\)")  # what Spark makes of a NUMBER of Oracle
_ARRAYS = {f"{kind}[]" for kind in ("VARCHAR", *_WHOLE_NUMBERS)}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How a file was read.

    Attributes:
        rows: its data rows, damaged ones included.
        careful: whether it was read record by record.
    """

    rows: int
    careful: bool


@dataclass(frozen=True, slots=True)
class Most:
    """What may be read of a file record by record, which takes time and memory for each.

    Attributes:
        rows: data rows, damaged ones included.
        characters: of all their values together.
    """

    rows: int
    characters: int

    def of(self, rows: Iterable[Fields | Damage]) -> Iterator[Fields | Damage]:
        """Give rows as long as they lie within.

        Raises:
            InputError: there are more.
        """
        left = self.characters
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, Damage):
                left -= sum(len(text) for text in row if text)
            if number > self.rows:
                raise InputError(
                    f"the file has more than {self.rows:,} rows", cure="send it in parts"
                )
            if left < 0:
                raise InputError(
                    f"the file holds more than {self.characters:,} characters",
                    cure="send it in parts",
                )
            yield row


@dataclass(frozen=True, slots=True)
class Loading:
    """A file on its way into a table with one row a data row, in the file's order.

    The number of a row is ``rowid + 1`` of the table.

    Attributes:
        con: where the table is made; in no transaction, for a refusal of the fast way ends one.
        path: CSV, JSON Lines or Parquet.
        columns: the columns of the contract.
        table: name of the table; one that is left over under this name is dropped.
        shape: what to select from the cleaned rows; keeps the columns ``KEPT``.
        fast: whether the fast way may be tried at all.
        most: what may be read record by record; what lies beyond is not read.
    """

    con: duckdb.DuckDBPyConnection
    path: Path
    columns: tuple[Column, ...]
    table: str
    shape: Shape
    fast: bool = True
    most: Most | None = None

    def load(self) -> Loaded:
        """Make the table.

        Raises:
            InputError: the file is refused whole; no table is left.
        """
        kind = identify(self.path)
        self.con.execute("SET preserve_insertion_order = true")  # row numbers rest on it
        self._drop()
        try:
            careful = self._read(kind)
            return Loaded(self._count(), careful)
        except OSError as error:
            self._drop()
            raise unreadable(self.path, error) from None
        except InputError:
            self._drop()
            raise

    def _read(self, kind: Kind) -> bool:
        """Make the table, and tell whether it took the careful way."""
        match kind:
            case Kind.CSV:
                return self._csv()
            case Kind.JSON_LINES:
                return self._json_lines()
            case Kind.PARQUET:
                return self._parquet()
            case Kind.WORKBOOK:
                return self._workbook()

    def _csv(self) -> bool:
        with self.path.open("rb") as file:
            records = records_of(file, self.columns)
            header = header_of(records, self.columns, str(self.path))
            body = body_after(header.kept, self.path, file, records.dialect.separator)
            in_order = header.is_plain and not records.dialect.above
            if self.fast and in_order and self._csv_fast(body):
                return False
            self._make_rows(records, header)
        return True

    def _workbook(self) -> bool:
        sheet = sheet_of(self.path, self.columns)
        self._make_rows(sheet, header_of(sheet, self.columns, str(self.path)))
        return True

    def _make_rows(self, table: Table, header: Header) -> None:
        rows = numbered(rows_of(table, header, str(self.path)), table)
        self._make_from(rows, [*header.kept, "_line"])

    def _csv_fast(self, body: Body) -> bool:
        try:
            if not self._made_of_few(body):
                self._make(f"(SELECT *, {_NO_DAMAGE} FROM {scan(body)})", body.header)
        except duckdb.Error:  # its text quotes the row, so it goes no further
            return False
        if adds_up(self.con, self.table, body):
            return True
        self._drop()
        return False

    def _made_of_few(self, body: Body) -> bool:
        """Make the table of few rows that are clean as they stand; tell whether they are.

        To plan how rows are cleaned takes longer than to look at few of them.
        """
        if self.path.stat().st_size > FEW_BYTES:
            return False
        rows = self.con.execute(f"FROM {scan(body)} LIMIT {FEW + 1}").fetchall()
        return table_from_few(
            self.con, rows, body.header, self.columns, table=self.table, shape=self.shape
        )

    def _json_lines(self) -> bool:
        objects = Objects(self.columns)
        with self.path.open("rb") as file:
            names = [*(column.name for column in self.columns), "_line"]
            if is_stream(file):
                values = Values(file, str(self.path))
                self._make_from(numbered(objects.values(values.texts()), values), names)
            else:
                self._make_from(numbered(objects.rows(file), objects), names)
        if objects.seen:
            self._refuse_nested(objects)
            self._check_keys(list(objects.seen))
        self._refuse_other_layouts()
        return True

    def _refuse_nested(self, objects: Objects) -> None:
        """Refuse objects within the objects: to leave them out would leave out what they say."""
        known = {column.name for column in self.columns}.intersection(objects.seen)
        for key in objects.nested if known else ():  # else a key may be an id, and is not quoted
            raise InputError(
                f"the key `{key[:_SHOWN]}` holds an object of its own",
                where=str(self.path),
                cure="write what it holds beside the other keys, each under its column's name",
            )

    def _refuse_other_layouts(self) -> None:
        """Refuse a file of which no row is an object with an id: it is laid out in another way.

        pandas writes a table by columns (``orient='columns'``) or as bare values likewise.
        """
        first = self.columns[0].name
        laid_out = (
            "coalesce(_damage IN ('not-an-object', 'several-objects')"
            f" OR (_damage = 'wrong-kind' AND _damaged_column = '{first}'), false)"
        )
        (rows, others, several, line) = self.con.execute(
            f"SELECT count(*), count(*) FILTER ({laid_out}),"
            f" count(*) FILTER (coalesce(_damage = 'several-objects', false)),"
            f" min(try_cast(_line AS BIGINT)) FROM {self.table}"
        ).fetchall()[0]
        if several and rows == several:
            raise InputError(_SEVERAL[0], where=f"{self.path} line {line}", cure=_SEVERAL[1])
        if rows and rows == others:
            raise InputError(_NO_OBJECTS, where=str(self.path), cure=_ONE_OBJECT_A_ROW)

    def _check_keys(self, found: list[str]) -> None:
        """Refuse unknown keys; one that no object has is empty everywhere, but for the row's id."""
        if not {column.name for column in self.columns} & set(found):
            raise InputError(
                "no object in the file has any of the expected keys",
                where=str(self.path),
                cure=_ONE_OBJECT_A_ROW,
            )
        if self.columns[0].name in found:
            check_known(found, self.columns, where=str(self.path))
        else:
            check_columns(found, self.columns, where=str(self.path))

    def parquet_texts(self) -> tuple[list[str], str]:
        """Give the columns of the contract that a Parquet file has, and it as SQL, all text.

        Raises:
            InputError: a column is missing, or of a kind that is no text.
            duckdb.Error: it cannot be read.
        """
        files = parquet_parts(self.path)
        self._check_parts(files)
        parts = ", ".join(map(sql_path, files))
        source = f"read_parquet([{parts}], hive_partitioning = false)"
        described = self.con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        written = {name: kind for name, kind, *_ in described if not _INDEX.fullmatch(name)}
        names = names_of(written, self.columns)
        check_columns(names, self.columns, where=str(self.path))
        kinds = dict(zip(names, written.values(), strict=True))
        if names != list(written):
            renamed = (f"{_quoted(a)} AS {_quoted(b)}" for a, b in zip(written, names, strict=True))
            source = f"(SELECT {', '.join(renamed)} FROM {source})"
        found = [column for column in self.columns if column.name in kinds]
        texts = ", ".join(self._as_text(column, kinds[column.name], source) for column in found)
        return [column.name for column in found], f"(SELECT {texts}, {_NO_DAMAGE} FROM {source})"

    def _check_parts(self, files: Sequence[Path]) -> None:
        """Refuse parts of one table of which one has other columns than the first.

        Raises:
            InputError: naming the part and the columns.
        """
        first: set[str] = set()
        for file in files if len(files) > 1 else ():
            sql = f"DESCRIBE SELECT * FROM read_parquet({sql_path(file)}, hive_partitioning=false)"
            names = {name for name, *_ in self.con.execute(sql).fetchall()}
            first = first or names
            if names != first:
                other = ", ".join(f"`{name}`" for name in sorted(names ^ first)[:5])
                raise InputError(
                    f"part {file.name} has other columns than {files[0].name}: {other}",
                    where=str(self.path),
                    cure="write all parts with the same columns, or hand them in one by one",
                )

    def _parquet(self) -> bool:
        check_own(self.con, self.path)
        try:
            found, source = self.parquet_texts()
            self._make(source, found)
        except duckdb.Error:
            raise unreadable_parquet(self.path) from None
        return False

    def _as_text(self, column: Column, kind: str, source: str) -> str:
        name = f'"{column.name}"'
        if kind in _SCALARS or kind.startswith("ENUM(") or _WHOLE_DECIMAL.fullmatch(kind):
            return f"CAST({name} AS VARCHAR) AS {name}"
        if kind == "BLOB" and self._is_text(name, source):
            return f"decode({name}) AS {name}"
        if kind in _ARRAYS and column.kind in {"list", "years"}:
            return f"array_to_string({name}, ';') AS {name}"
        where = f"{self.path} column {column.name}"
        if kind.startswith("TIMESTAMP") and column.kind == "date":
            self._refuse_times(name, source, where)
            return f"CAST(CAST({name} AS DATE) AS VARCHAR) AS {name}"
        if not self._has_values(name, kind, source):
            return f"CAST(NULL AS VARCHAR) AS {name}"
        cure = "write it as a date, or as text YYYY-MM-DD" if column.kind == "date" else ""
        raise InputError(
            f"a column of type {kind[:40]} where {column.kind} is expected",
            where=where,
            cure=cure or "write it as text",
        )

    def _is_text(self, name: str, source: str) -> bool:
        """Tell whether bytes are text that its writer (Impala, older Hive) did not call text."""
        no_text = f"{name} IS NOT NULL AND TRY(decode({name})) IS NULL"
        return not self.con.execute(f"SELECT 1 FROM {source} WHERE {no_text} LIMIT 1").fetchall()

    def _has_values(self, name: str, kind: str, source: str) -> bool:
        """Tell whether a column has any value: data frames give empty ones whatever type."""
        some = f"{name} IS NOT NULL"
        if kind in {"FLOAT", "DOUBLE"}:
            some += f" AND NOT isnan({name})"
        return bool(self.con.execute(f"SELECT 1 FROM {source} WHERE {some} LIMIT 1").fetchall())

    def _refuse_times(self, name: str, source: str, where: str) -> None:
        """Refuse points in time that are not the beginning of a day, in UTC where a zone stands."""
        self.con.execute("SET TimeZone = 'UTC'")
        found = self.con.execute(
            f"SELECT count(*), min(number) FROM"
            f" (SELECT {name} AS moment, row_number() OVER () AS number FROM {source})"
            " WHERE moment <> date_trunc('day', moment)"
        ).fetchall()
        ((many, first),) = found
        if many:
            raise InputError(
                f"{many:,} rows hold a time of the day, the first of them row {first}",
                where=where,
                cure="write it as a date, or as text YYYY-MM-DD",
            )

    def _make(self, source: str, found: Sequence[str]) -> None:
        select = shape_of(source, found, self.columns, self.shape)
        self.con.execute(f"CREATE TABLE {self.table} AS {select}")

    def _make_from(self, rows: Iterable[Fields | Damage], found: Sequence[str]) -> None:
        some = self.most.of(rows) if self.most else rows
        table_from_rows(self.con, some, found, self.columns, table=self.table, shape=self.shape)

    def _drop(self) -> None:
        # a damaged Parquet file may have DuckDB give up its whole database: then nothing is left
        with suppress(duckdb.FatalException):
            self.con.execute(f"DROP TABLE IF EXISTS {self.table}")

    def _count(self) -> int:
        (rows,) = self.con.execute(f"SELECT count(*) FROM {self.table}").fetchall()[0]
        if not rows:
            raise InputError(
                "the file has no rows", where=str(self.path), cure="hand in at least one row"
            )
        return int(rows)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def records_of(file: BinaryIO, columns: Sequence[Column]) -> Records:
    """Begin to read a CSV file that stands at its beginning."""
    dialect = dialect_of(file.read(HEAD_BYTES), columns)
    file.seek(0)
    return Records(file, dialect, columns)

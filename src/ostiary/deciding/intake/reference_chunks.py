"""A large reference file read a stretch at a time, each different value looked at once.

The checks and conversions are those of :mod:`.intake.reference`, over the different values
of a column instead of over its rows; a file of 30 million rows is never a table. This reader takes
only what it need not explain: where anything is amiss, the other one reads the file and says what.
So it is with a text that is far longer than any name or address, and with a file that becomes far
more than it is (:func:`ostiary.deciding.intake.decoded.check_own` refuses it): what lies in memory
is bounded by rows and by bytes.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.intake.decoded import most_of_own
from ostiary.deciding.intake.files import Kind, identify, parquet_parts
from ostiary.deciding.intake.footers import TELLS
from ostiary.deciding.intake.misread import NOBODYS_TINS, sensible
from ostiary.deciding.intake.readers import Loading
from ostiary.deciding.intake.reference import CHECKS, LONGEST_PERSON_ID, reference_value
from ostiary.deciding.intake.typed import LONGEST, cleaned_rows, sensible_rows
from ostiary.domain.columns import REFERENCE, Column
from ostiary.domain.errors import InputError

STRETCH = 1_000_000

_EACH_ROW = frozenset({"person_id", "tin"})  # nearly every row has another one
_ASKED_OF_ALL = frozenset({"too-long", "control-character"})  # codes of checks
_CLEAN = "^[!-~](?:[ -~]*[!-~])?$"
_NAMED = f"(?i)^{'[^a-z0-9]*'.join('personid')}[^a-z0-9]*$"  # as footers.may_name_the_column
_BATCH = 65_536
_SLICE = 16_384  # rows that the file is decoded by, before anybody knows how large they are
_LONG = 1_000  # bytes of a text: what is longer is not read here
_DIGITS = 9
_NOBODYS = pa.array(NOBODYS_TINS)


class AmissError(Exception):
    """Something in the file is not as it should be; the other reader says what."""


def can_stretch(path: Path) -> bool:
    """Tell whether a file is of the kind that this reader takes.

    Raises:
        InputError: it is of no known kind, or cannot be opened.
    """
    return identify(path) is Kind.PARQUET


def stretches(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[pa.Table]:
    """Read a Parquet file.

    Args:
        con: where values are checked; no table of it is touched.
        path: the file.

    Yields:
        The columns of :data:`ostiary.domain.columns.REFERENCE`, typed as
        :func:`.intake.reference.read_reference` types them; texts as Arrow dictionaries.

    Raises:
        AmissError: the file or a row in it cannot be taken.
    """
    rows = 0
    with con.cursor() as reading, con.cursor() as checking:
        try:
            found, source = Loading(reading, path, REFERENCE, "unused", str).parquet_texts()
            most = most_of_own(parquet_parts(path))
            for raw in _raw(reading, found, source, most):
                rows += len(raw)
                yield _typed(checking, raw)
        except (duckdb.Error, pa.ArrowInvalid, InputError):
            raise AmissError from None
    if not rows:
        raise AmissError


def _raw(
    con: duckdb.DuckDBPyConnection, found: list[str], source: str, most: int
) -> Iterator[pa.Table]:
    """Give the texts of a file, a stretch at a time.

    Raises:
        AmissError: all together take more than ``most`` bytes.
        duckdb.Error: one of them is long.
    """
    gathered: list[pa.RecordBatch] = []
    rows, left = 0, most
    for batch in con.sql(_short_texts(found, source)).to_arrow_reader(min(_SLICE, STRETCH)):
        left -= batch.nbytes
        if left < 0:
            raise AmissError
        gathered.append(batch)
        rows += len(batch)
        if rows >= STRETCH:
            yield pa.Table.from_batches(gathered)
            gathered, rows = [], 0
    if gathered:
        yield pa.Table.from_batches(gathered)


def _short_texts(found: list[str], source: str) -> str:
    """Give the query for columns that fails at a long text, before a row has its copy of it."""
    quoted = [f'"{name}"' for name in found]
    columns = ", ".join(
        f"CASE WHEN strlen({name}) > {_LONG} THEN error('long') ELSE {name} END AS {name}"
        for name in quoted
    )
    return f"SELECT {columns} FROM {source}"


def _typed(con: duckdb.DuckDBPyConnection, raw: pa.Table) -> pa.Table:
    columns = {}
    for column in REFERENCE:
        if column.name in raw.column_names:
            texts = raw[column.name].combine_chunks()
        else:
            texts = pa.nulls(len(raw), pa.string())
        if column.name in _EACH_ROW:
            plain = _is_plain(column, texts)
            columns[column.name] = texts if plain else _values(con, column, texts)
            continue
        whole = texts.dictionary_encode(null_encoding="encode")
        values = whole.dictionary
        if not _is_fine(column, values):
            values = _values(con, column, values)
        if pa.types.is_string(values.type):
            columns[column.name] = pa.DictionaryArray.from_arrays(whole.indices, values)
        else:
            columns[column.name] = values.take(whole.indices)
    _refuse_silent_rows(columns)
    return pa.table(columns)


def _refuse_silent_rows(columns: dict[str, pa.Array]) -> None:
    """Leave to the other reader what has a row with an id alone, or named as its column is.

    It may be a total or a header.

    Raises:
        AmissError: there is one.
    """
    named = pc.match_substring_regex(columns["person_id"], _NAMED)
    if pc.any(named).as_py():
        raise AmissError
    silent = pc.invert(columns["hold"])
    for name in TELLS:
        if name != "hold":
            silent = pc.and_(silent, _is_missing(columns[name]))
    if pc.any(silent).as_py():
        raise AmissError


def _is_missing(values: pa.Array) -> pa.Array:
    if isinstance(values, pa.DictionaryArray):  # what is missing is a value of it
        return pc.is_null(values.dictionary).take(values.indices)
    return pc.is_null(values)


def _is_plain(column: Column, texts: pa.Array) -> bool:
    """Tell whether values are surely what they would be read as: nothing but letters and digits."""
    if column.kind == "digits":
        fine = pc.and_(pc.ascii_is_decimal(texts), pc.equal(pc.binary_length(texts), _DIGITS))
        fine = pc.and_(fine, pc.invert(pc.is_in(texts, value_set=_NOBODYS)))
    else:
        length = pc.binary_length(texts)
        fine = pc.and_(pc.string_is_ascii(texts), pc.less_equal(length, LONGEST_PERSON_ID))
        fine = pc.and_(fine, pc.utf8_is_alnum(texts))
        fine = pc.fill_null(fine, fill_value=False)  # an id must be there
    return pc.all(fine).as_py() is not False


def _is_fine(column: Column, values: pa.Array) -> bool:
    """Tell whether different values of a column are surely what they would be read as.

    They are when nothing but cleaning is done to the column and there is nothing to clean, and when
    there are none: no check objects to a value that is not there, but for a person's id.
    """
    as_written = f'"{column.name}"'
    if not as_written == sensible(column) == reference_value(column):
        return False
    asked = {check.code for check in CHECKS if check.column == column.name}
    return values.null_count == len(values) or (asked <= _ASKED_OF_ALL and _is_clean(values))


def _is_clean(texts: pa.Array) -> bool:
    """Tell whether texts are printable ASCII of a fair length, without blanks at their ends."""
    clean = pc.and_(
        pc.match_substring_regex(texts, _CLEAN), pc.less_equal(pc.binary_length(texts), LONGEST)
    )
    return pc.all(clean).as_py() is not False


def _values(con: duckdb.DuckDBPyConnection, column: Column, texts: pa.Array) -> pa.Array:
    """Clean, check and convert values of a column.

    Raises:
        AmissError: a check objects.
    """
    fails = " OR ".join(check.fails for check in CHECKS if check.column == column.name)
    raw = pa.table({column.name: texts, "_number": np.arange(len(texts))})
    con.register("_raw", pa.Table.from_batches(raw.to_batches(_BATCH), raw.schema))
    blank = "CAST(NULL AS VARCHAR)"
    more = f"{blank} AS _damaged_column, {blank} AS _line"
    source = f"(SELECT *, _number AS _damage, {more} FROM _raw)"
    made = con.sql(
        f"SELECT {reference_value(column)} AS value, {fails} AS amiss, _damage AS number"
        f" FROM ({sensible_rows([column], f'({cleaned_rows([column], source)})')})"
    ).to_arrow_table()
    con.unregister("_raw")
    if pc.any(made["amiss"]).as_py():
        raise AmissError
    number = made["number"].to_numpy()
    if not np.array_equal(number, np.arange(len(number))):
        made = made.take(pa.array(np.argsort(number)))
    return made["value"].combine_chunks()

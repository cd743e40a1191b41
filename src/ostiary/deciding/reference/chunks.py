"""From typed people to numbered rows, a stretch of the file at a time.

Memory holds one stretch and the vocabularies; the rows of all stretches go to a scratch file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.reference.items import items_in
from ostiary.deciding.reference.layout import EPOCH, RECORD, SOURCES, TEXTS, UNBORN, Rows
from ostiary.deciding.reference.parallel import in_order
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.deciding.reference.vocabularies import Growing, growing
from ostiary.deciding.standardisation import INPUTS
from ostiary.deciding.standardisation.by_value import Coded, by_value, coded
from ostiary.domain.basis import ON_FILE

STRETCH = 1_000_000

TYPED = ("person_id", *INPUTS, "birth_date", "tin", "period", "source", "hold")
"""Columns of people that are read: ids and texts, DATE, nine digits as text, INTEGER, BOOLEAN."""

FURTHER = tuple(ON_FILE.values())
"""Columns that people may have beside these: items of the year, as text."""

People = Iterable[pa.Table]
"""People, a stretch after the other, with the columns :data:`TYPED`, and of :data:`FURTHER` those
that there are; texts may be dictionaries."""


@dataclass(slots=True)
class Written:
    """Rows on their way: a scratch file of them, and the ids of their people.

    Attributes:
        path: scratch file of rows; ``person`` counts runs of rows with the same id.
        ids: the id of each run.
        sources: the number of each row's source, stretch by stretch.
        items: what the rows say beyond names and addresses, see :mod:`.reference.items`.
        words: what the texts are numbered by.
        rows: how many rows there are.
    """

    path: Path
    ids: list[pa.Array] = field(default_factory=list)
    sources: list[npt.NDArray[np.uint8]] = field(default_factory=list)
    items: list[pa.Table] = field(default_factory=list)
    words: dict[str, Growing] = field(default_factory=growing)
    rows: int = 0
    runs: int = 0

    def add(
        self,
        file: BinaryIO,
        rows: Rows,
        sources: npt.NDArray[np.uint8],
        new: npt.NDArray[np.bool_],
        ids: pa.Array,
    ) -> None:
        """Write rows.

        Args:
            file: the scratch file.
            rows: with numbers of these vocabularies; ``person`` is filled in here.
            sources: the number of each row's source.
            new: whether a row has another id than the row before it; true for the first.
            ids: the id of each row that is new.
        """
        rows["person"] = self.runs + np.cumsum(new) - 1
        self.sources.append(sources)
        self.ids.append(ids.cast(pa.large_string()))
        self.rows += len(rows)
        self.runs += len(ids)
        rows.tofile(file)


def write_filed(opened: ReferenceReader, written: Written) -> None:
    """Add the records of a reference as rows: one for each span of a record.

    Args:
        opened: the reference.
        written: what the rows are added to.
    """
    numbers = {
        name: written.words[name].take(texts.to_pylist()) for name, texts in opened.words.items()
    }
    with written.path.open("ab") as file:
        for start in range(0, len(opened.records), STRETCH):
            end = min(start + STRETCH, len(opened.records))
            at, spans = opened.spans_of(np.arange(start, end))
            rows = opened.records[start:end][at]
            rows["first_period"], rows["last_period"] = spans[:, 0], spans[:, 1]
            person = rows["person"]
            new = np.ones(len(rows), np.bool_)
            new[1:] = person[1:] != person[:-1]
            for name in TEXTS:
                rows[name] = numbers[name][rows[name]]
            written.add(file, rows, spans[:, 2].copy(), new, opened.ids.take(pa.array(person[new])))


def write_people(con: duckdb.DuckDBPyConnection, people: People, written: Written) -> None:
    """Standardise typed people and add their rows.

    Args:
        con: where texts are put into standard form.
        people: see :data:`People`.
        written: what the rows are added to.
    """
    standardise = by_value(con)
    with written.path.open("ab") as file:

        def work(table: pa.Table) -> tuple[dict[str, pa.Array], dict[str, Coded]]:
            written.items.extend(items_in(table))
            columns = {name: _one(table, name) for name in TYPED}
            return columns, standardise({name: coded(columns[name]) for name in INPUTS})

        for columns, standard in in_order(work, people):
            rows = np.zeros(len(columns["tin"]), RECORD)
            for name in TEXTS:
                rows[name] = _numbers(written.words[name], standard[name])
            stated = standard["n_name_stated"]
            rows["n_name_stated"] = stated.values.to_numpy(zero_copy_only=False)[stated.codes]
            _number(columns, rows)
            ids = columns["person_id"]
            new = np.ones(len(ids), np.bool_)
            new[1:] = pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
            written.add(file, rows, _sources(columns["source"]), new, ids.filter(pa.array(new)))


def people_of(con: duckdb.DuckDBPyConnection, table: str) -> Iterator[pa.Table]:
    """Read a typed table of people in its own order, a stretch at a time."""
    gathered: list[pa.RecordBatch] = []
    with con.cursor() as reading:
        there = set(reading.sql(f"SELECT * FROM {table} LIMIT 0").columns)
        columns = (*TYPED, *(name for name in FURTHER if name in there))
        found = reading.sql(f"SELECT {', '.join(columns)} FROM {table}")
        for batch in found.to_arrow_reader(STRETCH):
            gathered.append(batch)
            if sum(map(len, gathered)) >= STRETCH:
                yield pa.Table.from_batches(gathered)
                gathered = []
    if gathered:
        yield pa.Table.from_batches(gathered)


def _number(columns: dict[str, pa.Array], rows: Rows) -> None:
    """Write what is no text."""
    rows["hold"] = pc.fill_null(columns["hold"], fill_value=False).to_numpy(zero_copy_only=False)
    period = columns["period"].cast(pa.int32()).fill_null(EPOCH).to_numpy() - EPOCH
    rows["first_period"] = rows["last_period"] = period
    rows["born"] = columns["birth_date"].cast(pa.int32()).fill_null(UNBORN).to_numpy()
    tin = columns["tin"]
    number = pc.if_else(pc.equal(tin, ""), None, tin).cast(pa.int64())
    rows["tin"] = number.fill_null(-1).to_numpy() + 1


def _sources(told: pa.Array) -> npt.NDArray[np.uint8]:
    """Number the sources of rows; 0 where a row says none."""
    if not pa.types.is_dictionary(told.type):
        told = told.dictionary_encode()
    known = pc.index_in(pc.utf8_lower(told.dictionary), value_set=pa.array(SOURCES))
    of_value = pc.fill_null(known, 0).to_numpy(zero_copy_only=False).astype(np.uint8)
    told_at = pc.fill_null(told.indices, len(of_value)).to_numpy(zero_copy_only=False)
    numbers: npt.NDArray[np.uint8] = np.append(of_value, np.uint8(0))[told_at]
    return numbers


def _one(table: pa.Table, name: str) -> pa.Array:
    whole = table[name].combine_chunks()
    return whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole


def _numbers(words: Growing, column: Coded) -> npt.NDArray[np.uint32]:
    """Number a column by a vocabulary."""
    return words.take(column.values.to_pylist())[column.codes]

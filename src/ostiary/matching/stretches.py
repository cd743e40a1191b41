"""From typed people to numbered rows, a stretch of the file at a time.

Memory holds one stretch and the vocabularies; the rows of all stretches go to a scratch file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.matching.layout import EPOCH, RECORD, TEXTS, UNBORN, Rows
from ostiary.matching.opened import Opened
from ostiary.matching.vocabulary import Growing, growing
from ostiary.standardisation import INPUTS
from ostiary.standardisation.by_value import Coded, by_value, coded

STRETCH = 1_000_000

_TYPED = f"""
    person_id, {", ".join(INPUTS)}, coalesce(hold, FALSE) AS hold,
    coalesce(CAST(period AS INTEGER) - {EPOCH}, 0) AS period,
    coalesce(CAST(birth_date - DATE '1970-01-01' AS INTEGER), {UNBORN}) AS born,
    CASE WHEN tin <> '' THEN CAST(tin AS UBIGINT) + 1 ELSE 0 END AS tin
"""


@dataclass(slots=True)
class Written:
    """Rows on their way: a scratch file of them, and the ids of their people.

    Attributes:
        path: scratch file of rows; ``person`` counts runs of rows with the same id.
        ids: the id of each run.
        words: what the texts are numbered by.
        rows: how many rows there are.
    """

    path: Path
    ids: list[pa.Array] = field(default_factory=list)
    words: dict[str, Growing] = field(default_factory=growing)
    rows: int = 0
    runs: int = 0

    def add(self, file: BinaryIO, rows: Rows, new: npt.NDArray[np.bool_], ids: pa.Array) -> None:
        """Write rows.

        Args:
            file: the scratch file.
            rows: with numbers of these vocabularies; ``person`` is filled in here.
            new: whether a row has another id than the row before it; true for the first.
            ids: the id of each row that is new.
        """
        rows["person"] = self.runs + np.cumsum(new) - 1
        self.ids.append(ids.cast(pa.large_string()))
        self.rows += len(rows)
        self.runs += len(ids)
        rows.tofile(file)


def write_filed(opened: Opened, written: Written) -> None:
    """Add the records of a reference as rows.

    Args:
        opened: the reference.
        written: what the rows are added to.
    """
    numbers = {
        name: written.words[name].take(texts.to_pylist()) for name, texts in opened.words.items()
    }
    with written.path.open("ab") as file:
        for start in range(0, len(opened.records), STRETCH):
            rows = np.array(opened.records[start : start + STRETCH])
            person = rows["person"]
            new = np.ones(len(rows), np.bool_)
            new[1:] = person[1:] != person[:-1]
            for name in TEXTS:
                rows[name] = numbers[name][rows[name]]
            written.add(file, rows, new, opened.ids.take(pa.array(person[new])))


def write_people(con: duckdb.DuckDBPyConnection, people: str, written: Written) -> None:
    """Standardise a typed table of people and add its rows.

    Args:
        con: holds the table.
        people: the table, as for :func:`ostiary.matching.reference.load_reference`.
        written: what the rows are added to.
    """
    with written.path.open("ab") as file, con.cursor() as reading, by_value(con) as standardise:
        for table in _stretches(reading, people):
            standard = standardise({name: coded(_one(table, name)) for name in INPUTS})
            rows = np.zeros(len(table), RECORD)
            for name in TEXTS:
                rows[name] = _numbers(written.words[name], standard[name])
            stated = standard["n_name_stated"]
            rows["n_name_stated"] = stated.values.to_numpy(zero_copy_only=False)[stated.codes]
            rows["hold"] = _one(table, "hold").to_numpy(zero_copy_only=False)
            rows["first_period"] = rows["last_period"] = _one(table, "period").to_numpy()
            for name in ("born", "tin"):
                rows[name] = _one(table, name).to_numpy()
            ids = _one(table, "person_id")
            new = np.ones(len(ids), np.bool_)
            new[1:] = pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
            written.add(file, rows, new, ids.filter(pa.array(new)))


def _stretches(con: duckdb.DuckDBPyConnection, people: str) -> Iterator[pa.Table]:
    """Read the table in its own order, a stretch at a time."""
    gathered: list[pa.RecordBatch] = []
    for batch in con.sql(f"SELECT {_TYPED} FROM {people}").to_arrow_reader(STRETCH):
        gathered.append(batch)
        if sum(map(len, gathered)) >= STRETCH:
            yield pa.Table.from_batches(gathered)
            gathered = []
    if gathered:
        yield pa.Table.from_batches(gathered)


def _one(table: pa.Table, name: str) -> pa.Array:
    return table[name].combine_chunks()


def _numbers(words: Growing, column: Coded) -> npt.NDArray[np.uint32]:
    """Number a column by a vocabulary."""
    return words.take(column.values.to_pylist())[column.codes]

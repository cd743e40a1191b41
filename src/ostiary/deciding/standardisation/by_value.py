"""The executor for tens of millions of rows: each *different* value is put into standard form once.

A file of 30 million rows holds a few thousand given names and cities, some hundred thousand
surnames and, in each stretch of it, a quarter as many address lines as rows. So the steps of a
definition are put together by what they rest on (a *stage*), inputs or steps with few values, and
each stage runs once for every different combination of the values it reads. It is the same SQL as
in :mod:`.standardisation.columns`, over fewer rows; the rows themselves are only numbers.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.standardisation.columns import INPUTS, STANDARD_COLUMNS, standard_slots
from ostiary.deciding.standardisation.definition import Definition, Step, sql_query
from ostiary.deciding.standardisation.folding import NEEDS_FOLDING, fold
from ostiary.deciding.standardisation.names import NAMES
from ostiary.deciding.standardisation.row_executor import FEW, standard_records
from ostiary.deciding.standardisation.shapes import ADDRESSES
from ostiary.deciding.standardisation.terms import sql_name

Codes = npt.NDArray[np.int64]

_BOTH = (NAMES, ADDRESSES)
_SLOTS = "__by_value_slots"
_PACKED = 1 << 62
_WORTHWHILE = 32  # combinations for each row: beyond, hardly two rows would have the same one
_CHEAP = 3  # columns that are searched for combinations however many there might be
_RUNS = 0.8  # of the rows: when fewer of them begin a run, no better is sought
_FEW = 2  # this many columns of a stage are told apart by their values, more by the stage's rows
_BATCH = 16_384  # rows of an Arrow batch: what one thread of DuckDB takes at a time


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as numbers: ``values[codes[row]]`` is what stands in a row.

    Attributes:
        codes: for each row, a place in ``values``.
        values: Arrow array.
    """

    codes: Codes
    values: pa.Array

    def at(self, rows: Codes) -> pa.Array:
        """Give the values of some rows."""
        return self.values.take(pa.array(self.codes[rows]))


NUMBERED_ANEW = frozenset({"line_rewritten_0", "line_classes", "unit_said"})
"""Steps that have few different values where their inputs have many: nine lines in ten need no
rewriting, and all lines have some thousand shapes. What rests on such a step rests on its values
alone, as if it were an input."""

Standardise = Callable[[Mapping[str, Coded]], dict[str, Coded]]


def coded(column: pa.Array) -> Coded:
    """Number the values of a column of text (it may be a dictionary); NULL is the empty text."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode(null_encoding="encode")
    return _again(_codes(column.indices), column.dictionary.fill_null(""))


def by_value(con: duckdb.DuckDBPyConnection) -> Standardise:
    """Give the executor, ready for one stretch of a file after the other, in several threads.

    It takes the columns :data:`.standardisation.INPUTS` as texts, all equally long, and
    gives the columns :data:`ostiary.deciding.standardisation.STANDARD_COLUMNS` for the same rows.

    Args:
        con: where the steps are computed; no table of it is touched.
    """

    def standardise(columns: Mapping[str, Coded]) -> dict[str, Coded]:
        if len(columns[INPUTS[0]].codes) <= FEW:
            return _record_by_record(columns)
        with con.cursor() as worker:
            worker.register("slots", standard_slots())
            worker.execute(f"CREATE OR REPLACE TEMP TABLE {_SLOTS} AS FROM slots")
            worker.unregister("slots")
            return _standard(worker, columns)

    return standardise


def _record_by_record(columns: Mapping[str, Coded]) -> dict[str, Coded]:
    given = [
        columns[name].values.take(pa.array(columns[name].codes)).to_pylist() for name in INPUTS
    ]
    found = standard_records(zip(*given, strict=True))
    every = np.arange(len(given[0]))
    kinds = {"n_name_stated": pa.bool_()}
    return {
        name: _again(every, pa.array(values, kinds.get(name, pa.string())))
        for name, values in zip(STANDARD_COLUMNS, found, strict=True)
    }


def _standard(con: duckdb.DuckDBPyConnection, columns: Mapping[str, Coded]) -> dict[str, Coded]:
    standard: dict[str, Coded] = {}
    for definition in _BOTH:
        given = {name: _folded(columns[name]) for name in definition.inputs}
        rows, of_row = _runs_or_different([one.codes for one in given.values()])
        stages = _Stages(con, definition, {k: _kept(v, rows) for k, v in given.items()})
        for name, column in stages.run().items():
            standard[name] = replace(column, codes=column.codes[of_row])
    return standard


def _runs_or_different(codes: Sequence[Codes]) -> tuple[Codes, Codes]:
    """Find the different rows; runs of equal ones are enough where they are many.

    The rows of a person stand together in most files, and have the same name.
    """
    new = np.ones(len(codes[0]), np.bool_)
    new[1:] = False
    for column in codes:
        new[1:] |= column[1:] != column[:-1]
    rows = np.flatnonzero(new)
    if len(rows) < _RUNS * len(new):
        return rows, np.cumsum(new) - 1
    return different(codes)


def different(codes: Sequence[Codes]) -> tuple[Codes, Codes]:
    """Find the different rows of some columns of numbers (none negative, all equally long).

    Returns:
        One row for each different combination, and for each row the place of its combination.
    """
    key, size = np.zeros(len(codes[0]), np.int64), 1
    for column in codes:
        width = int(column.max(initial=0)) + 1
        if size * width >= _PACKED:
            key = _ranked(key)
            size = int(key.max(initial=0)) + 1
        key, size = key * width + column, size * width
    of_row = _ranked(key)
    rows = np.zeros(int(of_row.max(initial=-1)) + 1, np.int64)
    rows[of_row] = np.arange(len(of_row))
    return rows, of_row


def _ranked(key: Codes) -> Codes:
    return _codes(pa.array(key).dictionary_encode().indices)


def _folded(column: Coded) -> Coded:
    odd = pc.match_substring_regex(column.values, NEEDS_FOLDING)
    if not pc.any(odd).as_py():
        return column
    folded = pa.array([fold(text.as_py()) for text in column.values.filter(odd)], pa.string())
    return _again(column.codes, pc.replace_with_mask(column.values, odd, folded))


def _again(codes: Codes, values: pa.Array) -> Coded:
    """Number values anew, of which several may be equal."""
    whole = values.dictionary_encode()
    if len(whole.dictionary) == len(values):
        return Coded(codes, values)
    return Coded(_codes(whole.indices)[codes], whole.dictionary)


def _codes(numbers: pa.Array) -> Codes:
    codes: Codes = numbers.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def _kept(column: Coded, rows: Codes) -> Coded:
    return replace(column, codes=column.codes[rows])


@dataclass(slots=True)
class _Stages:
    """A definition at work: the columns computed so far, and the stage each one comes from."""

    con: duckdb.DuckDBPyConnection
    definition: Definition
    columns: dict[str, Coded]
    stage_of: dict[str, int] = field(default_factory=dict)
    rows_of: dict[int, Codes] = field(default_factory=dict)

    def run(self) -> dict[str, Coded]:
        stages = stages_of(self.definition)
        wanted = [set(self.definition.columns)]
        for stage in reversed(stages):
            wanted.append(wanted[-1] | {name for step in stage for name in step.phrase.uses})
        for number, stage in enumerate(stages):
            later = wanted[len(stages) - 1 - number]
            self._run(number, stage, [step for step in stage if step.name in later])
        return {name: self._told_apart(name) for name in self.definition.columns}

    def _run(self, number: int, stage: list[Step], kept: list[Step]) -> None:
        reads = sorted(_read_by(stage))
        rows, of_row = self._combinations(self._told_apart_by(reads))
        source = pa.table({sql_name(name): self.columns[name].at(rows) for name in reads})
        found = self._query(source, stage, kept)
        self.rows_of[number] = of_row
        for step in kept:
            self.stage_of[step.name] = number
            self.columns[step.name] = Coded(of_row, found[sql_name(step.name)].combine_chunks())

    def _combinations(self, keys: list[Codes]) -> tuple[Codes, Codes]:
        """Find the different rows, where it is worth the search."""
        every = np.arange(len(keys[0]))
        possible = math.prod(float(key.max(initial=0)) + 1 for key in keys)
        in_vain = len(keys) > _CHEAP and possible > _WORTHWHILE * max(1, len(every))
        return (every, every) if in_vain else different(keys)

    def _told_apart_by(self, reads: list[str]) -> list[Codes]:
        """Choose what tells rows apart: a column each, or the rows of the stage they come from."""
        anew = [name for name in reads if name in NUMBERED_ANEW]
        keys = [self._told_apart(name).codes for name in anew]
        others = [name for name in reads if name not in NUMBERED_ANEW]
        by_stage = sorted(others, key=lambda name: self.stage_of.get(name, -1))
        for number, names in groupby(by_stage, key=lambda name: self.stage_of.get(name, -1)):
            several = list(names)
            if number < 0 or len(several) <= _FEW:
                keys += [self._told_apart(name).codes for name in several]
            else:
                keys.append(self.rows_of[number])
        return keys or [np.zeros(len(next(iter(self.columns.values())).codes), np.int64)]

    def _told_apart(self, name: str) -> Coded:
        """Give a column with each value numbered once."""
        column = self.columns[name]
        if name in self.stage_of and not pa.types.is_nested(column.values.type):
            column = self.columns[name] = _again(column.codes, column.values)
        return column

    def _query(self, source: pa.Table, stage: list[Step], kept: list[Step]) -> pa.Table:
        within = replace(
            self.definition,
            inputs=tuple({name for step in stage for name in step.phrase.uses}),
            steps=tuple(stage),
        )
        # The row's number comes along: threads may hand rows back in another order.
        numbered = source.append_column("__row", pa.array(np.arange(len(source))))
        batches = pa.Table.from_batches(
            numbered.combine_chunks().to_batches(max_chunksize=_BATCH), numbered.schema
        )
        self.con.register("__by_value", batches)
        columns = ", ".join(sql_name(step.name) for step in kept)
        query = sql_query(within, f"SELECT * FROM __by_value, {_SLOTS}")
        found = self.con.sql(f"SELECT __row, {columns} FROM ({query})").to_arrow_table()
        self.con.unregister("__by_value")
        places = found["__row"].to_numpy()
        if np.array_equal(places, np.arange(len(places))):
            return found
        return found.take(pa.array(np.argsort(places)))


def stages_of(definition: Definition) -> list[list[Step]]:
    """Put the steps together by what they rest on: inputs, and the steps :data:`NUMBERED_ANEW`.

    Returns:
        The stages, each behind those that it reads.
    """
    as_read = {name: frozenset({name}) for name in definition.inputs}
    stages: dict[frozenset[str], list[Step]] = {}
    for step in definition.steps:
        rests_on = frozenset().union(*(as_read[name] for name in step.phrase.uses))
        stages.setdefault(rests_on, []).append(step)
        as_read[step.name] = frozenset({step.name}) if step.name in NUMBERED_ANEW else rests_on
    known, ordered, waiting = set(definition.inputs), [], list(stages.values())
    while waiting:
        stage = next(stage for stage in waiting if _read_by(stage) <= known)
        known |= {step.name for step in stage}
        ordered.append(stage)
        waiting.remove(stage)
    return ordered


def _read_by(stage: list[Step]) -> set[str]:
    """Give what a stage reads that it does not make itself."""
    used = {name for step in stage for name in step.phrase.uses}
    return used - {step.name for step in stage}

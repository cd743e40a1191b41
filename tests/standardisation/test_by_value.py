"""Each different value is standardised once, and every row comes out as it does row by row."""

import duckdb
import pyarrow as pa
import pytest

from ostiary.deciding.standardisation import INPUTS, STANDARD_COLUMNS, standardise_table
from ostiary.deciding.standardisation.by_value import by_value, coded, different, stages_of
from ostiary.deciding.standardisation.names import NAMES
from ostiary.deciding.standardisation.shapes import ADDRESSES
from ostiary.worlds.world import make_world


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Names and addresses of every kind of request, and some that need folding."""
    folder = tmp_path_factory.mktemp("by-value") / "world"
    make_world(folder, people=2_000, requests=6_000, scenario="mixed", seed=5)
    columns = ", ".join(INPUTS)
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE told AS SELECT {columns} FROM '{folder}/people.parquet'")
        con.execute(
            f"INSERT INTO told SELECT {columns}"
            f" FROM read_csv('{folder}/requests.csv', all_varchar = TRUE)"
        )
        con.execute(
            """INSERT INTO told VALUES
            ('José', 'Ángel', 'Nuñez', NULL, 'Calle ½ 12', '', 'Año Nuevo', 'CA', '94060', NULL),
            ('Jose', 'Angel', 'Nunez', '', 'CALLE 1/2 12', '', 'Ano Nuevo', 'ca', '94060', 'US'),
            (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)"""
        )
        yield con


def _both(con, query):
    """Standardise by value in stretches, and row by row; give both as tables."""
    given = con.sql(query).to_arrow_table()
    standardise, made = by_value(con), []
    for start in range(0, len(given), 4_000):
        part = given.slice(start, 4_000).combine_chunks()
        out = standardise({name: coded(part[name].combine_chunks()) for name in INPUTS})
        standard = {name: out[name].at(slice(None)) for name in STANDARD_COLUMNS}
        made.append(pa.table({**{name: part[name] for name in INPUTS}, **standard}))
    con.register("mine", pa.concat_tables(made))
    con.execute(f"CREATE OR REPLACE TABLE source AS {query}")
    con.execute("DROP TABLE IF EXISTS theirs")
    standardise_table(con, "source", "theirs")


@pytest.mark.parametrize("rows", ["FROM told", "FROM told USING SAMPLE 300 (reservoir, 7)"])
def test_every_row_comes_out_as_it_does_row_by_row(told, rows):
    """Also the few that are not worth the planning of a query."""
    told.execute(f"CREATE OR REPLACE TEMP TABLE few AS {rows}")
    _both(told, "FROM few")
    columns = ", ".join((*INPUTS, *STANDARD_COLUMNS))
    for one, other in (("mine", "theirs"), ("theirs", "mine")):
        left = told.execute(
            f"SELECT count(*) FROM (SELECT {columns} FROM {one} EXCEPT ALL"
            f" SELECT {columns} FROM {other})"
        ).fetchall()
        assert left == [(0,)]


def test_no_rows_are_no_rows(told):
    empty = {name: coded(pa.array([], pa.string())) for name in INPUTS}
    assert {len(column.codes) for column in by_value(told)(empty).values()} == {0}


def test_a_stage_reads_only_stages_before_it():
    for definition in (NAMES, ADDRESSES):
        known = set(definition.inputs)
        for stage in stages_of(definition):
            own = {step.name for step in stage}
            assert {name for step in stage for name in step.phrase.uses} <= known | own
            known |= own
        assert set(definition.columns) <= known


def test_combinations_are_told_apart_beyond_one_machine_word():
    big = coded(pa.array([str(n) for n in range(1_000)])).codes
    columns = [big * (1 << 40), big % 7, big % 3, big * (1 << 45), big * 0]
    rows, of_row = different(columns)
    assert len(rows) == 1_000
    assert sorted(rows.tolist()) == big.tolist()
    assert [rows[place] for place in of_row] == big.tolist()

"""On Spark no request is decided otherwise: outcome, rule, person, and weight to the last bit."""

import shutil
from contextlib import contextmanager

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from odd_requests import TEXTS, odd_requests
from ostiary.deciding.decoys.drawing import draw_decoys
from ostiary.deciding.decoys.kinds import KINDS
from ostiary.deciding.expressions.spark import spark_sql
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.requests import read_requests
from ostiary.deciding.matching import comparison, decision, on_spark
from ostiary.deciding.matching.learned import LEVELS_OF, USUAL, Learned
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.on_spark import SparkVerification
from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.matching.weights import weight_sql
from ostiary.deciding.standardisation import standardise_table
from ostiary.domain.errors import OfficeError
from ostiary.office.batches.spark_session import spark_session
from ostiary.worlds.kinds import SCENARIOS
from ostiary.worlds.world import make_world
from request_file import REQUEST_COLUMNS, csv_bytes, put, request
from small_file import filed, said

pytestmark = pytest.mark.slow
EACH, ODD, SEED = 2_000, 2_000, 5
LEARNED = Learned(USUAL, USUAL, USUAL)


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none on the path")
    folder = tmp_path_factory.mktemp("spark")
    with spark_session("local[2]", memory="1g", near=folder) as session:
        yield SparkVerification(session, folder)


TYPED_BY_SPARK = {
    **dict.fromkeys(("signed_on", "birth_date"), "DATE"),
    "removal_order_date": "TIMESTAMP",
    "sole_use": "BOOLEAN",
}
LISTED_BY_SPARK = ("recipients", "items", "taxable_periods")


@pytest.mark.spark
def test_a_folder_that_spark_writes_is_read_as_it_was_meant(spark, con, tmp_path):
    """A line of the table of writers in docs/explanation/how-files-are-read.md."""
    rows = [request(request_id=f"{n:04}", unit="" if n % 2 else "APT 3") for n in range(1, 7)]
    put(tmp_path / "plain.csv", csv_bytes(*rows))
    read_requests(con, tmp_path / "plain.csv")
    meant = con.execute("SELECT * EXCLUDE (row) FROM requests ORDER BY request_id").fetchall()
    columns = {
        name: pa.array([row.get(name) or None for row in rows], pa.string())
        for name in REQUEST_COLUMNS
    }
    pq.write_table(pa.table(columns), tmp_path / "texts.parquet")
    frame = spark.session.read.parquet(str(tmp_path / "texts.parquet"))
    for name, kind in TYPED_BY_SPARK.items():
        frame = frame.withColumn(name, frame[name].cast(kind))
    for name in LISTED_BY_SPARK:
        frame = frame.selectExpr("* EXCEPT (" + name + ")", f"split({name}, ';') AS {name}")
    frame.repartition(3).write.parquet(str(tmp_path / "parts"))
    assert (tmp_path / "parts" / "_SUCCESS").exists()
    assert len(list((tmp_path / "parts").glob("*.parquet"))) > 1
    assert read_requests(con, tmp_path / "parts").unreadable == 0
    found = con.execute("SELECT * EXCLUDE (row) FROM requests ORDER BY request_id").fetchall()
    assert found == meant


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """3,000 people; in the table ``asked`` requests of all scenarios, odd ones, and decoys."""
    root = tmp_path_factory.mktemp("worlds")
    for name in SCENARIOS:
        make_world(root / name, people=3_000, requests=EACH, scenario=name, seed=SEED)
    with duckdb.connect() as con:
        read_reference(con, root / "mixed" / "people.parquet", "people")
        load_reference(con, "people", root / "reference")
        _tell(con, root)
        standardise_table(con, "told", "requests")
        draw_decoys(con, "requests", open_model(root / "reference"), "a seed", 0.03)
        columns = ", ".join(("row", *comparison.ASKED))
        con.execute(
            f"CREATE TABLE asked AS SELECT {columns} FROM requests"
            f" UNION ALL SELECT {columns} FROM decoys"
        )
        yield con, root / "reference"


def _tell(con, root):
    """Make ``told``: the requests of all scenarios, and odd ones behind them."""
    people = con.sql(
        f"SELECT {', '.join(TEXTS)}, CAST(birth_date AS VARCHAR) AS birth_date, tin FROM people"
    ).to_arrow_table()
    con.register("odd", pa.Table.from_pylist([*odd_requests(people.to_pylist(), ODD, SEED)]))
    files = [f"{root}/{name}/requests.csv" for name in SCENARIOS]
    columns = ", ".join((*TEXTS, "birth_date", "tin"))
    con.execute(
        f"""
        CREATE TABLE told AS
        SELECT row_number() OVER () AS row, s.* REPLACE (
            try_cast(birth_date AS DATE) AS birth_date,
            CASE WHEN regexp_full_match(tin, '[0-9]{{9}}') THEN tin END AS tin)
        FROM (SELECT {columns} FROM read_csv({files}, all_varchar = TRUE, union_by_name = TRUE)
              UNION ALL SELECT {columns} FROM odd) AS s
        """
    )
    con.unregister("odd")


def _unlike(con, one, other):
    """Count the requests on which two tables of results do not agree in every column."""
    ((count,),) = con.execute(
        f"""
        SELECT count(*) FROM {one} d FULL JOIN {other} s USING (row)
        WHERE (d.outcome, d.rule, d.person_id, d.weight, d.margin, d.records)
              IS DISTINCT FROM (s.outcome, s.rule, s.person_id, s.weight, s.margin, s.records)
        """
    ).fetchall()
    return count


@pytest.mark.spark
def test_requests_of_every_scenario_and_decoys_are_decided_as_on_duckdb(spark, world):
    con, reference = world
    for verify, into in ((verify_batch, "on_duckdb"), (spark.verify_batch, "on_spark")):
        verify(con, "asked", reference, into, left_out="decoys_left_out")
    assert _unlike(con, "on_duckdb", "on_spark") == 0
    kinds = con.execute("SELECT kind, count(*) FROM decoys GROUP BY kind").fetchall()
    assert {kind for kind, _ in kinds} >= {kind.name for kind in KINDS if not kind.rare}
    rows = con.execute("SELECT row FROM on_spark").fetchall()
    scenarios = len(SCENARIOS) * EACH
    assert len(rows) == len(set(rows)) == scenarios + ODD + sum(many for _, many in kinds)
    rules = {rule for (rule,) in con.execute("SELECT DISTINCT rule FROM on_spark").fetchall()}
    assert len(rules) >= 14
    con.execute("UPDATE on_spark SET margin = margin + 0.01 WHERE row = 77")
    con.execute("DELETE FROM on_spark WHERE row = 78")
    assert _unlike(con, "on_duckdb", "on_spark") == 2


def _with_sparks_own_edits(session):
    session.sql("DROP TEMPORARY FUNCTION IF EXISTS damerau_levenshtein")
    session.sql(
        "CREATE TEMPORARY FUNCTION damerau_levenshtein(a STRING, b STRING)"
        " RETURNS INT RETURN levenshtein(a, b)"
    )


@contextmanager
def _uncompiled(session):
    """Two requests are not worth compiling for."""
    settings = {
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    for name, value in settings.items():
        session.conf.set(name, value)
    yield
    for name in settings:
        session.conf.unset(name)


@pytest.mark.spark
def test_a_function_that_counts_otherwise_would_be_noticed(spark, town, monkeypatch):
    """Exchanged letters are one edit; by Spark's own function they are two."""
    town.load(filed("p1", "Dagobert Fairweather"), filed("p2", "Hedwig Marnfield", "7 Oak St"))
    asked = town.requests(said("Dagobert Fairweahter"), said("Hedwig Marnfield", "7 Oak St"))
    verify_batch(town.con, asked, town.folder, "on_duckdb")
    told = town.con.execute("SELECT outcome FROM on_duckdb").fetchall()
    assert told == [("confirmed",), ("confirmed",)]
    monkeypatch.setattr(on_spark, "register_edits", _with_sparks_own_edits)
    with _uncompiled(spark.session):
        spark.verify_batch(town.con, asked, town.folder, "on_spark")
    spark.session.sql("DROP TEMPORARY FUNCTION damerau_levenshtein")
    assert _unlike(town.con, "on_duckdb", "on_spark") == 1


def test_a_batch_of_no_requests_is_handed_over_with_its_columns(town, tmp_path):
    """Spark reads no table from a folder without a file."""
    town.load(filed("p1", "Dagobert Fairweather"))
    nobody = f"(FROM {town.requests(said('Dagobert Fairweather'))} LIMIT 0)"
    on_spark._hand_over(town.con, open_model(town.folder), nobody, None, tmp_path)
    columns = {"asked": 32, "keys": 3, "left_out": 2}
    for name, count in columns.items():
        table = pq.read_table(tmp_path / name)
        assert (table.num_rows, table.num_columns) == (0, count)


@pytest.mark.spark
def test_every_weight_of_a_given_name_is_rounded_alike(spark, con):
    """All a million rates of namesakes: a logarithm is where two engines could part."""
    exact = ", ".join(f"'exact' AS {field}" for field in (*LEVELS_OF, "door_level"))
    known = ("given", "surname", "middle", "birth", "place")
    bits = ", ".join(f"1e2 AS {kind}_bits" for kind in known)
    columns = f"CAST(ppm AS BIGINT) AS namesake_ppm, TRUE AS address_agrees, {exact}, {bits}"
    weight = f"SELECT namesake_ppm, {weight_sql(LEARNED)} AS weight FROM filed f"
    con.execute(f"CREATE TABLE filed AS SELECT {columns} FROM range(1000001) AS r(ppm)")
    ours = con.sql(f"{weight} ORDER BY ALL").to_arrow_table()

    def step(table):
        table.execute(f"CREATE TABLE weighed AS {weight}")

    made = spark.session.range(1_000_001).withColumnRenamed("id", "ppm")
    made.createOrReplaceTempView("rates")
    spark.session.sql(f"SELECT {columns} FROM rates").createOrReplaceTempView("filed")
    theirs = spark.session.sql(spark_sql(step)).toArrow().sort_by("namesake_ppm")
    assert theirs["weight"].to_pylist() == ours["weight"].to_pylist()


_ALL = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"


@pytest.mark.parametrize(
    "expression",
    [
        "jaro_winkler_similarity(a, b)",
        "regexp_replace(a, 'x', '')",
        f"count(a) OVER (PARTITION BY b {_ALL} EXCLUDE CURRENT ROW)",
        f"max(a) OVER (PARTITION BY b {_ALL} EXCLUDE TIES)",
    ],
)
def test_what_nobody_held_against_spark_is_refused(expression):
    def step(con):
        con.execute(f"CREATE TABLE t AS SELECT {expression} AS c FROM s WINDOW w AS (ORDER BY a)")

    with pytest.raises(OfficeError, match="Spark"):
        spark_sql(step)


def test_every_statement_of_the_decision_has_a_reading_on_spark():
    for step, *more in (
        (comparison.compare, LEARNED),
        (decision.collapse_people,),
        (decision.count_people,),
        (decision.decide, "verified"),
    ):
        assert spark_sql(step, *more).startswith("WITH ")

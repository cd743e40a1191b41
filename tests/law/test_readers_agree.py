"""One source, many readers: Python, DuckDB and Spark decide every request alike, bit by bit.

Around a request that each gateway lets through, and far from any: 102,000 in all, on six days of
the law, with undetermined facts among them. The prover is held against the same decision in
``test_proofs``; its requests on the edges of the law are decided here too.
"""

import json
import random
import shutil
from datetime import date

import pyarrow.parquet as pq
import pytest

from let_through import let_through
from ostiary.deciding.law.decide import decide_batch, decide_one, mask_one
from ostiary.deciding.law.findings import findings_table
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import mask_text
from ostiary.deciding.law.spark import decide_on_spark
from ostiary.deciding.law.sql import SPARK, decision_sql
from ostiary.domain.words import Stage, Status
from ostiary.office.batches.spark_session import spark_session
from random_facts import as_table, random_facts

pytestmark = pytest.mark.slow
DAYS = [
    Day(Stage.ADMISSION, date(2024, 12, 31)),
    Day(Stage.ADMISSION, date(2025, 4, 6)),
    Day(Stage.ADMISSION, date(2025, 8, 6)),
    Day(Stage.ADMISSION, date(2026, 3, 2)),
    Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 7)),
    Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2026, 2, 5)),
]
A_DAY = 17_000


@pytest.fixture(scope="module")
def passing(book):
    """A request that passes under each gateway."""
    found = let_through(book)
    assert [decide_one(book, facts, DAYS[2]).status for facts in found] == [Status.ACCEPTED] * 9
    return found


@pytest.fixture(scope="module")
def files(passing, tmp_path_factory):
    """The random requests of each day, in memory and as a file."""
    folder = tmp_path_factory.mktemp("facts")
    made = {}
    for seed, day in enumerate(DAYS):
        rows = random_facts(A_DAY, passing, seed)
        pq.write_table(as_table(rows), folder / f"{seed}.parquet")
        made[day] = (rows, folder / f"{seed}.parquet")
    return made


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none on the path")
    with spark_session("local[2]", memory="1g", near=tmp_path_factory.mktemp("spark")) as opened:
        yield opened


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_request_is_decided_differently_in_a_batch(con, book, files, day):
    rows, file = files[day]
    con.execute(f"CREATE TABLE facts AS FROM '{file}'")
    decide_batch(con, book, day, facts="facts", into="determinations")
    batch = con.execute("SELECT mask, status FROM determinations ORDER BY row").fetchall()
    alone = [mask_text(mask_one(book, row, day)) for row in rows]
    assert [mask for mask, _ in batch] == alone
    few = random.Random(7).sample(range(A_DAY), 300)
    assert [batch[n][1] for n in few] == [str(decide_one(book, rows[n], day).status) for n in few]
    assert len(set(alone)) > 100 or day.received == date(2024, 12, 31)


@pytest.mark.spark
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_request_is_decided_differently_on_spark(con, book, files, session, day, tmp_path):
    _, file = files[day]
    session.read.parquet(str(file)).createOrReplaceTempView("facts")
    decide_on_spark(session, book, day, facts="facts").write.parquet(str(tmp_path / "decided"))
    con.execute(f"CREATE TABLE facts AS FROM '{file}'")
    decide_batch(con, book, day, facts="facts", into="determinations")
    unlike = con.execute(
        f"""
        SELECT count(*) FILTER (s.mask IS DISTINCT FROM d.mask
                                OR s.status IS DISTINCT FROM d.status), count(*)
        FROM determinations d FULL JOIN '{tmp_path}/decided/*.parquet' s USING (row)
        """
    ).fetchall()
    assert unlike == [(0, A_DAY)]


@pytest.mark.spark
def test_requests_on_the_edges_are_decided_alike_by_all(con, book, on_the_edge, session, tmp_path):
    # so few rows are not worth compiling; the random ones go through Spark's compiled code
    session.conf.set("spark.sql.codegen.wholeStage", "false")
    session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    alike = {}  # days on which the law reads the same are one question
    for one in on_the_edge:
        day = Day(one.stage, one.facts["received"], one.facts["disclosed"])
        alike.setdefault(decision_sql(book, day, "facts", SPARK), (day, []))[1].append(one.facts)
    assert len(alike) >= 6
    for number, (day, rows) in enumerate(alike.values()):
        table = as_table(rows)
        pq.write_table(table, tmp_path / f"{number}.parquet")
        session.read.parquet(str(tmp_path / f"{number}.parquet")).createOrReplaceTempView("facts")
        decided = decide_on_spark(session, book, day, facts="facts").collect()
        masks = [one.mask for one in sorted(decided, key=lambda one: one.row)]
        con.register("facts", table)
        decide_batch(con, book, day, facts="facts", into="determinations")
        batch = con.execute("SELECT mask FROM determinations ORDER BY row").fetchall()
        assert [mask for (mask,) in batch] == masks
        assert [mask_text(mask_one(book, row, day)) for row in rows] == masks


def test_findings_read_the_same_in_a_batch(con, book, passing):
    day = DAYS[2]
    rows = random_facts(300, passing, seed=7)
    con.register("facts", as_table(rows))
    decide_batch(con, book, day, facts="facts", into="determinations")
    findings_table(
        con, book, day.of, determinations="determinations", facts="facts", into="findings"
    )
    texts = con.execute("SELECT findings FROM findings ORDER BY row").fetchall()
    for (text,), row in zip(texts, rows, strict=True):
        one = decide_one(book, row, day)
        assert [entry["finding"] for entry in json.loads(text)] == [f.finding for f in one.findings]
        assert [entry["cure"] for entry in json.loads(text)] == [f.cure for f in one.findings]

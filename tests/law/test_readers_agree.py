"""One source, two readers: generated Python and DuckDB decide every request alike, bit by bit."""

import json
import random
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from ostiary.domain.facts import VOCABULARY, Fact
from ostiary.domain.words import Stage
from ostiary.law.decide import decide_batch, decide_one
from ostiary.law.findings import findings_table
from ostiary.law.legal_time import Day
from ostiary.law.masks import mask_text

ARROW = {
    "bool": pa.bool_(),
    "int": pa.int64(),
    "date": pa.date32(),
    "enum": pa.string(),
    "id": pa.string(),
}
IDS = ["dhs-ice", "other", "treasury-dhs-2025", "/us/usc/t26/s6103/i/2", "/us/usc/t8/s1253/a/1"]
DAYS = [
    Day(Stage.ADMISSION, date(2024, 12, 31)),
    Day(Stage.ADMISSION, date(2025, 4, 6)),
    Day(Stage.ADMISSION, date(2025, 8, 6)),
    Day(Stage.ADMISSION, date(2026, 3, 2)),
    Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 7)),
    Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2026, 2, 5)),
]


def any_value(fact: Fact, dice: random.Random) -> Any:
    if dice.random() < 0.1:
        return None
    match fact.kind:
        case "bool":
            return dice.random() < 0.8
        case "int":
            return dice.choice([0, 1, 4, 5, 25, 26, 90, 91, 366, 367, 2024, 2025])
        case "date":
            return date(2025, 8, 6) + timedelta(days=dice.randint(-400, 400))
        case "enum":
            return dice.choice(fact.values)
        case _:
            return dice.choice(IDS)


def random_facts(count: int, lawful: dict[str, Any], seed: int) -> list[dict[str, Any]]:
    """Half are thoroughly random, half a lawful request with a few facts redrawn."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        redrawn = (
            VOCABULARY if number % 2 else dice.sample(sorted(VOCABULARY), k=dice.randint(0, 4))
        )
        rows.append(dict(lawful) | {name: any_value(VOCABULARY[name], dice) for name in redrawn})
    return rows


def as_table(rows: list[dict[str, Any]]) -> pa.Table:
    columns = {
        name: pa.array([row[name] for row in rows], ARROW[fact.kind])
        for name, fact in VOCABULARY.items()
    }
    return pa.table({"row": pa.array(range(len(rows)), pa.int64()), **columns})


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_request_is_decided_differently(con, book, lawful, day):
    rows = random_facts(4000, lawful, seed=DAYS.index(day))
    con.register("facts", as_table(rows))
    decide_batch(con, book, day, facts="facts", into="determinations")
    batch = con.execute("SELECT mask, status FROM determinations ORDER BY row").fetchall()
    single = [decide_one(book, row, day) for row in rows]
    assert batch == [(mask_text(one.mask), str(one.status)) for one in single]


def test_findings_read_the_same_in_a_batch(con, book, lawful):
    day = DAYS[2]
    rows = random_facts(300, lawful, seed=7)
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

"""Does it stand on this day? One answer for values, and one in SQL, which never differ."""

import re
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from ostiary.domain.period import Period, stands_on

SOURCE = Path(__file__).parents[2] / "src" / "ostiary"
DAYS = [date(2024, 2, 25) + timedelta(days=n) for n in range(10)]
WRITTEN_OUT = (
    re.compile(r'"until"\s+IS\s+NULL'),
    re.compile(r"(?:last|until)(?:\"\])? is None or \w+ <= "),
)


@pytest.fixture(scope="module")
def con():
    """Every row there can be of ten days, spans that end before they begin among them."""
    with duckdb.connect() as con:
        con.register("days", pa.table({"day": DAYS}))
        con.execute(
            """
            CREATE TABLE r AS SELECT f.day AS "from", u.day AS "until"
            FROM days f CROSS JOIN (FROM days UNION ALL SELECT NULL) u
            """
        )
        yield con


@pytest.mark.parametrize("row", ["", "o"])
@pytest.mark.parametrize("day", DAYS)
def test_values_and_sql_say_the_same_of_every_row(con, day, row):
    asked = f'SELECT "from", "until", {stands_on("$1", row)} FROM r AS o'
    found = con.execute(asked, [day]).fetchall()
    assert len(found) == len(DAYS) * (len(DAYS) + 1)
    for first, last, stands in found:
        assert stands == (day in Period(first, last)), (first, last)


@pytest.mark.parametrize(
    ("last", "first_day_over"),
    [(date(2025, 3, 31), date(2025, 4, 1)), (date(2025, 3, 1), date(2025, 3, 2))],
)
def test_both_ends_are_included(last, first_day_over):
    period = Period(date(2025, 3, 1), last)
    assert date(2025, 3, 1) in period
    assert last in period
    assert first_day_over not in period
    assert date(2025, 3, 1) - timedelta(days=1) not in period
    assert date(9999, 12, 31) in Period(date(2025, 3, 1))


def test_nobody_writes_the_answer_out_again():
    """Whoever needs it asks `domain/period.py`; by hand it stood in twenty places."""
    again = [
        f"{path.relative_to(SOURCE)}: {found[0]}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "period.py"
        for pattern in WRITTEN_OUT
        for found in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert again == []


def test_two_periods_meet_where_both_have_a_day():
    """Of every two of five days each, spans that end before they begin and open ones among them."""
    few = DAYS[:5]
    all_of_them = [Period(first, last) for first in few for last in [*few, None]]
    for one in all_of_them:
        for other in all_of_them:
            assert one.meets(other) == any(day in one and day in other for day in few)

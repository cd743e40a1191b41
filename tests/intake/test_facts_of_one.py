"""One request alone has the facts that a file of it would have: the same formulas, read twice."""

from datetime import date

import pytest

from ostiary.deciding.expressions.functions import both, either, opposite
from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.intake.formulas import formula
from ostiary.deciding.intake.registers import load_registers
from ostiary.deciding.intake.requests import read_requests
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation import standardise
from ostiary.domain.errors import OfficeError
from ostiary.domain.facts import VOCABULARY
from request_alone import facts_alone

# What spans the rows of a file: alone, there is nothing to count.
_SPANNING = {
    *("file_rows", "reason_shared", "reason_matters", "recipient_open_matters", "matter_people"),
}


@pytest.mark.parametrize("disclosed", [None, date(2025, 8, 7), date(2026, 9, 1)])
def test_six_hundred_requests_of_every_kind(con, world, disclosed):
    days = Days(date(2025, 8, 6), disclosed)
    load_registers(con, [shipped_book() / "registers", world / "registers"])
    read_requests(con, world / "requests.csv")
    standardise(con, "requests", "standard")
    no_history(con)
    mark_reasons(con, "standard", "secret")
    derive_facts(con, days, requests="standard", into="facts")
    names = [name for name in VOCABULARY if name not in _SPANNING]
    rows = con.execute(f"SELECT {', '.join(names)} FROM facts ORDER BY row").fetchall()
    alone = facts_alone(con, "requests", days)
    assert len(rows) > 500
    assert [tuple(facts[name] for name in names) for facts in alone] == rows
    assert {facts["file_rows"] for facts in alone} == {1}


_THREE = (True, False, None)


@pytest.mark.parametrize("left", _THREE)
@pytest.mark.parametrize("right", _THREE)
def test_three_values_are_those_of_sql(con, left, right):
    (found,) = con.execute(
        "SELECT $1::BOOLEAN AND $2::BOOLEAN, $1::BOOLEAN OR $2::BOOLEAN, NOT $1::BOOLEAN",
        [left, right],
    ).fetchall()
    assert (both(left, right), either(left, right), opposite(left)) == found


@pytest.mark.parametrize("turn", ["upper", "lower"])
def test_every_letter_is_turned_as_the_engine_turns_it(con, turn):
    """Where they differ (capitals with an iota) neither is ASCII, and so no word of a formula."""
    rows = con.execute(
        f"""SELECT letter, {turn}(letter) FROM (SELECT chr(n::INTEGER) AS letter
        FROM range(1, 1114112) AS points(n) WHERE n NOT BETWEEN 55296 AND 57343)"""
    ).fetchall()
    ours = formula(f"{turn}(r.text)")
    differing = [
        (letter, theirs, mine)
        for letter, theirs in rows
        if (mine := ours({"r": {"text": letter}}, {})) != theirs
    ]
    assert len(rows) > 1_000_000
    assert len(differing) < 30
    assert not any(theirs.isascii() or mine.isascii() for _, theirs, mine in differing)


@pytest.mark.parametrize(
    "text", ["r.a LIKE 'x%'", "jaro_winkler_similarity(r.a, r.b)", "r.a / 2", "[x for x in r.a]"]
)
def test_what_has_no_reading_in_python_is_refused(text):
    with pytest.raises(OfficeError, match="no reading in Python"):
        formula(text)


def test_a_column_that_is_not_there_is_no_null():
    with pytest.raises(KeyError):
        formula("r.misspelt IS NULL")({"r": {"spelt": 1}}, {})

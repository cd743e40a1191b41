"""Each declared function says in Python what DuckDB says of it: with NULL and without."""

import itertools
import random
from datetime import date

import pytest
from sqlglot import exp, parse_one

from ostiary.deciding.expressions.functions import FUNCTIONS, edits, rounded
from ostiary.deciding.expressions.python import Writer
from ostiary.deciding.expressions.trees import called
from ostiary.domain.errors import OfficeError

_TRUTHS = (True, False)
_NUMBERS = (-7, -1, 0, 2, 7, 40)
_WORDS = ("", "A", "ANN", "ANNE", "NA", "A;NN;", "A b", " A ", "N A", "0012")
_LISTS = ([], ["A"], ["NN", "A", "A"])
_YEARS = ([], [2020], [2023, 2019])
_DAYS = (date(2024, 2, 29), date(2025, 1, 1), date(2025, 3, 1))
_HALVES = (-2.5, -0.5, 0.125, 0.5, 1.5, 2.675)

# Text, and what its columns a and b may hold.
_TEXTS = [
    ("a AND b", "BOOLEAN", _TRUTHS, "BOOLEAN", _TRUTHS),
    ("a OR b", "BOOLEAN", _TRUTHS, "BOOLEAN", _TRUTHS),
    ("NOT a", "BOOLEAN", _TRUTHS, "BOOLEAN", _TRUTHS),
    ("a AND NOT b OR b AND NOT a", "BOOLEAN", _TRUTHS, "BOOLEAN", _TRUTHS),
    *(
        (f"a {sign} b", kind, values, kind, values)
        for sign in ("=", "<>", "<", "<=", ">", ">=")
        for kind, values in (("BIGINT", _NUMBERS), ("VARCHAR", _WORDS), ("DATE", _DAYS))
    ),
    *((f"a {sign} b", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS) for sign in "+-*"),
    ("a * a - b * 3 + -a", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("a / b", "BIGINT", _NUMBERS, "BIGINT", (-2, 3)),
    ("abs(a)", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("greatest(a, b)", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("greatest(a, b)", "DATE", _DAYS, "DATE", _DAYS),
    ("least(a, b)", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("coalesce(a, b, 5)", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("nullif(a, b)", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("round(a, 2)", "DOUBLE", (*_HALVES, 1.005, -3.14159), "BIGINT", (0,)),
    ("round(a)", "DOUBLE", _HALVES, "BIGINT", (0,)),
    ("log(2, a)", "DOUBLE", (0.5, 1.0, 8.0), "BIGINT", (0,)),
    ("a || ' ' || b", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("length(a)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("upper(a) || lower(b)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("contains(a, b)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("starts_with(a, b)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("left(a, 2) || right(b, 3)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("replace(a, 'A', b)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("reverse(a)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("trim(a)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("concat_ws(' ', a, nullif(b, ''))", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("string_split(a, ';')", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("damerau_levenshtein(a, b)", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("regexp_matches(a, '^(A|N)( |$)')", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("length(regexp_extract_all(a, '\\S+'))", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("regexp_replace(a, '\\B[A-Z]|\\d', '', 'g')", "VARCHAR", (*_WORDS, "É2A"), "VARCHAR", ("",)),
    ("regexp_extract_all(a, 'N|(A|b)N+')", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("regexp_replace(a, '[AN]', 'x', 'g')", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("a IN ('A', 'ANN')", "VARCHAR", _WORDS, "VARCHAR", _WORDS),
    ("a IN (2, 40)", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("a IN (b, 7)", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("a IS NULL AND b IS NOT NULL", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("CASE WHEN a < b THEN 'x' WHEN a = b THEN 'y' END", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("CASE a WHEN 2 THEN b WHEN 7 THEN 1 ELSE 0 END", "BIGINT", _NUMBERS, "BIGINT", _NUMBERS),
    ("len(a)", "VARCHAR[]", _LISTS, "VARCHAR", _WORDS),
    ("array_length(a)", "VARCHAR[]", _LISTS, "VARCHAR", _WORDS),
    ("list_contains(a, b)", "VARCHAR[]", _LISTS, "VARCHAR", _WORDS),
    ("list_max(a)", "BIGINT[]", _YEARS, "VARCHAR", ("",)),
    ("list_min(a)", "BIGINT[]", _YEARS, "VARCHAR", ("",)),
    ("list_sort(coalesce(a, []))", "VARCHAR[]", _LISTS, "VARCHAR", ("",)),
    ("list_filter(coalesce(a, []), lambda x: x <> b)", "VARCHAR[]", _LISTS, "VARCHAR", _WORDS),
    ("year(a)", "DATE", _DAYS, "DATE", _DAYS),
    ("date_diff('day', a, b)", "DATE", _DAYS, "DATE", _DAYS),
    ("CAST(NULL AS BOOLEAN) AND a", "BOOLEAN", _TRUTHS, "BOOLEAN", _TRUTHS),
]  # fmt: skip


def _python(text, *, nulls):
    writer = Writer(lambda _table, name: name, nulls=nulls)
    written = writer.write(parse_one(text, dialect="duckdb"))
    return eval(f"lambda a, b: {written}", writer.constants)  # noqa: S307 - texts of this file


@pytest.mark.parametrize(("text", "kind_a", "values_a", "kind_b", "values_b"), _TEXTS)
def test_python_says_what_the_engine_says(con, text, kind_a, values_a, kind_b, values_b):
    for nulls in (False, True):
        try:
            ours = _python(text, nulls=nulls)
        except OfficeError:
            assert nulls or "(NULL" in text, "what may be NULL has fewer readings, never more"
            continue
        more = [None] if nulls else []
        rows = list(itertools.product([*values_a, *more], [*values_b, *more]))
        con.execute(f"CREATE OR REPLACE TABLE given (row INTEGER, a {kind_a}, b {kind_b})")
        con.executemany(
            "INSERT INTO given VALUES (?, ?, ?)", [(n, a, b) for n, (a, b) in enumerate(rows)]
        )
        theirs = con.execute(f"SELECT {text} FROM given ORDER BY row").fetchall()
        assert [(ours(a, b),) for a, b in rows] == theirs


def test_every_function_with_a_reading_is_held_against_the_engine():
    tried = {
        called(node) for text, *_ in _TEXTS for node in parse_one(text, dialect="duckdb").walk()
    }
    assert {name for name, function in FUNCTIONS.items() if function.python} <= tried


@pytest.mark.parametrize(
    "text",
    [
        "jaro_winkler_similarity(a, b)",
        "a LIKE 'x%'",
        "a IN (SELECT b FROM c)",
        "date_diff('month', a, b)",
        "log(10, a)",
        "left(a, -1)",
        "left(a, b)",
        "trim(a, 'x')",
        "list_sort(a, 'DESC')",
        "regexp_matches(a, b)",
        "regexp_matches(a, '\\s')",
        "regexp_matches(a, '(?i)a')",
        "a IN (0.5)",
        "regexp_matches(a, 'x', 'i')",
        "regexp_matches(a, '\\$1')",
        "regexp_extract_all(a, '(x)y', 1)",
        "regexp_replace(a, 'x', 'y')",
        "CAST(a AS INTEGER[])",
        "a IS TRUE",
    ],
)
@pytest.mark.parametrize("nulls", [False, True])
def test_what_nobody_declared_is_refused(text, nulls):
    with pytest.raises(OfficeError, match="no reading in Python"):
        _python(text, nulls=nulls)


@pytest.mark.parametrize("text", ["a / b", "nullif(a, b)", "least(a, b)", "a IN (b, 1)"])
def test_what_was_not_looked_at_with_null_is_refused_there(text):
    assert _python(text, nulls=False)(3, 4) is not None
    with pytest.raises(OfficeError, match="no reading in Python"):
        _python(text, nulls=True)


def test_edits_are_counted_as_the_batch_counts_them(con):
    dice = random.Random(7)
    words = ["".join(dice.choices("ABCD", k=dice.randint(0, 7))) for _ in range(250)]
    pairs = list(itertools.product(words, words))
    some = list(zip(*pairs[:: len(pairs) // 20_000], strict=True))
    rows = con.execute(
        """SELECT a, b, damerau_levenshtein(a, b)
        FROM (SELECT unnest(?::VARCHAR[]) AS a, unnest(?::VARCHAR[]) AS b)""",
        some,
    ).fetchall()
    assert len(rows) >= 20_000
    assert [(a, b, edits(a, b)) for a, b, _ in rows] == rows


def test_rounding_is_that_of_the_batch(con):
    dice = random.Random(1)
    values = [dice.randint(-(10**6), 10**6) / 1000 for _ in range(20_000)]
    found = con.execute("SELECT round(v, 2) FROM (SELECT unnest(?::DOUBLE[]) AS v)", [values])
    assert [rounded(value, 2) for value in values] == [row[0] for row in found.fetchall()]


def test_an_operator_and_a_function_are_named_alike():
    assert called(parse_one("a = b", dialect="duckdb")) == "eq"
    assert called(parse_one("len(a)", dialect="duckdb")) == called(exp.Length(this="a"))

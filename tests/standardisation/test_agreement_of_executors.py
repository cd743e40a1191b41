"""Python and DuckDB give the same standard form for every text, and it is a fixed point."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from both_executors import with_duckdb, with_python
from ostiary.deciding.standardisation import INPUTS, STANDARD_COLUMNS
from ostiary.deciding.standardisation.grammars import CLASSES
from ostiary.deciding.standardisation.records import StandardAddress
from ostiary.deciding.standardisation.vocabulary.nicknames import NICKNAMES
from ostiary.deciding.standardisation.vocabulary.non_addresses import UNTYPED_EVASIONS
from ostiary.deciding.standardisation.vocabulary.surnames import NO_NAME, SUFFIXES

ROWS_PER_EXAMPLE = 1500
"""Enough that one query a few examples cover more than 20,000 rows."""

ANY_TEXT = st.text(max_size=24)
ODD_TEXT = st.text(
    alphabet="\0\t\n\r\x0b\x1f\x7f '`\"\\%_#/-.,;:&()éÑßŁøæĐ½№漢0159AaNnXxZz"
    "\u00a0\u2019\u2013\u200b\u0301\uff21\uff11\u0410\u0131\u017f",
    max_size=16,
)
WORDS = sorted(
    {*CLASSES.entries, *UNTYPED_EVASIONS.entries, *SUFFIXES.entries, *NO_NAME.entries}
    | {*list(NICKNAMES.entries)[:60], "MAIN", "OAK", "O", "MC", "MAC", "DE", "LA", "CRUZ", "SMITH"}
    | {"12", "4B", "12-34", "1/2", "5TH", "B12", "N6W23001", "0", "00000", "12345", "12345-6789"}
    | {"C/O", "ATTN", "P.O.", "N.W.", "UNKN0WN", "SPRINGFIELD", "IL", "TEXAS", "APO", "AE", "US"}
    | {"CR", "SR", "GENERAL", "DELIVERY", "HIGHWAY", "X", "-", "#", "'", ",", ".", "é", "ST.", "MX"}
)


def _pieces(rng: random.Random) -> str:
    """Words of the vocabulary in odd company, where grammars are most likely to differ."""
    words = rng.choices(WORDS, k=rng.randint(0, 6))
    words = [rng.choice((str, str.lower, str.title))(word) for word in words]
    return "".join(
        word + rng.choice((" ", " ", " ", " ", "  ", "-", ".", ",", "")) for word in words
    )


def _record(rng: random.Random, texts: list[str]) -> dict[str, str | None]:
    def one() -> str | None:
        kind = rng.random()
        if kind < 0.1:
            return None
        return _pieces(rng) if kind < 0.7 else rng.choice(texts)

    return {name: one() for name in INPUTS}


def _address(rng: random.Random) -> dict[str, str | None]:
    """An address that is likely to be read as a whole one."""
    line = " ".join((rng.choice(("12", "4B", "12-34", "7 1/2", "0012")), *rng.choices(WORDS, k=4)))
    line = rng.choice((line, line, f"PO BOX {_pieces(rng)}", f"RR 2 BOX {_pieces(rng)}"))
    return {
        "address_line": line,
        "unit": rng.choice(("", "", _pieces(rng))),
        "postal_code": "62704",
    }


@settings(max_examples=6, derandomize=True)
@given(st.lists(ANY_TEXT | ODD_TEXT, min_size=20, max_size=60), st.integers(0, 2**32))
def test_every_text_comes_out_the_same_on_both_sides(texts: list[str], seed: int) -> None:
    rng = random.Random(seed)
    records = [_record(rng, texts) for _ in range(ROWS_PER_EXAMPLE)]
    one_by_one, together = with_python(records), with_duckdb(records)
    for record, left, right in zip(records, one_by_one, together, strict=True):
        assert left == right, record


def test_nothing_but_plain_capitals_comes_out() -> None:
    rng = random.Random(7)
    records = [_record(rng, ["é\t漢", "ß'", "\0"]) for _ in range(3000)]
    for row in with_python(records):
        for name in STANDARD_COLUMNS:
            if name not in {"n_name_stated", "a_kind", "a_shape"}:
                assert row[name] == row[name].strip(), name
                assert row[name].isascii(), name
                assert row[name].upper() == row[name], name
                assert "  " not in row[name], name


def _again(row: dict[str, Any]) -> dict[str, str | None]:
    address = StandardAddress(**{k: v for k, v in row.items() if k.startswith("a_")})
    unit = address.a_unit
    if address.a_kind in {"route", "military"}:  # the box is in the line, a unit behind it is none
        box, _, unit = address.a_unit.partition(" ")
        address = replace(address, a_unit=box)
    return {
        "given_name": row["n_given"],
        "middle_name": row["n_middle"],
        "surname": row["n_surname"],
        "name_suffix": row["n_suffix"],
        "address_line": address.line,
        "unit": unit,
        "city": address.a_city,
        "state": address.a_state,
        "postal_code": address.a_zip5,
        "country": address.a_country,
    }


def test_a_standard_name_is_its_own_standard_form() -> None:
    rng = random.Random(11)
    once = with_python([_record(rng, ["Ñ", "O'Neil JR III", "de la"]) for _ in range(12_000)])
    twice = with_python(map(_again, once))
    for first, second in zip(once, twice, strict=True):
        for name in (name for name in STANDARD_COLUMNS if name.startswith("n_")):
            assert first[name] == second[name], (name, first)


def test_a_complete_standard_address_is_its_own_standard_form() -> None:
    """Words thrown together may hold half a unit (``B12 DEPT``): one in a thousand reads on."""
    rng = random.Random(13)
    once = with_python(_address(rng) for _ in range(12_000))
    complete = [row for row in once if row["a_shape"] == "complete"]
    assert len(complete) > 3000
    names = [name for name in STANDARD_COLUMNS if name.startswith("a_")]
    otherwise = [
        (first, second)
        for first, second in zip(complete, with_python(map(_again, complete)), strict=True)
        if any(first[name] != second[name] for name in names)
    ]
    assert len(otherwise) <= len(complete) // 1000, otherwise


@pytest.mark.parametrize("rows", [0, 1])
def test_tables_of_any_size_are_standardised(rows: int) -> None:
    assert len(with_duckdb([{"surname": "Smith"}] * rows)) == rows

"""A mask is the same set of rules in Python, in words and as text, however many rules there are."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.deciding.law.masks import (
    MOST_RULES,
    WORD_BITS,
    bits_of,
    mask_of,
    mask_text,
    text_sql,
    words_of,
)

MASKS = st.integers(0, 2**MOST_RULES - 1)


@given(st.frozensets(st.integers(0, MOST_RULES - 1)))
def test_a_mask_is_the_set_of_its_bits(bits):
    mask = sum(1 << bit for bit in bits)
    assert set(bits_of(mask)) == bits
    assert mask_of(mask_text(mask)) == mask


@given(MASKS)
def test_words_put_together_again_are_the_mask(mask):
    words = words_of(mask)
    assert sum(word << WORD_BITS * place for place, word in enumerate(words)) == mask
    assert all(0 <= word < 2**WORD_BITS for word in words)


@pytest.mark.parametrize(
    "mask",
    [
        0, 1, 0xA0, 2**WORD_BITS - 1, 2**WORD_BITS, 2 ** (2 * WORD_BITS), 2**200 + 2**60 + 7,
        2 ** (4 * WORD_BITS) - 1, 2**MOST_RULES - 1,
    ],
)  # fmt: skip
def test_an_engine_writes_the_same_text(mask):
    words = [*words_of(mask), 0, 0]
    names = [f"w{place}" for place in range(len(words))]
    row = ", ".join(f"{word}::BIGINT AS {name}" for word, name in zip(words, names, strict=True))
    with duckdb.connect() as con:
        said = con.execute(f"SELECT {text_sql(names, 'printf')} FROM (SELECT {row})").fetchall()
    assert said == [(mask_text(mask),)]

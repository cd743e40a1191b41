"""Masks: which rules of a book are not met, one bit a rule, in book order.

In Python a mask is an ``int``. In a table, in the case store and in the log it is text: hex digits
without leading zeros, for a book may have more rules than a machine word has bits. While a table is
being decided it is a row of *words*, integers of 60 bits each, which every SQL engine can add up.
"""

from collections.abc import Iterator

WORD_BITS = 60  # a whole number of hex digits, and below the sign of a 64-bit integer
WORD_DIGITS = WORD_BITS // 4
MOST_RULES = 256  # the 64 hex digits that an entry of the log has room for


def bits_of(mask: int) -> Iterator[int]:
    """Give the places of the set bits of a mask, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def words_of(mask: int) -> list[int]:
    """Cut a mask into words, lowest first; there is always one."""
    words = range(max(1, -(-mask.bit_length() // WORD_BITS)))
    return [mask >> WORD_BITS * n & (1 << WORD_BITS) - 1 for n in words]


def mask_text(mask: int) -> str:
    """Write a mask as it stands in tables and in the log."""
    return f"{mask:x}"


def mask_of(text: str) -> int:
    """Read a mask as :func:`mask_text` writes it."""
    return int(text, 16)


def text_sql(words: list[str], formatter: str) -> str:
    """Give the SQL that writes a mask from its words.

    Args:
        words: expressions of the words, lowest first.
        formatter: the engine's C-like formatting function: ``printf`` of DuckDB,
            ``format_string`` of Spark.
    """
    cases = ""
    for top in range(len(words) - 1, 0, -1):
        cases += f" WHEN {words[top]} <> 0 THEN {_formatted(words[: top + 1], formatter)}"
    lowest = _formatted(words[:1], formatter)
    return f"CASE{cases} ELSE {lowest} END" if cases else lowest


def _formatted(words: list[str], formatter: str) -> str:
    pattern = "%x" + f"%0{WORD_DIGITS}x" * (len(words) - 1)
    return f"{formatter}('{pattern}', {', '.join(reversed(words))})"

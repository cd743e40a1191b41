"""Digits within words of a street, ``ME1ODY LN``: the letters that they are drawn like.

The standard form keeps what is written, so that ``EAST4TH`` and ``EAST8TH`` stay two streets. A
digit is a letter only beside a street that has this very letter in its place and no digit at all:
two streets that both have digits agree only if these are the same, whatever they are drawn like.

Letters in a house number, ``40O ELM ST``: the digits that they are drawn like, beside a number of
as many digits. Only for somebody of exactly that name, with something further; see
:data:`NUMBER_AS_DRAWN`.
"""

from collections.abc import Mapping

from ostiary.deciding.standardisation.vocabulary.numbers import DRAWN_LIKE

DIGITS = "regexp_replace({side}.a_street, '[^0-9]', '', 'g')"
"""SQL of the digits of a street's name; ``side`` is ``q`` or ``f``."""

# Not 0: UNKN0WN is a word for nothing in disguise, and stays one.
_LIKE_LETTERS = "134589"
_ONE_IS_AN_L: Mapping[str, str] = {"1": "L"}
# Two letters on both sides: A1A is none. GRAYLIN9 is read at its end.
_WITHIN = f"[A-Z]{{2}}[{_LIKE_LETTERS}][A-Z]{{2}}|[A-Z]{{3}}IN9"


def _all_within(side: str) -> str:
    """Give SQL that tells whether a street has digits, all of them within words.

    ``SW4TH`` has one, and is no ``SWATH``.
    """
    street = f"{side}.a_street"
    left = f"regexp_replace({street}, '{_WITHIN}|[^0-9]', '', 'g')"
    counted = f"regexp_replace({street}, '[0-9](?:ST|ND|RD|TH)( |$)', '', 'g')"
    return f"{DIGITS.format(side=side)} <> '' AND {left} = '' AND {counted} = {street}"


def _read(side: str, otherwise: Mapping[str, str]) -> str:
    """Give SQL of a street with a letter for each digit."""
    street, letters = f"{side}.a_street", DRAWN_LIKE | dict(otherwise)
    for digit in _LIKE_LETTERS:
        street = f"replace({street}, '{digit}', '{letters[digit]}')"
    return street


def _is_drawn(a: str, b: str) -> str:
    """Give SQL that tells whether the digits of ``a`` are drawn like the letters of ``b``."""
    same = " OR ".join(f"{_read(a, letters)} = {b}.a_street" for letters in ({}, _ONE_IS_AN_L))
    return f"({DIGITS.format(side=b)} = '' AND {_all_within(a)} AND ({same}))"


SAME_AS_DRAWN = f"({_is_drawn('q', 'f')} OR {_is_drawn('f', 'q')})"
"""SQL that tells whether one street is the other one with digits drawn like its letters."""

# S and B are drawn like several digits, as in a ZIP Code, and S is a compass letter (2S704), as N,
# E and W are. A G at the end is a door, as A is.
_LIKE_DIGITS = {"O": "0", "I": "1", "L": "1", "Z": "2", "G": "6"}


def _number_read(side: str) -> str:
    number = f"{side}.a_number"
    for letter, digit in _LIKE_DIGITS.items():
        number = f"replace({number}, '{letter}', '{digit}')"
    return number


def _number_is_drawn(a: str, b: str) -> str:
    """Give SQL that tells whether letters of number ``a`` are drawn like the digits of ``b``."""
    return (
        f"(regexp_replace({b}.a_number, '[^0-9]', '', 'g') = {b}.a_number"
        f" AND regexp_replace({a}.a_number, '[^0-9]', '', 'g') NOT IN ('', {a}.a_number)"
        f" AND right({a}.a_number, 1) <> 'G' AND {_number_read(a)} = {b}.a_number)"
    )


NUMBER_AS_DRAWN = f"""(q.a_number <> f.a_number AND q.a_kind = 'street' AND f.a_kind = 'street'
    AND ({_number_is_drawn("q", "f")} OR {_number_is_drawn("f", "q")}))"""
"""SQL that tells whether one house number is the other one with letters drawn like its digits."""

r"""Names and addresses whose letters a program has lost or written as something else.

1. U+FFFD, or a question mark between two letters, stands where a letter was: which one cannot be
   told. A question mark is no wild card either: nobody is looked for here.
2. ``NÃºÃ±ez`` is what UTF-8 looks like when it is read as the code page of Windows, ``N├║├▒ez`` as
   that of DOS, ``N√∫√±ez`` as that of the Macintosh. Read back it would nearly always be right;
   nearly always is not enough for a name that a record is opened under.
3. ``&amp;``, ``&#39;``, ``%20`` and a backslash with ``u00d1`` are signs that a web page, an
   address of one, or a program's text wrote for others.

All of them would otherwise be compared as they stand, find nobody, and nobody would be told why. A
reason, which people read, may hold any of them.
"""

import re
from typing import Final

from ostiary.deciding.intake.value_checks import Check
from ostiary.domain.columns import Column

_COLUMNS: Final = frozenset(
    {"given_name", "middle_name", "surname", "name_suffix", "address_line", "unit", "city"}
)
# What the second byte of UTF-8, 80 to BF, is in Windows-1252, but for quotation marks.
_SECOND = (
    r"\x{80}-\x{bf}\x{20ac}\x{201a}\x{0192}\x{201e}\x{2026}\x{2020}\x{2021}\x{02c6}\x{2030}"
    r"\x{0160}\x{2039}\x{0152}\x{017d}\x{2022}\x{2013}\x{2014}\x{02dc}\x{2122}\x{0161}\x{203a}"
    r"\x{0153}\x{017e}\x{0178}"
)
_QUOTES = r"\x{2018}\x{2019}\x{201c}\x{201d}"  # they may also close a quotation
_FIRST = r"\x{c2}-\x{c5}\x{e2}-\x{e5}"  # of Latin letters, and these in small letters
_LOST = (
    r"\x{fffd}|[A-Za-z]\?[A-Za-z]"
    rf"|[{_FIRST}](?:[{_SECOND}]|[{_QUOTES}][A-Za-z])"
    r"|[\x{221a}\x{2500}-\x{257f}]"
)
_WRITTEN_FOR_OTHERS = (
    r"&(?:#[0-9]{1,5}|#[xX][0-9a-fA-F]{1,5}|[a-z]{2,8}|[A-Z][a-z]{2,7});"
    r"|\\[uU][0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}"
    r"|%(?:20|2[67C]|C[2-5]%[89AB][0-9A-F])"
)
_MAY_BE = re.compile(r"[^\x00-\x7f]|[?&\\%]")

_LOST_LETTERS: Final = (
    "letters of this value are lost: they were read in another encoding than they were written in",
    "write the value anew from where it came from, and save the file as UTF-8",
)
_CODED: Final = (
    "signs of this value stand as a web page or a program writes them",
    "write the signs themselves, such as an apostrophe or `&`",
)


def lost_text(columns: tuple[Column, ...]) -> list[Check]:
    """Give what is asked of names and addresses among these columns, where ``_marred`` is true."""
    return [
        Check(column.name, code, *said, _found(f'"{column.name}"', pattern))
        for column in columns
        if column.name in _COLUMNS
        for code, said, pattern in (
            ("lost-letters", _LOST_LETTERS, _LOST),
            ("coded-signs", _CODED, _WRITTEN_FOR_OTHERS),
        )
    ]


def marred() -> str:
    """Give the SQL of ``_marred``: whether :func:`lost_text` may object to a row.

    Asked once of a row, it spares the patterns of every column of nearly all rows.
    """
    texts = ", ".join(f'"{name}"' for name in sorted(_COLUMNS))
    return f"regexp_matches(concat_ws(' ', {texts}), '{_MAY_BE.pattern}')"


def may_be_lost(column: Column, text: str) -> bool:
    """Tell whether :func:`lost_text` may object to a value."""
    return column.name in _COLUMNS and _MAY_BE.search(text) is not None


def _found(name: str, pattern: str) -> str:
    found = f"coalesce(regexp_matches({name}, '{pattern}'), false)"
    return f"(CASE WHEN _marred THEN {found} ELSE false END)"

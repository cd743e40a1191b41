r"""Names and addresses whose letters a program has lost or written as something else.

1. U+FFFD, or a question mark between letters (in a name, beside one), stands where a letter was:
   which one cannot be told. It is no wild card either: nobody is looked for here.
2. ``NÃºÃ±ez`` is what UTF-8 looks like when it is read as the code page of Windows, ``N├║├▒ez`` as
   that of DOS, ``N√∫√±ez`` as that of the Macintosh. Read back it would nearly always be right;
   nearly always is not enough for a name that a record is opened under.
3. ``&amp;``, ``&#39;``, ``%20``, ``=C3=91``, ``<U+00D1>``, ``_x00D1_``, ``b'NU'`` and a backslash
   with ``u00d1`` are signs that a web page, an address of one, a letter, R, a workbook or a
   program's text wrote for others.

All of them would otherwise be compared as they stand, find nobody, and nobody would be told why. A
reason, which people read, may hold any of them.
"""

# ruff: noqa: RUF001 - these are the signs

import re
from typing import Final

from ostiary.deciding.intake.value_checks import Check
from ostiary.domain.columns import Column

_NAMES: Final = frozenset({"given_name", "middle_name", "surname"})
_COLUMNS: Final = _NAMES | {"name_suffix", "address_line", "unit", "city"}
# What the second byte of UTF-8, 80 to BF, is in Windows-1252, but for quotation marks.
_SECOND = "".join(
    sign
    for byte in range(0x80, 0xC0)
    # a blank that does not break may stand behind any letter
    if (sign := bytes([byte]).decode("cp1252", "ignore") or chr(byte)) not in "‘’“”\u00a0"
)
_QUOTES = "‘’“”"  # they may also close a quotation
_FIRST = "\u00c2-\u00c5\u00e2-\u00e5"  # of Latin letters, and these in small letters
_MISREAD = (
    f"\ufffd|[{_FIRST}](?:[{_SECOND}]|[{_QUOTES}][A-Za-z])"
    "|\u00e1[\u00ba\u00bb]"  # of Vietnamese ones
    "|[\u221a\u2500-\u257f]"
)
_LETTER = "[A-Za-z\u00c0-\u024f]"
_LOST = re.compile(f"{_MISREAD}|{_LETTER}[?]+{_LETTER}")
_LOST_OF_A_NAME = re.compile(f"{_MISREAD}|{_LETTER}[?]|[?]{_LETTER}")
_WRITTEN_FOR_OTHERS = re.compile(
    r"&(?:#[0-9]{1,5}|#[xX][0-9a-fA-F]{1,5}|[a-z]{2,8}|[A-Z][a-z]{2,7});"
    r"|\\[uU][0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}"
    r"|%(?:20|2[67C]|C[2-5]%[89AB][0-9A-F])|=C[2-5]=[89AB][0-9A-F]"
    r"|<(?:[uU][+][0-9a-fA-F]{4}|[0-9a-f]{2})>|_x[0-9A-Fa-f]{4}_|^b(?:\x27[^\x27]*\x27|\x22[^\x22]*\x22)$"
)
_MAY_BE = re.compile(r"[^\x00-\x7f]|[?&\\%<_=]|b[\x27\x22]")

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
            ("lost-letters", _LOST_LETTERS, _lost(column)),
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
    if column.name not in _COLUMNS or _MAY_BE.search(text) is None:
        return False
    return any(pattern.search(text) for pattern in (_lost(column), _WRITTEN_FOR_OTHERS))


def _lost(column: Column) -> re.Pattern[str]:
    return _LOST_OF_A_NAME if column.name in _NAMES else _LOST


def _found(name: str, pattern: re.Pattern[str]) -> str:
    found = f"coalesce(regexp_matches({name}, '{pattern.pattern}'), false)"
    return f"(CASE WHEN _marred THEN {found} ELSE false END)"

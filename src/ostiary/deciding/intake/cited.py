"""Provisions as lawyers cite them, read as the identifiers that the book and the registers use.

``26 U.S.C. § 6103(i)(2)``, ``Title 26, United States Code, Section 6103(i)(2)`` and ``IRC
6103(i)(2)`` are ``/us/usc/t26/s6103/i/2``, and so is that with a slash behind it. Only a citation
of one provision, whole, is read: neither ``6103(i)(2)``, which names no title, nor ``(A)-(C)``,
which names several, nor the sections of an Act, which number otherwise than the Code does.
Letters keep their case: paragraph (i) is not paragraph (I).
"""

from typing import Final

from ostiary.domain.columns import Column

_COLUMNS: Final = frozenset({"provision", "offense", "removal_basis", "programme"})
_BEGINNING: Final = "/us/"
_CODE = r"U\. ?S\. ?C\.(?:[AS]\.)?|USC[AS]?|U\.? ?S\.? Code|United States Code"
_REVENUE_CODE = r"I\. ?R\. ?C\.|IRC|Internal Revenue Code(?: of 1986)?"
_NUMBER = r"[0-9]+[a-zA-Z]*(?:-[0-9]+[a-z]*)?"
_SECTION = rf",? *(?:§|Sec\.?|Section)? *({_NUMBER})((?: *\([0-9a-zA-Z]+\))*)[./]?"


def _with_any_blank(pattern: str) -> str:
    """Let blanks that do not break a line stand for blanks, as word processors set them."""
    return pattern.replace(" ", r"[ \x{a0}\x{2009}\x{202f}]")


_STEP: Final = _with_any_blank(r" *\(([0-9a-zA-Z]+)\)")
_OF_THE_CODE: Final = _with_any_blank(rf"(?i)(?:Title )?0?([1-9][0-9]?),? *(?:{_CODE}){_SECTION}")
_OF_TITLE_26: Final = _with_any_blank(rf"(?i)(?:{_REVENUE_CODE}){_SECTION}")


def is_cited(column: Column) -> bool:
    """Whether a column holds an identifier of a provision."""
    return column.name in _COLUMNS


def is_identifier(text: str) -> bool:
    """Tell of a text whether :func:`identifier` surely leaves it as it is."""
    return text.startswith(_BEGINNING) and not text.endswith("/")


def identifier(name: str) -> str:
    """Give the SQL of a provision's identifier; any other text stays what it is."""
    code = _read(name, _OF_THE_CODE, r"/us/usc/t\1/s\2\3")
    revenue = _read(name, _OF_TITLE_26, r"/us/usc/t26/s\1\2")
    return (
        f"CASE WHEN starts_with({name}, '{_BEGINNING}') THEN rtrim({name}, '/ ')"
        f" WHEN regexp_full_match({name}, '{_OF_THE_CODE}') THEN {code}"
        f" WHEN regexp_full_match({name}, '{_OF_TITLE_26}') THEN {revenue}"
        f" ELSE {name} END"
    )


def _read(name: str, pattern: str, written: str) -> str:
    whole = f"regexp_replace({name}, '^(?:{pattern})$', '{written}')"
    return rf"regexp_replace({whole}, '{_STEP}', '/\1', 'g')"

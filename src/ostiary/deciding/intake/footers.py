"""Rows that stand among the rows of a file and are none: totals, counts, notes, headers, rulers.

Spreadsheets, report writers and the terminals of databases write them: ``Total``, ``(3 rows)``,
``* Note: draft``, ``End of report``; files that were put behind each other repeat the header. Such
a row names nobody and asks nothing, but stands in the column of the id. Taken for a request or a
person it would be one with an id alone.

1. A row that says anything of what is asked, or of a person, is never one of these, whatever its id
   is: somebody may number requests ``Total`` or ``Page 1``. A flag, or a unit without an address,
   says nothing by itself, nor does a number or a day where a word belongs: nobody is called 3, and
   ``TOTAL,3`` or ``TRL,0000005`` names no agency.
2. Of the others that is one which says such a number, or whose id holds white space, begins with a
   sign that no id begins with, or is one of the words below. An id alone that is none of these
   stays a row.
3. The name of the column in the place of the id is a header where another column has its own name
   too, or nothing else is said.
4. A row in which nothing stands but signs that rule off rows (``-----``) is a ruler.
"""

import re
from collections.abc import Sequence

from ostiary.deciding.intake.typed import DAMAGES
from ostiary.deciding.intake.value_checks import Check
from ostiary.domain.columns import REFERENCE, REQUEST, Column

_WORDS = (
    *("TOTALS?", "TOTALE?S?", "TOTAUX", "GESAMT", "GRANDTOTAL", "SUBTOTAL", "SUB-TOTAL"),
    *("SUMS?", "SUMME", "SUMA", "SOMME", "COUNT", "AVERAGE", "AVG", "MEAN", "MIN", "MAX"),
    *("END", "EOF", "FIN", "ENDE", "NOTES?", "REMARKS?", "FOOTNOTES?", "SOURCES?", "LEGEND"),
    *("CONFIDENTIAL", "DRAFT", "ROWS?", "RECORDS?", "PAGE", "CHECKSUM", "UNCLASSIFIED(?:/.*)?"),
    *("TRAILER", "TRL", "TLR", "HEADER", "HDR", "FOOTER", "CONTROL", "RECORDCOUNT", "ROWCOUNT"),
)
_ALONE = rf"(?:{'|'.join(_WORDS)})[:.=]?[0-9]*"
# an apostrophe and an equals sign have an error of their own
_SIGN_FIRST = r"[^0-9A-Za-z\x{80}-\x{10ffff}\x{27}\x{3d}].*"
_SPACED = r".*\s.*"
_FOOTER = rf"(?s:{_ALONE}|{_SIGN_FIRST}|{_SPACED})"

_IS_WORD = re.compile(_ALONE)

# Figures, days and checksums: no word, name, street or identifier of the contract is written so.
_COUNT = (
    "[(]?[-+]?[0-9][0-9.,:/ -]*[)]?(?: *(?i:rows?|records?|requests?|people|persons?|entries))?"
    "|[0-9a-fA-F]{16,}|(?i:of|rows?|records?|requests?|total)"
)
_IS_COUNT = re.compile(_COUNT)
# texts that may be a number: a ZIP Code, a matter, a court's docket, dollars
_NUMBERED = frozenset(
    {
        *("postal_code", "matter_number", "court_order", "number_of_individuals"),
        *("unearned_income", "modified_adjusted_gross_income", "period"),
    }
)

_MESSAGE = "a total, a count, a note or a header stands here in the place of an id"
_CURE = "leave out what stands below or between the rows and is none"


def _saying(columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(one.name for one in columns[1:] if one.kind != "flag" and one.name != "unit")


WORDS = frozenset(
    column.name
    for column in (*REQUEST, *REFERENCE)
    if column.kind == "text" and column.name not in _NUMBERED | {"unit"}
)
"""Columns of texts that are no number."""

ASKS = _saying(REQUEST)
"""Columns of which a request has at least one: without any, it may be a total."""

TELLS = (*_saying(REFERENCE), "hold")
"""Columns of which a person on file has at least one, likewise."""


def below_the_rows(column: str, says: Sequence[str]) -> Check:
    """Give the check that a row is no total, count or note.

    Args:
        column: of the id.
        says: the columns of which a row has at least one.
    """
    words = [name for name in says if name in WORDS]
    silent = " AND ".join(f'"{name}" IS NULL' for name in says if name not in WORDS)
    counts = " AND ".join(
        f'("{name}" IS NULL OR regexp_full_match("{name}", \'{_COUNT}\'))' for name in words
    )
    counted = f"coalesce({', '.join(words)}) IS NOT NULL"
    footer = f"({counted} OR regexp_full_match(upper({column}), '{_FOOTER}'))"
    return Check(
        column,
        "no-row",
        _MESSAGE,
        _CURE,
        f"coalesce(CASE WHEN {silent} THEN {counts} AND {footer} ELSE false END, false)",
    )


def may_be_below(text: str) -> bool:
    """Tell of printable ASCII whether :func:`below_the_rows` may hold of a row that is silent."""
    return " " in text or not text[0].isalnum() or _IS_WORD.fullmatch(text.upper()) is not None


def may_count(text: str) -> bool:
    """Tell whether a text is a number where a word belongs, as :func:`below_the_rows` has it."""
    return _IS_COUNT.fullmatch(text) is not None


def may_name_the_column(text: str, column: str) -> bool:
    """Tell of printable ASCII whether :func:`repeated_header` may hold of a row with this id."""
    letters = _letters(column)
    begins = text[:2].lower() == letters[:2]
    return begins and "".join(filter(str.isalnum, text.lower())) == letters


def repeated_header(column: str, says: Sequence[str]) -> Check:
    """Give the check that a row does not name the columns once more.

    Args:
        column: of the id.
        says: the other columns, as of :func:`below_the_rows`.
    """
    silent = " AND ".join(f'"{name}" IS NULL' for name in says)
    others = " OR ".join(f"coalesce({_names_itself(name)}, false)" for name in says)
    # most rows are told by the first letters of their id, and the rest is not asked
    fails = f"CASE WHEN {_names_itself(column)} THEN {others} OR ({silent}) ELSE false END"
    return Check(column, "no-row", _MESSAGE, _CURE, f"coalesce({fails}, false)")


_RULER = "[-=_~*+:|. ]{3,}"  # what is left of such a row once its words for nothing are empty


def ruler(column: str, columns: Sequence[Column]) -> Check:
    """Give the check that a row is no line of signs, as terminals rule off a header.

    Args:
        column: of the id.
        columns: all of the contract.
    """
    names = ", ".join(f'"{one.name}"' for one in columns)
    signs = f"regexp_full_match(concat_ws('', {names}), '{_RULER}')"
    may_be = f"coalesce(NOT regexp_matches({column}, '^[0-9A-Za-z]'), true)"
    fails = f"(CASE WHEN {may_be} THEN {signs} ELSE false END)"
    return Check(column, "no-row", *DAMAGES["ruled-off"], fails)


def _letters(column: str) -> str:
    return column.replace("_", "")


def _names_itself(column: str) -> str:
    letters, begins = _letters(column), f"lower(left(\"{column}\", 2)) = '{column[:2]}'"
    return f"{begins} AND regexp_replace(lower(\"{column}\"), '[^a-z0-9]', '', 'g') = '{letters}'"

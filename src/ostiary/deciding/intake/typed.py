r"""From text to typed values, in SQL, the same for every kind of file and for a single request.

A reader gives all columns as text. Here the text is cleaned once (white space of every kind at its
ends goes, and signs that nobody sees; what is then empty is NULL), checked, and read as the kind of
its column.

DuckDB's ``trim`` takes a set of signs, but at ten times the price of everything else here; so one
regular expression finds the few rows that may need it, and another the values that do.
"""

import re
from collections.abc import Sequence

from ostiary.deciding.intake.cited import identifier, is_cited
from ostiary.deciding.intake.lists import entries
from ostiary.deciding.intake.misread import (
    CONTROLS,
    DASHES,
    INVISIBLE,
    WRITTEN_AS_TEXT,
    sensible,
)
from ostiary.deciding.intake.spaces import ODD_SPACES, SPACES
from ostiary.domain.columns import CHOICES, Column

LONGEST = 4000
FIRST_YEAR, LAST_YEAR = 1900, 2100

_SPACES_SQL = f"'{SPACES}{INVISIBLE}'"
_SPACE_AT_ENDS = rf"^[{ODD_SPACES} ]|[{ODD_SPACES} ]$"
_NEEDS_TRIM = rf"[{ODD_SPACES}{CONTROLS}]|(?:^|\x01) | (?:\x01|$)"
_NO_VALUE = rf"[{ODD_SPACES} \x01]*"
_BLANK_THEN_QUOTE = r'(?:^|\x01)[\x09 ]+"'

_FIRST_MISFIT = "and here stands its first value that does not fit its column"
DAMAGES: dict[str, tuple[str, str]] = {
    "too-few-fields": (
        "the row has fewer fields than the header",
        "write every column, with nothing between the commas where there is no value",
    ),
    "too-many-fields": (
        "the row has more fields than the header",
        "put a value that holds a comma between double quotes",
    ),
    "too-few-fields-before": (
        f"the row has fewer fields than the header, {_FIRST_MISFIT}",
        "look to the left of it for a comma that is missing; a column without a value has one too",
    ),
    "too-many-fields-before": (
        f"the row has more fields than the header, {_FIRST_MISFIT}",
        "look to the left of it for a value that holds a comma, and put it between double quotes",
    ),
    "ruled-off": (
        "a line of signs stands here, which rules off rows and is none",
        "delete this line",
    ),
    "quoting": (
        "a double quote is not closed, or text or blanks stand beside it",
        "put the whole value between double quotes, and write a quote within it twice",
    ),
    "line-break": (
        "a carriage return stands alone",
        "end rows with LF or CRLF; put a value that holds a line break between double quotes",
    ),
    "not-utf-8": ("the row holds bytes that are not UTF-8", "save the file as UTF-8"),
    "too-large": ("the row is longer than 1 MiB", "send one person a row"),
    "not-an-object": (
        "the line is not one JSON object",
        "write one object a line, as RFC 8259 has it, without a comma after it",
    ),
    "several-objects": (
        "several JSON objects stand on this line",
        "write each object on a line of its own, or all of them as one array",
    ),
    "repeated-key": ("a key is written twice", "write each key once"),
    "wrong-kind": (
        "a value of a kind that this column cannot hold",
        "write text, a whole number, true or false; an array of texts where a list is asked for",
    ),
    "turned-into-a-day": (
        "a spreadsheet has made a day or a time of this text",
        "format the column as text before it is entered, and enter it again",
    ),
    "crossed-out": (
        "a value of this row is crossed out in the workbook: whether it is meant cannot be told",
        "delete what is not meant (the row, where it is the row); take the line off what is meant",
    ),
    "not-seen": (
        "a value of this row has the colour of its cell in the workbook, so that nobody sees it",
        "delete what is not meant; give what is meant another colour",
    ),
    "part-of-a-day": (
        "the format shows a part of this day only: a spreadsheet has made up the rest of it",
        "format the column as YYYY-MM-DD, and look whether the year and the day are right",
    ),
}


TURNED = "turned-into-a-day"
"""Code of an id of which a spreadsheet has made a day."""


def cleaned_rows(columns: Sequence[Column], source: str) -> str:
    """Give the SELECT that cleans a source of raw text.

    Args:
        columns: the columns of the contract; those the source lacks are not to be in here.
        source: SQL relation with these columns as VARCHAR, and ``_damage``, ``_damaged_column``
            and ``_line``.

    Returns:
        SQL with the cleaned columns, and ``_damage``, ``_damaged_column``, ``_line``, ``_odd``
        (white space beyond plain blanks inside), ``_suspect`` (a value may be too long or hold
        NUL), ``_loose`` (a raw value begins with blanks and a quote, or there is none), and what
        the raw values hold: ``_bytes`` in all, ``_quotes``, ``_returns`` (CR), ``_breaks`` (CRLF).
    """
    names = [f'"{column.name}"' for column in columns]
    kept = ", ".join(
        f"nullif(CASE WHEN _odd AND regexp_matches({n}, '{_SPACE_AT_ENDS}')"
        f" THEN trim({n}, {_SPACES_SQL})"
        f" WHEN _formula AND regexp_full_match({n}, '{WRITTEN_AS_TEXT}') THEN {n}[3:-2]"
        f" ELSE {n} END, '')"
        f" AS {n}"
        for n in names
    )
    return f"""
        SELECT {kept}, _damage, _damaged_column, _line, _odd,
            strlen(_whole) > {LONGEST} OR contains(_whole, chr(0)) AS _suspect,
            {" + ".join(f"coalesce(strlen({n}), 0)" for n in names)} AS _bytes,
            {_many("contains(_whole, chr(34))", "chr(34)")} AS _quotes,
            {_many("_odd", "chr(13)")} AS _returns,
            {_many("_odd", "chr(13) || chr(10)")} AS _breaks,
            (contains(_whole, '"') AND regexp_matches(_whole, '{_BLANK_THEN_QUOTE}'))
            OR regexp_full_match(_whole, '{_NO_VALUE}') AS _loose
        FROM (
            SELECT *, regexp_matches(_whole, '{_NEEDS_TRIM}') AS _odd,
                contains(_whole, '="') AS _formula
            FROM (SELECT *, concat_ws(chr(1), {", ".join(names)}) AS _whole FROM {source})
        )"""


def sensible_rows(columns: Sequence[Column], rows: str) -> str:
    """Give the SELECT over cleaned rows that empties words for nothing, see ``misread``.

    Args:
        columns: the columns of the contract.
        rows: SQL relation of cleaned rows; its other columns stay.
    """
    changed = [(c.name, sensible(c)) for c in columns if sensible(c) != f'"{c.name}"']
    if not changed:
        return f"SELECT * FROM {rows}"
    listed = ", ".join(f'{sql} AS "{name}"' for name, sql in changed)
    return f"SELECT * REPLACE ({listed}) FROM {rows}"


def _many(possible: str, what: str) -> str:
    """Give the SQL that counts a text in the whole row, where it is possible at all."""
    without = f"strlen(replace(_whole, {what}, ''))"
    return f"CASE WHEN {possible} THEN (strlen(_whole) - {without}) // strlen({what}) ELSE 0 END"


def _meant(column: Column) -> str:
    """Give the SQL of a cleaned text in the letters and hyphens that its column has."""
    name = f'"{column.name}"'
    if column.name in IN_SMALL_LETTERS:
        name = f"lower({name})"
    if column.name in WITH_HYPHENS:
        name = f"regexp_replace({name}, '[{DASHES}]', '-', 'g')"
    if words := CHOSEN.get(column.name):
        meant = f"regexp_replace(lower({name}), '[ _{DASHES}]+', '-', 'g')"
        said = f"{meant} IN {words} AND lower({name}) NOT IN {words}"
        name = f"CASE WHEN {said} THEN {meant} ELSE {name} END"
    return name


def typed(column: Column) -> str:
    """Give the SQL that reads a cleaned text as its kind, NULL where the checks of a value object.

    ``date`` gives DATE, ``flag`` BOOLEAN (empty is false), ``digits`` the digits alone, ``list``
    VARCHAR[] and ``years`` INTEGER[] (both empty when nothing is listed), ``text`` itself, that of
    a provision its identifier (:mod:`.intake.cited`).
    """
    name = _meant(column)
    match column.kind:
        case "date":
            return f"try_cast({name} AS DATE)"
        case "flag":
            return f"coalesce(lower({name}) = 'true', false)"
        case "digits":
            bare = digits(name)
            return f"CASE WHEN regexp_full_match({bare}, '[0-9]{{9}}') THEN {bare} END"
        case "list":
            return f"coalesce({entries(column, name)}, [])"
        case "years":
            years = f"try_cast({entries(column, name)} AS INTEGER[])"
            return f"coalesce(list_filter({years}, lambda year: year IS NOT NULL), [])"
        case _:
            return identifier(name) if is_cited(column) else name


IN_SMALL_LETTERS = frozenset(
    {"agency", "agreement", "items", "court_order_items", "court_order_findings"}
)
"""Columns of words that have no capitals anywhere: a capital there says the same."""


CHOSEN = {
    name: CHOICES[name]
    for name in ("posture", "purpose", "circumstance", "court_order_judge", "matter_kind")
}
"""Columns of few words in small letters with hyphens, which are meant by ``Grand Jury`` too."""

WITH_HYPHENS = frozenset({"agency", "agreement", "signer"})
"""Columns of registered ids, which have no other dash than the hyphen: any dash is meant for it."""


def agency_meant(text: str) -> str:
    """Give the agency that a text names, as :func:`typed` does, of a value that was never cleaned.

    Whoever asks whose a row is that became no request asks by this: capitals and another dash than
    the hyphen name the same agency.
    """
    return _ANY_DASH.sub("-", text.strip().lower())


_ANY_DASH = re.compile(f"[{DASHES}]".replace(r"\x{", r"\u").replace("}", ""))


def digits(name: str) -> str:
    """Give the SQL of a number without the hyphens and blanks in it."""
    return f"regexp_replace({name}, '[-{DASHES}{ODD_SPACES} ]', '', 'g')"

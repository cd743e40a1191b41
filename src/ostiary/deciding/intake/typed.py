r"""From text to typed values, in SQL, the same for every kind of file and for a single request.

A reader gives all columns as text. Here the text is cleaned once (white space of every kind at its
ends goes, and signs that nobody sees; what is then empty is NULL), checked, and read as the kind of
its column.

DuckDB's ``trim`` takes a set of signs, but at ten times the price of everything else here; so one
regular expression finds the few rows that may need it, and another the values that do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ostiary.deciding.intake.lists import BAD_LIST, entries, is_uncertain
from ostiary.deciding.intake.misread import (
    INVISIBLE,
    NO_DAY,
    WRITTEN_AS_TEXT,
    digits_lost,
    hidden_sign,
    hides_a_sign,
    is_nobodys,
    is_nothing,
    made_a_day,
    made_decimal,
    sensible,
    sign_of_a_sheet,
)
from ostiary.deciding.intake.spaces import ODD_SPACES, SPACES
from ostiary.domain.columns import Column

LONGEST = 4000
FIRST_YEAR, LAST_YEAR = 1900, 2100

_SPACES_SQL = f"'{SPACES}{INVISIBLE}'"
_SPACE_AT_ENDS = rf"^[{ODD_SPACES} ]|[{ODD_SPACES} ]$"
_NEEDS_TRIM = rf"[{ODD_SPACES}]|(?:^|\x01) | (?:\x01|$)"
_DASHES = r"\x{2010}-\x{2015}\x{2212}\x{fe63}\x{ff0d}"
_NO_VALUE = rf"[{ODD_SPACES} \x01]*"
_BLANK_THEN_QUOTE = r'(?:^|\x01)[\x09 ]+"'

DAMAGES: dict[str, tuple[str, str]] = {
    "too-few-fields": (
        "the row has fewer fields than the header",
        "write every column, with nothing between the commas where there is no value",
    ),
    "too-many-fields": (
        "the row has more fields than the header",
        "put a value that holds a comma between double quotes",
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
}


TURNED = "turned-into-a-day"
"""Code of an id of which a spreadsheet has made a day."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a value.

    Attributes:
        column: the column it is about; empty for the whole row.
        code: the row error's code.
        message: what is wrong, without the value.
        cure: what to do.
        fails: SQL over the cleaned columns, true when the value is wrong, never NULL.
        detail: SQL of what to add to the message, about the value and without it.
    """

    column: str
    code: str
    message: str
    cure: str
    fails: str
    detail: str = "''"


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


def typed(column: Column) -> str:
    """Give the SQL that reads a cleaned text as its kind, NULL where :func:`checks` object.

    ``date`` gives DATE, ``flag`` BOOLEAN (empty is false), ``digits`` the digits alone, ``list``
    VARCHAR[] and ``years`` INTEGER[] (both empty when nothing is listed), ``text`` itself.
    """
    name = f'"{column.name}"'
    if column.name in IN_SMALL_LETTERS:
        name = f"lower({name})"
    match column.kind:
        case "date":
            return f"try_cast({name} AS DATE)"
        case "flag":
            return f"coalesce(lower({name}) = 'true', false)"
        case "digits":
            digits = _digits(name)
            return f"CASE WHEN regexp_full_match({digits}, '[0-9]{{9}}') THEN {digits} END"
        case "list":
            return f"coalesce({entries(column, name)}, [])"
        case "years":
            years = f"try_cast({entries(column, name)} AS INTEGER[])"
            return f"coalesce(list_filter({years}, lambda year: year IS NOT NULL), [])"
        case _:
            return name


IN_SMALL_LETTERS = frozenset(
    {"agency", "agreement", "items", "court_order_items", "court_order_findings"}
)
"""Columns of words that have no capitals anywhere: a capital there says the same."""


def checks(columns: Sequence[Column]) -> Iterator[Check]:
    """Give what is asked of each value, column by column."""
    for column in columns:
        name = f'"{column.name}"'
        yield Check(
            column.name,
            "too-long",
            f"the value is longer than {LONGEST} characters",
            "shorten it",
            f"(_suspect AND coalesce(length({name}) > {LONGEST}, false))",
        )
        yield Check(
            column.name,
            "control-character",
            "the value holds the character NUL",
            "remove it",
            f"(_suspect AND coalesce(contains({name}, chr(0)), false))",
        )
        if lost := digits_lost(column):
            yield Check(column.name, "digits-lost", *_DIGITS_LOST, lost)
        if decimal := made_decimal(column):
            yield Check(column.name, "made-decimal", *_MADE_DECIMAL, decimal)
        if day := made_a_day(column):
            yield Check(column.name, TURNED, *DAMAGES[TURNED], day)
        if sheet := sign_of_a_sheet(column):
            yield Check(column.name, "sign-of-a-spreadsheet", *_SIGN_OF_SHEET, sheet)
        if hidden := hides_a_sign(column):
            detail = hidden_sign(column)
            yield Check(column.name, "invisible-character", *_HIDDEN, hidden, detail)
        if column.kind == "list":
            raw = f"lower({name})" if column.name in IN_SMALL_LETTERS else name
            yield Check(column.name, *BAD_LIST, f"({is_uncertain(column, raw)})")
        if column.kind in _BY_KIND:
            code, message, cure = _BY_KIND[column.kind]
            fails = (
                f"CASE WHEN {name} IS NULL OR coalesce({_reads(column)}, false) THEN false"
                f" ELSE NOT {_may_be_nothing(column)} END"
            )
            yield Check(column.name, code, message, cure, f"({fails})")


def stands_for_unknown(columns: Sequence[Column]) -> Iterator[Check]:
    """Give what is asked of numbers and days that programs write where they know nothing."""
    for column in columns:
        name = f'"{column.name}"'
        if column.kind == "digits":
            unknown = is_nobodys(column, _digits(name))
            yield Check(column.name, "nobodys-number", *_NOBODYS, unknown)
        elif column.kind == "date":
            unknown = is_nobodys(column, name)
            yield Check(column.name, "no-day", *_NO_DAY, unknown)


def printable(column: str, code: str, longest: int, cure: str) -> Check:
    """Give the check that an id is of printable characters; nearly all ids are plain ASCII."""
    # a class that is repeated up to so many times takes 40 ms to plan
    bare = f"replace({column}, ' ', '')"
    signs = f"NOT starts_with({column}, ' ') AND regexp_full_match({bare}, '[^\\pC\\pZ]+')"
    plain = (
        f"strlen({column}) <= {longest} AND regexp_full_match({column}, '[!-~](?:[ -~]*[!-~])?')"
    )
    return Check(
        column,
        code,
        f"not 1 to {longest} printable characters",
        cure,
        f"(CASE WHEN {column} IS NULL OR ({plain}) THEN false"
        f" ELSE NOT (length({column}) <= {longest} AND {signs}) END)",
    )


_DIGITS_LOST = (
    "a spreadsheet has written this number in scientific notation, and its digits are lost",
    "format the column as text before the number is entered, and enter it again",
)
_MADE_DECIMAL = (
    "a program has written this id as a decimal number",
    "keep the column as text in the program (pandas: read_csv(..., dtype=str)), and write it again",
)
_SIGN_OF_SHEET = (
    "an apostrophe or an equals sign stands before this value, as spreadsheets read and drop it",
    "delete the sign; where a formula stood, write its value",
)
_HIDDEN = (
    "an invisible character stands inside this id",
    "delete it, or type the id anew",
)
_NOBODYS = (
    "this number is nobody's: it stands for unknown",
    "write the taxpayer's number, or leave it empty",
)
_NO_DAY = (
    f"{NO_DAY} stands for unknown: programs write it where they have no day",
    "write the day, or leave it empty",
)


_LEFT_EMPTY = ", ".join(
    f"'{one}'"
    for one in ("NULL", "(NULL)", r"\N", "NA", "<NA>", "NAN", "NONE", "#NULL!", ".", "(BLANK)")
)
"""What programs write of a value that is not there: databases, data frames, SAS, SPSS, pivots.

In a flag it is as an empty cell; what people write there (``N/A``, ``unknown``) is an error.
"""
_KEPT_STRICT = frozenset({"hold"})  # no word may lift a hold


def _may_be_nothing(column: Column) -> str:
    """Say that a value which cannot be read may be a word for nothing; a flag never is."""
    return "false" if column.kind == "flag" else is_nothing(f'"{column.name}"')


def required(column: str, code: str) -> Check:
    """Give the check that a value is there."""
    return Check(
        column,
        code,
        f"the row has no {column}",
        f"give each row its {column}",
        f'("{column}" IS NULL)',
    )


_BY_KIND = {
    "date": (
        "bad-date",
        f"not a calendar day from {FIRST_YEAR} to {LAST_YEAR}",
        "write the day as YYYY-MM-DD, or leave it empty",
    ),
    "flag": ("bad-flag", "neither true nor false", "write true or false, or leave it empty"),
    "digits": (
        "bad-digits",
        "not nine digits",
        "write nine digits, with or without hyphens, or leave it empty",
    ),
    "years": (
        "bad-years",
        f"not years from {FIRST_YEAR} to {LAST_YEAR}",
        "write years of four digits with `;` between them, each of them",
    ),
}


def _reads(column: Column) -> str:
    """Give the SQL that is true when the cleaned text is of its column's kind."""
    name = f'"{column.name}"'
    match column.kind:
        case "date":
            # the round trip leaves only ISO 8601 calendar days: DuckDB also reads 2025-8-6
            day = f"try_cast({name} AS DATE)"
            return (
                f"CAST({day} AS VARCHAR) = {name}"
                f" AND {day} BETWEEN DATE '{FIRST_YEAR}-01-01' AND DATE '{LAST_YEAR}-12-31'"
            )
        case "flag":
            left_out = (
                "" if column.name in _KEPT_STRICT else f" OR upper({name}) IN ({_LEFT_EMPTY})"
            )
            return f"(lower({name}) IN ('true', 'false'){left_out})"
        case "digits":
            return f"regexp_full_match({_digits(name)}, '[0-9]{{9}}')"
        case _:
            fits = f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
            four = "regexp_full_match(entry, '[0-9]{4}')"
            years = f"try_cast({entries(column, name)} AS INTEGER[])"
            return (
                f"CASE WHEN len(list_filter({entries(column, name)}, lambda entry: NOT {four})) > 0"
                f" THEN false ELSE len(list_filter({years}, lambda year: NOT ({fits}))) = 0 END"
            )


def _digits(name: str) -> str:
    return f"regexp_replace({name}, '[-{_DASHES}{ODD_SPACES} ]', '', 'g')"

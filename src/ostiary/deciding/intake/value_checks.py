"""What is asked of a value, in SQL over cleaned texts: the error, its words and the cure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ostiary.deciding.intake.lists import BAD_LIST, entries, is_uncertain
from ostiary.deciding.intake.misread import (
    NO_DAY,
    digits_lost,
    had_no_room,
    hidden_sign,
    hides_a_sign,
    is_nobodys,
    is_nothing,
    looks_like_another,
    made_a_day,
    made_decimal,
    other_sign,
    sign_of_a_sheet,
)
from ostiary.deciding.intake.typed import (
    DAMAGES,
    FIRST_YEAR,
    IN_SMALL_LETTERS,
    LAST_YEAR,
    LONGEST,
    TURNED,
    digits,
)
from ostiary.domain.columns import Column


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
        yield from _of_programs(column)
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


def _of_programs(column: Column) -> Iterator[Check]:
    """Give what is asked about the marks that programs leave, where the column can have them."""
    asked = (
        ("digits-lost", _DIGITS_LOST, digits_lost(column), "''"),
        ("not-shown", _NO_ROOM, had_no_room(column), "''"),
        ("made-decimal", _MADE_DECIMAL, made_decimal(column), "''"),
        (TURNED, DAMAGES[TURNED], made_a_day(column), "''"),
        ("sign-of-a-spreadsheet", _SIGN_OF_SHEET, sign_of_a_sheet(column), "''"),
        ("invisible-character", _HIDDEN, hides_a_sign(column), hidden_sign(column)),
        ("other-sign", _OTHER, looks_like_another(column), other_sign(column)),
    )
    for code, (message, cure), fails, detail in asked:
        if fails:
            yield Check(column.name, code, message, cure, fails, detail)


def stands_for_unknown(columns: Sequence[Column]) -> Iterator[Check]:
    """Give what is asked of numbers and days that programs write where they know nothing."""
    for column in columns:
        name = f'"{column.name}"'
        if column.kind == "digits":
            unknown = is_nobodys(column, digits(name))
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
_NO_ROOM = (
    "a spreadsheet shows `#` for a value that its column has no room for",
    "make the column wider before the file is saved, or enter the value anew",
)
_OTHER = (
    "a sign stands in this id that only looks like one of the keyboard, and makes it another id",
    "type the id anew, with the hyphens, digits and letters of the keyboard",
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
    """Give the check that a value is there, and not one that stands for none (`NULL`, `..`)."""
    return Check(
        column,
        code,
        f"the row has no {column}, or one that stands for none",
        f"give each row its {column}; NULL, dots or slashes are read as nothing",
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


_PLAIN_YEARS = "(?:19|20)[0-9]{2}(?:;(?:19|20)[0-9]{2})*"  # within the first and the last year


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
            return f"regexp_full_match({digits(name)}, '[0-9]{{9}}')"
        case _:
            fits = f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
            four = "regexp_full_match(entry, '[0-9]{4}')"
            years = f"try_cast({entries(column, name)} AS INTEGER[])"
            # plain years, as nearly all are, need no list
            return (
                f"CASE WHEN regexp_full_match({name}, '{_PLAIN_YEARS}') THEN true"
                f" WHEN len(list_filter({entries(column, name)}, lambda entry: NOT {four})) > 0"
                f" THEN false ELSE len(list_filter({years}, lambda year: NOT ({fits}))) = 0 END"
            )

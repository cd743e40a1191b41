"""Published totals, by series, area and month: read, or refused with row and cure.

1. Only the columns of a published total are known. Any other column is refused unread, so that a
   file about persons does not come in by mistake.
2. Nothing that is shaped like a person's number is let through, in whatever column it stands.
3. A count below 10 is refused: somebody may be found by it. A suppressed month is an empty count.
4. A series is whole: one row a month, no gap. What is missing says so.
5. No value of the file is ever repeated in a message.
"""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ostiary.domain.errors import InputError
from ostiary.office.filings.areas import read_area
from ostiary.office.filings.months import label, month_of, read_month

SERIES = {
    "returns": "returns received",
    "itin-returns": "returns with an individual taxpayer identification number",
    "extensions": "requests for an extension of time to file",
    "identification-numbers": "applications for an individual taxpayer identification number",
    "amended-returns": "amended returns",
}
STAGES = ("received", "processed")
SMALLEST = 10
SMALLEST_MEAN = 300
_NAMED = 12  # months without a row that one message names
_LARGEST = 100_000_000  # no month holds more returns; a nine-digit number is no count
_MOST_BYTES, _MOST_ROWS, _MOST_TOLD = 20_000_000, 200_000, 10
_NEEDED, _KNOWN = ("area", "month"), ("stage", "basis", "published", "rounding", "source", "note")
_SAME = {"state": "area", "period": "month"}
_PERSONS = re.compile(
    r"ssn|tin|itin|ein|social_security(_number)?|taxpayer.*|tax_?id.*|(first|last|middle|sur|given|"
    r"full)?_?names?|surname|.*birth.*|dob|.*address.*|street.*|city|zip.*|phone.*|e_?mail.*|"
    r"person.*|case.*|account.*|a_?number|alien.*|citizenship|nationality|sex|gender|age"
)
_NUMBER = re.compile(  # whatever parts its groups: dashes of any length, strokes, blanks
    r"(?<![0-9])(?:[0-9]{3}[\W_]{0,3}[0-9]{2}[\W_]{0,3}[0-9]{4}|[0-9]{2}[\W_]{1,3}[0-9]{7})(?![0-9])"
)
_LONGEST = 20  # signs of a count
_COUNT = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
_AGGREGATE = "this command reads published totals by month and state, and nothing about persons"


@dataclass(frozen=True)
class Series:
    """One published series of one area.

    Attributes:
        name: Which series, a key of SERIES.
        area: US, or two letters of a state.
        counts: Count by month, without a gap; None where it was suppressed.
        stage: Received, processed, or empty where the file does not say.
        published: The day that each count was published, where the file says it.
    """

    name: str
    area: str
    counts: Mapping[int, int | None]
    stage: str = ""
    published: Mapping[int, date] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The series in words, with its area."""
        return f"{SERIES[self.name]}, {self.area}"


@dataclass(frozen=True)
class _Row:
    """One count as it stands in the file."""

    name: str
    area: str
    month: int
    count: int | None
    stage: str
    published: date | None


def read_series(path: Path, *, today: date | None = None) -> list[Series]:
    """Read published totals: long (``series``, ``count``), or one column a series.

    Args:
        path: the file.
        today: the day on which it is read; a month that is not over then is refused.

    Raises:
        InputError: the file is no table of published totals; says which rows, why, and the cure.
    """
    columns, rows = _table(path)
    problems: list[str] = []
    found: dict[tuple[str, str], dict[int, _Row]] = defaultdict(dict)
    for number, cells in enumerate(rows, start=1):
        try:
            for row in _counts(columns, cells):
                _check_over(row, today)
                _add(found[row.name, row.area], row)
        except ValueError as error:
            problems.append(f"row {number}: {error}")
    if not problems:
        problems = [told for key in found for told in _whole(*key, found[key])]
    if problems:
        raise _refusal(path, problems)
    if not found:
        raise InputError("the file holds no row", where=str(path), cure=_AGGREGATE)
    return [_series(key, rows) for key, rows in sorted(found.items())]


_TWICE = (
    "a second count of the same series, area and month; a published table has one."
    " A row a person is no published total: count them before, and publish the count"
)


_RESTATED = (
    "a second count of the same series, area and month, published on another day; keep one of"
    " them in the file, all as first published or all as last, and say so with the result"
)


def _check_over(row: _Row, today: date | None) -> None:
    if today is not None and row.month >= month_of(today):
        raise ValueError(
            f"{label(row.month)} is not over; no count of it can be published. Leave it out"
        )


def _add(rows: dict[int, _Row], row: _Row) -> None:
    before = rows.get(row.month)
    if before is not None:
        days = {before.published, row.published} - {None}
        raise ValueError(_RESTATED if len(days) > 1 else _TWICE)
    rows[row.month] = row


def _refusal(path: Path, problems: list[str]) -> InputError:
    told = problems[:_MOST_TOLD]
    if len(problems) > len(told):
        told.append(f"and {len(problems) - len(told):,} more")
    message = "not a table of published totals\n  " + "\n  ".join(told)
    return InputError(message, where=str(path))


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Read the file as columns and rows of text."""
    where = str(path)
    if not path.is_file():
        raise InputError("there is no such file", where=where, cure="name a CSV file")
    if path.stat().st_size > _MOST_BYTES:
        raise InputError("larger than 20 MB; no table of totals is", where=where, cure=_AGGREGATE)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is no UTF-8 text", where=where, cure="save it as CSV, UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        cure = "a quote stands inside a value; save it as CSV again"
        raise InputError("cannot be read as CSV", where=where, cure=cure) from None
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if len(lines) > _MOST_ROWS:
        raise InputError("more than 200,000 rows", where=where, cure=_AGGREGATE)
    if not lines:
        raise InputError("the file is empty", where=where, cure=_AGGREGATE)
    return _columns(lines[0], where), lines[1:]


def _columns(header: list[str], where: str) -> list[str]:
    """Give the columns' own names; a column that is not a published total's is refused."""
    names = [re.sub(r"[^a-z0-9]+", "_", cell.strip().lower()).strip("_") for cell in header]
    names = [_SAME.get(name, name) for name in names]
    wide = {name.replace("-", "_"): name for name in SERIES}
    for place, name in enumerate(names, start=1):
        if name in (*_NEEDED, *_KNOWN, "series", "count", *wide):
            continue
        if _PERSONS.fullmatch(name):
            said = f"column `{name}` is about persons"
        else:
            said = f"column {place} is none of a published total's"
        cure = f"{_AGGREGATE}; its columns: {', '.join((*_NEEDED, 'series', 'count', *_KNOWN))}"
        raise InputError(said, where=where, cure=cure)
    missing = [name for name in _NEEDED if name not in names]
    long = {"series", "count"} & set(names)
    if missing or len(long) == 1 or (not long and not wide.keys() & set(names)):
        cure = f"columns: area, month, series, count; or area, month and any of {', '.join(wide)}"
        raise InputError("a column is missing", where=where, cure=cure)
    if len(set(names)) < len(names) or (long and wide.keys() & set(names)):
        raise InputError("a column comes twice", where=where, cure="one column a meaning")
    return [wide.get(name, name) for name in names]


def _counts(columns: list[str], cells: list[str]) -> Iterator[_Row]:
    """Give the counts of one line; a ValueError says what is wrong with it, and the cure."""
    if len(cells) != len(columns):
        raise ValueError(f"{len(cells)} values under {len(columns)} columns; mend the row")
    if any(_NUMBER.search(unicodedata.normalize("NFKC", cell)) for cell in cells):
        raise ValueError(f"a nine-digit number, as persons have; {_AGGREGATE}")
    given = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
    area = _area(given["area"])
    month = read_month(given["month"])
    if month is None:
        raise ValueError(
            "`month` is no calendar month such as 2025-04; weeks, quarters, years and days of"
            " persons are not read"
        )
    stage = _one_of(given, "stage", ("", *STAGES))
    _one_of(given, "basis", ("", "flow"))
    published = _day(given.get("published", ""))
    step = _whole_number(given.get("rounding", ""), "rounding")
    names = [name for name in given if name in SERIES] or [_name(given.get("series", ""))]
    for name in names:
        count = _count(given[name] if name in given else given["count"], step)
        yield _Row(name, area, month, count, stage, published)


def _area(text: str) -> str:
    area = read_area(text)
    if area is None:
        raise ValueError("`area` is neither US nor a state; smaller areas may point at persons")
    return area


def _name(text: str) -> str:
    name = re.sub(r"[ _-]+", "-", text.lower())
    if name not in SERIES:
        raise ValueError(f"`series` is none of {', '.join(SERIES)}")
    return name


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    text = given.get(name, "").lower()
    if text not in allowed:
        raise ValueError(
            f"`{name}` is none of {', '.join(filter(None, allowed))}; of totals since a season"
            " began, subtract each from the next, within one season, before they come here"
        )
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError("`published` is no day such as 2025-05-09") from None


def _whole_number(text: str, name: str) -> int | None:
    if not text:
        return None
    if not (len(text) <= _LONGEST and text.isascii() and _COUNT.fullmatch(text)):
        raise ValueError(f"`{name}` is no whole number; leave it empty where it was suppressed")
    return int(text.replace(",", ""))


def _count(text: str, step: int | None) -> int | None:
    count = _whole_number(text, "count")
    if count is None:
        return None
    if count < SMALLEST:
        raise ValueError(
            f"a count below {SMALLEST} may point at a person; leave it empty, or publish a larger"
            " area"
        )
    if count > _LARGEST:
        raise ValueError("no month has so many; is it a total of years, or a number of a person?")
    if step and count % step:
        raise ValueError("`count` is no multiple of its `rounding`; correct one of them")
    return count


def _whole(name: str, area: str, rows: Mapping[int, _Row]) -> Iterator[str]:
    """Say what keeps the rows of a series from being one."""
    of = f"{name} of {area}"
    if gaps := [label(month) for month in range(min(rows), max(rows)) if month not in rows]:
        more = f" and {len(gaps) - _NAMED:,} more" if len(gaps) > _NAMED else ""
        yield (
            f"{of}: no row for {', '.join(gaps[:_NAMED])}{more}; add each, with an empty count if"
            " it was suppressed"
        )
    if len({row.stage for row in rows.values()}) > 1:
        yield f"{of}: stages are mixed; received and processed are two series, choose one"
    counts = [row.count for row in rows.values() if row.count is not None]
    if not counts or sum(counts) < SMALLEST_MEAN * len(counts):
        yield (
            f"{of}: fewer than {SMALLEST_MEAN} a month on average; leave it out, or give a larger"
            " area"
        )


def _series(key: tuple[str, str], rows: Mapping[int, _Row]) -> Series:
    months = sorted(rows)
    return Series(
        *key,
        counts={month: rows[month].count for month in months},
        stage=rows[months[0]].stage,
        published={month: day for month in months if (day := rows[month].published)},
    )

"""What a change of a file would change: rows that come, go and differ, or lines of text."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ostiary.office.administration.governed_files import GovernedFile, Kind
from ostiary.office.administration.register_rows import RegisterRows, columns_of, read_rows

_MOST_LINES = 4_000


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that comes (``was`` is None), goes (``now`` is None) or differs.

    Attributes:
        was: its cells by column, before.
        now: its cells by column, after.
    """

    was: Mapping[str, str] | None
    now: Mapping[str, str] | None

    @property
    def differing(self) -> tuple[str, ...]:
        """Columns whose cells differ, in the order in which the register has them."""
        was, now = self.was or {}, self.now or {}
        return tuple(name for name in {**was, **now} if was.get(name, "") != now.get(name, ""))


def row_changes(register: str, before: bytes | None, after: bytes | None) -> list[RowChange]:
    """Compare two wordings of a register, a row with the row that has most of its cells.

    Raises:
        InputError: one of them is no CSV of one meaning.
    """
    was, now = (_by_declared(register, read_rows(register, one)) for one in (before, after))
    gone, come = _without_same(was, now), _without_same(now, was)
    found = []
    for row in come:
        like = max(gone, key=lambda old: _likeness(old, row), default=None)
        if like is not None and _first(like) == _first(row):
            gone.remove(like)
            found.append(RowChange(like, row))
        else:
            found.append(RowChange(None, row))
    return found + [RowChange(row, None) for row in gone]


def text_changes(before: bytes | None, after: bytes | None) -> Iterator[tuple[str, str]]:
    """Compare two wordings of a text: ``gone``, ``new`` or ``near``, and the line."""
    was, now = (
        (one or b"").decode("utf-8", "replace").splitlines()[:_MOST_LINES]
        for one in (before, after)
    )
    for line in list(difflib.unified_diff(was, now, n=2, lineterm=""))[2:]:
        if not line.startswith("@@"):
            yield {"-": "gone", "+": "new"}.get(line[:1], "near"), line[1:]


def only_ends_rows(file: GovernedFile, before: bytes | None, after: bytes | None) -> bool:
    """Whether a change does nothing but end rows earlier, of a register whose rows let somebody in.

    Raises:
        InputError: one of them is no CSV of one meaning.
    """
    if file.kind is not Kind.REGISTER or file.register not in LETS_IN:
        return False
    found = row_changes(file.register, before, after)
    return bool(found) and all(_ends_earlier(one) for one in found)


LETS_IN = frozenset(
    {
        *("agencies", "agreements", "clients", "court_leaves", "officers"),
        *("receipt_keys", "reviewers", "signers", "webhooks"),
    }
)
"""Registers each row of which lets somebody do or have something, until its last day."""


def _ends_earlier(change: RowChange) -> bool:
    if change.was is None or change.now is None or change.differing != ("until",):
        return False
    was, now = change.was.get("until", ""), change.now.get("until", "")
    return now != "" and (was == "" or now < was)


def _by_declared(register: str, rows: RegisterRows) -> list[dict[str, str]]:
    names = [column.name for column in columns_of(register)]
    names += [name for name in rows.header if name not in names]
    return [
        {name: rows.row(number).get(name, "").strip() for name in names}
        for number in range(len(rows.rows))
    ]


def _without_same(rows: list[dict[str, str]], others: list[dict[str, str]]) -> list[dict[str, str]]:
    left = [tuple(one.items()) for one in others]
    kept = []
    for row in rows:
        cells = tuple(row.items())
        if cells in left:
            left.remove(cells)
        else:
            kept.append(row)
    return kept


def _likeness(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[bool, int]:
    same = sum(text == other.get(name, "") for name, text in one.items())
    return _first(one) == _first(other), same


def _first(row: Mapping[str, str]) -> str:
    return next(iter(row.values()))

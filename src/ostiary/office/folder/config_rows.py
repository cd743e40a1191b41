"""What the tables of ``office.toml`` have in common: their names, plain values, lists of rows."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from ostiary.domain.errors import OfficeError

Row = TypeVar("Row")
Table = TypeVar("Table")
Check = tuple[str, bool, str]
"""A setting, whether it will do, and what it may be."""


def config_rows(
    kind: type[Row], table: dict[str, Any], name: str, path: Path, cure: str
) -> tuple[Row, ...]:
    """Read a list of tables, each with the texts that a class has as fields, and no others.

    Args:
        kind: the class.
        table: holds the list, or nothing of that name.
        name: of the list.
        path: the settings file.
        cure: what to write instead.

    Raises:
        OfficeError: it is no such list.
    """
    listed = table.get(name, [])
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if not isinstance(listed, list) or not all(
        isinstance(one, dict) and set(one) == names and all(type(v) is str for v in one.values())
        for one in listed
    ):
        raise OfficeError(f"`{name}` will not do", where=str(path), cure=cure)
    return tuple(kind(**one) for one in listed)


def plain(kind: type[Table]) -> Callable[[dict[str, Any], Path], Table]:
    """Give what reads a table of plain values, each of which may be left out, as a class."""

    def read(table: dict[str, Any], path: Path) -> Table:
        check_names(table, kind, path)
        return kind(**table)

    return read


def check_names(table: dict[str, Any], kind: type[Any], path: Path) -> None:
    """Refuse a setting that a class does not have; see :func:`check_known`."""
    check_known(table, {field.name for field in fields(kind)}, path)


def check_known(table: dict[str, Any], known: set[str], path: Path) -> None:
    """Refuse a name that means nothing here: a setting misspelt is a setting not in force.

    Raises:
        OfficeError: there is one.
    """
    if unknown := sorted(set(table) - known):
        raise OfficeError(
            f"unknown setting: {', '.join(unknown)}",
            where=str(path),
            cure=f"known are {', '.join(sorted(known))}",
        )

"""Lists of tables in ``office.toml``, such as its witnesses."""

from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from ostiary.domain.errors import OfficeError

Row = TypeVar("Row")


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

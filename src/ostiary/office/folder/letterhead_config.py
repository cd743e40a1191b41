"""``[letterhead]`` of ``office.toml``: what letters begin with."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ostiary.domain.errors import OfficeError
from ostiary.office.folder.config_rows import check_names

DEFAULT_NAME = "Disclosure Office"


@dataclass(frozen=True, slots=True)
class LetterheadLines:
    """What letters begin with.

    Attributes:
        name: name of the office.
        lines: what stands under it, such as its address.
    """

    name: str = DEFAULT_NAME
    lines: tuple[str, ...] = ()


def read_letterhead(table: dict[str, Any], path: Path) -> LetterheadLines:
    """Read ``[letterhead]``, of which every line may be left out.

    Raises:
        OfficeError: it has an unknown line, or one that is no text.
    """
    check_names(table, LetterheadLines, path)
    name, lines = table.get("name", DEFAULT_NAME), table.get("lines", [])
    if not isinstance(lines, list) or not all(
        isinstance(line, str) and line.strip() for line in (name, *lines)
    ):
        raise OfficeError(
            "`letterhead` will not do",
            where=str(path),
            cure='write name = "..." and lines = ["...", ...]',
        )
    return LetterheadLines(name, tuple(lines))


def letterhead_text(found: LetterheadLines) -> dict[str, str]:
    """Write its lines as TOML has them, by the names that they have in the text of the file."""
    return {
        "letterhead_name": json.dumps(found.name, ensure_ascii=False),
        "letterhead_lines": json.dumps(list(found.lines), ensure_ascii=False),
    }

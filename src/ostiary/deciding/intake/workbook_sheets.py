"""In which part of a workbook a sheet stands, as the library finds it."""

import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError)
"""What reading a damaged archive raises."""
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


def part_of(path: Path, sheet: str) -> str | None:
    """Give the part that holds a sheet (ECMA-376, part 1, 18.2.19), in small letters.

    Args:
        path: the workbook, whose parts are known to be well-formed, without a DOCTYPE and not too
            large.
        sheet: its name.

    Returns:
        None where the workbook does not say it as the library reads it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            named = {name.lower(): name for name in archive.namelist()}
            sheets = _elements(archive.read(named[_WORKBOOK]), "sheet")
            relations = _elements(archive.read(named[_RELATIONS]), "Relationship")
    except (KeyError, ExpatError, *BROKEN):
        return None
    ids = [
        value
        for one in sheets
        if one.get("name") == sheet
        for key, value in one.items()
        if key.rpartition(":")[1:] == (":", "id")
    ]
    targets = [one["Target"] for one in relations if one.get("Id") in ids and "Target" in one]
    if len(ids) != 1 or len(targets) != 1:
        return None
    target = targets[0].lower()
    inside = target.startswith(("/", "xl/"))
    return target.removeprefix("/") if inside else f"xl/{target}"


def _elements(text: bytes, kind: str) -> list[dict[str, str]]:
    """Give the attributes of all elements of a kind, whatever its prefix."""
    found: list[dict[str, str]] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == kind:
            found.append(attributes)

    parser = ParserCreate("UTF-8")
    parser.StartElementHandler = begin
    parser.Parse(text, True)
    return found

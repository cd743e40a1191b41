"""In which part of a workbook a sheet stands, as the library finds it, and in which its tables."""

import posixpath
import zipfile
import zlib
from collections.abc import Collection
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


def tables_of(path: Path, part: str, ids: Collection[str]) -> list[str]:
    """Give the parts that hold tables of a sheet, in small letters.

    Args:
        path: the workbook, as of :func:`part_of`.
        part: the part that holds the sheet, in small letters.
        ids: what the sheet calls them.
    """
    folder, name = posixpath.split(part)
    try:
        with zipfile.ZipFile(path) as archive:
            named = {name.lower(): name for name in archive.namelist()}
            text = archive.read(named[f"{folder}/_rels/{name}.rels"])
            relations = _elements(text, "Relationship")
    except (KeyError, ExpatError, *BROKEN):
        return []
    targets = [one.get("Target", "").lower() for one in relations if one.get("Id") in ids]
    return [posixpath.normpath(posixpath.join("/", folder, one))[1:] for one in targets]


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

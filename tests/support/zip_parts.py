"""A part of a packed file (a workbook, say), written otherwise in its place."""

import zipfile
from pathlib import Path


def reword(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Write other bytes instead of some that a part holds."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)

"""What an archive or a workbook is that no reader takes: by what is in it, not by its name."""

import zipfile
from pathlib import Path
from typing import Final

from ostiary.domain.errors import InputError

ZIP: Final = b"PK\x03\x04"  # a workbook of Office Open XML is a ZIP archive
_EMPTY_ZIP: Final = b"PK\x05\x06"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an older workbook, or one behind a password
_SAVE = "save it as .xlsx, or its sheet as CSV in UTF-8"
_TOLD_BY: Final = (
    ("xl/workbook.xml", "a workbook whose name does not end in .xlsx", "give it that ending"),
    ("xl/workbook.bin", "a binary workbook (.xlsb)", _SAVE),
    ("mimetype", "an OpenDocument file (.ods)", _SAVE),
    ("Index/", "a document of Numbers", "export it as Excel (.xlsx), or as CSV in UTF-8"),
)
"""How a part of an archive begins, what it is then, and what helps."""


def refuse_archive(path: Path, head: bytes) -> None:
    """Refuse what is packed as workbooks are, and say what it is.

    Args:
        path: the file.
        head: its first bytes.

    Raises:
        InputError: it is one.
    """
    if head.startswith(OLE):
        raise InputError(
            "this is a workbook of a spreadsheet before 2007 (.xls), or one behind a password",
            where=str(path),
            cure="save it as .xlsx without a password",
        )
    if head.startswith(_EMPTY_ZIP):
        raise InputError(
            "this is a ZIP archive without a file in it",
            where=str(path),
            cure="hand in the file itself",
        )
    if head.startswith(ZIP):
        what, cure = _told(path)
        raise InputError(f"this is {what}", where=str(path), cure=cure)


def _told(path: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "a workbook or a ZIP archive, and damaged", "save it again, as .xlsx or as CSV"
    for begins, what, cure in _TOLD_BY:
        if any(name.startswith(begins) for name in names):
            return what, cure
    return "a ZIP archive", "unpack it, and hand in the files that are in it one by one"

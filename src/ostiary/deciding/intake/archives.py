"""What an archive is, by what is in it: one file that is read, or what no reader takes.

A ZIP archive with one file in it is that file, packed; with several, which of them is meant cannot
be told.
"""

import zipfile
from collections.abc import Container
from pathlib import Path, PurePosixPath
from typing import Final

from ostiary.domain.errors import InputError

ZIP: Final = b"PK\x03\x04"  # a workbook of Office Open XML is a ZIP archive
_EMPTY_ZIP: Final = b"PK\x05\x06"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an older workbook, or one behind a password
_SAVE = "save it as .xlsx, or its sheet as CSV in UTF-8"
BROKEN: Final = (zipfile.BadZipFile, ValueError, NotImplementedError)
"""What opening a damaged archive raises."""
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


_LEFT_BY_SYSTEMS: Final = ("._", ".DS_Store")
"""How a name begins under ``__MACOSX``, and what a whole name is."""
_ENCRYPTED: Final = 1  # the first bit of the flags (APPNOTE.TXT, 4.4.4)


def only_file(path: Path, endings: Container[str]) -> zipfile.ZipInfo | None:
    """Give the one file of a ZIP archive; folders and what systems leave beside it are passed over.

    Nothing else is: what may hold rows counts as a file. Where something stands before the archive,
    two may have been joined, and readers take one or the other of them.

    Args:
        path: the archive, which begins as such.
        endings: of the files that are read, in small letters.

    Returns:
        None where it is damaged or joined, has none or several, or one of another kind.

    Raises:
        InputError: it has one, behind a password.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.infolist()
    except (*BROKEN, OSError):
        return None
    files = [one for one in inside if not _is_left_over(one)]
    if inside and min(one.header_offset for one in inside) > 0:
        return None
    if len(files) != 1 or _ending(files[0]) not in endings:
        return None
    if files[0].flag_bits & _ENCRYPTED:
        raise InputError(
            "this is a ZIP archive behind a password", where=str(path), cure="pack it without one"
        )
    return files[0]


def _is_left_over(one: zipfile.ZipInfo) -> bool:
    *above, last = one.filename.removesuffix("/").split("/")  # empty in one that is damaged
    if one.filename.endswith("/"):
        return one.file_size == 0
    beside, listing = _LEFT_BY_SYSTEMS
    return last == listing or (above[:1] == ["__MACOSX"] and last.startswith(beside))


def _ending(one: zipfile.ZipInfo) -> str:
    return PurePosixPath(one.filename).suffix.lower()


def _told(path: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (*BROKEN, OSError):
        return "a workbook or a ZIP archive, and damaged", "save it again, as .xlsx or as CSV"
    for begins, what, cure in _TOLD_BY:
        if any(name.startswith(begins) for name in names):
            return what, cure
    return (
        "a ZIP archive with something else in it than one file of rows",
        "unpack it, and hand in the files that are in it one by one",
    )

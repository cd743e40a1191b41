"""Nothing in the book's folders, or among an office's orders, goes unread without a word.

Each folder of the book holds one kind of file and no folders; beside them the book has a
``README.md``, and what begins with a dot or is a licence is nobody's law. The registers look after
themselves, see :mod:`ostiary.deciding.intake.register_folders`.
"""

import difflib
from pathlib import Path

from ostiary.domain.errors import BookError
from ostiary.domain.unread import README, refuse_unread

FOLDERS = ("statutes", "agreements", "policies", "orders")
"""The folders of the book that hold instruments."""

_OTHERS = {"described": ".md", "invariants": ".md", "cases": ".yaml", "measured": ".yaml"}
_REGISTERS = "registers"
_OF_A_BOOK = (*FOLDERS, *_OTHERS, _REGISTERS)
_NO_LAW = ("licen", "notice", "copying", "changelog")


def refuse_unread_orders(folder: Path) -> None:
    """Refuse a folder of orders with a file that would not be read.

    Raises:
        BookError: naming the file, and the name it should have.
    """
    _refuse(folder, ".md", "an order")


def refuse_unread_parts(book: Path) -> None:
    """Refuse a book with a file or a folder that would not be read.

    Raises:
        BookError: naming it, and the name it should have.
    """
    for name in FOLDERS:
        _refuse(book / name, ".md", "an instrument")
    for name, ending in _OTHERS.items():
        _refuse(book / name, ending, f"a part of the book ({name})")
    for path in sorted(book.iterdir()):
        if not path.name.startswith(".") and not _belongs(path):
            near = difflib.get_close_matches(path.name.lower(), _OF_A_BOOK, n=1)
            raise BookError(
                "this is no part of a rule book, and nothing in it would be read",
                where=str(path),
                cure=f"name it `{near[0]}`" if near else f"its folders: {', '.join(_OF_A_BOOK)}",
            )


def _belongs(path: Path) -> bool:
    if path.is_dir():
        return path.name in _OF_A_BOOK or not any(path.iterdir())
    return path.name == README or path.name.lower().startswith(_NO_LAW)


def _refuse(folder: Path, ending: str, what: str) -> None:
    if not folder.is_dir():
        if folder.is_symlink() or folder.exists():
            raise BookError("this is no folder", where=str(folder), cure="make it one")
        return
    found = (
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    )
    below = (one for one in found if not one.startswith(f"{_REGISTERS}/"))
    refuse_unread(str(folder), below, ending=ending, what=what)

"""A draft of the rule book from a browser: changed files laid over the book, or a whole book.

1. Single files (Markdown) take the place of the file of that name, or stand beside the others.
2. A whole book is a ZIP of its folders. What is no text of a book in it is passed over, no name in
   it becomes a path, and nothing is unpacked beyond what a book may be.
3. The draft lives in a folder that goes when the comparison ends.
"""

import io
import lzma
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ostiary.deciding.law.reading import read_instrument
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.law.unread import FOLDERS
from ostiary.domain.errors import InputError
from ostiary.domain.words import Layer
from ostiary.office.folder.session import scratch_folder

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,  # a password, or a way of packing that is not known
    EOFError,
    OSError,
)

LARGEST_TEXT = 200_000
MOST_TEXTS = 200
LARGEST_BOOK = 5_000_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,99}\.md")
_MEMBER = re.compile(rf"(?:[^/\\]+/)?({'|'.join(FOLDERS)})/({_NAME.pattern})")
_FOLDERS = {
    Layer.STATUTE: "statutes",
    Layer.SAFEGUARD: "statutes",
    Layer.AGREEMENT: "agreements",
    Layer.POLICY: "policies",
    Layer.ORDER: "orders",
}


@contextmanager
def draft_book(below: Path, uploads: "Sequence[UploadedFile[Any]]") -> Iterator[Path]:
    """Lay a draft out as a book's folder.

    Args:
        below: where the folder is made for the while.
        uploads: one ZIP of a whole book, or changed files.

    Raises:
        InputError: there is nothing, or it is no book and no text of one.
    """
    if not uploads:
        raise InputError("choose changed files of the book, or a whole book as a ZIP")
    with scratch_folder(below) as folder:
        if len(uploads) == 1 and (uploads[0].name or "").lower().endswith(".zip"):
            _unpack(uploads[0], folder)
        else:
            _lay_over(uploads, folder)
        yield folder


def _unpack(upload: "UploadedFile[Any]", folder: Path) -> None:
    if upload.size is None or upload.size > LARGEST_BOOK:
        raise InputError("this file is too large for a book")
    try:
        with zipfile.ZipFile(io.BytesIO(upload.read(LARGEST_BOOK))) as packed:
            members = [(one, _MEMBER.fullmatch(one.filename)) for one in packed.infolist()]
            texts = [(one, found) for one, found in members if found]
            if not 0 < len(texts) <= MOST_TEXTS:
                raise InputError(
                    "this is no book",
                    cure=f"pack its folders {', '.join(FOLDERS)}, {MOST_TEXTS} texts at most",
                )
            for one, found in texts:
                with packed.open(one) as text:
                    _write(folder / found[1] / found[2], text.read(LARGEST_TEXT + 1))
    except _UNREADABLE:
        raise InputError("this ZIP cannot be read", cure="pack it without a password") from None


def _lay_over(uploads: "Sequence[UploadedFile[Any]]", folder: Path) -> None:
    if len(uploads) > MOST_TEXTS:
        raise InputError(f"more than {MOST_TEXTS} files", cure="send the book as a ZIP")
    book = shipped_book()
    for name in FOLDERS:
        shutil.copytree(book / name, folder / name)
    for upload in uploads:
        name = upload.name or ""
        if not _NAME.fullmatch(name):
            raise InputError(
                "a file is no text of the book",
                cure="name it as in the book: letters, digits, dots and dashes, then `.md`",
            )
        own = [folder / each / name for each in FOLDERS if (folder / each / name).exists()]
        written = own[0] if own else folder / "draft" / name
        _write(written, upload.read(LARGEST_TEXT + 1))
        if not own:
            written.rename(folder / _FOLDERS[read_instrument(written).layer] / name)


def _write(path: Path, text: bytes) -> None:
    if len(text) > LARGEST_TEXT:
        raise InputError("a text is too large for a book", where=path.name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)

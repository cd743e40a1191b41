"""Both errors of the book, for a page: measured once by a server, beside the pages, and kept.

They hang on the book that ships and on how facts are derived, on nothing of the office. It takes
half a minute of a processor: see :mod:`.beside_pages`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ostiary.deciding.intake.derivations import DERIVATIONS_VERSION
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.reading import read_book
from ostiary.faces.web.beside_pages import BesidePages
from ostiary.office.counsel.measured_errors import Errors, measure_errors

if TYPE_CHECKING:
    from concurrent.futures import Future

_Key = tuple[str, str]  # digest of the book, version of the derivations
_ASKED: BesidePages[_Key, Errors] = BesidePages(
    "both errors could not be measured", "have them measured again, or run `ostiary book errors`"
)


def errors_when_measured(folder: Path) -> Errors | None:
    """Give both errors; None while they are being measured, which the first who asks begins.

    Args:
        folder: the rule book that ships, with its lists of requests.

    Raises:
        InputError: it failed; whoever asks next begins it anew.
    """
    book = read_book(folder)
    return _ASKED.when_done(_key(book), lambda: measure_errors(folder, book))


def measuring(folder: Path) -> "Future[Errors]":
    """Give what is measured or was, and begin it where nobody has asked; nobody waits for it."""
    book = read_book(folder)
    return _ASKED.begun(_key(book), lambda: measure_errors(folder, book))


def _key(book: Book) -> _Key:
    return book.digest, DERIVATIONS_VERSION

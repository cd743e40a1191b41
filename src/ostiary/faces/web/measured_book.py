"""Both errors of the book, for a page: measured once by a server, beside the pages, and kept.

They hang on the book that ships and on how facts are derived, on nothing of the office. It takes
half a minute of a processor, so no request waits for it: who asks first begins it, and whoever asks
meanwhile is told that it is under way.
"""

import logging
import threading
from concurrent.futures import Future
from pathlib import Path

from ostiary.deciding.intake.derivations import DERIVATIONS_VERSION
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.reading import read_book
from ostiary.domain.errors import InputError
from ostiary.domain.kept import Kept
from ostiary.office.counsel.measured_errors import Errors, measure_errors

_LOG = logging.getLogger(__name__)
_Key = tuple[str, str]  # digest of the book, version of the derivations
_ASKED: Kept[_Key, Future[Errors]] = Kept(2)


def errors_when_measured(folder: Path) -> Errors | None:
    """Give both errors; None while they are being measured, which the first who asks begins.

    Args:
        folder: the rule book that ships, with its lists of requests.

    Raises:
        InputError: it failed; whoever asks next begins it anew.
    """
    key, asked = asked_for(folder)
    if not asked.done():
        return None
    if asked.exception() is not None:
        _ASKED.drop(key)  # told once; who asks next begins it anew
        raise InputError(
            "both errors could not be measured; the server's log says why",
            cure="have them measured again, or run `ostiary book errors`",
        )
    return asked.result()


def asked_for(folder: Path) -> tuple[_Key, "Future[Errors]"]:
    """Give what is measured or was, and begin it where nobody has asked; nobody waits for it."""
    book = read_book(folder)
    key = (book.digest, DERIVATIONS_VERSION)
    return key, _ASKED.get(key, lambda: _begun(folder, book))


def _begun(folder: Path, book: Book) -> "Future[Errors]":
    asked: Future[Errors] = Future()

    def work() -> None:
        try:
            asked.set_result(measure_errors(folder, book))
        except Exception as error:  # noqa: BLE001 - whatever it was, the page has to say so
            _LOG.warning("both errors could not be measured: %s", error)
            asked.set_exception(error)

    threading.Thread(target=work, name="both errors", daemon=True).start()
    return asked

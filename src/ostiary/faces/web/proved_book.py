"""Whether an office's book is proved, for a page: once for each book, beside the pages, and kept.

It hangs on the book that ships, its invariants, and the orders of the office: whoever puts an order
into force has asked about another book. It takes seconds: see :mod:`.beside_pages`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.reading import read_book, read_orders
from ostiary.faces.web.beside_pages import BesidePages

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ostiary.deciding.law.prove.proofs import Report

_Key = tuple[str, tuple[str, ...]]  # digest of the book with its orders, ids of the office's own


@dataclass(frozen=True)
class ProvedBook:
    """What was tried of a book.

    Attributes:
        digest: of the book with the office's orders.
        checks: the names of all that is tried, in their order.
        report: what was shown and what was not.
    """

    digest: str
    checks: tuple[str, ...]
    report: "Report"


_ASKED: BesidePages[_Key, ProvedBook] = BesidePages(
    "the book could not be proved", "have it proved again, or run `ostiary book prove`"
)


def proved_when_done(folder: Path, orders: Path) -> ProvedBook | None:
    """Give what is proved; None while it is being proved, which the first who asks begins.

    Args:
        folder: the rule book that ships, with its invariants.
        orders: the folder of the office's own orders.

    Raises:
        InputError: it failed; whoever asks next begins it anew. Or an order cannot be read.
    """
    return _ASKED.when_done(*_asked(folder, orders))


def proving(folder: Path, orders: Path) -> "Future[ProvedBook]":
    """Give what is proved or was, and begin it where nobody has asked; nobody waits for it.

    Raises:
        InputError: an order cannot be read.
    """
    return _ASKED.begun(*_asked(folder, orders))


def _asked(folder: Path, orders: Path) -> tuple[_Key, Callable[[], ProvedBook]]:
    added = read_orders(orders)
    book = read_book(folder).extended(added)

    def work() -> ProvedBook:
        from ostiary.deciding.law.prove.proofs import CHECKS, prove  # noqa: PLC0415 - an extra that need not be there

        report = prove(book, read_invariants(folder), added=added)
        return ProvedBook(book.digest, tuple(CHECKS), report)

    return (book.digest, tuple(one.id for one in added)), work

"""The law that is current at a step: the book, the orders and the registers, read anew each time.

Reading anew is what makes an order work at once: a file dropped into ``OFFICE/orders`` binds the
next step of every program that works for the office.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import rfc8785

from ostiary.domain.errors import BookError
from ostiary.intake.derivations import derivations_digest
from ostiary.intake.registers import load_registers
from ostiary.law.book import Book
from ostiary.law.reading import read_book, read_orders
from ostiary.law.shipped import shipped_book


@dataclass(frozen=True)
class CurrentLaw:
    """One law, named by digests that enter the accounting together.

    Attributes:
        book: the rule book with the office's own orders behind it.
        digests: ``book`` (the rule book alone), ``orders``, ``registers``, and ``derivations``
            (how facts come about).
    """

    book: Book
    digests: dict[str, str]

    @property
    def name(self) -> str:
        """Name the rules that decide: book and orders, not the registers."""
        return self.book.digest


def read_law(
    con: duckdb.DuckDBPyConnection,
    *,
    book: Path | None = None,
    registers: Sequence[Path] = (),
    orders: Path | None = None,
) -> CurrentLaw:
    """Read the law, and load the registers into ``con`` as tables ``reg_*``.

    Args:
        con: where the register tables are made.
        book: folder of the rule book; the shipped one unless given.
        registers: folders that overlay the book's own registers, later over earlier.
        orders: folder with the office's own orders.

    Raises:
        BookError: something of it cannot be used as written.
    """
    folder = book or shipped_book()
    shipped = read_book(folder)
    own = read_orders(orders) if orders else ()
    for overlay in registers:
        if not overlay.is_dir():
            raise BookError("there is no folder of registers here", where=str(overlay))
    loaded = load_registers(con, [folder / "registers", *registers])
    sources = sorted((one.id, one.source) for one in own)
    return CurrentLaw(
        book=shipped.extended(own),
        digests={
            "book": shipped.digest,
            "orders": "sha256:" + hashlib.sha256(rfc8785.dumps(sources)).hexdigest(),
            "registers": str(loaded),
            "derivations": derivations_digest(),
        },
    )

"""The law that is current at a step: the book, the orders and the registers, as the files are now.

An order works at once: a file dropped into ``OFFICE/orders`` binds the next step of every program
that works for the office. Each time the files' sizes and times are looked at; what has not changed
since this process read it is not read again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import rfc8785

from ostiary.deciding.intake.derivations import derivations_digest
from ostiary.deciding.intake.registered_keys import keys_of
from ostiary.deciding.intake.registers import Registers, put_registers
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.notice_wanted import ShortNotice, short_notices
from ostiary.deciding.law.orders import refuse_unknown_agencies
from ostiary.deciding.law.reading import read_book, read_orders
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError
from ostiary.domain.kept import Kept
from ostiary.domain.registered_keys import RegisteredKey
from ostiary.domain.words import Layer
from ostiary.office.folder.known_keys import Memory, counting, remembered_after, with_keys
from ostiary.office.folder.law_files import Sources, Stamp, below, without_editors
from ostiary.office.folder.registers_read import registers_in


@dataclass(frozen=True)
class CurrentLaw:
    """One law, named by digests that enter the accounting together.

    Attributes:
        book: the rule book with the office's own orders behind it.
        digests: ``book`` (the rule book alone), ``orders``, ``registers`` (and the settings that
            decide), and ``derivations`` (how facts come about).
        registers: the registers that were read with it.
        files: digest of registers and settings, without the keys that were seen in them.
        pending: keys in the registers that count for nothing, as long as nobody accepts them.
        remembered: every key that has counted, as it is remembered once this law is adopted.
        short: rows of ``court_notices`` that are less than their order wants, and so no notice;
            ``registers`` has none of them.
        seen: what the office remembered of keys when it was read.
        last_key: number of the last row that told of one then; -1 where that was not asked.
        sources: what it was read from; None for a law that is none of files.
        stamp: what the files there were when it was read.
    """

    book: Book
    digests: dict[str, str]
    registers: Registers = field(compare=False, repr=False)
    files: str = ""
    pending: frozenset[RegisteredKey] = frozenset()
    remembered: Memory = field(default=frozenset(), compare=False, repr=False)
    short: tuple[ShortNotice, ...] = field(default=(), compare=False)
    seen: Memory = field(default=frozenset(), compare=False, repr=False)
    last_key: int = field(default=-1, compare=False)
    sources: Sources | None = field(default=None, compare=False, repr=False)
    stamp: Stamp = field(default=(), compare=False, repr=False)

    @property
    def name(self) -> str:
        """Name the rules that decide: book and orders, not the registers."""
        return self.book.digest

    def under(self, settings: Mapping[str, Any]) -> "CurrentLaw":
        """Give the law with an office's settings that decide; they count with the registers."""
        both = rfc8785.dumps([self.digests["registers"], dict(settings)])
        digest = "sha256:" + hashlib.sha256(both).hexdigest()
        return replace(self, files=digest, digests={**self.digests, "registers": digest})

    def stands(self) -> bool:
        """Whether its files say what they said when it was read.

        Where nothing has touched them, their times and sizes tell. A backup by hard links, a change
        of modes or an editor that writes the same words anew change those: then they are read.
        """
        if self.sources is None:
            return True
        now = self.sources.stamp()
        if now == self.stamp or without_editors(now) == without_editors(self.stamp):
            return True
        try:
            found = _read(self.sources)
        except BookError:  # half written, say: whoever begins anew is told
            return False
        return found._said == self._said  # noqa: SLF001 - of this class

    @property
    def _said(self) -> tuple[str, str, str]:
        """Digests of what stands in the files, whichever keys and settings count beside them."""
        return self.digests["book"], self.digests["orders"], str(self.registers.digest)

    @cached_property
    def keys(self) -> Mapping[RegisteredKey, str]:
        """Every key that stands in the registers, whether it counts or not, with its last day."""
        return keys_of(self.registers)

    def beside(self, seen: Memory, day: date) -> "CurrentLaw":
        """Give the law of an office that has seen some keys; they count with the registers.

        Args:
            seen: what the office remembers of them.
            day: the day on which the law is asked.
        """
        pending, after = _keys_beside(self.registers, seen, day)
        digest = with_keys(self.files, after)
        digests = {**self.digests, "registers": digest}
        return replace(self, pending=pending, remembered=after, digests=digests)


@lru_cache(maxsize=8)  # registers by identity: what was read once does not change
def _keys_beside(
    registers: Registers, seen: Memory, day: date
) -> tuple[frozenset[RegisteredKey], Memory]:
    """Give which keys wait, and what is remembered of all that counted; a step asks three times."""
    keys = keys_of(registers)
    count = counting(keys, seen, day)
    return frozenset(keys) - count, remembered_after(keys, count, seen, day)


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
    law = written_law(book=book, registers=registers, orders=orders)
    put_registers(con, law.registers)
    return law


def written_law(
    *, book: Path | None = None, registers: Sequence[Path] = (), orders: Path | None = None
) -> CurrentLaw:
    """Read the law as :func:`read_law` does, and load nothing."""
    for overlay in registers:
        if not overlay.is_dir():
            raise BookError("there is no folder of registers here", where=str(overlay))
    return _read(Sources(book or shipped_book(), tuple(registers), orders))


def _read(sources: Sources) -> CurrentLaw:
    stamp = sources.stamp()  # before anything is read: what changes meanwhile shows
    folder, overlays, orders = sources
    rules, book_digest, orders_digest = _rules(folder, orders, below(stamp, folder, orders))
    folders = (folder / "registers", *overlays)
    found = registers_in(folders, below(stamp, *folders))
    found, short = _checked_orders(rules, book_digest + orders_digest, found)
    return CurrentLaw(
        book=rules,
        registers=found,
        short=short,
        sources=sources,
        stamp=stamp,
        digests={
            "book": book_digest,
            "orders": orders_digest,
            "registers": str(found.digest),
            "derivations": _derivations(),
        },
    )


_Counting = tuple[Registers, tuple[ShortNotice, ...]]


def _checked_orders(book: Book, digest: str, registers: Registers) -> _Counting:
    """Refuse an order that binds nobody, and leave out notices that are less than one wants.

    What was checked once is not checked again.
    """

    def check() -> _Counting:
        orders = [one for one in book.instruments if one.layer is Layer.ORDER]
        refuse_unknown_agencies(orders, registers.tables["agencies"]["agency"].to_pylist())
        return without_short_notices(book, registers)

    return _CHECKED.get((digest, str(registers.digest)), check)


def without_short_notices(book: Book, registers: Registers) -> _Counting:
    """Give the registers without the notices that are none under their order, and those."""
    notices = registers.tables["court_notices"]
    short = short_notices(book.instruments, notices.to_pylist())
    if not short:
        return registers, ()
    kept = notices.filter(pa.array([n not in short for n in range(notices.num_rows)], pa.bool_()))
    return Registers({**registers.tables, "court_notices": kept}), tuple(short.values())


_CHECKED: Kept[tuple[str, str], _Counting] = Kept(8)

# No formula changes while a program runs.
_derivations = cache(derivations_digest)


@lru_cache(maxsize=8)
def _rules(folder: Path, orders: Path | None, _stamp: Stamp) -> tuple[Book, str, str]:
    """Read the rules; give the book with its orders, and the digests of both parts."""
    shipped = read_book(folder)
    own = read_orders(orders) if orders else ()
    sources = sorted((one.id, one.source) for one in own)
    digest = "sha256:" + hashlib.sha256(rfc8785.dumps(sources)).hexdigest()
    return shipped.extended(own), shipped.digest, digest

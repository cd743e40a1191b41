"""Is the book of the day's law: its citations and the texts it was written from, beside a copy.

Every provision that an instrument or a rule cites must exist in the Code; and the provision that an
instrument encodes should read as it did when it was encoded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.code.digests import Copy, read_copy
from ostiary.deciding.law.instruments import Instrument
from ostiary.domain.words import Layer

_CODE = "/us/usc/"
_ENCODING = (Layer.STATUTE, Layer.SAFEGUARD)
SAME, CHANGED, GONE, UNREAD = "same", "changed", "gone", "unread"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an instrument's provision reads in the copy.

    Attributes:
        instrument: its id.
        cites: the provision.
        read_on: the day of the text that it was written from; None where its file does not say.
        state: ``same``, ``changed``, ``gone``, or ``unread`` when no digest was kept.
        digest: of the provision in the copy; empty when it is gone.
    """

    instrument: str
    cites: str
    read_on: date | None
    state: str
    digest: str


@dataclass(frozen=True)
class Currency:
    """What a copy of the Code says of the book.

    Attributes:
        citations: how many different provisions of the Code were looked for.
        missing: those that the copy does not have.
        standings: of the instruments that encode a provision of the Code.
        sections: how many sections the copy has.
    """

    citations: int
    missing: tuple[str, ...]
    standings: tuple[Standing, ...]
    sections: int

    @property
    def is_current(self) -> bool:
        """Whether nothing is missing, and nothing reads otherwise."""
        return not self.missing and all(one.state in {SAME, UNREAD} for one in self.standings)


def currency(book: Book, copy: Path, more: Iterable[str] = ()) -> Currency:
    """Hold a book against a copy of the Code.

    Args:
        book: the law.
        copy: see :func:`ostiary.deciding.law.code.digests.read_copy`.
        more: further provisions that must exist, such as sections of the register of offences.

    Raises:
        InputError: the copy cannot be read.
    """
    cited = {one for one in (*_cited(book), *more) if one.startswith(_CODE)}
    encoded = [one for one in book.instruments if one.layer in _ENCODING and one.cites in cited]
    deep = {one for one in cited if one.count("/") > _CODE.count("/") + 1}
    found = read_copy(copy, deep)
    titles = {"/".join(one.split("/")[:4]) for one in found.known}
    return Currency(
        len(cited),
        tuple(sorted(cited - found.known - titles)),
        tuple(_standing(one, found) for one in encoded),
        found.sections,
    )


def _cited(book: Book) -> Iterator[str]:
    for one in book.instruments:
        yield one.cites
    for _, rule in book.rules:
        yield from (version.cites for version in rule.versions)


def _standing(one: Instrument, copy: Copy) -> Standing:
    digest = copy.digests.get(one.cites, "")
    kept = one.read.digest if one.read else ""
    state = SAME if kept == digest else CHANGED
    if not digest:
        state = GONE
    elif not kept:
        state = UNREAD
    return Standing(one.id, one.cites, one.read.day if one.read else None, state, digest)

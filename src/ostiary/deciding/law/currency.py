"""Is the book of the day's law: its citations and the texts it was written from, beside a copy.

Every provision that an instrument or a rule cites must exist in the Code; and the provision that an
instrument encodes should read as it did when it was encoded.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.code.digests import Copy, read_copy
from ostiary.deciding.law.instruments import Instrument
from ostiary.domain.errors import InputError
from ostiary.domain.words import Layer

_CODE = "/us/usc/"
_ENCODING = (Layer.STATUTE, Layer.SAFEGUARD)
SAME, CHANGED, GONE, UNREAD = "same", "changed", "gone", "unread"
ABSENT = "not-in-copy"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an instrument's provision reads in the copy.

    Attributes:
        instrument: its id.
        cites: the provision.
        read_on: the day of the text that it was written from; None where its file does not say.
        state: ``same``, ``changed``, ``gone``, ``unread`` when no digest was kept, or
            ``not-in-copy`` when the copy has no section of its title.
        digest: of the provision in the copy; empty when it is not there.
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
        missing: those that the copy does not have, though it has sections of their title.
        absent: titles of which the copy has no section; nothing in them was looked for.
        standings: of the instruments that encode a provision of the Code.
        sections: how many sections the copy has.
    """

    citations: int
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    standings: tuple[Standing, ...]
    sections: int

    @property
    def is_current(self) -> bool:
        """Whether all was looked for, nothing is missing, and nothing reads otherwise."""
        whole = not self.missing and not self.absent
        return whole and all(one.state in {SAME, UNREAD} for one in self.standings)


def currency(book: Book, copy: Path, more: Iterable[str] = ()) -> Currency:
    """Hold a book against a copy of the Code.

    Args:
        book: the law.
        copy: see :func:`ostiary.deciding.law.code.digests.read_copy`.
        more: further provisions that must exist, such as sections of the register of offences.

    Raises:
        InputError: the copy cannot be read, or has no section.
    """
    cited = {one for one in (*_cited(book), *more) if one.startswith(_CODE)}
    encoded = [one for one in book.instruments if one.layer in _ENCODING and one.cites in cited]
    deep = {one for one in cited if one.count("/") > _CODE.count("/") + 1}
    found = read_copy(copy, deep)
    if not found.sections:
        raise InputError(
            "no section of the United States Code could be read here",
            where=str(copy),
            cure="fetch the titles again; a copy has whole sections, each with its number",
        )
    titles = {_title(one) for one in found.known}
    missing = cited - found.known - titles
    return Currency(
        len(cited),
        tuple(sorted(one for one in missing if _title(one) in titles)),
        tuple(sorted({_title(one) for one in missing} - titles)),
        tuple(_standing(one, found, titles) for one in encoded),
        found.sections,
    )


def _title(provision: str) -> str:
    """Give the title of a provision, as an identifier."""
    return "/".join(provision.split("/")[:4])


def _cited(book: Book) -> Iterator[str]:
    for one in book.instruments:
        yield one.cites
    for _, rule in book.rules:
        yield from (version.cites for version in rule.versions)


def _standing(one: Instrument, copy: Copy, titles: Collection[str]) -> Standing:
    digest = copy.digests.get(one.cites, "")
    kept = one.read.digest if one.read else ""
    state = SAME if kept == digest else CHANGED
    if not digest:
        state = GONE if _title(one.cites) in titles else ABSENT
    elif not kept:
        state = UNREAD
    return Standing(one.id, one.cites, one.read.day if one.read else None, state, digest)

"""A request that passes under each gateway of a book on 6 August 2025, written by the prover."""

from datetime import date

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.prover import Prover
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.facts import Facts
from ostiary.domain.words import Stage


def let_through(book: Book) -> list[Facts]:
    """Give the facts of one request for each gateway, in book order."""
    prover = Prover(book, read_invariants(shipped_book()))
    passes = prover.let_through(Stage.ADMISSION)
    when = prover.symbols.is_("received", date(2025, 8, 6))
    found = [
        prover.find(Stage.ADMISSION, passes, when, prover.symbols.is_("provision", one.cites))
        for one in book.instruments
        if one.gateway
    ]
    return [facts for facts in found if facts is not None]

"""What is shown of a book by counting days and comparing lists; no prover is needed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise, product

from ostiary.domain.words import Layer
from ostiary.law.book import Book, Instrument, Rule, Version
from ostiary.law.prover import Outcome, Proof

_DAY = timedelta(days=1)


def versions(book: Book) -> Iterator[Proof]:
    """Show that a rule has one wording, and only one, on each day of its instrument.

    A guard is its instrument's own period, and has nothing to be held against.
    """
    for one, rule in book.rules:
        fault = _overlap(rule.versions) or _gap(one, rule)
        says = fault or f"`{rule.id}` has one wording on each day of its instrument"
        outcome = Outcome.FAILS if fault else Outcome.HOLDS
        yield Proof("versions", rule.id, None, outcome, says)


def whitelist(book: Book, items: frozenset[str]) -> Iterator[Proof]:
    """Show that no instrument, and no answer under any two of them, lists more than ``items``."""
    for one in book.instruments:
        if one.items is not None:
            yield _within(one.id, one.items, items)
    statutes = {one.cites for one in book.instruments if one.layer is Layer.STATUTE}
    agreements = {one.id for one in book.instruments if one.layer is Layer.AGREEMENT}
    for provision, agreement in product(sorted(statutes), sorted(agreements)):
        about = f"{provision} under {agreement}"
        yield _within(about, book.items_for(provision, agreement), items)
    for one in book.instruments:
        if one.layer is Layer.POLICY and one.items is not None:
            most = [book.items_for(*pair) for pair in product(statutes, agreements)]
            yield _within(f"answers, by {one.id}", frozenset().union(*most), one.items)


def _within(about: str, listed: frozenset[str], items: frozenset[str]) -> Proof:
    beyond = sorted(listed - items)
    says = f"{about} lists nothing beyond {', '.join(sorted(items))}"
    if beyond:
        says = f"{about} lists {', '.join(beyond)}, which an answer may not contain"
    return Proof("whitelist", about, None, Outcome.FAILS if beyond else Outcome.HOLDS, says)


def _overlap(dated: Sequence[Version]) -> str:
    for earlier, later in pairwise(version.period for version in dated):
        if earlier.last is None or earlier.last >= later.first:
            return f"two wordings are in force on {later.first}"
    return ""


def _gap(one: Instrument, rule: Rule) -> str:
    """Name the first day without a wording, if there is one."""
    due = one.period.first
    for version in rule.versions:
        if version.period.first > due:
            return f"`{rule.id}` has no wording on {due}"
        if version.period.last is None:
            return ""
        due = version.period.last + _DAY
    return f"`{rule.id}` has no wording on {due}" if due <= (one.period.last or date.max) else ""

"""What is shown of a book by counting days and comparing lists; no prover is needed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.instruments import Instrument, Items, Rule, Version
from ostiary.deciding.law.prove.invariants import OfRecords
from ostiary.deciding.law.prove.prover import Outcome, Proof
from ostiary.domain.words import Layer

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


def whitelist(book: Book, items: Mapping[str, Items]) -> Iterator[Proof]:
    """Show that no paragraph, and no answer under any, lists more than the invariants know.

    Items are compared with their sources. An agreement is held against all provisions together, an
    answer against the provision it is under and against each policy.
    """
    statutes = [one for one in book.instruments if one.layer is Layer.STATUTE and one.items]
    agreements = [one for one in book.instruments if one.layer is Layer.AGREEMENT]
    policies = [one for one in book.instruments if one.layer is Layer.POLICY]
    for one in statutes:
        yield _within(one.id, one.items, [items.get(one.cites, {})])
    for one in agreements:
        yield _within(one.id, one.items, items.values())
    for one in statutes:
        for agreement in (None, *(other.id for other in agreements)):
            answer = book.items_for(one.cites, agreement)
            about = f"answers under {one.id}" + (f" and {agreement}" if agreement else "")
            yield _within(about, answer, [items.get(one.cites, {})])
            for policy in policies:
                if policy.items is not None:
                    yield _within(f"{about}, by {policy.id}", answer, [policy.items])


def records(book: Book, known: Mapping[str, OfRecords]) -> Iterator[Proof]:
    """Show that each gateway has the years, the bar and who is owed as the invariants know them.

    And that no answer under it, whatever the agreement, tells more of what it rests on.
    """
    for one in book.instruments:
        if one.gateway:
            *wanted, most = known.get(one.cites, ("unsaid", "unsaid", "unsaid", ()))
            said = [one.years, one.bar, str(one.owed)]
            says = (
                f"{one.id}: records confirm of years {wanted[0]}, a hold is: {wanted[1]}, and"
                f" silence is no answer to: {wanted[2]}"
            )
            if said != wanted:
                says = f"{says}; but its file says {said[0]}, {said[1]} and {said[2]}"
            outcome = Outcome.HOLDS if said == wanted else Outcome.FAILS
            yield Proof("records", one.id, None, outcome, says)
            yield _told(one, book, most)


def _told(gateway: Instrument, book: Book, most: Sequence[str]) -> Proof:
    agreements = [one.id for one in book.instruments if one.layer is Layer.AGREEMENT]
    told = {part for by in (None, *agreements) for part in book.tells(gateway.cites, by)}
    most_said = ", ".join(most) or "nothing"
    says = f"{gateway.id}: beside its outcome an answer tells no more than: {most_said}"
    if beyond := sorted(told - set(most)):
        says = f"{says}; but its file lets it tell {', '.join(beyond)}"
    outcome = Outcome.FAILS if beyond else Outcome.HOLDS
    return Proof("records", f"{gateway.id}, tells", None, outcome, says)


def _within(about: str, listed: Items | None, allowed: Iterable[Items]) -> Proof:
    known = {pair for items in allowed for pair in _pairs(items)}
    beyond = sorted({item for item, source in _pairs(listed or {}) if (item, source) not in known})
    says = f"{about}: nothing beyond {', '.join(sorted({item for item, _ in known}))}"
    if beyond:
        says = f"{about}: there is {', '.join(beyond)}, which an answer may not contain"
    return Proof("whitelist", about, None, Outcome.FAILS if beyond else Outcome.HOLDS, says)


def _pairs(items: Items) -> Iterator[tuple[str, str]]:
    return ((item, source) for item, sources in items.items() for source in sources)


def _overlap(dated: Sequence[Version]) -> str:
    for earlier, later in pairwise(version.period for version in dated):
        if earlier.meets(later):
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

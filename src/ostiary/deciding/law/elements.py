"""The elements of the law that a person determines, and which of them a request still lacks.

1. An element is a fact that the vocabulary declares as human. A rule that reads one waits for a
   person; which rules do, follows from the book, by provision and by day.
2. No taxpayer record is looked at for a request before every such element has been found, and
   every other rule of the day of the look is met (26 USC 6103(i)(2)(A): upon receipt of a request
   that *meets the requirements*).
3. What a rule still lacks is asked with the human facts undetermined. So a rule that is met
   whatever a person says waits for nobody.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import mask_one
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.legal_time import Day, asked
from ostiary.domain.facts import HUMAN, Facts
from ostiary.domain.kept import Kept


def elements_by_rule(book: Book, day: Day) -> Mapping[int, frozenset[str]]:
    """Give the rules that have a say on a day and read what a person determines, by their bit.

    Each batch asks, of the same few books and days; a book is known by its digest.
    """
    return _READ.get((book.digest, day), partial(_elements_by_rule, book, day))


_READ: Kept[tuple[str, Day], Mapping[int, frozenset[str]]] = Kept(16)


def _elements_by_rule(book: Book, day: Day) -> Mapping[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for one in asked(book, day):
        human = set(facts_in(one.version.tree)) & set(HUMAN) if one.version else set()
        if human:
            found[one.bit] = frozenset(human)
    return MappingProxyType(found)


def elements_heeded(book: Book, facts: Facts, day: Day) -> frozenset[str]:
    """Name the elements of which an officer's *no* leaves a rule of one request unmet on a day.

    A *no* on anything else decides nothing: a request returned for want of it would name no rule.
    Such is a word that no rule reads which speaks to the request, or one whose rule is met whatever
    a person says (of a missing child no criminal statute is needed, 26 USC 6103(i)(1)(B)(iii)).
    """
    reads = elements_by_rule(book, day)
    unmet = {name: mask_one(book, {**facts, name: False}, day) for name in HUMAN}
    return frozenset(
        name
        for name, mask in unmet.items()
        if any(mask >> bit & 1 and name in names for bit, names in reads.items())
    )


def awaited(rules: Mapping[int, frozenset[str]], mask: int) -> tuple[str, ...]:
    """Name the elements that stand between a request and a look, sorted.

    Args:
        rules: as :func:`elements_by_rule` gives them for the day of the look.
        mask: the rules that are not met on that day while no person has spoken.
    """
    return tuple(sorted({one for bit, names in rules.items() if mask >> bit & 1 for one in names}))


def others(rules: Mapping[int, frozenset[str]], mask: int) -> int:
    """Give a mask without the rules that wait for a person."""
    return mask & ~sum(1 << bit for bit in rules)

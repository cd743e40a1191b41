"""The register: under which texts an office shares, with whom, why, how long, and what is hidden.

One entry is one agreement, order or policy of the book. What its rules say is taken from them; what
the book does not say is left empty and shown as *not stated*, never guessed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlglot import exp

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.citations import citation_text
from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.instruments import Instrument, Rule
from ostiary.deciding.law.printing import subject_of
from ostiary.deciding.law.registration import Party, Withheld
from ostiary.domain.period import Period
from ostiary.domain.words import Layer

LISTED = {
    Layer.AGREEMENT: "agreement",
    Layer.ORDER: "order of a court",
    Layer.POLICY: "policy of the custodian",
}
"""What stands in the register, and what an entry of it is called."""

CHOICE = {
    Layer.AGREEMENT: "the parties' choice: it narrows the law, and gives no power itself",
    Layer.ORDER: "law: what a court has ordered",
    Layer.POLICY: "the custodian's choice: it narrows the law, and is never called law",
}
"""What of an entry is law, and what is somebody's choice."""

_OF_THE_CUSTODIAN = {Layer.POLICY: (Party("the custodian", "decides"),)}


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of an entry, as one of its dated wordings has it.

    Attributes:
        id: the rule.
        says: its condition in English.
        cure: what would meet it.
        citation: where the text has it.
        period: the days of this wording.
    """

    id: str
    says: str
    cure: str
    citation: str
    period: Period


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which what an entry says changed.

    Attributes:
        day: the first day of what is said since.
        what: what began or ended on it.
    """

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One agreement, order or policy as the public sees it.

    Attributes:
        id: its name in the book, for ever.
        kind: a value of :data:`LISTED`.
        title: its title.
        about: its subject, the heading of its text.
        choice: a value of :data:`CHOICE`.
        parties: who takes part; empty where the book does not say.
        powers: the provisions under which anything is shared, as people cite them.
        purpose: what is to be reached; empty where the book does not say.
        benefits: what its parties expect of it; likewise.
        items: what an answer may say; empty where it is silent on that.
        speaks_to: to which requests it speaks, in English.
        period: the days on which it speaks.
        signed: the day of signature; None where the book does not say.
        review: the day by which it is looked at again; likewise.
        withheld: what the public does not see of its text.
        read: from which text the book was written, with its grade.
        text: where the public finds the text.
        clauses: its rules, each wording apart.
        changes: the days on which they changed, in order.
    """

    id: str
    kind: str
    title: str
    about: str
    choice: str
    parties: tuple[Party, ...]
    powers: tuple[str, ...]
    purpose: str
    benefits: str
    items: tuple[str, ...]
    speaks_to: str
    period: Period
    signed: date | None
    review: date | None
    withheld: tuple[Withheld, ...]
    read: str
    text: str
    clauses: tuple[Clause, ...]
    changes: tuple[Change, ...]

    def standing(self, day: date) -> str:
        """Say whether it speaks on a day: ``in force``, ``ended`` or ``not yet in force``."""
        if day in self.period:
            return "in force"
        return "not yet in force" if day < self.period.first else "ended"

    def hidden(self, day: date) -> tuple[Withheld, ...]:
        """Give what is withheld of its text on a day."""
        return tuple(one for one in self.withheld if day in Period(one.since, one.until))


def register_of(book: Book) -> tuple[RegisterEntry, ...]:
    """Give the register of a book: agreements, then orders, then policies, each in book order."""
    return tuple(_entry(one) for layer in LISTED for one in book.instruments if one.layer is layer)


def _entry(one: Instrument) -> RegisterEntry:
    said = one.registration
    return RegisterEntry(
        id=one.id,
        kind=LISTED[one.layer],
        title=one.title,
        about=subject_of(one),
        choice=CHOICE[one.layer],
        parties=said.parties if said else _OF_THE_CUSTODIAN.get(one.layer, ()),
        powers=tuple(_powers(one)),
        purpose=said.purpose if said else "",
        benefits=said.benefits if said else "",
        items=tuple(sorted(one.items or {})),
        speaks_to=in_english(one.applies),
        period=one.period,
        signed=said.signed if said else None,
        review=said.review if said else None,
        withheld=said.withheld if said else (),
        read=f"{one.read.source} (grade {one.read.grade}, {one.read.day})" if one.read else "",
        text=said.text if said else "",
        clauses=tuple(_clauses(one.rules)),
        changes=tuple(_changes(one)),
    )


def _powers(one: Instrument) -> Iterator[str]:
    """Give what it rests on: an agreement on provisions, the others on what their rules cite."""
    if one.layer is Layer.AGREEMENT:
        asked = (each for each in one.applies.find_all(exp.EQ, exp.In) if _is_of_provision(each))
        named = dict.fromkeys(text.name for each in asked for text in each.find_all(exp.Literal))
        yield from (citation_text(cites) or cites for cites in named)
    else:
        yield from dict.fromkeys(
            version.citation for rule in one.rules for version in rule.versions if not rule.guard
        )


def _is_of_provision(compared: exp.Expr) -> bool:
    """Whether a comparison says which provision a request relies on, and not which it does not."""
    return compared.this.name == "provision" and compared.find_ancestor(exp.Not) is None


def _clauses(rules: Iterable[Rule]) -> Iterator[Clause]:
    for rule in rules:
        if rule.guard:
            continue
        for version in rule.versions:
            says = in_english(version.tree)
            yield Clause(rule.id, says, version.cure, version.citation, version.period)


def _changes(one: Instrument) -> Iterator[Change]:
    """Give what began and ended, by day; a wording that replaces another is one change."""
    found = [Change(one.period.first, "it begins to speak")]
    if one.period.last:
        found.append(Change(one.period.last, "its last day"))
    for rule in one.rules:
        for _, later in pairwise(rule.versions):
            found.append(Change(later.period.first, f"another wording of `{rule.id}`"))
    yield from sorted(found, key=lambda change: change.day)

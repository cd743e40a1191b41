"""What a letter says: plain values, in words that people can act on. How it looks is elsewhere.

1. A letter to an agency repeats what the law found of the request, and nothing of the person it is
   about: no name, no address, no number. It names the request by the agency's own id.
2. Nothing in it depends on a taxpayer's record. A notice that an answer has been given reads the
   same whatever the answer is; a letter on an answer is made by those who could open it, from the
   signed statement alone.
3. A day stands in it only when a provision, an order or a register gives that day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ostiary.domain.words import Layer

NO_LAST_DAY = "No last day is set by the provision or in the registers."


class LetterKind(StrEnum):
    """What a letter is for; its value is the name that people give it."""

    RETURN = "return"
    SUSPENSION = "suspension"
    COUNSEL = "counsel"
    NOTICE = "notice"
    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the name of the office, and the lines under it (address, telephone).

    The letters of a ``training`` office say so on every sheet.
    """

    name: str
    lines: tuple[str, ...] = ()
    training: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """The request that a letter is about, as the agency and the log know it.

    Attributes:
        request_id: the agency's own id.
        agency: id of the agency.
        agency_name: its name in the register; empty when it is in none.
        received: day of receipt.
        provision: the provision relied on, as people cite it.
        agreement: the agreement relied on, or empty.
        log: name of the office's log.
        entry: number of the log entry that recorded the request.
    """

    request_id: str
    agency: str
    agency_name: str
    received: date | None
    provision: str
    agreement: str
    log: str
    entry: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One numbered reason.

    Attributes:
        rule: id of the rule in the book.
        citation: the provision it rests on.
        finding: what is wrong.
        stated: what the request, or a register, said of it: label and value.
        cure: what would mend it.
        by_when: the day that counts, or that there is none.
        layer: whose rule it is; the custodian's own conditions rest on 26 USC 6103(p)(1).
    """

    rule: str
    citation: str
    finding: str
    stated: tuple[tuple[str, str], ...]
    cure: str
    by_when: str = NO_LAST_DAY
    layer: Layer = Layer.STATUTE


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter.

    Attributes:
        kind: what it is for.
        letterhead: who writes.
        day: its date.
        to: lines of the addressee.
        subject: its heading, which is its title too.
        reference: what it is about: label and value.
        opening: paragraphs before the reasons.
        reasons: in the order of the book.
        sections: what follows.
        language: that it is written in, as BCP 47 has it.
    """

    kind: LetterKind
    letterhead: Letterhead
    day: date
    to: tuple[str, ...]
    subject: str
    reference: tuple[tuple[str, str], ...]
    opening: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    sections: tuple[Section, ...] = ()
    language: str = "en"


def in_words(day: date) -> str:
    """Write a day as people do: 6 August 2025, the same under every locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

"""Statuses, outcomes and the records that pass from room to room."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """What the requester is told about a request.

    ``RETURNED``, ``SUSPENDED``, ``TO_COUNSEL`` (a judge's order that this corridor does not answer)
    and ``ACCEPTED`` come from the law alone, before a record is read;
    ``CONFIRMED`` and ``NO_ANSWER`` are the only two that a sealed answer can have.
    """

    RETURNED = "returned"
    SUSPENDED = "suspended"
    TO_COUNSEL = "to-counsel"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    NO_ANSWER = "no-answer"


WORKED_ON = (Status.ACCEPTED, Status.TO_COUNSEL)
"""Requests that somebody works on: the case store has their content and facts.

Of others the custody files have them.
"""

OF_ADMISSION = (Status.ACCEPTED, Status.RETURNED, Status.SUSPENDED, Status.TO_COUNSEL)
"""What the law alone can say of a request."""


class Owed(StrEnum):
    """Whom silence would be no answer to.

    ``COURT``: a judge has ordered it, so that neither *no answer* nor a return is an answer.
    ``DANGER``: the custodian itself apprises somebody of what is imminent, so that *no answer* is
    none; a danger that an officer finds to be none is still returned. ``NOBODY``: silence is one.
    """

    NOBODY = "nobody"
    COURT = "court"
    DANGER = "danger"


class Outcome(StrEnum):
    """What the reference file holds for a request: for the custodian's eyes only."""

    CONFIRMED = "confirmed"
    NO_RECORD = "no-record"
    MISMATCH = "mismatch"
    AMBIGUOUS = "ambiguous"
    HELD = "held"

    @property
    def answer(self) -> Status:
        """The one thing a requester may learn: confirmed, or no answer."""
        return Status.CONFIRMED if self is Outcome.CONFIRMED else Status.NO_ANSWER


class Use(StrEnum):
    """What an agency reports of an answer that it was given, whatever the answer said."""

    USED = "used"
    NOT_USED = "not-used"
    NO_OFFENCE = "no-offence"
    PROSECUTION = "prosecution"
    PENDING = "pending"


OFFICERS_NEEDED = 2
"""How many officers must say the same before an answer leaves, or a record is looked at anew."""

FOR_COUNSEL = "hold-for-counsel"
"""The rule of a verification that a hold settled under a judge's order: it goes to counsel."""


class Stage(StrEnum):
    """When a rule is asked: at admission (before any record is read) or at disclosure."""

    ADMISSION = "admission"
    DISCLOSURE = "disclosure"


class Layer(StrEnum):
    """Whose rule it is. A request must pass all layers; none can widen another.

    ``ORDER`` rules stop what they cover; the other layers state requirements.
    """

    STATUTE = "statute"
    AGREEMENT = "agreement"
    POLICY = "policy"
    SAFEGUARD = "safeguard"
    ORDER = "order"

    @property
    def whose(self) -> str:
        """Say to people whose rule it is; what the custodian chose is never called law."""
        return _WHOSE[self]


_WHOSE = {
    Layer.STATUTE: "the statute",
    Layer.AGREEMENT: "the agreement relied on, which gives no authority",
    Layer.POLICY: "a condition of the custodian's own, under 26 U.S.C. 6103(p)(1)",
    Layer.SAFEGUARD: "the safeguards of 26 U.S.C. 6103(p)(4)",
    Layer.ORDER: "an order of a court",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step happens: the clock for the record, the legal day for the law.

    The two differ only in a training office, where the day may be set.
    """

    at: str
    today: date

    @property
    def clock_day(self) -> date:
        """The day that the clock shows, by which a recipient's own clock will go."""
        return date.fromisoformat(self.at[:10])


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why a request was not let through, in words the requester can act on.

    Attributes:
        rule: id of the rule in the book, such as ``i2.address.complete``.
        citation: the provision it rests on, as people cite it.
        finding: what is wrong.
        cure: what would mend it.
        layer: whose rule it is; None of one that was told before findings said so.
    """

    rule: str
    citation: str
    finding: str
    cure: str
    layer: Layer | None = None


@dataclass(frozen=True, slots=True)
class Determination:
    """What the law says of one request on one day. No taxpayer record was read for it.

    Attributes:
        status: returned, suspended, to-counsel or accepted.
        mask: bit *n* is set when the *n*-th rule of the book (in book order) is not met.
        stage: the stage whose rules were asked.
        on: the legal day.
        book: digest of the rule book that decided.
        findings: one for each set bit, in book order.
    """

    status: Status
    mask: int
    stage: Stage
    on: date
    book: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What comparing a request with the reference file showed. Custodian only.

    Attributes:
        outcome: see :class:`Outcome`.
        rule: name of the rule of decision that settled it, such as ``name-and-address-agree``.
        person_id: the one person it is about; empty unless exactly one person stands out.
        weight: bits of evidence for the best person; 0 without a candidate.
        margin: bits between the best person and the next one.
    """

    outcome: Outcome
    rule: str
    person_id: str = ""
    weight: float = 0.0
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class RowError:
    """A row of a request file that could not be read. The other rows go on.

    ``row`` counts data rows from 1; the header is row 0. ``message`` never repeats the value.
    """

    row: int
    column: str
    code: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """What binds the recipient of an answer; it travels inside the signed statement."""

    sole_use: str
    no_redisclosure: str
    artificial_intelligence: str
    dispose_by: str
    recipients: tuple[str, ...] = field(default_factory=tuple)

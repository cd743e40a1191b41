"""The decision on a case: the one document whose digest officers sign.

Everything that an answer rests on is in it: the request, what the law said and which law, what the
file showed, what officers found of each element that a person determines, the answer that follows,
and the keys that it will be sealed to. Change any of it and the digest is another one, so that no
approval outlives a change.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ostiary.domain.basis import Given, Ground, given_of, read_basis, read_given, told_of
from ostiary.domain.errors import OfficeError
from ostiary.domain.words import Status
from ostiary.office.store import Case
from ostiary.verifying.log.canonical import canonical


@dataclass(frozen=True, slots=True)
class Decision:
    """What is about to be answered, and the digest that names exactly this.

    Attributes:
        digest: ``sha256:`` over the whole decision, salted by the request's own random bits so
            that it can be published without telling anything.
        answer: confirmed or no answer.
        told: of what a confirmation rests on, what the recipients are told.
        given: the items on file that they are told.
    """

    digest: str
    answer: Status
    told: tuple[Ground, ...] = ()
    given: tuple[Given, ...] = ()


REASON = "reason_specific"
"""The element that stood alone once: decisions made then name it, and must keep their digest."""


def found_of(case: Case) -> dict[str, bool]:
    """Give what persons last found, by element of the law; what nobody spoke of is left out."""
    return {one.fact or REASON: one.found for one in case.determinations}


def awaited_by(case: Case) -> tuple[str, ...]:
    """Name the elements that persons must find before the record is looked at."""
    awaits = case.request.awaits
    return (REASON,) if awaits is None else tuple(awaits.split())


def lacking(case: Case) -> tuple[str, ...]:
    """Name the elements that a person found lacking: each returns the request."""
    return tuple(name for name, found in found_of(case).items() if not found)


def undetermined(case: Case) -> tuple[str, ...]:
    """Name the awaited elements on which nobody has spoken yet."""
    found = found_of(case)
    return tuple(name for name in awaited_by(case) if name not in found)


def salt_of(case: Case) -> str:
    """Give the request's own random bits, in hex.

    Nothing stands in for them once they are destroyed: a digest over few possible words and no
    secret is guessed at once.

    Raises:
        OfficeError: they have been destroyed.
    """
    if not case.request.salt:
        raise OfficeError(
            "the request's random bits have been destroyed, so nothing can be released on it",
            where=case.request.request_id,
        )
    return case.request.salt


def decision_on(
    origin: str,
    case: Case,
    law: str,
    since: int,
    sealed_to: Mapping[str, str] | None = None,
    tells: Collection[str] = (),
) -> Decision:
    """Give the decision as it stands now.

    An officer's refusal makes another decision: its answer is *no answer*, whatever the file
    shows, and two officers have to approve that one.

    Args:
        origin: of the office's log.
        case: everything stored about the request, a verification among it.
        law: digest of the book, orders included, that is current.
        since: the log entry since which it is; a law that came and went leaves another one.
        sealed_to: the key that an answer is sealed to, by recipient, as the register has it today.
        tells: what provision and agreement let an answer tell of what it rests on, and of items
            on file.

    Raises:
        OfficeError: the request's random bits have been destroyed.
        ValueError: the case was never verified, so there is nothing to decide.
    """
    looked = case.verification
    if looked is None:
        raise ValueError("a case without a verification has no decision")
    answer = Status.NO_ANSWER if case.refusals else looked.outcome.answer
    confirms = answer is Status.CONFIRMED
    told = told_of(read_basis(looked.basis), tells) if confirms else ()
    given = given_of(read_given(looked.basis), tells) if confirms else ()
    said = {
        "v": 1,
        "origin": origin,
        "request": case.request.entry_index,
        "content": case.request.content,
        "salt": salt_of(case),
        "mask": case.request.mask,
        "law": law,
        "since": since,
        "outcome": str(looked.outcome),
        "rule": looked.rule,
        "person": looked.person_id,
        REASON: found_of(case).get(REASON),
        "refusals": len(case.refusals),
        "answer": str(answer),
    }
    said |= _said_where_it_is(case, told, given, sealed_to or {})
    return Decision("sha256:" + hashlib.sha256(canonical(said)).hexdigest(), answer, told, given)


def _said_where_it_is(
    case: Case, told: Sequence[Ground], given: Sequence[Given], sealed_to: Mapping[str, str]
) -> dict[str, Any]:
    """Give what came to decisions later: where there is nothing of it, an old digest stands."""
    parts = {
        "look": case.verification.entry_index if case.verification and case.superseded else None,
        "found": {name: found for name, found in found_of(case).items() if name != REASON},
        "told": [[one.period, *one.sources] for one in told],
        "given": [[one.period, one.item, one.value] for one in given],
        "sealed_to": {
            officer: hashlib.sha256(key.encode()).hexdigest() for officer, key in sealed_to.items()
        },
    }
    return {name: part for name, part in parts.items() if part not in (None, {}, [])}

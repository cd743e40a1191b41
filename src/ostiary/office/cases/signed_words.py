"""The exact words that officers sign, and what the log commits to of them."""

from ostiary.office.cases.states import Step
from ostiary.office.rulings.decision_document import REASON
from ostiary.office.store import Case, NewNote

VOTE_LABEL = "vote"
"""The label under which votes are committed to: its field salt opens all votes on one request."""


HOW_LABEL = "how"
"""The label under which the log commits to how counsel answered."""

NOTE_LABEL = "note"
"""The label under which the log commits to an officer's note."""


def spoken(origin: str, step: Step, officer: str, what: str) -> bytes:
    """Give the bytes that an officer signs: who says what about which decision."""
    return f"ostiary review v1\n{origin}\n{step}\n{officer}\n{what}\n".encode()


def spoken_vote(origin: str, step: Step, officer: str, decision: str, own_salt: str) -> bytes:
    """Give the bytes that an officer signs with a vote.

    The field salt is among them. Without it, anybody who has the officer's public key could try
    the words of both steps on the published signature.
    """
    return spoken(origin, step, officer, f"{decision} {own_salt}")


def vote_text(step: Step, officer: str, decision: str, why: str = "") -> str:
    """Give the text that the log commits to: who said what about which decision, and why.

    Officer and decision are in it so that no two votes have the same text. Two approvals of one
    request would else show the same commitment, and the odd one out would be the refusal.
    """
    said = str(step) if step is Step.APPROVE else f"{step}\n{why}"
    return f"{officer}\n{decision}\n{said}"


def note_text(note: NewNote) -> str:
    """Give the text that the log commits to of a note: two notes never have the same."""
    return f"{note.officer}\n{note.at}\n{note.kind}\n{note.text}"


def said_of(case: Case, fact: str, *, found: bool) -> str:
    """Give what an officer says with a determination, about which request and element."""
    if fact == REASON:
        return f"{case.request.content} {'specific' if found else 'not specific'}"
    return f"{case.request.content} {fact} {'found' if found else 'lacking'}"


def spoken_by_counsel(origin: str, officer: str, case: Case) -> bytes:
    """Give the bytes that an officer signs who says that counsel answered a request."""
    return spoken(origin, Step.SETTLE, officer, case.request.content)

"""The log entries of what officers and counsel say of a case.

The log is public, and a refusal tells of the answer. So an approval, a refusal and an order to look
again are the same entry, `answer.voted`, and whoever has no salt can try the words in vain: on the
commitment, and on the signature, which an officer's public key would otherwise open.
"""

import base64
from typing import Any

from ostiary.office.cases.signed_words import HOW_LABEL, VOTE_LABEL
from ostiary.office.rulings.decision_document import REASON, salt_of
from ostiary.office.store import (
    Case,
    NewApproval,
    NewCounselAnswer,
    NewDetermination,
    NewEntry,
    NewLookOrder,
    NewRefusal,
)
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import commit


def determined_entry(case: Case, row: NewDetermination) -> NewEntry:
    """Make the entry of a determination; the one on the reason has a type of its own."""
    common: dict[str, Any] = {
        "at": row.at,
        "of": case.request.entry_index,
        "officer": row.officer,
        "signature": _in_base64(row.signature),
    }
    if row.fact == REASON:
        return journal_entry("reason.determined", specific=row.found, **common)
    element = str(row.fact).replace("_", "-")
    return journal_entry("element.determined", element=element, found=row.found, **common)


def counsel_entry(case: Case, row: NewCounselAnswer) -> NewEntry:
    """Make the entry of counsel's answer; how it was given is in the commitment alone."""
    return journal_entry(
        "counsel.answered",
        at=row.at,
        about=case.request.entry_index,
        officer=row.officer,
        on=str(row.day),
        how=commit(salt_of(case), HOW_LABEL, row.how),
        signature=_in_base64(row.signature),
    )


def vote_entry(case: Case, row: NewApproval | NewRefusal | NewLookOrder, text: str) -> NewEntry:
    """Make the entry of a vote; whether it is for or against is in the commitment alone."""
    return journal_entry(
        "answer.voted",
        at=row.at,
        of=case.request.entry_index,
        officer=row.officer,
        decision=row.digest,
        vote=commit(salt_of(case), VOTE_LABEL, text),
        signature=_in_base64(row.signature),
    )


def _in_base64(signature: bytes) -> str:
    return base64.b64encode(signature).decode()

"""Is a page about a case out of date? What an officer saw, as a mark that comes back with the step.

A step is taken on what somebody has read. When a colleague has taken one since, or the law has
changed, what was read is no longer so, and nothing is stored; for every kind of step. The signature
alone would not tell: a determination is signed over the request, and holds whatever was said since.

An approval joins others and overrules none, so a colleague's vote on the very same decision does
not make it stale; every other step does away with votes, so there it does. The mark is salted with
the request's random bits: from it nobody reads how a colleague has voted.
"""

import hashlib

from ostiary.domain.errors import NotAllowedError
from ostiary.domain.facts import VOCABULARY
from ostiary.office.cases.states import Step
from ostiary.office.rulings.decision_document import REASON, Decision, salt_of
from ostiary.office.store import Case, DeterminationRecord
from ostiary.verifying.log.canonical import canonical

_SHORT = 32
_PARTS = 3


def mark_of(case: Case, decision: Decision | None, law: str) -> str:
    """Give the mark of a case as it stands: the last determination, all but votes, and votes.

    Args:
        case: the case.
        decision: as it stands; None before the record may be seen.
        law: digest of the current book.

    Raises:
        OfficeError: the request's random bits have been destroyed.
    """
    looks = (*case.superseded, *filter(None, [case.verification]))
    stands = [
        law,
        decision.digest if decision else "",
        [one.entry_index for one in case.determinations],
        [one.entry_index for one in looks],
        [one.entry_index for one in case.orders],
        case.counsel.entry_index if case.counsel else None,
        case.answer.entry_index if case.answer else None,
    ]
    votes = [
        *(one.entry_index for one in case.approvals),
        *(one.entry_index for one in case.refusals),
    ]
    last = max((one.entry_index for one in case.determinations), default=0)
    return f"{last}.{_digest(case, stands)}.{_digest(case, [stands, votes])}"


def check_fresh(case: Case, decision: Decision | None, law: str, mark: str, step: Step) -> None:
    """Refuse a step from a page that shows a case as it no longer is.

    Raises:
        NotAllowedError: somebody has taken a step since, or the law has changed.
    """
    now, seen = mark_of(case, decision, law).split("."), mark.split(".")
    which = 1 if step is Step.APPROVE else _PARTS - 1
    if len(seen) == _PARTS and seen[which] == now[which]:
        return
    raise NotAllowedError(
        _what_changed(case, seen[0]),
        where=case.request.request_id,
        cure="look again: the page shows the case as it stands now",
    )


def _what_changed(case: Case, seen: str) -> str:
    since = int(seen) if seen.isascii() and seen.isdigit() else None
    later = [one for one in case.determinations if since is not None and one.entry_index > since]
    if later:
        return _in_words(later[-1])
    return "the case, or the law, is no longer as this page showed it: a step was taken since"


def _in_words(said: DeterminationRecord) -> str:
    fact = said.fact or REASON
    who = said.officer or "the training office"
    ruling = VOCABULARY[fact].ruling(found=said.found)
    return f"after this page was drawn, at {said.at[11:16]} UTC, {who} {ruling}"


def _digest(case: Case, said: object) -> str:
    text = canonical({"salt": salt_of(case), "said": said})
    return hashlib.sha256(text).hexdigest()[:_SHORT]

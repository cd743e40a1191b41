"""What a reader may know of others' votes on a case: one answer, for every face of the office.

A second officer is blind to the first one's vote. As long as the decision awaits approval, nobody
but those who have voted on it is shown any vote on it, nor why one was refused before. An order of
another look is shown: it is no vote on an answer, and the second officer has to know of it.
"""

from ostiary.office.cases.openings import Vote
from ostiary.office.cases.states import CaseState, state_of
from ostiary.office.rulings.decision_document import Decision
from ostiary.office.store import Case


def is_blind(case: Case, decision: Decision | None, reader: str) -> bool:
    """Whether votes on the decision as it stands are kept from a reader.

    Args:
        case: the case.
        decision: as it stands; None before the record may be seen.
        reader: id of who looks; empty for somebody who did not say.
    """
    if decision is None or state_of(case, decision) is not CaseState.AWAITS_APPROVAL:
        return False
    voted = {one.officer for one in case.approvals if one.digest == decision.digest}
    return reader not in voted


def votes_shown(case: Case, decision: Decision | None, reader: str) -> tuple[Vote, ...]:
    """Give the votes that a reader may see: approvals, refusals, orders of another look."""
    if not is_blind(case, decision, reader):
        return (*case.approvals, *case.refusals, *case.orders)
    digest = decision.digest if decision else ""
    earlier = tuple(one for one in case.approvals if one.digest != digest)
    return (*earlier, *case.orders)

"""Were answers given as they must be? The third and the fourth rule of the recount.

Rule 3 counts votes, not approvals, because no entry tells an outsider which of the two a vote is: a
refusal turns the answer into *no answer*, and an agency that read of it would learn more than these
words. Votes for and against are one type, with a salted commitment in place of the word. Counting
votes is enough, for the digest of a decision covers the number of refusals: a refusal makes another
decision, and the refused one is never the one released. That the office kept to this is not seen
from the entries; auditors who are shown the salts compute the digest again and open every vote.
What stays in sight is how many votes there were, when, and over which decisions. One entry alone
tells nothing, but from their sequence a refusal can follow: when the decision changed although no
law was adopted, and where the office allows no approval, which is before the reason was determined
and as a third vote on one decision.
"""

from collections import Counter

from ostiary.domain.words import OFFICERS_NEEDED
from ostiary.verifying.log.entries import Entry
from ostiary.verifying.log.faults import FaultKind

Found = list[tuple[FaultKind, str]]


class AnswerCount:
    """Votes and answers, as far as the log has been read.

    Attributes:
        by_year: how many answers there are, by agency and year of release.
    """

    def __init__(self) -> None:
        self.by_year: Counter[tuple[str, str]] = Counter()
        self._voted: dict[tuple[int, str], set[str]] = {}
        self._released: dict[int, str] = {}

    def note_vote(self, entry: Entry) -> None:
        """Take in an `answer.voted`."""
        self._voted.setdefault((entry["of"], entry["decision"]), set()).add(entry["officer"])

    def release(self, entry: Entry, asked_by: str, *, is_complete: bool) -> Found:
        """Take in an `answer.released`, and say what is wrong with it.

        Args:
            entry: the entry.
            asked_by: the agency whose request it answers; empty where that could not be read.
            is_complete: whether every entry before it could be read: else a vote may be there.
        """
        of = entry["of"]
        officers = len(self._voted.get((of, entry["decision"]), ()))
        few = f"{officers} of {OFFICERS_NEEDED} officers voted on this decision before it"
        found = [
            (is_complete and officers < OFFICERS_NEEDED, FaultKind.APPROVALS, few),
            (of in self._released, FaultKind.RELEASE, f"request {of} had been answered already"),
            (
                asked_by not in ("", entry["agency"]),
                FaultKind.RELEASE,
                f"request {of} came from another agency",
            ),
        ]
        self._released[of] = entry["answer"]
        self.by_year[entry["agency"], entry["on"][:4]] += 1
        return [(kind, message) for is_wrong, kind, message in found if is_wrong]

    def was_released(self, entry: Entry) -> bool:
        """Whether the answer that an entry speaks of was released for the request that it names."""
        return bool(self._released.get(entry["of"]) == entry["answer"])

    def is_answered(self, of: int) -> bool:
        """Whether an answer to a request was released."""
        return of in self._released

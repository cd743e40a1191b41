"""Do the entries make sense together? Every figure is counted again, from the entries alone.

1. ``of`` points to an earlier `request.decided` whose status is accepted.
2. A batch's figures are what its requests add up to, and every request belongs to a batch.
3. No answer without two different officers who voted on the very same decision before it; no
   answer twice; none under another agency's name.
4. Nothing is opened, recalled, or disposed of by its recipients that was not released.
5. Keys change in a chain: whoever gives keys up had taken them up (compared by the caller).
6. Nobody can dispose of more requests than there are, or report other requests and answers of a
   year than the entries before it hold, or more disclosures than answers, or more taxpayers than
   disclosures.

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

Requests and answers per agency and year come out: requests by the year of receipt, answers by the
year of release. The public table of 26 USC 6103(p)(3)(C) also has disclosures and taxpayers. These
are not counted here, and must not be: who was told what must not be readable from a public log, so
the entries only commit to it. Neither figure is more than the answers. The exact counts come from
the case store, with the openings of the commitments `outcome` and `taxpayer`; the annual report
puts them into the log as sums, when the year is over: entries `figures.reported`.
"""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ostiary.accounting.entries import PATTERNS, Entry, read_entry
from ostiary.accounting.faults import FaultKind, FaultList
from ostiary.accounting.hasher import TreeHasher
from ostiary.accounting.key_changes import KeyChange
from ostiary.accounting.tree import leaf_hash
from ostiary.accounting.vocabulary import DECIDED_STATUSES
from ostiary.domain.errors import FaultError

OFFICERS_NEEDED = 2
_DECIDED = PATTERNS["request.decided"]
# What is kept of each entry: see Recount._said.
_OTHER_STEP, _UNREADABLE, _OTHER, _ACCEPTED_FROM = 0, 1, 2, 3
_LEAVES_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class AgencyYear:
    """How often one agency asked, and how often it was answered, in one year.

    Attributes:
        agency: id in the register.
        year: calendar year.
        requests: requests received in the year.
        answers: answers released in the year, whether they disclosed something or not. So this
            is the most that disclosures, and taxpayers, can be.
    """

    agency: str
    year: int
    requests: int
    answers: int


@dataclass(slots=True)
class _Batch:
    """What a batch says of itself, and what its requests add up to."""

    claimed: Entry | None = None
    claimed_at: int = 0
    first: int = 0
    counts: Counter[bytes] = field(default_factory=Counter)
    tree: TreeHasher = field(default_factory=TreeHasher)
    leaves: list[bytes] = field(default_factory=list)

    def root(self) -> str:
        self.flush()
        return self.tree.root().hex()

    def flush(self) -> None:
        self.tree.add(self.leaves)
        self.leaves.clear()


class Recount:
    """Reads the entries in order, then compares.

    Args:
        origin: the log's name, which `office.opened` must repeat.
        faults: where to report.

    Attributes:
        by_type: how many entries of each type there are.
        key_changes: every change of the log's keys, in order.
    """

    def __init__(self, origin: str, faults: FaultList) -> None:
        self.by_type: Counter[str] = Counter()
        self.key_changes: list[KeyChange] = []
        self._origin = origin
        self._faults = faults
        # For each entry: another step, unreadable, a request not accepted, or accepted plus the
        # number of the agency's name.
        self._said = array("I")
        self._agencies: list[str] = []
        self._agency_numbers: dict[bytes, int] = {}
        self._batches: dict[bytes, _Batch] = {}
        self._requests: Counter[tuple[bytes, bytes]] = Counter()
        self._answers: Counter[tuple[str, str]] = Counter()
        self._voted: dict[tuple[int, str], set[str]] = {}
        self._released: dict[int, str] = {}
        self._disposed = 0
        self._has_gaps = False
        self._checks = {
            "office.opened": self._check_opened,
            "key.changed": self._note_key_change,
            "batch.received": self._note_batch,
            "answer.voted": self._note_vote,
            "answer.released": self._check_release,
            "answer.opened": self._check_opening,
            "answer.recalled": self._check_opening,
            "answer.disposed": self._check_opening,
            "case.read": self._check_reading,
            "openings.disposed": self._check_disposal,
            "figures.reported": self._note_report,
        }

    @property
    def is_complete(self) -> bool:
        """Whether every entry so far could be read."""
        return not self._has_gaps

    def skip(self, count: int) -> None:
        """Pass over entries that cannot be read."""
        self._has_gaps = True
        self._said.extend([_UNREADABLE] * count)

    def add(self, data: bytes) -> None:
        """Read the next entry."""
        match = _DECIDED.fullmatch(data)  # all but a few of a large log are of this type
        if match is not None:
            self._count_request(*match.group("agency", "batch", "content", "received", "status"))
            return
        try:
            entry = read_entry(data)
        except FaultError as error:
            self._report(FaultKind.FORM, str(error))
            self.skip(1)
            return
        self.by_type[entry.type] += 1
        if "of" not in entry.fields or self._refers_well(entry["of"]):
            check = self._checks.get(entry.type)
            if check is not None:
                check(entry)
        self._said.append(_OTHER_STEP)

    def finish(self) -> None:
        """Compare every batch's figures, once all entries have been read."""
        decided = sum(self._requests.values())
        if decided:
            self.by_type["request.decided"] = decided
        if self._has_gaps:
            return  # figures over an incomplete log would blame the innocent
        for name, batch in self._batches.items():
            self._compare_batch(name.decode().strip('"'), batch)

    def figures(self) -> tuple[AgencyYear, ...]:
        """Give requests and answers, sorted by agency and year."""
        requests: Counter[tuple[str, str]] = Counter()
        for (agency, year), count in self._requests.items():
            requests[agency.decode().strip('"'), year.decode()] += count
        rows = requests.keys() | self._answers.keys()
        return tuple(
            AgencyYear(agency, int(year), requests[agency, year], self._answers[agency, year])
            for agency, year in sorted(rows)
        )

    def _count_request(
        self, agency: bytes, batch: bytes, content: bytes, received: bytes, status: bytes
    ) -> None:
        """Count one request; the arguments are JSON texts, quotation marks included."""
        self._requests[agency, received[1:5]] += 1
        code = _OTHER
        if status == b'"accepted"':
            code = _ACCEPTED_FROM + self._number_of(agency)
        found = self._batches.get(batch)
        if found is None:
            found = self._batches[batch] = _Batch(first=len(self._said))
        found.counts[status] += 1
        found.leaves.append(leaf_hash(content[1:-1]))
        if len(found.leaves) == _LEAVES_AT_ONCE:
            found.flush()
        self._said.append(code)

    def _number_of(self, agency: bytes) -> int:
        number = self._agency_numbers.get(agency)
        if number is None:
            number = self._agency_numbers[agency] = len(self._agencies)
            self._agencies.append(agency.decode().strip('"'))
        return number

    def _refers_well(self, of: int) -> bool:
        if of < len(self._said) and self._said[of] == _UNREADABLE:
            return True
        if of >= len(self._said) or self._said[of] < _ACCEPTED_FROM:
            self._report(
                FaultKind.REFERENCE, f"entry {of} is no accepted request decided before this"
            )
            return False
        return True

    def _check_opened(self, entry: Entry) -> None:
        if entry["origin"] != self._origin:
            self._report(FaultKind.ORIGIN, "the office that opened this log is another one")

    def _note_key_change(self, entry: Entry) -> None:
        change = KeyChange(len(self._said), entry["old"], entry["new"], entry["stolen"])
        self.key_changes.append(change)

    def _note_batch(self, entry: Entry) -> None:
        batch = self._batches.setdefault(f'"{entry["batch"]}"'.encode(), _Batch())
        if batch.claimed is not None:
            self._report(FaultKind.BATCH, f"batch {entry['batch']} was received twice")
            return
        batch.claimed, batch.claimed_at = entry, len(self._said)

    def _note_vote(self, entry: Entry) -> None:
        self._voted.setdefault((entry["of"], entry["decision"]), set()).add(entry["officer"])

    def _check_release(self, entry: Entry) -> None:
        of = entry["of"]
        officers = self._voted.get((of, entry["decision"]), set())
        if len(officers) < OFFICERS_NEEDED and not self._has_gaps:
            self._report(
                FaultKind.APPROVALS,
                f"{len(officers)} of {OFFICERS_NEEDED} officers voted on this decision before it",
            )
        if of in self._released:
            self._report(FaultKind.RELEASE, f"request {of} had been answered already")
        if self._agency_of(of) not in ("", entry["agency"]):
            self._report(FaultKind.RELEASE, f"request {of} came from another agency")
        self._released[of] = entry["answer"]
        self._answers[entry["agency"], entry["on"][:4]] += 1

    def _check_opening(self, entry: Entry) -> None:
        if self._released.get(entry["of"]) != entry["answer"] and not self._has_gaps:
            self._report(FaultKind.OPENING, "this answer was not released for this request")

    def _check_reading(self, entry: Entry) -> None:
        about = entry["about"]
        if about >= len(self._said) or self._said[about] == _OTHER_STEP:
            self._report(FaultKind.REFERENCE, f"entry {about} is no request decided before this")

    def _check_disposal(self, entry: Entry) -> None:
        self._disposed += entry["requests"]
        if self._disposed > sum(self._requests.values()) and not self._has_gaps:
            self._report(FaultKind.DISPOSAL, "more requests are disposed of than were decided")

    def _note_report(self, entry: Entry) -> None:
        counted = (
            self._requests_of(entry["agency"], str(entry["year"])),
            self._answers[entry["agency"], str(entry["year"])],
        )
        sums = (entry["requests"], entry["answers"])
        falls = entry["answers"] >= entry["disclosures"] >= entry["taxpayers"]
        if (sums != counted or not falls) and not self._has_gaps:
            self._report(FaultKind.REPORT, "the figures reported are not those of the entries")

    def _requests_of(self, agency: str, year: str) -> int:
        return self._requests[f'"{agency}"'.encode(), year.encode()]

    def _agency_of(self, of: int) -> str:
        code = self._said[of]
        if code < _ACCEPTED_FROM:
            return ""
        return self._agencies[code - _ACCEPTED_FROM]

    def _compare_batch(self, name: str, batch: _Batch) -> None:
        if batch.claimed is None:
            self._faults.add(FaultKind.BATCH, f"batch {name} was never received", index=batch.first)
            return
        counted: dict[str, Any] = {
            "counts": {status: batch.counts[f'"{status}"'.encode()] for status in DECIDED_STATUSES},
            "root": batch.root(),
            "rows": batch.counts.total() + batch.claimed["row_errors"] + batch.claimed["repeats"],
        }
        wrong = [figure for figure in counted if counted[figure] != batch.claimed[figure]]
        if wrong:
            message = f"batch {name}: {' and '.join(wrong)} differ from its request entries"
            self._faults.add(FaultKind.BATCH, message, index=batch.claimed_at)

    def _report(self, kind: FaultKind, message: str) -> None:
        self._faults.add(kind, message, index=len(self._said))

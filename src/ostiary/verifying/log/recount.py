"""Do the entries make sense together? Every figure is counted again, from the entries alone.

1. ``of`` points to an earlier `request.decided` whose status is accepted; who reads a case may
   read one that went to counsel.
2. A batch's figures are what its requests add up to, and every request belongs to a batch.
3. No answer without two different officers who voted on the very same decision before it; no
   answer twice; none under another agency's name.
4. Nothing is opened, recalled, or disposed of by its recipients that was not released.
5. A request is accepted when, and only when, its mask names no rule that is not met; a release is
   stopped only by such a rule.
6. No entry is dated before the one before it, or after a time-stamp of it
   (:mod:`ostiary.verifying.log.clock_order`), save where two officers corrected a clock that had
   leapt. A release is dated the day it is written, except in a
   training office, which sets its own day.
7. No record is examined before persons have found every element that its batch says is awaited
   (`elements.awaited`), nor after one was found lacking. Elements are taken as found in a training
   office alone.
8. Keys change in a chain: whoever gives keys up had taken them up (compared by the caller).
9. Counsel answers once, and only requests that went to counsel. What is disposed of was kept
   first, of as many requests and answers, once an office has begun to.
10. Nobody can dispose of more requests than there are, or report other requests and answers of a
    year than the entries before it hold, or more disclosures than answers, or more taxpayers than
    disclosures.

Why rule 3 counts votes, and not approvals, stands in :mod:`.recounted_answers`.

Requests and answers per agency and year come out: requests by the year of receipt, answers by the
year of release. The public table of 26 USC 6103(p)(3)(C) also has disclosures and taxpayers. These
are not counted here, and must not be: who was told what must not be readable from a public log, so
the entries only commit to it. Neither figure is more than the answers. The exact counts come from
the case store, with the openings of the commitments `outcome` and `taxpayer`; the annual report
puts them into the log as sums, when the year is over: entries `figures.reported`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ostiary.domain.errors import FaultError
from ostiary.verifying.log.clock_order import LATE_DAYS, ClockOrder, days_between
from ostiary.verifying.log.decision_entries import Decided, DecidedReader
from ostiary.verifying.log.entries import Entry, pattern_of, read_entry
from ostiary.verifying.log.faults import FAULT_LIMIT, FaultKind, FaultList
from ostiary.verifying.log.key_changes import KeyChange
from ostiary.verifying.log.recounted_answers import AnswerCount
from ostiary.verifying.log.recounted_batches import RecountedBatch, Tally
from ostiary.verifying.log.recounted_disposals import DisposalCount
from ostiary.verifying.log.recounted_elements import ElementCount
from ostiary.verifying.log.recounted_entries import RecountedEntries

_EXAMINED = pattern_of("record.examined")
_NO_RULE = "0"
_READS = frozenset({"case.viewed"})  # what went to counsel is read, and nothing else done with it


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


class Recount:
    """Reads the entries in order, then compares.

    Args:
        origin: the log's name, which `office.opened` must repeat.
        faults: where to report.
        stamped: tree sizes with the moments by which a believed authority has seen them.

    Attributes:
        by_type: how many entries of each type there are.
        key_changes: every change of the log's keys, in order.
        remarks: what is no fault and wants explaining: batches that are said to have been received
            long before they were entered, and clocks put right, the first ``FAULT_LIMIT`` of them.
    """

    def __init__(
        self, origin: str, faults: FaultList, stamped: Sequence[tuple[int, datetime]] = ()
    ) -> None:
        self.by_type: Counter[str] = Counter()
        self.key_changes: list[KeyChange] = []
        self.remarks: list[str] = []
        self._origin = origin
        self._faults = faults
        self._said = RecountedEntries()
        self._elements = ElementCount()
        self._decided = DecidedReader()
        self._clock = ClockOrder(stamped)
        self._last_at = ""
        self._keeps_its_days = False
        self._explained: dict[str, str] = {}
        self._batches: dict[str, RecountedBatch] = {}
        self._tallies: dict[Decided, Tally] = {}
        self._requests: Counter[tuple[str, str]] = Counter()
        self._answers = AnswerCount()
        self._by_counsel: set[int] = set()
        self._disposals = DisposalCount()
        self._has_gaps = False
        self._checks = {
            "office.opened": self._check_opened,
            "office.restored": self._check_restored,
            "key.changed": self._note_key_change,
            "receipt.explained": self._note_explained,
            "batch.received": self._note_batch,
            "elements.awaited": self._elements.note_awaited,
            "reason.determined": self._elements.note_word,
            "element.determined": self._elements.note_word,
            "element.taken": self._note_taken,
            "answer.voted": self._answers.note_vote,
            "counsel.answered": self._check_counsel,
            "release.stopped": self._check_stop,
            "answer.released": self._check_release,
            "answer.opened": self._check_opening,
            "answer.recalled": self._check_opening,
            "answer.disposed": self._check_opening,
            "case.read": self._check_reading,
            "case.noted": self._check_reading,
            "record.kept": self._disposals.note_kept,
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
        self._said.add_unreadable(count)

    def add(self, data: bytes) -> None:
        """Read the next entry. Figures count once :meth:`finish` has been called."""
        decided = self._decided.read(data)  # all but a few of a large log are of these two types
        if decided is not None:
            self._count_request(*decided)
        elif examined := _EXAMINED.fullmatch(data):
            self._check_clock(examined["at"][1:-1].decode())
            self.by_type["record.examined"] += 1
            self._check_look(int(examined["of"]))
            self._said.add_step()
        else:
            self._add_other(data)

    def finish(self) -> None:
        """Compare every batch's figures, once all entries have been read."""
        self._count_tallies()
        for index, wrong in self._clock.still_ahead():
            self._faults.add(FaultKind.CLOCK, wrong, index=index)
        if self._has_gaps:
            return  # figures over an incomplete log would blame the innocent
        for name, batch in self._batches.items():
            self._compare_batch(name, batch)

    def figures(self) -> tuple[AgencyYear, ...]:
        """Give requests and answers, sorted by agency and year."""
        answers = self._answers.by_year
        return tuple(
            AgencyYear(agency, int(year), self._requests[agency, year], answers[agency, year])
            for agency, year in sorted(self._requests.keys() | answers.keys())
        )

    def _add_other(self, data: bytes) -> None:
        try:
            entry = read_entry(data)
        except FaultError as error:
            self._report(FaultKind.FORM, str(error))
            self.skip(1)
            return
        if entry.type == "clock.corrected":
            self._check_correction(entry)
        else:
            self._check_clock(entry.at)
        self.by_type[entry.type] += 1
        if "of" not in entry.fields or self._refers_well(entry["of"], entry.type):
            check = self._checks.get(entry.type)
            if check is not None:
                check(entry)
        self._said.add_step()

    def _count_request(self, decided: Decided, content: bytes) -> None:
        tally = self._tallies.get(decided) or self._new_tally(decided)
        if decided.at != self._last_at:
            self._check_clock(decided.at)
        if not decided.is_consistent:
            self._report(FaultKind.STATUS, "the status is not what the mask of rules says")
        tally.count += 1
        tally.batch.add(content)
        self._said.codes.append(tally.code)

    def _new_tally(self, decided: Decided) -> Tally:
        origin = (decided.agency, decided.batch, decided.provision)
        code = self._said.code_of(decided.status, origin)
        batch = self._batches.get(decided.batch)
        if batch is None:
            batch = self._batches[decided.batch] = RecountedBatch(first=len(self._said))
        tally = self._tallies[decided] = Tally(decided, batch, code)
        return tally

    def _count_tallies(self) -> None:
        """Bring the figures up to this entry."""
        for tally in self._tallies.values():
            said = tally.decided
            self.by_type["request.decided"] += tally.count
            self._requests[said.agency, said.received[:4]] += tally.count
            tally.batch.counts[said.status] += tally.count
            tally.batch.days.add(said.received)
        self._tallies.clear()

    def _check_clock(self, at: str) -> None:
        if at == self._last_at:
            return
        self._last_at = at
        wrong = self._clock.check(len(self._said), at)
        if wrong:
            self._report(FaultKind.CLOCK, wrong)

    def _check_correction(self, entry: Entry) -> None:
        self._last_at = entry.at
        for wrong in self._clock.correct(len(self._said), entry):
            self._report(FaultKind.CLOCK, wrong)
        if len(self.remarks) < FAULT_LIMIT:
            self.remarks.append(
                f"the clock had leapt ahead to {entry['stood']}; two officers,"
                f" {entry['officer']} and {entry['second']}, put it right to {entry['right']}"
                f" ({entry['why']}): entries before entry {len(self._said)} may be dated too late"
            )

    def _check_day(self, entry: Entry) -> None:
        """The day that the law was asked about is that of the clock, save in training."""
        if self._keeps_its_days and entry["on"] != entry.at[:10]:
            self._report(FaultKind.CLOCK, "is dated another day than the one it was written on")

    def _refers_well(self, of: int, kind: str = "") -> bool:
        if self._said.is_unreadable(of) or self._said.is_accepted(of):
            return True
        if kind in _READS and self._said.is_to_counsel(of):
            return True
        self._report(FaultKind.REFERENCE, f"entry {of} is no accepted request decided before this")
        return False

    def _check_opened(self, entry: Entry) -> None:
        if entry["origin"] != self._origin:
            self._report(FaultKind.ORIGIN, "the office that opened this log is another one")
        self._keeps_its_days = not entry["training"]

    def _check_restored(self, entry: Entry) -> None:
        if entry["entries"] > len(self._said):
            self._report(
                FaultKind.ROLLBACK, "the office was restored with entries that are not here"
            )

    def _note_key_change(self, entry: Entry) -> None:
        change = KeyChange(len(self._said), entry["old"], entry["new"], entry["stolen"])
        self.key_changes.append(change)

    def _note_explained(self, entry: Entry) -> None:
        """Note an officer's word, which is good for the next file of its day alone."""
        word = f"{entry['officer']} signed why: {entry['why']} (entry {len(self._said)})"
        self._explained[entry["received"]] = word

    def _note_batch(self, entry: Entry) -> None:
        batch = self._batches.setdefault(entry["batch"], RecountedBatch())
        if batch.claimed is not None:
            self._report(FaultKind.BATCH, f"batch {entry['batch']} was received twice")
            return
        batch.claimed, batch.claimed_at = entry, len(self._said)
        days = days_between(entry["received"], entry.at)
        if not self._keeps_its_days or days <= LATE_DAYS:
            return
        signed = self._explained.pop(entry["received"], "nobody signed why")
        if len(self.remarks) < FAULT_LIMIT:
            self.remarks.append(
                f"batch {entry['batch']} was entered {days} days after the day it says it was"
                f" received (entry {len(self._said)}); {signed}"
            )

    def _note_taken(self, entry: Entry) -> None:
        if self._keeps_its_days:
            self._report(FaultKind.ELEMENT, "only a training office takes an element as found")
        self._elements.note_word(entry)

    def _check_look(self, of: int) -> None:
        if not self._refers_well(of) or self._has_gaps:
            return
        if of in self._by_counsel:
            self._report(FaultKind.ELEMENT, "the record was looked at after counsel had answered")
        _, batch, provision = self._said.origin_of(of)
        lacking = self._elements.lacking(of, batch, provision)
        if lacking:
            self._report(
                FaultKind.ELEMENT,
                f"the record was looked at, but no person had found: {', '.join(lacking)}",
            )

    def _check_counsel(self, entry: Entry) -> None:
        """Counsel answers, once, what went to counsel, or what was accepted and has no answer.

        Which of the latter a judge had ordered stands in the book, and not in the log.
        """
        about = entry["about"]
        self._check_day(entry)
        if self._said.is_unreadable(about):
            return
        if not (self._said.is_to_counsel(about) or self._said.is_accepted(about)):
            self._report(FaultKind.REFERENCE, f"entry {about} is no request that went to counsel")
        elif about in self._by_counsel:
            self._report(FaultKind.RELEASE, f"counsel had answered request {about} already")
        elif self._answers.is_answered(about):
            self._report(FaultKind.RELEASE, f"request {about} had been answered already")
        self._by_counsel.add(about)

    def _check_stop(self, entry: Entry) -> None:
        self._check_day(entry)
        if entry["mask"] == _NO_RULE:
            self._report(FaultKind.STATUS, "a release was stopped, but no rule is named")

    def _check_release(self, entry: Entry) -> None:
        self._check_day(entry)
        if entry["of"] in self._by_counsel:
            self._report(FaultKind.RELEASE, "counsel had answered this request by another way")
        asked_by, _, _ = self._said.origin_of(entry["of"])
        for kind, message in self._answers.release(entry, asked_by, is_complete=self.is_complete):
            self._report(kind, message)

    def _check_opening(self, entry: Entry) -> None:
        if not self._has_gaps and not self._answers.was_released(entry):
            self._report(FaultKind.OPENING, "this answer was not released for this request")

    def _check_reading(self, entry: Entry) -> None:
        about = entry["about"]
        if not self._said.may_be_request(about):
            self._report(FaultKind.REFERENCE, f"entry {about} is no request decided before this")

    def _check_disposal(self, entry: Entry) -> None:
        self._count_tallies()
        wrong = self._disposals.dispose(entry, self.by_type["request.decided"])
        for message in wrong if self.is_complete else ():
            self._report(FaultKind.DISPOSAL, message)

    def _note_report(self, entry: Entry) -> None:
        self._count_tallies()
        of_year = (entry["agency"], str(entry["year"]))
        counted = (self._requests[of_year], self._answers.by_year[of_year])
        sums = (entry["requests"], entry["answers"])
        falls = entry["answers"] >= entry["disclosures"] >= entry["taxpayers"]
        if (sums != counted or not falls) and not self._has_gaps:
            self._report(FaultKind.REPORT, "the figures reported are not those of the entries")

    def _compare_batch(self, name: str, batch: RecountedBatch) -> None:
        if batch.claimed is None:
            self._faults.add(FaultKind.BATCH, f"batch {name} was never received", index=batch.first)
            return
        wrong = list(batch.differences())
        if wrong:
            message = f"batch {name}: {' and '.join(wrong)} differ from its request entries"
            self._faults.add(FaultKind.BATCH, message, index=batch.claimed_at)

    def _report(self, kind: FaultKind, message: str) -> None:
        self._faults.add(kind, message, index=len(self._said))

"""From what is stored about a request to its letter: the right kind, its reasons, its days.

Findings are taken from the reply that was given, word for word. The facts beside them are those
that the law saw. Neither comes from a taxpayer's record, and this module opens none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import duckdb

from ostiary.deciding.law.citations import citation_text
from ostiary.deciding.law.findings import findings_of, read_finding
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import mask_text
from ostiary.domain.errors import InputError
from ostiary.domain.facts import VOCABULARY, Facts
from ostiary.domain.period import stands_on
from ostiary.domain.register_tables import REGISTER
from ostiary.domain.words import Finding, Stage, Status
from ostiary.office.cases.facts_in_custody import check_facts, facts_in_custody
from ostiary.office.cases.openings import opened_case
from ostiary.office.cases.replies import reply_to, told_later
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.letterhead_config import DEFAULT_NAME
from ostiary.office.folder.session import OfficeSession
from ostiary.office.letters.content import Letter, Letterhead, Matter, Reason
from ostiary.office.letters.reasons import Standing, reasons_of
from ostiary.office.letters.wording import (
    answer_letter,
    counsel_answered_letter,
    counsel_letter,
    notice_letter,
    return_letter,
    suspension_letter,
)
from ostiary.office.rulings.decision_document import found_of, lacking
from ostiary.office.rulings.disclosure import rule_on
from ostiary.office.rulings.stored_facts import facts_of, stored_facts
from ostiary.office.store import Case, CaseRecord
from ostiary.verifying.answers.conditions import TRAINING
from ostiary.verifying.answers.statement import Statement
from ostiary.verifying.log.entries import Entry, read_entry

_WRITERS: dict[Status, Callable[[Letterhead, Matter, date, tuple[Reason, ...]], Letter]] = {
    Status.RETURNED: return_letter,
    Status.SUSPENDED: suspension_letter,
    Status.TO_COUNSEL: counsel_letter,
}
_STOPPED = b'"type":"release.stopped"'


class NothingToTellError(InputError):
    """The request is still being worked on, so there is no letter to write yet."""


@dataclass(frozen=True)
class WritingDesk:
    """Where letters are written: an office, the law that is current, and its registers in ``con``.

    The letters of an office that has not changed come out the same each time.
    """

    place: OfficeSession
    con: duckdb.DuckDBPyConnection
    law: CurrentLaw

    def letter(self, request: CaseRecord) -> Letter:
        """Write the letter on a request.

        Raises:
            NothingToTellError: nothing was decided that an agency could be told.
            InputError: what it would rest on is no longer kept, or no longer so.
            FaultError: the log does not bear out what it would rest on.
        """
        case = opened_case(request.id, self.place.store)
        if request.status is not Status.ACCEPTED:
            return self._at_admission(case)
        if case.answer is not None:
            matter = self._matter(case.request, stored_facts(case.request))
            answer = case.answer
            return notice_letter(self._head, matter, answer.released_on, answer.answer_id)
        if lacking(case):
            return self._returned(case)
        if case.counsel is not None:
            facts = stored_facts(case.request)
            day = Day(Stage.ADMISSION, case.request.received)
            return self._write(case, Status.TO_COUNSEL, [], facts, day)
        return self._at_release(case)

    def _at_admission(self, case: Case) -> Letter:
        """Write what the law said before anything was read."""
        request = case.request
        line = reply_to(self.place, request)
        facts = self._kept_facts(request)
        day = Day(Stage.ADMISSION, request.received)
        return self._write(case, request.status, line["findings"], facts, day)

    def _returned(self, case: Case) -> Letter:
        """Write that an officer found an element of the law lacking, and who answers then."""
        request = case.request
        line = told_later(self.place, request)
        if line is None:
            raise InputError("what the agency was told is no longer kept", where=request.batch)
        facts = {**stored_facts(request), **found_of(case)}
        day = Day(
            Stage.DISCLOSURE,
            request.received,
            date.fromisoformat(case.determinations[-1].at[:10]),
        )
        kept = frozenset(facts) - frozenset(found_of(case))
        return self._write(case, Status(line["status"]), line["findings"], facts, day, kept)

    def _at_release(self, case: Case) -> Letter:
        """Write what kept an approved request inside, as long as it is still that."""
        request = case.request
        stop = self._stops.get(request.entry_index)
        if stop is None:
            raise NothingToTellError(
                "the request is being worked on; there is nothing to tell yet",
                where=request.request_id,
            )
        on = date.fromisoformat(stop["on"])
        ruling = rule_on(self.con, self.law, [case], request.received, on)[request.id]
        if mask_text(ruling.mask) != stop["mask"]:
            raise NothingToTellError(
                "the law or a register has changed since the request was stopped",
                where=request.request_id,
                cure="release it again, then write the letter",
            )
        findings = findings_of(self.law.book, ruling.mask, ruling.facts, ruling.day.of)
        return self._write(case, ruling.status, findings, ruling.facts, ruling.day)

    def _write(
        self,
        case: Case,
        status: Status,
        findings: tuple[Finding, ...] | list[dict[str, str]],
        facts: Facts,
        day: Day,
        of_receipt: frozenset[str] = frozenset(),
    ) -> Letter:
        found = [one if isinstance(one, Finding) else read_finding(one) for one in findings]
        standing = Standing(self.law.book, self.con, facts, day, of_receipt)
        reasons = reasons_of(standing, found)
        matter = self._matter(case.request, facts)
        if case.counsel is not None:
            return counsel_answered_letter(self._head, matter, case.counsel.day, reasons)
        on = day.disclosed or day.received
        if status is Status.SUSPENDED and case.request.status is Status.ACCEPTED:
            approved = not lacking(case)
            return suspension_letter(self._head, matter, on, reasons, approved=approved)
        return _WRITERS[status](self._head, matter, on, reasons)

    @property
    def _head(self) -> Letterhead:
        return letterhead_of(self.place)

    def _matter(self, request: CaseRecord, facts: Facts) -> Matter:
        provision = str(facts.get("provision") or "")
        return Matter(
            request_id=request.request_id,
            agency=request.agency,
            agency_name=self._registered(request),
            received=request.received,
            provision=citation_text(provision) or provision,
            agreement=str(facts.get("agreement") or ""),
            log=self.place.origin,
            entry=request.entry_index,
        )

    def _registered(self, request: CaseRecord) -> str:
        rows = self.con.execute(
            f"SELECT max(name) FROM {REGISTER['agencies']} WHERE agency = $1 AND {stands_on('$2')}",
            [request.agency, request.received],
        ).fetchall()
        return rows[0][0] or ""

    def _kept_facts(self, request: CaseRecord) -> Facts:
        """Give the facts of a request that was not let through; empty when they are destroyed.

        Raises:
            FaultError: custody holds others than the log commits to.
        """
        kept = facts_in_custody(self.con, self.place, request.batch, request)
        if len(kept) != 1:
            return {}
        (text,) = kept.values()
        check_facts(self.place, request, text)
        # what the law had no word for then was counted by nobody, and is not known else
        return {
            name: 0 if value is None and VOCABULARY[name].counted else value
            for name, value in facts_of(text).items()
        }

    @cached_property
    def _stops(self) -> dict[int, Entry]:
        """Give the last stop of each request, by the request's own entry."""
        bodies = self.place.store.entries_from(0)
        stops = (read_entry(body) for body in bodies if _STOPPED in body)
        return {int(entry["of"]): entry for entry in stops}


def letterhead_of(place: OfficeSession) -> Letterhead:
    """Give who writes in the name of an office."""
    config = place.office.config
    return Letterhead(config.letterhead.name, config.letterhead.lines, config.training)


@contextmanager
def writing_desk(place: OfficeSession) -> Iterator[WritingDesk]:
    """Set up the desk under the law that is current now."""
    with place.law_at_hand() as (con, law):
        yield WritingDesk(place, con, law)


def letter_on_answer(statement: Statement) -> Letter:
    """Write a recipient's letter on an answer they have opened; it knows the statement alone."""
    matter = Matter(
        request_id=statement.request_id,
        agency=statement.agency,
        agency_name="",
        received=None,
        provision=citation_text(statement.provision) or statement.provision,
        agreement=statement.agreement,
        log=statement.origin,
        entry=statement.request_entry,
    )
    is_training = statement.conditions.sole_use.startswith(TRAINING)
    return answer_letter(
        Letterhead(DEFAULT_NAME, (statement.origin,), is_training),
        matter,
        statement.released_on,
        statement.status,
        statement.conditions,
        statement.disposal,
        statement.rests_on or (),
        statement.gives or (),
        is_address_confirmed="address-confirmation" in statement.items,
    )

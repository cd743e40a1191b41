"""From two approvals to a sealed answer: the law is asked once more, on the day of disclosure.

Registers, safeguards and orders are looked at again, for the answer leaves today whatever was true
on the day of receipt. What passes is signed, sealed and stored with its log entry in one
transaction; the file with its proof is laid out when the entry stands in the published log.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

import duckdb

from ostiary.deciding.law.findings import findings_of
from ostiary.deciding.law.masks import mask_text
from ostiary.domain.errors import DisposedError, InputError, NotAllowedError
from ostiary.domain.words import Finding, Status
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.openings import stored_entry
from ostiary.office.cases.signatures import check_votes, speakers_of
from ostiary.office.cases.states import Step
from ostiary.office.cases.steps import desk_of
from ostiary.office.cases.turns import is_approved
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession, under_standing_law
from ostiary.office.release.delivery import deliver
from ostiary.office.rulings.conditions_of_use import ai_notice_of, in_training, wording_of
from ostiary.office.rulings.decision_document import salt_of
from ostiary.office.rulings.disclosure import Ruling, rule_on
from ostiary.office.rulings.parameters import parameters_of
from ostiary.office.store import Case, NewAnswer
from ostiary.office.store.journal import journal_entry
from ostiary.office.store.writing import Transaction
from ostiary.verifying.answers.answers import OUTCOME_LABEL, TAXPAYER_LABEL, seal
from ostiary.verifying.answers.conditions import conditions_of_use
from ostiary.verifying.answers.statement import Statement, fitting, fitting_items
from ostiary.verifying.keys.files import SealingKey, read_sealing_text
from ostiary.verifying.keys.profiles import check_profile
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import read_entry

# The day by which an answer must have been disposed of is the custodian's own condition: the
# statute ties disposal to the end of the use.
_TO_DISPOSAL = "days-to-disposal"


@dataclass(frozen=True, slots=True)
class Stopped:
    """An approved case that the law does not let out today."""

    request_id: str
    status: Status
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did.

    Attributes:
        answers: request id and path of each answer laid out.
        stopped: approved cases that stayed inside, and why.
    """

    answers: tuple[tuple[str, str], ...]
    stopped: tuple[Stopped, ...]


def release(place: OfficeSession, request: str | None = None) -> Released:
    """Seal what two officers have approved.

    Args:
        place: the office.
        request: one request; every approved one when ``None``.

    Raises:
        InputError: no such request, or a recipient without an encryption key.
        OfficeError: the request's random bits have been destroyed.
        NotAllowedError: the request is not approved, or witnesses that answers wait for are
            missing.
    """
    if not place.answers_may_leave():
        raise NotAllowedError(
            "too few witnesses have countersigned the log; nothing was released",
            cure="run it again when they can be reached; see [accounting] in office.toml",
        )
    stopped: list[Stopped] = []
    under_standing_law(partial(_release_all, place, request, stopped))
    return Released(deliver(place), tuple(stopped))


def _release_all(place: OfficeSession, request: str | None, stopped: list[Stopped]) -> None:
    """Release under the law as it is now; ``stopped`` gains what that does not let out.

    Raises:
        LawChangedError: before all was released. What was stands, and the rest is asked anew: by
            then each approval of it is void.
    """
    with place.law_at_hand() as (con, law):
        desk = desk_of(place, lambda: con, law)
        cases = [_approved(desk, request)] if request else _all_approved(desk)
        for received, group in groupby(cases, key=lambda case: case.request.received):
            _release_group(
                place, con, law, desk, received, list(group), stopped, by_name=request is not None
            )


def _approved(desk: Desk, request: str) -> Case:
    case = desk.case(request)
    desk.check(case, desk.standing(case), Step.RELEASE)
    return case


def _all_approved(desk: Desk) -> list[Case]:
    """Give what waits for release, see :func:`.turns.is_approved`.

    All that has votes is opened first, what the worklist leaves out too: a row that was changed, so
    that the case would no longer wait, is told and not passed over.
    """
    opened = (_still_kept(desk, item.id) for item in desk.store.queue() if item.approvals)
    ready = [case for case in opened if case is not None and is_approved(desk, case)]
    return sorted(ready, key=lambda case: (case.request.received, case.request.id))


def _still_kept(desk: Desk, number: int) -> Case | None:
    """Open a case; None where disposal has destroyed it since it was listed."""
    try:
        return desk.numbered(number)
    except DisposedError:
        return None


def _current(desk: Desk, number: int, *, by_name: bool) -> Case | None:
    """Open a case as it is now; None where it no longer waits and nobody asked for it by name.

    Raises:
        DisposedError: it was asked for by name, and has been destroyed.
    """
    if by_name:
        return desk.numbered(number)
    case = _still_kept(desk, number)
    return case if case is not None and is_approved(desk, case) else None


def _release_group(
    place: OfficeSession,
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    desk: Desk,
    received: date,
    cases: Sequence[Case],
    stopped: list[Stopped],
    *,
    by_name: bool,
) -> None:
    """Rule on cases of one day of receipt, and store the answer of each that passes."""
    rulings = rule_on(con, law, cases, received, place.moment.today)
    for case in cases:
        ruling = rulings[case.request.id]
        if ruling.status is Status.ACCEPTED:
            _answer(place, law, desk, case, ruling, by_name=by_name)
        else:
            stopped.append(_stop(place, law, case, ruling))


def _stop(place: OfficeSession, law: CurrentLaw, case: Case, ruling: Ruling) -> Stopped:
    entry = journal_entry(
        "release.stopped",
        at=place.moment.at,
        of=case.request.entry_index,
        mask=mask_text(ruling.mask),
        on=str(place.moment.today),
    )
    with place.store.write() as txn:
        place.adopt(txn, law)
        txn.log(entry)
    findings = findings_of(law.book, ruling.mask, ruling.facts, ruling.day.of)
    return Stopped(case.request.request_id, ruling.status, findings)


def _answer(
    place: OfficeSession,
    law: CurrentLaw,
    desk: Desk,
    case: Case,
    ruling: Ruling,
    *,
    by_name: bool,
) -> None:
    """Sign, seal and store one answer; everything is looked at again inside the transaction.

    A case that another program has answered or destroyed, or that officers have changed, since all
    that are approved were listed is passed over; one that was asked for by name is refused.

    The case is opened against the log, each vote is put to the checks under which it was taken, and
    the decision, which names the recipients' keys, is made anew from what is to be sealed.
    """
    with place.store.write() as txn:
        place.adopt(txn, law)
        current = _current(desk, case.request.id, by_name=by_name)
        if current is None:
            return
        recipients = _recipients(current, desk)
        decision = desk.decision(current)
        desk.check(current, decision, Step.RELEASE)
        entry_at = partial(stored_entry, place.store)
        today = place.moment.today
        check_votes(current, decision, speakers_of(place, desk.reviewers), today, entry_at)
        statement = _statement(place, law, current, ruling, desk)
        part = seal(
            statement,
            place.office.release_key(),
            recipients,
            allowed=law.book.answerable(statement.provision, statement.agreement),
            tells=law.book.tells(statement.provision, statement.agreement),
            salt=salt_of(current),
        )
        _store(place, txn, current, statement, part.digest, part.commitment, part.stored())


def _store(
    place: OfficeSession,
    txn: Transaction,
    case: Case,
    statement: Statement,
    digest: str,
    commitment: str,
    stored: bytes,
) -> None:
    """Store the answer with its entry, which commits to what was told about whom, untold."""
    salt = salt_of(case)
    confirmed = statement.status is Status.CONFIRMED
    person = case.verification.person_id if confirmed and case.verification else ""
    entry = journal_entry(
        "answer.released",
        at=place.moment.at,
        of=case.request.entry_index,
        answer=statement.answer_id,
        agency=statement.agency,
        on=str(statement.released_on),
        outcome=commit(salt, OUTCOME_LABEL, str(statement.status)),
        taxpayer=commit(salt, TAXPAYER_LABEL, person),
        sealed=digest,
        statement=commitment,
        decision=statement.decision,
    )
    row = NewAnswer(
        answer_id=statement.answer_id,
        request=case.request.id,
        status=statement.status,
        disclosed=confirmed,
        person_id=person,
        agency=statement.agency,
        released_on=statement.released_on,
        sealed=stored,
    )
    txn.add_answer(row, entry)


def _statement(
    place: OfficeSession, law: CurrentLaw, case: Case, ruling: Ruling, desk: Desk
) -> Statement:
    decided = read_entry(place.store.entry(case.request.entry_index).body)
    decision = desk.decision(case)
    provision = str(ruling.facts["provision"])
    agreement = str(ruling.facts["agreement"])
    on_file = law.book.answers(provision, agreement)
    sayable = law.book.answerable(provision, agreement) | set(on_file)
    wording = wording_of(
        law.registers,
        provision,
        federal=ruling.facts["agency_federal"] is True,
        day=place.moment.today,
    )
    if place.office.config.training:
        wording = in_training(wording)
    return Statement(
        answer_id=secrets.token_hex(16),
        origin=place.origin,
        agency=case.request.agency,
        agreement=agreement,
        provision=provision,
        request_id=case.request.request_id,
        request=decided["content"],
        request_entry=case.request.entry_index,
        status=decision.answer,
        items=tuple(sorted(sayable & set(ruling.items))),
        released_on=place.moment.today,
        decision=decision.digest,
        conditions=conditions_of_use(
            wording,
            recipients=recipients_of(case),
            dispose_by=_dispose_by(place, law, provision),
            ai_notice_acknowledged=ruling.facts["ai_notice_acknowledged"] is True,
            ai_notice=ai_notice_of(law.registers, case.request.agency, place.moment.today),
        ),
        disposal=wording.disposal,
        rests_on=fitting(decision.told),
        gives=fitting_items(decision.given) if on_file else None,
    )


def _dispose_by(place: OfficeSession, law: CurrentLaw, provision: str) -> date:
    """Give the last day by which recipients must have disposed of an answer given now."""
    days = parameters_of(law.registers).days(_TO_DISPOSAL, provision, place.moment.today)
    return place.moment.clock_day + days


def _recipients(case: Case, desk: Desk) -> dict[str, SealingKey]:
    found = {}
    keys = desk.sealing_keys(case.request.agency, recipients_of(case))
    for officer in recipients_of(case):
        text = keys.get(officer)
        if text is None:
            raise InputError(
                "a recipient has no encryption key in the register",
                where=f"{case.request.request_id}, {officer}",
                cure="enter it in OFFICE/registers/officers.csv, column encryption_key; where it"
                " takes another one's place, two officers accept it (`ostiary keys list`)",
            )
        where = f"officers.csv, {officer}"
        found[officer] = read_sealing_text(text, where=where)
        check_profile(found[officer], desk.profile, where=where)
    return found

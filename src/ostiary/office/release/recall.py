"""Calling answers back: the exact set that a rule, an order or one request affects, told to each.

Which answers are affected is decided by replay: every past answer is put before the law again,
with the facts as they were recorded, and those are recalled that the named rule, or a rule of the
named order, would not have let out. *Confirmed* and *no answer* are recalled alike, so that a
recall tells nobody what was answered.

A recall is committed first and its notice laid out afterwards, in ``OFFICE/recalls/``; a stop in
between is made good when the office is next entered. The same cause recalls an answer once.
"""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.reading import read_book, read_order, read_orders
from ostiary.deciding.law.shipped import shipped_book
from ostiary.disk.durable import replace_file, sync_directory
from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError
from ostiary.domain.words import Layer
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.openings import opened_case
from ostiary.office.counsel.replay import replay
from ostiary.office.folder.session import OfficeSession
from ostiary.office.release.heard_of import heard_of
from ostiary.office.store import AnswerRecord, NewRecall, RecallRecord
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.answers.parts import read_stored
from ostiary.verifying.answers.recalls import RecallNotice, seal_notice
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.published import prove

FOLDER = "recalls"
REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Recalled:
    """One answer that is recalled for a cause.

    Attributes:
        answer_id: the answer.
        agency: who received it.
        request_id: the agency's own id of the request.
        released_on: the day it was released.
        cause: ``rule/ID``, ``order/ID`` or ``request``.
        new: whether it was recalled now, and not before for the same cause.
        notice: path of the notice; empty when the recipients' keys have been destroyed.
        opened_by: recipients whose receipt of opening is here.
        not_heard_of: recipients whose receipt is missing.
        certified_by: recipients who certified what became of the answer.
    """

    answer_id: str
    agency: str
    request_id: str
    released_on: date
    cause: str
    new: bool
    notice: str
    opened_by: tuple[str, ...]
    not_heard_of: tuple[str, ...]
    certified_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecallSet:
    """What a recall names: answers with their causes, and batches nobody can decide again."""

    causes: tuple[tuple[str, str], ...]
    untold_batches: tuple[str, ...] = ()


def answers_under_rule(
    place: OfficeSession, rule: str, *, book: Path | None = None, on: date | None = None
) -> RecallSet:
    """Give the answers that one rule would not have let out.

    Args:
        place: the office.
        rule: id of a rule of the book, or of an order of the office.
        book: another rule book, such as one that was mended; the shipped one when None.
        on: by the law of this day, not of the day of release.

    Raises:
        InputError: there is no such rule.
    """
    law = read_book(book or shipped_book()).extended(read_orders(place.office.orders))
    _check_rule(law, rule)
    return _affected(replay(place, book=book, on=on), {rule: f"rule/{rule}"})


def answers_under_order(place: OfficeSession, order: Path, *, on: date | None = None) -> RecallSet:
    """Give the answers that an order of a court would have stopped.

    Raises:
        BookError: this is no order.
    """
    read = read_order(order)
    causes = {rule.id: f"order/{read.id}" for rule in read.rules}
    return _affected(replay(place, order=order, on=on), causes)


def answers_under_standing_order(place: OfficeSession, name: str) -> RecallSet:
    """Give the answers that an order of the book, or of the office, would have stopped.

    Raises:
        InputError: there is no such order.
    """
    law = read_book(shipped_book()).extended(read_orders(place.office.orders))
    found = [one for one in law.instruments if (one.layer, one.id) == (Layer.ORDER, name)]
    if not found:
        raise InputError("there is no such order", where=name, cure="name one of the rule book")
    causes = {rule.id: f"order/{name}" for rule in found[0].rules}
    return _affected(replay(place), causes)


def answer_to(place: OfficeSession, request: str) -> RecallSet:
    """Give the answer to one request.

    Raises:
        InputError: no such request, or it was not answered.
    """
    case = opened_case(place.store.find_request(request).id, place.store)
    if case.answer is None:
        raise InputError("this request was not answered", where=request)
    return RecallSet(((case.answer.answer_id, REQUEST),))


def recall(place: OfficeSession, chosen: RecallSet) -> tuple[Recalled, ...]:
    """Recall answers, each once for its cause, and lay out the notices.

    Returns:
        Every answer of the set, those recalled before among them, in the order of the set.
    """
    known = {(one.answer, one.cause) for one in place.store.recalls()}
    new = [one for one in chosen.causes if one not in known]
    for answer_id, cause in new:
        _store(place, answer_id, cause)
    lay_out_notices(place)
    return tuple(_recalled(place, *one, new=one in new) for one in chosen.causes)


def lay_out_notices(place: OfficeSession) -> int:
    """Lay out every notice that is missing, once the log that proves its recall is published.

    Returns:
        How many recalls were told of.
    """
    folder = place.office.root / FOLDER
    with alone(place.office.root / ".recalling"):
        size = place.publish().size
        waiting = [
            one for one in place.store.recalls() if not one.delivered and one.entry_index < size
        ]
        if not waiting or not place.answers_may_leave():
            return 0
        folder.mkdir(mode=0o700, exist_ok=True)
        for one in waiting:
            _lay_out(place, one)
        sync_directory(folder)
        sync_directory(place.office.root)
        with place.store.write() as txn:
            for one in waiting:
                txn.mark_recall_delivered(one.id)
    return len(waiting)


def _check_rule(law: Book, rule: str) -> None:
    known = [one.id for _, one in law.rules]
    if rule not in known:
        near = get_close_matches(rule, known, n=1)
        raise InputError(
            "there is no rule of this id in the book or in an order of the office",
            where=rule,
            cure=f"did you mean {near[0]}" if near else "`ostiary book show` lists them",
        )


def _affected(replayed: dict[str, Any], causes: dict[str, str]) -> RecallSet:
    """Choose the affected answers that one of the rules given would not have let out."""
    chosen = []
    for one in replayed["affected_answers"]:
        unmet = [causes[rule] for rule in one["rules"] if rule in causes]
        if unmet:
            chosen.append((one["answer_id"], unmet[0]))
    return RecallSet(tuple(chosen), tuple(replayed["untold_batches"]))


def _store(place: OfficeSession, answer_id: str, cause: str) -> None:
    answer = _answer(place, answer_id)
    entry = journal_entry(
        "answer.recalled",
        at=place.moment.at,
        of=opened_case(answer.request, place.store).request.entry_index,
        answer=answer_id,
        cause=cause,
    )
    with place.store.write() as txn:
        if (answer_id, cause) not in {(one.answer, one.cause) for one in place.store.recalls()}:
            txn.add_recall(NewRecall(answer_id, cause, place.moment.at), entry)


def _lay_out(place: OfficeSession, recalled: RecallRecord) -> None:
    answer = _answer(place, recalled.answer)
    if not answer.sealed:
        return  # its recipients' keys went with it: the custodian has to write to them
    request = opened_case(answer.request, place.store).request
    body = place.store.entry(recalled.entry_index).body
    notice = RecallNotice(
        answer_id=answer.answer_id,
        origin=place.origin,
        agency=answer.agency,
        request_id=request.request_id,
        released_on=answer.released_on,
        cause=recalled.cause,
        citation=_citation(place, recalled.cause),
        recalled_on=date.fromisoformat(read_entry(body).at[:10]),
    )
    raw = seal_notice(
        notice,
        place.office.release_key(),
        read_stored(answer.sealed).keys,
        entry=body,
        proof=prove(place.office.accounting, recalled.entry_index),
    )
    replace_file(_notice_path(place, recalled), raw)


def _notice_path(place: OfficeSession, recalled: RecallRecord) -> Path:
    """Name a notice by its answer and by the log entry that recalls it."""
    return place.office.root / FOLDER / f"{recalled.answer}-{recalled.entry_index}.recall"


def _citation(place: OfficeSession, cause: str) -> str:
    """Say what provision or order a cause rests on, where the book knows it."""
    kind, _, name = cause.partition("/")
    law = read_book(shipped_book()).extended(read_orders(place.office.orders))
    if kind == "rule":
        return law.citations.get(name, "")
    return next((one.title for one in law.instruments if kind == "order" and one.id == name), "")


def _recalled(place: OfficeSession, answer_id: str, cause: str, *, new: bool) -> Recalled:
    answer = _answer(place, answer_id)
    case = opened_case(answer.request, place.store)
    receipts = [one for one in place.store.receipts() if one.answer == answer_id]
    heard = heard_of(receipts, recipients_of(case))
    stored = next(
        one for one in place.store.recalls() if (one.answer, one.cause) == (answer_id, cause)
    )
    path = _notice_path(place, stored)
    return Recalled(
        answer_id=answer_id,
        agency=answer.agency,
        request_id=case.request.request_id,
        released_on=answer.released_on,
        cause=cause,
        new=new,
        notice=str(path) if path.exists() else "",
        opened_by=tuple(sorted(set(heard.opened))),
        not_heard_of=heard.not_opened,
        certified_by=tuple(sorted(set(heard.certified))),
    )


def _answer(place: OfficeSession, answer_id: str) -> AnswerRecord:
    found = place.store.answer(answer_id)
    if found is None:
        raise InputError("there is no such answer", where=answer_id)
    return found

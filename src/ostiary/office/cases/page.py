"""One case as its reader sees it: request, law, verification, history. The look is logged first.

A second officer is blind to the first one's vote: as long as the reader has not voted on the
decision as it stands, and could still do so, nothing here tells of anybody's vote on it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ostiary.deciding.intake.facts_of_one import standard_form, stored_request
from ostiary.deciding.law.decide import asked_of
from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.findings import findings_of
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.instruments import Version
from ostiary.deciding.law.legal_time import Asked, Day
from ostiary.deciding.law.masks import mask_of
from ostiary.deciding.matching.side_by_side import FieldComparison
from ostiary.domain.basis import given_in_words, in_words, read_basis, read_given
from ostiary.domain.facts import VOCABULARY, Fact, Value
from ostiary.domain.request import Request
from ostiary.domain.words import Stage
from ostiary.office.cases.context import CaseContext
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.holds import warning_of
from ostiary.office.cases.looks import log_look
from ostiary.office.cases.notes import notes_shown
from ostiary.office.cases.states import CaseState, standing_orders
from ostiary.office.cases.visible_votes import is_blind
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.counted_in_file import as_counted
from ostiary.office.rulings.decision_document import REASON, Decision, awaited_by
from ostiary.office.rulings.disclosure import Ruling
from ostiary.office.rulings.single_ruling import Standard
from ostiary.office.store import Case, NoteRecord
from ostiary.verifying.log.entries import Entry, read_entry

_VOTE, _LOOK = "answer.voted", "case.viewed"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the law beside what was found of it.

    Attributes:
        rule: id of the rule.
        citation: the provision.
        instrument: the text the rule stands in.
        page: name of that text in the book.
        asks: what it asks (or stops), in English.
        stops: whether it is a stop.
        found: meaning and value of each fact it reads, by the fact's name.
        met: whether the request passes it.
        waits: whether it is not met only because a person has yet to determine what it reads.
        finding: what is wrong, when it is not met; else empty.
    """

    rule: str
    citation: str
    instrument: str
    asks: str
    stops: bool
    found: Mapping[str, tuple[str, Value]]
    met: bool
    finding: str
    waits: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """An element that a person must determine, and who last said what of it.

    Attributes:
        name: the element.
        meaning: the same in words.
        question: what is found, as it is asked: ``the reason to be specific``.
        found: what was found; None where nobody has spoken.
        officer: who spoke; empty where nobody has, or where a training office took it as found.
        at: when, as the log has it; empty where nobody has spoken.
    """

    name: str
    meaning: str
    question: str
    found: bool | None
    officer: str
    at: str


@dataclass(frozen=True, slots=True)
class Happened:
    """A log entry about the case: its number, when, what, and who if it says so.

    ``times`` counts looks of one reader with nothing between them, which are one line.
    """

    index: int
    at: str
    what: str
    who: str
    detail: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that an officer decides by.

    Attributes:
        case: as it is stored.
        state: where it stands.
        decision: what would be approved; None before the record was looked at.
        awaited: the elements that a person must determine, with what was found of each.
        request: the request's own fields.
        elements: the law, rule by rule, asked for today.
        basis: what a confirmation rests on, in words, newest period first.
        told: what of it the answer tells.
        comparison: the verification, field by field; empty when nobody stands out.
        warning: of a hold that bars nothing here; empty where there is none.
        history: from the log.
        refusals: officer and why, when the reader may know.
        orders: the officers who ordered another look at the record as it stands, and why. The
            second one has to know of the first.
        blind: whether votes on the decision as it stands are kept from the reader.
        notes: what officers wrote for each other, as far as the reader may know.
        mark: of the case as it is shown, to come back with the step that it leads to.
    """

    case: Case
    state: CaseState
    decision: Decision | None
    awaited: tuple[Awaited, ...]
    request: Mapping[str, Any]
    elements: tuple[Element, ...]
    basis: tuple[str, ...]
    told: tuple[str, ...]
    comparison: tuple[FieldComparison, ...]
    warning: str
    history: tuple[Happened, ...]
    refusals: tuple[tuple[str, str], ...]
    orders: tuple[tuple[str, str], ...]
    blind: bool
    notes: tuple[NoteRecord, ...]
    mark: str


def case_page(
    place: OfficeSession,
    desk: Desk,
    case_context: CaseContext,
    number: int,
    reader: str,
    *,
    votes: bool,
) -> CasePage:
    """Open a case to a reader, and write the look into the log.

    Args:
        place: the office.
        desk: the desk under the current law.
        case_context: the current law, the reference and the log, open.
        number: of the request in this office.
        reader: id of who looks, as it stands in the log.
        votes: whether the reader is one who votes, and so is kept blind.

    Raises:
        InputError: no such request, or it was not let through to review.
    """
    case = desk.numbered(number)
    log_look(place, case, reader)
    decision = desk.standing(case)
    state = desk.state(case)
    blind = votes and is_blind(case, decision, reader)
    hidden = decision.digest if decision and blind else ""
    request = stored_request(case.request.payload or "{}")
    standard = standard_form(request)
    ruling = case_context.ruling.rule_on_request(case, request, standard, place.moment.today)
    ruling = as_counted(case_context.ruling.law.book, ruling, case.request)
    return CasePage(
        case=case,
        state=state,
        decision=decision,
        awaited=tuple(_awaited(case)),
        request=json.loads(case.request.payload or "{}"),
        elements=tuple(_elements(case_context.ruling.law, case, ruling)),
        basis=_basis(case) if decision else (),
        told=_told(decision) if decision else (),
        comparison=_comparison(place, case_context, case, request, standard) if decision else (),
        warning=warning_of(place, desk, case),
        history=tuple(_in_visits(_history(place, case_context, case, hidden))),
        refusals=() if blind else tuple((one.officer, one.why) for one in case.refusals),
        orders=tuple((one.officer, one.why) for one in standing_orders(case, decision)),
        blind=blind,
        notes=notes_shown(case, decision, reader) if votes else case.notes,
        mark=desk.mark(case),
    )


def _awaited(case: Case) -> Iterator[Awaited]:
    said = {one.fact or REASON: one for one in case.determinations}
    for name in dict.fromkeys((*awaited_by(case), *said)):
        fact, one = VOCABULARY[name], said.get(name)
        words = name, fact.meaning, fact.question
        if one is None:
            yield Awaited(*words, None, "", "")
        else:
            yield Awaited(*words, one.found, one.officer, one.at)


def _basis(case: Case) -> tuple[str, ...]:
    looked = case.verification
    if looked is None:
        return ()
    grounds = filter(None, map(in_words, read_basis(looked.basis)))
    return (*grounds, *map(given_in_words, read_given(looked.basis)))


def _told(decision: Decision) -> tuple[str, ...]:
    return (*map(in_words, decision.told), *map(given_in_words, decision.given))


def _comparison(
    place: OfficeSession,
    case_context: CaseContext,
    case: Case,
    request: Request,
    standard: Standard,
) -> tuple[FieldComparison, ...]:
    found = case.verification
    if found is None or not found.person_id:
        return ()
    reference = case_context.reference.asked(place.office.reference)
    born, tin = request["birth_date"], request["tin"] or ""
    return reference.beside(*standard, born, tin, found.person_id)


def _elements(law: CurrentLaw, case: Case, ruling: Ruling) -> Iterator[Element]:
    """Give the law rule by rule: as of today where it is asked again, else as of receipt."""
    book, received = law.book, case.request.received
    admission = Day(Stage.ADMISSION, received)
    spoken: dict[int, tuple[Asked, int, Day]] = {
        one.bit: (one, mask_of(case.request.mask), admission)
        for one in asked_of(book, ruling.facts, admission)
    }
    for one in asked_of(book, ruling.facts, ruling.day):
        spoken[one.bit] = (one, ruling.mask, ruling.day)
    for bit in sorted(spoken):
        one, mask, day = spoken[bit]
        if one.version and not facts_in(one.version.tree):
            continue  # it only says that the provision was relied on
        yield _element(law, one, ruling, day, met=not mask >> bit & 1)


def _element(law: CurrentLaw, one: Asked, ruling: Ruling, day: Day, *, met: bool) -> Element:
    wording = one.version or one.rule.versions[-1]
    finding = "" if met else findings_of(law.book, 1 << one.bit, ruling.facts, day.of)[0].finding
    return Element(
        rule=one.rule.id,
        citation=wording.citation,
        instrument=one.instrument.title,
        asks=in_english(wording.tree),
        stops=one.rule.stops,
        found={
            name: (VOCABULARY[name].clause, ruling.facts[name]) for name in facts_in(wording.tree)
        },
        met=met,
        finding=finding,
        waits=not met and _waits_for_a_person(wording, ruling),
        page=one.instrument.id,
    )


def _waits_for_a_person(wording: Version, ruling: Ruling) -> bool:
    """Whether what a person determines, and nobody has yet, is all that a rule still lacks."""
    return any(
        VOCABULARY[name].human and ruling.facts[name] is None for name in facts_in(wording.tree)
    )


def _history(
    place: OfficeSession, case_context: CaseContext, case: Case, hidden: str
) -> Iterator[Happened]:
    """Give the log's entries about a case in order; votes on the decision ``hidden`` are not."""
    first = case.request.entry_index
    own = {first, *(one.entry_index for one in case.determinations)}
    looks = (*case.superseded, *filter(None, [case.verification]))
    own |= {looked.entry_index for looked in looks}
    found = {index: read_entry(place.store.entry(index).body) for index in own}
    found |= dict(case_context.log.about(place.store, first))
    for index, entry in sorted(found.items()):
        if hidden and entry.type == _VOTE and entry["decision"] == hidden:
            continue
        yield _happened(index, entry)


def _in_visits(history: Iterator[Happened]) -> Iterator[Happened]:
    """Draw the looks of one visit together: one reader, and nothing happened between them."""
    last: Happened | None = None
    for one in history:
        if last and last.what == one.what == _LOOK and last.who == one.who:
            last = replace(last, times=last.times + 1)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _fact_of(fields: Mapping[str, Any]) -> Fact | None:
    """Give what an entry is about; None of an element that the vocabulary has no longer."""
    return VOCABULARY.get(str(fields["element"]).replace("-", "_"))


def _happened(index: int, entry: Entry) -> Happened:
    fields = entry.fields
    detail = ""
    if entry.type == "reason.determined":
        detail = "specific" if fields["specific"] else "not specific"
    elif entry.type == "element.determined":
        fact, is_found = _fact_of(fields), bool(fields["found"])
        said = f"{fields['element']}: {'found' if is_found else 'not found'}"
        detail = fact.ruling(found=is_found) if fact else said
    elif entry.type == "element.taken":
        fact = _fact_of(fields)
        detail = fact.question if fact else str(fields["element"])
    elif entry.type == "request.decided":
        detail = str(fields["status"])
    return Happened(index, entry.at, entry.type, str(fields.get("officer", "")), detail)

"""The statement that an answer consists of: what is said, and the conditions under which.

An in-toto Statement (v1) in canonical JSON. Its fields are a closed set, and none of them can hold
a name, an address, a taxpayer number or the custodian's id of a person: the answer is *confirmed*
or *no-answer*, about a request that the recipient already has.

A predicate of the second version says what a confirmation rests on, as far as provision and
agreement let it be told; a filling beside it makes up for what is not told. So whatever the answer,
and whatever the reason for a ``no-answer``, the statement has the same fields and the same length.
Statements of the first version, which say nothing of it, are read as ever.

Under a gateway that opens more than a confirmation, every answer is of the third version: it also
says under ``gives`` which items are on file for which year, and its filling makes up for that too.
Where a gateway only confirms, no answer has such a field.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ostiary.domain.basis import PARTS, Given, Ground, given_of, told_of
from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import Conditions, Status
from ostiary.verifying.answers.conditions import LONGEST_TEXT
from ostiary.verifying.answers.wire import (
    IDENTIFIER,
    MOST_RECIPIENTS,
    NAME,
    SHA256,
    UnreadableError,
    closed,
    day,
    entries,
    exactly,
    line,
    matching,
    natural,
    read_json,
)
from ostiary.verifying.log.canonical import canonical
from ostiary.verifying.log.faults import CanonicalFormError

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://ostiary.invalid/answer/v2"
FIRST_PREDICATE_TYPE = "https://ostiary.invalid/answer/v1"
GIVING_PREDICATE_TYPE = "https://ostiary.invalid/answer/v3"
ROOM = 1024  # characters that `rests_on` and `filling` have together
ROOM_TO_GIVE = 1024  # characters that `gives` adds to them
MOST_BYTES = 64 * 1024
LONGEST_REQUEST_ID = 200
ITEM = re.compile(r"[a-z]+(-[a-z]+){0,5}")
FILLING = re.compile(r"\.{0,2048}")
VALUE = re.compile(r"-?[0-9]{1,15}|[a-z]+(-[a-z]+){0,5}")
FIRST_YEAR, LAST_YEAR = 1900, 2154
ANSWERS = (Status.CONFIRMED, Status.NO_ANSWER)

_PREDICATE = (
    *("answer_id", "origin", "agency", "agreement", "provision", "request_id", "request_entry"),
    *("status", "items", "released_on", "decision", "conditions"),
)
_SECOND = (*_PREDICATE, "rests_on", "filling")
_FIELDS = {
    FIRST_PREDICATE_TYPE: _PREDICATE,
    PREDICATE_TYPE: _SECOND,
    GIVING_PREDICATE_TYPE: (*_SECOND, "gives"),
}
_TERMS = ("sole_use", "no_redisclosure", "artificial_intelligence", "disposal")
_CONDITIONS = (*_TERMS, "dispose_by", "recipients")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the custodian says to the named recipients about one request.

    Attributes:
        answer_id: the answer's id; the recipient's idempotency key.
        origin: the custodian's log origin.
        agency: the requesting agency, as registered.
        agreement: the agreement relied on.
        provision: USLM id of the provision relied on.
        request_id: the agency's own id of the request.
        request: salted commitment to the content of the request, ``sha256:`` and 64 hex digits.
        request_entry: number of the log entry `request.decided` that recorded the request.
        status: ``CONFIRMED`` or ``NO_ANSWER``; nothing else can be said.
        items: what was asked for and is answered, names only.
        released_on: day of the disclosure.
        decision: digest that the two officers approved, in the form of ``request``. It must be a
            *salted* commitment: from a bare digest over a decision the recipient could guess which
            of the few outcomes lies behind a ``no-answer``.
        conditions: what binds the recipients. ``dispose_by`` is an ISO date.
        disposal: what completing the use obliges to.
        rests_on: periods and kinds of source that a confirmation rests on, newest first; empty
            where there is none, or none may be told. None in a statement of the first version,
            which has no such field.
        gives: the items on file that the answer says, newest year first; empty where there is none.
            None where the gateway only confirms: such a statement has no such field.
    """

    answer_id: str
    origin: str
    agency: str
    agreement: str
    provision: str
    request_id: str
    request: str
    request_entry: int
    status: Status
    items: tuple[str, ...]
    released_on: date
    decision: str
    conditions: Conditions
    disposal: str
    rests_on: tuple[Ground, ...] | None = None
    gives: tuple[Given, ...] | None = None


def written(
    statement: Statement, *, allowed: Collection[str], tells: Collection[str] = ()
) -> bytes:
    """Write a statement as canonical JSON.

    Args:
        statement: what is to be said.
        allowed: the items that the provision *and* the agreement list, as the book gives them
            (``Book.items_for``). When it is empty, nothing may be said.
        tells: what provision and agreement let an answer tell: of what it rests on, and which
            items (``Book.tells``).

    Raises:
        NotAllowedError: an item is not allowed, or given without having been asked for; more is
            told of what the answer rests on than may be; or a field is not of its form.
    """
    on_file = set(tells) - set(PARTS)
    given = statement.gives or ()
    unasked = given_of(given, on_file & set(statement.items)) != given
    if unasked or not set(statement.items) <= {*allowed, *on_file}:
        raise NotAllowedError(
            "the answer holds an item that the provision and the agreement do not both list",
            cure="release only what both list (26 USC 6103(i)(2); the agreement)",
        )
    if told_of(statement.rests_on or (), tells) != (statement.rests_on or ()):
        raise NotAllowedError(
            "the answer tells more of what it rests on than provision and agreement both let it",
            cure="tell only what `tells` lists in the gateway's file and in the agreement",
        )
    try:
        raw = canonical(_as_json(statement))
        if read_statement(raw) == statement:
            return raw
        reason = "a field is not of its form"
    except (UnreadableError, CanonicalFormError) as error:
        reason = str(error)
    raise NotAllowedError(
        f"the answer cannot be stated: {reason}", cure="mend the field before release"
    )


def read_statement(raw: bytes) -> Statement:
    """Read a statement, and refuse everything that :func:`written` would not have written.

    Raises:
        UnreadableError: a field is missing, added or malformed, or the bytes are not canonical.
    """
    top = closed(
        read_json(raw, most=MOST_BYTES),
        ("_type", "subject", "predicateType", "predicate"),
        "the statement",
    )
    exactly(top["_type"], STATEMENT_TYPE, "_type")
    kind = top["predicateType"]
    if not isinstance(kind, str) or kind not in _FIELDS:
        exactly(kind, PREDICATE_TYPE, "predicateType")
    read = closed(top["predicate"], _FIELDS[str(kind)], "the predicate")
    statement = _statement(_subject(top["subject"]), read)
    if canonical(_as_json(statement)) != raw:
        raise UnreadableError("the statement is not in canonical form")
    return statement


def _as_json(statement: Statement) -> dict[str, object]:
    terms = statement.conditions
    return {
        "_type": STATEMENT_TYPE,
        "subject": [
            {"name": "request", "digest": {"sha256": statement.request.removeprefix("sha256:")}}
        ],
        "predicateType": _kind_of(statement),
        "predicate": {
            **_told(statement.rests_on, statement.gives),
            "answer_id": statement.answer_id,
            "origin": statement.origin,
            "agency": statement.agency,
            "agreement": statement.agreement,
            "provision": statement.provision,
            "request_id": statement.request_id,
            "request_entry": statement.request_entry,
            "status": statement.status.value,
            "items": list(statement.items),
            "released_on": statement.released_on.isoformat(),
            "decision": statement.decision,
            "conditions": {
                "sole_use": terms.sole_use,
                "no_redisclosure": terms.no_redisclosure,
                "artificial_intelligence": terms.artificial_intelligence,
                "disposal": statement.disposal,
                "dispose_by": terms.dispose_by,
                "recipients": list(terms.recipients),
            },
        },
    }


def fitting(grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """Give as many grounds, newest first, as an answer has room for: 13 periods at the least."""
    while len(canonical([_ground_json(one) for one in grounds])) > ROOM:
        grounds = grounds[:-1]
    return grounds


def fitting_items(given: tuple[Given, ...]) -> tuple[Given, ...]:
    """Give the items of as many years, newest first, as an answer has room for."""
    while len(canonical(_given_json(given))) > ROOM_TO_GIVE:
        given = tuple(one for one in given if one.period > given[-1].period)
    return given


def _kind_of(statement: Statement) -> str:
    if statement.gives is not None:
        return GIVING_PREDICATE_TYPE
    return FIRST_PREDICATE_TYPE if statement.rests_on is None else PREDICATE_TYPE


def _told(grounds: tuple[Ground, ...] | None, given: tuple[Given, ...] | None) -> dict[str, object]:
    """Write what an answer rests on and gives, and the filling that hides how much it is."""
    if grounds is None:
        return {}
    told = [_ground_json(one) for one in grounds]
    room_left = ROOM - len(canonical(told))
    if given is not None:
        room_left += ROOM_TO_GIVE - len(canonical(_given_json(given)))
    if room_left < 0:
        raise UnreadableError("rests_on and gives hold more than an answer has room for")
    said: dict[str, object] = {"rests_on": told, "filling": "." * room_left}
    return said if given is None else {**said, "gives": _given_json(given)}


def _given_json(given: Collection[Given]) -> list[dict[str, object]]:
    """Write items year by year."""
    years = sorted({one.period for one in given}, reverse=True)
    return [
        {"period": year, "items": {one.item: one.value for one in given if one.period == year}}
        for year in years
    ]


def _gives(read: dict[str, object]) -> tuple[Given, ...] | None:
    """Read the items; that they stand in order follows from the statement's canonical form."""
    if "gives" not in read:
        return None
    said = read["gives"]
    years = [
        closed(one, ("period", "items"), "an entry of gives")
        for one in ([] if said == [] else entries(said, "gives", most=ROOM_TO_GIVE))
    ]
    if years and read["status"] != Status.CONFIRMED:
        raise UnreadableError("only a confirmation gives anything")
    given = []
    for year in years:
        period, items = natural(year["period"], "period"), year["items"]
        if not FIRST_YEAR <= period <= LAST_YEAR or not isinstance(items, dict) or not items:
            raise UnreadableError("an entry of gives names a year and its items")
        for item, value in sorted(items.items()):
            named = matching(item, ITEM, "an item of gives")
            given.append(Given(period, named, matching(value, VALUE, "a value of gives")))
    return tuple(given)


def _ground_json(ground: Ground) -> dict[str, object]:
    period = {} if ground.period is None else {"period": ground.period}
    return {**period, **({"sources": list(ground.sources)} if ground.sources else {})}


def _rests_on(read: dict[str, object]) -> tuple[Ground, ...] | None:
    """Read what an answer rests on, with a filling that makes up for what is not told."""
    if "rests_on" not in read:
        return None
    filling = matching(read["filling"], FILLING, "filling")
    said = read["rests_on"]
    listed = [] if said == [] else entries(said, "rests_on", most=ROOM)
    if listed and read["status"] != Status.CONFIRMED:
        raise UnreadableError("only a confirmation rests on anything")
    grounds = tuple(_ground(one) for one in listed)
    if _told(grounds, _gives(read))["filling"] != filling:
        raise UnreadableError("rests_on and its filling are not of the length they always have")
    periods = [one.period for one in grounds if one.period is not None]
    if periods != sorted(set(periods), reverse=True) or len(grounds) > max(len(periods), 1):
        raise UnreadableError("rests_on must list each period once, the newest first")
    return grounds


def _ground(value: object) -> Ground:
    names = value.keys() if isinstance(value, dict) else ()
    read = closed(value, [one for one in ("period", "sources") if one in names], "a ground")
    period = natural(read["period"], "period") if "period" in read else None
    if not read or (period is not None and not FIRST_YEAR <= period <= LAST_YEAR):
        raise UnreadableError("an entry of rests_on names a period or sources")
    sources = _distinct(read["sources"], ITEM, "sources") if "sources" in read else ()
    if list(sources) != sorted(sources):
        raise UnreadableError("sources must stand in order")
    return Ground(period, sources)


def _subject(value: object) -> str:
    subject = closed(entries(value, "subject", most=1)[0], ("name", "digest"), "subject")
    exactly(subject["name"], "request", "the subject's name")
    digest = closed(subject["digest"], ("sha256",), "digest")["sha256"]
    return matching(f"sha256:{digest}", SHA256, "the subject's digest")


def _statement(request: str, read: dict[str, object]) -> Statement:
    terms = closed(read["conditions"], _CONDITIONS, "conditions")
    statement = Statement(
        answer_id=matching(read["answer_id"], NAME, "answer_id"),
        origin=matching(read["origin"], NAME, "origin"),
        agency=matching(read["agency"], NAME, "agency"),
        agreement=matching(read["agreement"], IDENTIFIER, "agreement"),
        provision=matching(read["provision"], IDENTIFIER, "provision"),
        request_id=line(read["request_id"], "request_id", most=LONGEST_REQUEST_ID),
        request=request,
        request_entry=natural(read["request_entry"], "request_entry"),
        status=_status(read["status"]),
        items=_distinct(read["items"], ITEM, "items"),
        released_on=day(read["released_on"], "released_on"),
        decision=matching(read["decision"], SHA256, "decision"),
        conditions=_conditions(terms),
        disposal=line(terms["disposal"], "disposal", most=LONGEST_TEXT),
        rests_on=_rests_on(read),
        gives=_gives(read),
    )
    if statement.released_on.isoformat() > statement.conditions.dispose_by:
        raise UnreadableError("dispose_by lies before released_on")
    return statement


def _conditions(terms: dict[str, object]) -> Conditions:
    return Conditions(
        sole_use=line(terms["sole_use"], "sole_use", most=LONGEST_TEXT),
        no_redisclosure=line(terms["no_redisclosure"], "no_redisclosure", most=LONGEST_TEXT),
        artificial_intelligence=line(
            terms["artificial_intelligence"], "artificial_intelligence", most=LONGEST_TEXT
        ),
        dispose_by=day(terms["dispose_by"], "dispose_by").isoformat(),
        recipients=_distinct(terms["recipients"], IDENTIFIER, "recipients"),
    )


def _status(value: object) -> Status:
    if value not in ANSWERS:
        raise UnreadableError("status must be confirmed or no-answer")
    return Status(str(value))


def _distinct(value: object, form: re.Pattern[str], part: str) -> tuple[str, ...]:
    listed = entries(value, part, most=MOST_RECIPIENTS)
    texts = tuple(matching(one, form, f"an entry of {part}") for one in listed)
    if len(set(texts)) != len(texts):
        raise UnreadableError(f"an entry of {part} stands twice")
    return texts

"""The words of each kind of letter. See :mod:`.letters.content` for what they may tell."""

from datetime import date

from ostiary.domain.basis import Given, Ground, given_in_words
from ostiary.domain.basis import in_words as ground_in_words
from ostiary.domain.words import Conditions, Layer, Status
from ostiary.office.letters.content import (
    Letter,
    Letterhead,
    LetterKind,
    Matter,
    Reason,
    Section,
    in_words,
)

_RECORD = Section(
    "What was looked at",
    (
        (
            "This letter rests on the request and on the law. Nothing in it comes from a taxpayer's"
            " record, or says whether there is one."
        ),
    ),
)
_AGAIN = Section(
    "How to ask again",
    (
        (
            "Mend every point above whose cure names something to mend; what an order or a"
            " suspension stops waits for its end. Then send the request as a new one, under an id"
            " that was not used before. It is decided by the law of the day on which it is"
            " received."
        ),
    ),
)
_LATER = Section(
    "What happens now",
    (
        (
            "The request is not taken up again by itself, and the same request sent again under the"
            " same id gets the same reply. Send it again, with a new request_id, once nothing that"
            " stops it stands any more; mend what else is named above. It is decided by the law of"
            " the day on which it is received."
        ),
    ),
)
_APPROVED = Section(
    "What happens now",
    (
        (
            "Nothing needs to be sent while this lasts. The request stays approved, and the office"
            " can release it once nothing stops it any more."
        ),
    ),
)


_COUNSEL = Section(
    "What happens now",
    (
        (
            "Nothing needs to be sent again. Counsel answers a judge who ordered it; where the"
            " order sets a day, that day counts. No answer waits for what stands under “Cure”."
            " Whoever is in danger should not wait for this letter: ask the disclosure office."
        ),
    ),
)
_COUNSEL_HAS_ANSWERED = Section(
    "What happens now",
    (
        (
            "Nothing needs to be sent again, and nothing else comes. Whom counsel's answer has not"
            " reached asks the disclosure office. No answer waits for what stands under “Cure”."
        ),
    ),
)


def return_letter(
    letterhead: Letterhead, matter: Matter, day: date, reasons: tuple[Reason, ...]
) -> Letter:
    """Write the letter for a request that falls short."""
    return Letter(
        LetterKind.RETURN,
        letterhead,
        day,
        _to(matter),
        f"Return of request {matter.request_id}",
        _reference(matter),
        (
            (
                f"We return your request unanswered. {_falls_short(reasons)} Each is numbered"
                " below, with the provision it rests on, what the request states, and what would"
                " cure it."
            ),
        ),
        reasons,
        (_again(reasons), _RECORD, _check(matter)),
    )


def _falls_short(reasons: tuple[Reason, ...]) -> str:
    """Say of what a request falls short; what this office or an agreement asks is not called law.

    An agreement is no authority: it only narrows what the statute opens.
    """
    layers, points = {one.layer for one in reasons}, _points(reasons)
    if layers == {Layer.POLICY}:
        return (
            "No law is said to be broken. It lacks what this office asks for, or wants what is not"
            f" given here, in {points}; these are conditions of our own, under 26 U.S.C."
            " 6103(p)(1)."
        )
    if layers == {Layer.AGREEMENT}:
        return (
            f"No law is said to be broken. It falls short in {points} of the agreement that it"
            " relies on, which gives no authority and only narrows what the law opens."
        )
    asked = _asked(layers)
    if len(asked) == 1:
        return f"It falls short of {asked[0]} in {points}."
    return f"It falls short in {points}: {'; and '.join(f'of {one}' for one in asked)}."


def _asked(layers: set[Layer]) -> list[str]:
    """Say what asks for what a request lacks, and by what the reader tells which asks it."""
    asked = ["what the law asks"] if Layer.STATUTE in layers else []
    if Layer.SAFEGUARD in layers:
        asked.append("the safeguards of 26 U.S.C. 6103(p)(4), which bind the agency")
    if Layer.ORDER in layers:
        asked.append("what a court has ordered, where its order is named")
    if Layer.AGREEMENT in layers:
        asked.append("the agreement relied on, where it is named; it gives no authority")
    if Layer.POLICY in layers:
        asked.append("conditions of this office's own, where 26 U.S.C. 6103(p)(1) is named")
    return asked


def _again(reasons: tuple[Reason, ...]) -> Section:
    """Say which points are mended in the request, where a safeguard or an order is among them."""
    outside = {Layer.SAFEGUARD, Layer.ORDER}
    mended = [at for at, one in enumerate(reasons, 1) if one.layer not in outside]
    if len(mended) == len(reasons):
        return _AGAIN
    stops = [at for at, one in enumerate(reasons, 1) if one.layer in outside]
    can = f"What can be mended in the request: {_numbered(mended)}. " if mended else ""
    told = (
        f"{can}What no request mends, for it is a safeguard or an order: {_numbered(stops)}; what"
        " ends it stands under “Cure”. Once that has ended, send the request as a new one, with"
        " the rest mended, under an id that was not used before. It is decided by the law of the"
        " day on which it is received."
    )
    return Section(_AGAIN.heading, (told,))


def _numbered(points: list[int]) -> str:
    return f"{'point' if len(points) == 1 else 'points'} {', '.join(map(str, points))}"


def suspension_letter(
    letterhead: Letterhead,
    matter: Matter,
    day: date,
    reasons: tuple[Reason, ...],
    *,
    approved: bool = False,
) -> Letter:
    """Write the letter for a request that an order, an agreement or the safeguards stop.

    One that is ``approved`` was stopped at its release, and needs not be sent again.
    """
    return Letter(
        LetterKind.SUSPENSION,
        letterhead,
        day,
        _to(matter),
        f"Suspension of request {matter.request_id}",
        _reference(matter),
        (
            (
                "Your request cannot be answered at present. What stops it, and whatever else it"
                f" lacks, is set out below in {_points(reasons)}."
            ),
        ),
        reasons,
        (_APPROVED if approved else _LATER, _RECORD, _check(matter)),
    )


def counsel_answered_letter(
    letterhead: Letterhead, matter: Matter, day: date, reasons: tuple[Reason, ...]
) -> Letter:
    """Write the letter for a request that counsel has answered, on a day, by another way."""
    points = _points(reasons)
    why = f" It did not fit the procedure it came by, for what is set out below in {points}."
    return Letter(
        LetterKind.COUNSEL,
        letterhead,
        day,
        _to(matter),
        f"Request {matter.request_id}: answered by counsel",
        _reference(matter),
        (
            (
                f"The custodian's counsel answered your request on {in_words(day)}, by another way"
                f" than this procedure; no answer comes from here.{why if reasons else ''}"
            ),
        ),
        reasons,
        (_COUNSEL_HAS_ANSWERED, _RECORD, _check(matter)),
    )


def counsel_letter(
    letterhead: Letterhead, matter: Matter, day: date, reasons: tuple[Reason, ...]
) -> Letter:
    """Write the letter for a request that counsel answers by another way."""
    return Letter(
        LetterKind.COUNSEL,
        letterhead,
        day,
        _to(matter),
        f"Request {matter.request_id}: with counsel",
        _reference(matter),
        (
            (
                "Your request is with the custodian's counsel, who answers it by another way. It"
                " does not fit the procedure it came by, for what is set out below in"
                f" {_points(reasons)}; that makes it no less owed an answer."
            ),
        ),
        reasons,
        (_COUNSEL, _RECORD, _check(matter)),
    )


def notice_letter(letterhead: Letterhead, matter: Matter, day: date, answer_id: str) -> Letter:
    """Write that an answer has been given; the words are the same whatever it says."""
    return Letter(
        LetterKind.NOTICE,
        letterhead,
        day,
        _to(matter),
        f"Answer to request {matter.request_id}",
        (*_reference(matter), ("Answer", f"{answer_id}.answer")),
        (
            (
                "Your request has been answered. The answer is sealed to the recipients whom the"
                " request names, and they alone can open it. This letter does not repeat what it"
                " says."
            ),
        ),
        sections=(
            Section(
                "What an answer can say",
                (
                    (
                        "It confirms that the name and the address in the request agree with the"
                        " custodian's file, or it gives no answer. No answer is given for many"
                        " reasons, and none of them is ever told; it is no finding about anybody."
                    ),
                ),
            ),
            Section(
                "How to open it",
                (
                    (
                        "Each recipient opens it with their own key: ostiary open ANSWER --key"
                        " FILE. The conditions of use stand in the answer."
                    ),
                ),
            ),
            _check(matter),
        ),
    )


def answer_letter(
    letterhead: Letterhead,
    matter: Matter,
    day: date,
    status: Status,
    conditions: Conditions,
    disposal: str,
    rests_on: tuple[Ground, ...] = (),
    gives: tuple[Given, ...] = (),
    *,
    is_address_confirmed: bool = True,
) -> Letter:
    """Write a recipient's letter on an answer they have opened, from its statement alone.

    Args:
        letterhead: the custodian, as the statement names it.
        matter: the request, as the statement names it.
        day: day of the disclosure.
        status: ``CONFIRMED``, or ``NO_ANSWER``, which is the letter of refusal.
        conditions: what binds the recipients.
        disposal: what completing the use obliges to.
        rests_on: periods and kinds of source that a confirmation rests on, as far as it tells.
        gives: items on file that it says.
        is_address_confirmed: whether that was asked for: some provisions open items, and no
            address.

    Raises:
        ValueError: an answer says nothing but these two.
    """
    if status not in _ANSWERS:
        raise ValueError(f"no answer says {status}")
    kind, subject, said = _ANSWERS[status]
    if status is Status.CONFIRMED and not is_address_confirmed:
        said = _ITEMS_ALONE
    return Letter(
        kind,
        letterhead,
        day,
        _to(matter),
        f"{subject} {matter.request_id}",
        _reference(matter),
        said,
        sections=(
            *_given(gives),
            *_basis(rests_on),
            _use(conditions, disposal),
            _check(matter),
        ),
    )


def _use(conditions: Conditions, disposal: str) -> Section:
    use = (
        conditions.sole_use,
        conditions.no_redisclosure,
        conditions.artificial_intelligence,
        f"{disposal} The day stated is {in_words(date.fromisoformat(conditions.dispose_by))}.",
        f"Recipients: {', '.join(conditions.recipients)}.",
    )
    return Section("Conditions of use", use)


def _given(gives: tuple[Given, ...]) -> tuple[Section, ...]:
    said = tuple(f"{given_in_words(one).capitalize()}." for one in gives)
    return (Section("What is on file", said),) if said else ()


def _basis(rests_on: tuple[Ground, ...]) -> tuple[Section, ...]:
    told = tuple(f"It rests on {ground_in_words(one)}." for one in rests_on)
    return (Section("What the confirmation rests on", told),) if told else ()


_ITEMS_ALONE = (
    (
        "The custodian gives below what its file has of the items asked for. It says nothing more,"
        " and confirms no address."
    ),
)
_ANSWERS = {
    Status.CONFIRMED: (
        LetterKind.CONFIRMATION,
        "Confirmation on request",
        (
            (
                "The custodian can confirm that the name and the address stated in your request"
                " agree with its file, for the periods named below where any is. It says nothing"
                " more."
            ),
        ),
    ),
    Status.NO_ANSWER: (
        LetterKind.REFUSAL,
        "Refusal of an answer to request",
        (
            (
                "The custodian gives no answer to your request. It says nothing more: not whether"
                " there is a record, and not why there is no answer (26 U.S.C. 6103(a))."
            ),
            (
                "This is no finding about the person whom the request names, and nothing about that"
                " person can be concluded from it."
            ),
        ),
    ),
}


def _to(matter: Matter) -> tuple[str, ...]:
    return tuple(line for line in (matter.agency_name, matter.agency) if line)


def _reference(matter: Matter) -> tuple[tuple[str, str], ...]:
    lines = (
        ("Your request", matter.request_id),
        ("Received", in_words(matter.received) if matter.received else ""),
        ("Provision relied on", matter.provision),
        ("Agreement relied on", matter.agreement),
        ("Our record", f"entry {matter.entry} of {matter.log}"),
    )
    return tuple((label, value) for label, value in lines if value)


def _points(reasons: tuple[Reason, ...]) -> str:
    return "one point" if len(reasons) == 1 else f"{len(reasons)} points"


def _check(matter: Matter) -> Section:
    return Section(
        "How to check this letter",
        (
            (
                f"What was decided stands in the public log {matter.log} as entry {matter.entry}."
                " Anyone can verify the log with its published key. From the same office the same"
                " letter comes out again, byte for byte."
            ),
        ),
    )

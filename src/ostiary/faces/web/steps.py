"""The steps that a case page offers: why each cannot be taken, what is signed, and what was done.

The rule that makes a button grey is the one that would refuse the step (:meth:`Desk.why_not`), and
the challenge that a passkey signs is over the words of the step on the case as it stands.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from webauthn.helpers import bytes_to_base64url

from ostiary.domain.errors import InputError
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Owed, Status
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.staleness import check_fresh
from ostiary.office.cases.states import IN_WORK, CaseState, Step
from ostiary.office.cases.steps import determine, order_look, sweep
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.decision_document import REASON, awaited_by, found_of, undetermined
from ostiary.office.store import Case
from ostiary.verifying.keys.assertions import Signatory, challenge_of

NO_PASSKEY = (
    "a step is signed by your own passkey over the decision, however you have signed in, and you"
    " have none that counts; the office's administrator gives you a link that makes one"
)
NO_WHY = "say why this is not found: for officers alone, the agency never sees it"
_STEPS = {
    "found": Step.DETERMINE,
    "lacking": Step.DETERMINE,
    "look": Step.LOOK,
    "approve": Step.APPROVE,
    "refuse": Step.REFUSE,
    "settle": Step.SETTLE,
    "look-again": Step.LOOK_AGAIN,
}
_DONE = {
    "look": "The record of {id} has been looked at.",
    "approve": "You approved the decision on {id}.",
    "refuse": "You refused the decision on {id}: its answer is now “no answer”.",
    "settle": "You recorded how counsel answered {id}.",
    "look-again": "You ordered another look at the record of {id}.",
}
_NEXT = {
    CaseState.AWAITS_DETERMINATION: "More is to be determined before the record is looked at.",
    CaseState.AWAITS_LOOK: "The record waits to be looked at.",
    CaseState.APPROVED: "Two officers have approved it; it leaves with the next release.",
    CaseState.RETURNED: "The request is returned; its record is not looked at.",
    CaseState.TO_COUNSEL: "It is with counsel: no answer leaves here.",
}


def offered(desk: Desk, found: Case, officer: str, *, has_passkey: bool) -> dict[str, Any]:
    """Give for each step why it cannot be taken, and the challenge that the passkey signs.

    ``determine`` lists the elements that nobody has found yet, and ``ordered`` says whether a judge
    did, so that none is returned; ``certify`` whether a hold is certified to the court. Where the
    answer is *no answer* already there is ``nothing_to_refuse``: the page does not offer it, and
    the desk takes it all the same, so that the count of votes in the log tells nobody what an
    answer was before.
    """
    no_key = "" if has_passkey else NO_PASSKEY
    steps: dict[str, Any] = {"look": {"why_not": desk.why_not(found, officer, Step.LOOK)}}
    for step in (Step.APPROVE, Step.REFUSE, Step.LOOK_AGAIN):
        words = desk.words(found, officer, step) if desk.standing(found) else b""
        steps[step.replace("-", "_")] = {
            "why_not": desk.why_not(found, officer, step) or no_key,
            "challenge": _challenge(words),
        }
    steps["nothing_to_refuse"] = _says_nothing(desk, found)
    steps["ordered"] = desk.owed_on(found) is Owed.COURT
    steps["certify"] = not desk.why_not(found, officer, Step.CERTIFY)
    state = desk.state(found)
    is_owed = desk.owed_on(found) is not Owed.NOBODY and state in IN_WORK
    if is_owed or state is CaseState.TO_COUNSEL:
        words = desk.words(found, officer, Step.SETTLE)
        why_not = desk.why_not(found, officer, Step.SETTLE) or no_key
        steps["settle"] = {"why_not": why_not, "challenge": _challenge(words)}
    steps["determine"] = [
        determination(desk, found, officer, name, has_passkey=has_passkey)
        for name in undetermined(found)
    ]
    return steps


def determination(
    desk: Desk, found: Case, officer: str, element: str, *, has_passkey: bool
) -> dict[str, Any]:
    """Give the question about one element, why it cannot be answered, and what is signed.

    Raises:
        InputError: nobody determines this on this case.
    """
    if element not in {*awaited_by(found), *found_of(found)}:
        raise InputError("nobody determines this on this case")
    why_not = desk.why_not(found, officer, Step.DETERMINE)
    return {
        "element": element,
        "question": VOCABULARY[element].question,
        "why_not": why_not or ("" if has_passkey else NO_PASSKEY),
        **{
            word: _challenge(desk.words(found, officer, Step.DETERMINE, found=yes, fact=element))
            for word, yes in (("found", True), ("lacking", False))
        },
    }


def take(
    place: OfficeSession,
    desk: Desk,
    number: int,
    officer: str,
    key: Signatory,
    said: Mapping[str, str],
) -> str:
    """Do what a form says, on the case as the officer saw it; say what was done.

    Args:
        place: the office.
        desk: its desk.
        number: of the request.
        officer: who steps.
        key: what the officer's passkey signed.
        said: the form: ``step``, the page's ``seen``, and what the step needs.

    Raises:
        InputError: the step is none, the page is out of date, or the desk refuses it.
    """
    step, seen = said.get("step", ""), said.get("seen", "") or "none"
    if step not in _STEPS:
        raise InputError("this is no step")
    found = desk.numbered(number)
    name = f"{found.request.agency}/{found.request.request_id}"
    fresh, why = replace(desk, seen=seen), said.get("why", "")
    if step in {"found", "lacking"}:
        return _determine(place, name, officer, key, said)
    if step == "look":
        check_fresh(found, desk.standing(found), desk.law, seen, Step.LOOK)
        _look(place, name)
    elif step == "approve":
        fresh.approve(name, officer, key)
    elif step == "refuse":
        fresh.refuse(name, officer, key, why)
    elif step == "settle":
        fresh.settle(name, officer, key, said.get("how", ""))
    else:
        order_look(place, name, officer, key, why, seen=seen)
    return _DONE[step].format(id=found.request.request_id)


def what_next(desk: Desk, found: Case, officer: str) -> str:
    """Say what a case waits for after an officer's step; how others have voted is not in it."""
    state = desk.state(found)
    if state is CaseState.AWAITS_APPROVAL:
        if desk.why_not(found, officer, Step.APPROVE):
            return "It waits for a colleague."
        if _says_nothing(desk, found):
            return "Approve that answer now."
        return "Approve the decision now, or refuse it."
    return _NEXT.get(state, "")


def is_ones_turn(desk: Desk, found: Case, officer: str) -> bool:
    """Whether the officer can take the step that a case waits for."""
    step = {
        CaseState.AWAITS_DETERMINATION: Step.DETERMINE,
        CaseState.AWAITS_LOOK: Step.LOOK,
        CaseState.AWAITS_APPROVAL: Step.APPROVE,
    }.get(desk.state(found))
    return step is not None and not desk.why_not(found, officer, step)


def _determine(
    place: OfficeSession, name: str, officer: str, key: Signatory, said: Mapping[str, str]
) -> str:
    fact, is_found = said.get("element", REASON), said.get("step") == "found"
    why = "" if is_found else said.get("why", "")
    if not is_found and not why.strip():
        raise InputError(NO_WHY)
    seen = said.get("seen", "") or "none"
    determine(place, name, officer, key, found=is_found, fact=fact, why=why, seen=seen)
    request = name.partition("/")[2]
    if fact == REASON:
        return (
            f"You determined of {request} that its reason is {'' if is_found else 'not '}specific."
        )
    return f"On {request} you {VOCABULARY[fact].ruling(found=is_found)}."


def _says_nothing(desk: Desk, found: Case) -> bool:
    """Whether the answer says *no answer* as the case stands, by what was found or by a refusal."""
    decision = desk.standing(found)
    return decision is not None and decision.answer is Status.NO_ANSWER


def _look(place: OfficeSession, name: str) -> None:
    """Look at one record.

    Raises:
        InputError: the law of today keeps it closed.
    """
    done = sweep(place, [name])
    if not done.looked_at:
        rules = ", ".join(f"{rule}, {ground}" for rule, ground in done.grounds.items())
        raise InputError(f"the law of today keeps the record closed: {rules}")


def _challenge(words: bytes) -> str:
    return bytes_to_base64url(challenge_of(words))

"""One case at a time: its page, its steps, why one is returned, notes, and handing it over.

After a step the officer stands before the same case as long as it waits for them, and else before
the next one that their filters leave.
"""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from ostiary.domain.errors import DisposedError, InputError
from ostiary.domain.words import Owed
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.objects import REVIEWED
from ostiary.faces.server.passkeys import credentials_of, signing_with
from ostiary.faces.server.refusals import gone
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.assignments import give_cases, holder_of
from ostiary.faces.web.due_days import days_to_decide, due_on
from ostiary.faces.web.fields_of_facts import fields_beside
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.said import heard, say
from ostiary.faces.web.steps import determination, is_ones_turn, offered, take, what_next
from ostiary.faces.web.worklist import WHO, Filters, Worklist, read_filters
from ostiary.office.cases.desk import LONGEST_WHY
from ostiary.office.cases.notes import HAND_OVER, NOTE
from ostiary.office.cases.page import case_page
from ostiary.office.rulings.decision_document import REASON

_REFUSED = 409
_SHORTCUTS = (
    ("a", "go to the decision"),
    ("j", "next case of the list"),
    ("k", "previous case of the list"),
    ("u", "back to the list"),
    ("?", "show what keys do"),
)


@page(Role.OFFICER, rule=REVIEWED)
def case(request: PersonRequest, number: int) -> HttpResponse:
    """One case: request beside provision beside fact, verification, history, and the decision."""
    return _case(request, number, read_filters(request.GET))


@page(Role.OFFICER, verbs=("POST",), rule=REVIEWED, left_on=back_to("case"))
def decide(request: PersonRequest, number: int) -> HttpResponse:
    """Take one step on one case: what the officer's passkey signed, and nothing else."""
    filters = _filters_of(request)
    before = Worklist(site(), site().desk(), request.person.name, filters).numbers()
    try:
        key = signing_with(site(), request.person.number, request.POST.get("passkey", ""))
        with site().working() as place:
            desk = site().desk()
            done = take(place, desk, number, request.person.name, key, request.POST)
    except InputError as error:
        if request.POST.get("step") == "lacking":
            return _returning(request, number, filters, fault=error)
        return _case(request, number, filters, fault=error)
    return _onward(request, number, filters, before, done)


@page(Role.OFFICER, rule=REVIEWED)
def returning(request: PersonRequest, number: int) -> HttpResponse:
    """Ask why a request is to be returned, and say what that means, before anything is signed.

    What a judge ordered is not returned; the page says that it goes to counsel.
    """
    return _returning(request, number, read_filters(request.GET))


@page(Role.OFFICER, verbs=("POST",), rule=REVIEWED, left_on=back_to("case"))
def note(request: PersonRequest, number: int) -> HttpResponse:
    """Write a note for other officers. The log has that there is one, and nothing of it."""
    filters = _filters_of(request)
    try:
        _write_note(request, number, request.POST.get("text", ""), NOTE)
    except InputError as error:
        return _case(request, number, filters, fault=error)
    say(request, "Your note is stored, for officers alone.")
    return redirect(_address(number, filters))


@page(Role.OFFICER, verbs=("POST",), rule=REVIEWED, left_on=back_to("case"))
def hand_over(request: PersonRequest, number: int) -> HttpResponse:
    """Take a case, or give it to a colleague with a word why. It gives nobody a right."""
    filters, to = _filters_of(request), request.POST.get("officer", "")
    before = Worklist(site(), site().desk(), request.person.name, filters).numbers()
    if to and to not in {one.officer for one in site().snapshot().reviewers}:
        return HttpResponse(status=422)
    try:
        if request.POST.get("text", "").strip():
            _write_note(request, number, request.POST["text"], HAND_OVER)
    except InputError as error:
        return _case(request, number, filters, fault=error)
    give_cases([number], to)
    name = (found := site().desk().numbered(number)).request.request_id
    if to in {"", request.person.name}:
        say(request, f"{name} is yours." if to else f"{name} is assigned to nobody.")
        return redirect(_address(number, filters))
    then = f"It waits for {to}." if is_ones_turn(site().desk(), found, to) else ""
    return _onward(request, number, filters, before, f"{name} is given to {to}.", then)


def _write_note(request: PersonRequest, number: int, text: str, kind: str) -> None:
    with site().working():
        desk = site().desk()
        found = desk.numbered(number).request
        desk.write_note(f"{found.agency}/{found.request_id}", request.person.name, text, kind)


def _onward(
    request: PersonRequest,
    number: int,
    filters: Filters,
    before: list[int],
    done: str,
    then: str | None = None,
) -> HttpResponse:
    """Say what was done and what it waits for, and lead to the case that is next.

    Args:
        request: of the officer who stepped.
        number: of the case.
        filters: of the list that it was opened from.
        before: that list before the step.
        done: what was done.
        then: what the case waits for; None where it follows from its state.
    """
    desk, officer = site().desk(), request.person.name
    found = desk.numbered(number)
    then = what_next(desk, found, officer) if then is None else then
    held_by = holder_of(number)
    if held_by in {"", officer} and is_ones_turn(desk, found, officer):
        say(request, done, then)
        return redirect(_address(number, filters))
    left = Worklist(site(), desk, officer, filters).numbers()
    following = _following(before, number, set(left))
    if following is None:
        say(request, done, f"{then} Nothing else is left in this list.".strip())
        return redirect(reverse("worklist") + filters.address())
    is_round = _goes_round(before, number, following)
    here = "The list is at its end. Here is the first" if is_round else "Here is the next"
    say(request, done, f"{then} {here} of {len(left)}.".strip())
    return redirect(_address(following, filters))


def _following(before: list[int], number: int, left: set[int]) -> int | None:
    """Give the case after this one in a list, and the first one after the last."""
    at = before.index(number) if number in before else -1
    order = [*before[at + 1 :], *before[: max(at, 0)]]
    return next((one for one in order if one in left and one != number), None)


def _goes_round(order: list[int], number: int, following: int) -> bool:
    """Whether what follows a case of a list stands before it, for the list is at its end."""
    return number in order and order.index(following) < order.index(number)


def next_words(order: list[int], number: int, following: int | None) -> str:
    """Say where the way onward leads: after the last case it is the first again."""
    if number not in order:
        return "First case of the list"
    if following is not None and _goes_round(order, number, following):
        return "This is the last: back to the first"
    return "Next case"


def _case(
    request: PersonRequest, number: int, filters: Filters, fault: InputError | None = None
) -> HttpResponse:
    own = credentials_of(request.person.number)
    try:
        with site().working() as place:
            desk, reader = site().desk(), request.person.name
            found = case_page(place, desk, site().case_context(), number, reader, votes=True)
    except DisposedError:
        return gone(request)
    shown = {
        "page": found,
        "elements": [(one, fields_beside(one.found, found.request)) for one in found.elements],
        "most_bits": max((abs(one.bits) for one in found.comparison), default=0) or 1,
        "steps": offered(desk, found.case, reader, has_passkey=bool(own)),
        "credentials": " ".join(own),
        "party": site().party,
        "fault": fault,
        "kept": request.POST,
        "said": heard(request),
        "due": due_on(found.case.request.received, days_to_decide(site())),
        "assigned": holder_of(number),
        "officers": sorted({one.officer for one in site().snapshot().reviewers} - {reader}),
        "longest_why": LONGEST_WHY,
        "shortcuts": _SHORTCUTS,
        **_beside(desk, reader, number, filters),
    }
    return render(request, "web/case.html", shown, status=_REFUSED if fault else 200)


def _beside(desk: Any, reader: str, number: int, filters: Filters) -> dict[str, Any]:
    """Say where a case stands in the list that it was opened from, and what is before and after."""
    order = Worklist(site(), desk, reader, filters).numbers()
    at = order.index(number) if number in order else None
    following = _following(order, number, set(order))
    earlier = order[at - 1] if at else None
    return {
        "filters": filters,
        "list_name": WHO[filters.who],
        "position": None if at is None else at + 1,
        "many": len(order),
        "following": following and _address(following, filters),
        "following_words": next_words(order, number, following),
        "earlier": earlier and _address(earlier, filters),
    }


def _returning(
    request: PersonRequest, number: int, filters: Filters, fault: InputError | None = None
) -> HttpResponse:
    own = credentials_of(request.person.number)
    desk, said = site().desk(), request.POST or request.GET
    try:
        found = desk.numbered(number)
        asked = determination(
            desk, found, request.person.name, said.get("element", REASON), has_passkey=bool(own)
        )
    except DisposedError:
        return gone(request)
    except InputError:
        raise Http404 from None
    shown = {
        "case": found,
        "asked": asked,
        "mark": desk.mark(found),
        "looked_at": desk.standing(found) is not None,
        "ordered": desk.owed_on(found) is Owed.COURT,
        "credentials": " ".join(own),
        "party": site().party,
        "fault": fault,
        "why": request.POST.get("why", ""),
        "filters": filters,
        "longest_why": LONGEST_WHY,
    }
    return render(request, "web/returning.html", shown, status=_REFUSED if fault else 200)


def _filters_of(request: PersonRequest) -> Filters:
    """Read the list that a form came from: the query of its page, in a field of the form."""
    return read_filters(QueryDict(request.POST.get("list", "").removeprefix("?")))


def _address(number: int, filters: Filters) -> str:
    return reverse("case", args=[number]) + filters.address()

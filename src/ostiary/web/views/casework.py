"""The officers' pages: the worklist, and one case at a time."""

import csv
import io
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from webauthn.helpers import bytes_to_base64url

from ostiary.domain.errors import DisposedError, InputError
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Status
from ostiary.keys.assertions import challenge_of
from ostiary.pipeline.case_page import case_page
from ostiary.pipeline.parameters import parameters_of
from ostiary.pipeline.reviewing import determine, order_look, sweep
from ostiary.pipeline.with_counsel import with_counsel
from ostiary.pipeline.workplace import Workplace
from ostiary.review.decisions import REASON, awaited_by, found_of
from ostiary.review.desk import LONGEST_WHY, Desk
from ostiary.review.states import Step
from ostiary.storage import Case
from ostiary.storage.chunks import chunks
from ostiary.web.access import PersonRequest, page
from ostiary.web.beside import fields_beside
from ostiary.web.csv_text import safe_row
from ostiary.web.models import Assignment
from ostiary.web.objects import REVIEWED
from ostiary.web.paging import case_numbers, pages_of
from ostiary.web.passkeys import credentials_of, signing_with
from ostiary.web.roles import Role
from ostiary.web.site import site
from ostiary.web.views.errors import gone
from ostiary.web.worklist import PAGE, Worklist, days_to_decide, read_filters

MOST_AT_ONCE = 500
_NO_PASSKEY = (
    "a step is signed by your own passkey over the decision, however you have signed in, and you"
    " have none that counts; the office's administrator gives you a link that makes one"
)
_EXPORTED = ("case", "agency", "request_id", "received", "due", "waits_for")


@page(Role.OFFICER)
def worklist(request: PersonRequest) -> HttpResponse:
    """What waits, grouped by what is due."""
    found = _worklist(request, request.GET)
    lines, many = found.lines(), found.many()
    pages = pages_of(many, PAGE)
    here = found.filters
    shown = {
        "groups": [
            (name, list(group)) for name, group in groupby(lines, key=lambda one: one.group)
        ],
        "filters": here,
        "choices": found.choices(),
        "many": many,
        "pages": pages,
        "earlier": here.address(page=here.page - 1) if here.page > 1 else "",
        "later": here.address(page=here.page + 1) if here.page < pages else "",
        "officers": sorted({one.officer for one in site().shelf().reviewers}),
        "days_to_decide": site().office.config.web.days_to_decide,
        "figures": [
            ("Overdue", found.many(due="overdue"), here.address(due="overdue"), "late"),
            ("Due within 3 days", found.many(due="soon"), here.address(due="soon"), ""),
            (
                "Wait for a determination",
                found.many(step="determination"),
                here.address(step="determination"),
                "",
            ),
            ("Wait for approval", found.many(step="approval"), here.address(step="approval"), ""),
            ("Approved", found.many(step="release"), here.address(step="release"), ""),
        ],
    }
    return render(request, "web/worklist.html", shown)


@page(Role.OFFICER)
def to_counsel(request: PersonRequest) -> HttpResponse:
    """What counsel answers outside this corridor, and by when; not what a record showed."""
    law = site().shelf().law
    with site().working():
        lines = list(with_counsel(site().desk(), law.book, parameters_of(law.registers)))
    return render(request, "web/to_counsel.html", {"lines": lines})


@page(Role.OFFICER, verbs=("POST",))
def assign(request: PersonRequest) -> HttpResponse:
    """Give chosen cases to an officer. It gives nobody a right, and decides nothing."""
    officer = request.POST.get("officer", "")
    chosen = case_numbers(request.POST.getlist("case"))
    known = {one.officer for one in site().shelf().reviewers}
    store = site().office.store
    if officer and officer not in known:
        return HttpResponse(status=422)
    for number in [one for one in chosen[:MOST_AT_ONCE] if store.was_accepted(one)]:
        if officer:
            Assignment.objects.update_or_create(
                case=number, defaults={"officer": officer, "assigned_at": datetime.now(UTC)}
            )
        else:
            Assignment.objects.filter(case=number).delete()
    _forget_done()
    return redirect(reverse("worklist") + _worklist(request, request.POST).filters.address())


@page(Role.OFFICER)
def export(request: PersonRequest) -> HttpResponse:
    """Give the worklist, as it is filtered, as CSV: numbers and days, nothing of a taxpayer."""
    found = _worklist(request, request.GET)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(_EXPORTED)
    for one in found.every_line():
        cells = (one.item.id, one.item.agency, one.item.request_id)
        rows.writerow(safe_row((*cells, one.item.received, one.due, str(one.state))))
    return _download(text.getvalue(), "worklist.csv")


@page(Role.OFFICER, rule=REVIEWED)
def case(request: PersonRequest, number: int) -> HttpResponse:
    """One case: request beside provision beside fact, verification, history, and the decision."""
    return _case(request, number)


@page(Role.OFFICER, verbs=("POST",), rule=REVIEWED)
def decide(request: PersonRequest, number: int) -> HttpResponse:
    """Take one step on one case: what the officer's passkey signed, and nothing else."""
    try:
        _take_step(request, number)
    except InputError as error:
        return _case(request, number, fault=error)
    return redirect(reverse("case", args=[number]) + f"?done={request.POST.get('step', '')}")


def _take_step(request: PersonRequest, number: int) -> None:
    """Do what the form says.

    Raises:
        InputError: the step is none, or the desk refuses it.
    """
    officer, step = request.person.name, request.POST.get("step", "")
    key = signing_with(site().party, request.person.number, request.POST.get("passkey", ""))
    with site().working() as place:
        desk = site().desk()
        found = desk.numbered(number)
        name = f"{found.request.agency}/{found.request.request_id}"
        if step in {"found", "lacking"}:
            fact = request.POST.get("element", REASON)
            determine(place, name, officer, key, found=step == "found", fact=fact)
        elif step == "look":
            _look(place, name)
        elif step == "approve":
            desk.approve(name, officer, key)
        elif step == "refuse":
            desk.refuse(name, officer, key, request.POST.get("why", ""))
        elif step == "settle":
            desk.settle(name, officer, key, request.POST.get("how", ""))
        elif step == "look-again":
            order_look(place, name, officer, key, request.POST.get("why", ""))
        else:
            raise InputError("this is no step")


def _look(place: Workplace, name: str) -> None:
    """Look at one record.

    Raises:
        InputError: the law of today keeps it closed.
    """
    done = sweep(place, [name])
    if not done.looked_at:
        rules = ", ".join(done.stopped)
        raise InputError(f"the law of today keeps the record closed: {rules}")


def _case(request: PersonRequest, number: int, fault: InputError | None = None) -> HttpResponse:
    own = credentials_of(request.person.number)
    try:
        with site().working() as place:
            desk, reader = site().desk(), request.person.name
            found = case_page(place, desk, site().at_hand(), number, reader, votes=True)
    except DisposedError:
        return gone(request)
    shown = {
        "page": found,
        "elements": [(one, fields_beside(one.found, found.request)) for one in found.elements],
        "unmet": sum(not one.met for one in found.elements),
        "most_bits": max((abs(one.bits) for one in found.comparison), default=0) or 1,
        "steps": _steps(desk, found.case, request.person.name, has_passkey=bool(own)),
        "credentials": " ".join(own),
        "party": site().party,
        "fault": fault,
        "done": request.GET.get("done", ""),
        "due": found.case.request.received + days_to_decide(site()),
        "assigned": Assignment.objects.filter(case=number)
        .values_list("officer", flat=True)
        .first(),
        "longest_why": LONGEST_WHY,
    }
    return render(request, "web/case.html", shown, status=409 if fault else 200)


def _steps(desk: Desk, found: Case, officer: str, *, has_passkey: bool) -> dict[str, Any]:
    """Give for each step why it cannot be taken, and the challenge that the passkey signs."""
    no_key = "" if has_passkey else _NO_PASSKEY
    steps: dict[str, Any] = {"look": {"why_not": desk.why_not(found, officer, Step.LOOK)}}
    for step in (Step.APPROVE, Step.REFUSE, Step.LOOK_AGAIN):
        why_not = desk.why_not(found, officer, step)
        words = desk.words(found, officer, step) if desk.standing(found) else b""
        steps[step.replace("-", "_")] = {
            "why_not": why_not or no_key,
            "challenge": _challenge(words),
        }
    why_not = desk.why_not(found, officer, Step.SETTLE)
    is_counsels = found.request.status is Status.TO_COUNSEL
    if is_counsels or (desk.is_for_court(found) and desk.standing(found)):
        words = desk.words(found, officer, Step.SETTLE)
        steps["settle"] = {"why_not": why_not or no_key, "challenge": _challenge(words)}
    why_not = desk.why_not(found, officer, Step.DETERMINE) or no_key
    steps["determine"] = [
        {
            "element": name,
            "question": VOCABULARY[name].meaning,
            "why_not": why_not,
            **{
                word: _challenge(desk.words(found, officer, Step.DETERMINE, found=yes, fact=name))
                for word, yes in (("found", True), ("lacking", False))
            },
        }
        for name in dict.fromkeys((*awaited_by(found), *found_of(found)))
    ]
    return steps


def _challenge(words: bytes) -> str:
    return bytes_to_base64url(challenge_of(words))


def _forget_done() -> None:
    """Drop the assignments of cases that no longer wait."""
    assigned = list(Assignment.objects.values_list("case", flat=True))
    done = set(assigned) - site().office.store.waiting_among(assigned)
    for chunk in chunks(done, MOST_AT_ONCE):
        Assignment.objects.filter(case__in=chunk).delete()


def _worklist(request: PersonRequest, query: Any) -> Worklist:
    filters = read_filters(query, officer=request.person.name)
    return Worklist(site(), site().desk(), request.person.name, filters)


def _download(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

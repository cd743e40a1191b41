"""The officers' lists: what waits, what counsel answers, and what is done with many at once."""

import csv
import io
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.assignments import MOST_AT_ONCE, give_cases, holders_of
from ostiary.faces.web.csv_text import safe_row
from ostiary.faces.web.due_days import days_to_decide
from ostiary.faces.web.exports import log_export
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.paging import case_numbers, pages_of
from ostiary.faces.web.said import heard, say
from ostiary.faces.web.worklist import (
    ALL,
    COLLEAGUE,
    ME,
    PAGE,
    STEPS,
    WHO,
    Worklist,
    read_filters,
)
from ostiary.office.counsel.counsel_list import with_counsel
from ostiary.office.rulings.parameters import parameters_of

_FOUND, _LONGEST_ID = 50, 200
_UNDO = "assigned_before"
_EXPORTED = ("case", "agency", "request_id", "received", "due", "waits_for")


@page(Role.OFFICER)
def worklist(request: PersonRequest) -> HttpResponse:
    """What waits, grouped by what is due."""
    found = _worklist(request, request.GET)
    many = found.many()
    pages = pages_of(many, PAGE)
    if found.filters.page > pages:
        return redirect(reverse("worklist") + found.filters.address(page=pages))
    here = found.filters
    lines, numbers = found.lines(), found.numbers()
    shown = {
        "groups": [
            (name, list(group)) for name, group in groupby(lines, key=lambda one: one.group)
        ],
        "filters": here,
        "list_name": WHO[here.who],
        "step_name": STEPS[here.step] if here.step else "",
        "choices": found.choices(),
        "many": many,
        "everything": found.many(who=ALL, due="", step="", agency=""),
        "pages": pages,
        "first_case": numbers[0] if numbers else None,
        "earlier": here.address(page=here.page - 1) if here.page > 1 else "",
        "later": here.address(page=here.page + 1) if here.page < pages else "",
        "officers": sorted({one.officer for one in site().snapshot().reviewers}),
        "days_to_decide": days_to_decide(site()).days,
        "said": (said := heard(request)),
        "can_undo": bool(said) and bool(request.session.get(_UNDO)),
        "all_chosen": request.GET.get("all") == "1",
        "shortcuts": (("j", "begin with the first case of the list"), ("?", "show what keys do")),
        "figures": _figures(found),
    }
    return render(request, "web/worklist.html", shown)


def _figures(found: Worklist) -> list[tuple[str, int, str, str]]:
    """Give what waits at a glance: text, count, address of the list, and its colour."""
    asked: tuple[tuple[str, dict[str, str], str], ...] = (
        ("Wait for you", {"who": ME}, ""),
        ("Of these, overdue", {"who": ME, "due": "overdue"}, "late"),
        ("Of these, due within 3 days", {"who": ME, "due": "soon"}, ""),
        ("Wait for a colleague", {"who": COLLEAGUE}, ""),
        ("Approved, to be released", {"who": ALL, "step": "release"}, ""),
    )
    clear = {"due": "", "step": "", "agency": ""}
    return [
        (text, found.many(**clear | chosen), found.filters.address(**clear | chosen), kind)
        for text, chosen, kind in asked
    ]


@page(Role.OFFICER, verbs=("POST",), left_on=back_to("worklist"))
def find(request: PersonRequest) -> HttpResponse:
    """Find cases by part of the request's id; one alone is opened.

    An id is the agency's and may hold anything, so it is posted and stands in no address.
    """
    text = request.POST.get("find", "").strip()[:_LONGEST_ID]
    found = site().office.store.find_lines(text, _FOUND + 1) if text else ()
    if len(found) == 1:
        return redirect(reverse("case", args=[found[0].id]))
    shown = {"lines": found[:_FOUND], "find": text, "more": len(found) > _FOUND}
    return render(request, "web/found.html", shown)


@page(Role.OFFICER)
def to_counsel(request: PersonRequest) -> HttpResponse:
    """What counsel answers outside this corridor, and by when; not what a record showed."""
    law = site().snapshot().law
    with site().working():
        lines = list(with_counsel(site().desk(), law.book, parameters_of(law.registers)))
    return render(request, "web/to_counsel.html", {"lines": lines})


@page(Role.OFFICER, verbs=("POST",), left_on=back_to("worklist"))
def assign(request: PersonRequest) -> HttpResponse:
    """Give chosen cases to an officer. It gives nobody a right, and decides nothing."""
    back = reverse("worklist") + _worklist(request, request.POST).filters.address()
    if request.POST.get("do") == "undo":
        before = request.session.pop(_UNDO, {})
        many = sum(give_cases(cases, to) for to, cases in before.items())
        say(request, f"{_cases(many)} as before." if many else "There is nothing to undo.")
        return redirect(back)
    officer = request.POST.get("officer", "")
    chosen = case_numbers(request.POST.getlist("case"))[:MOST_AT_ONCE]
    if officer and officer not in {one.officer for one in site().snapshot().reviewers}:
        return HttpResponse(status=422)
    before = holders_of(chosen)
    many = give_cases(chosen, officer)
    whom = officer or "nobody"
    said = f"{_cases(many)} assigned to {whom}."
    say(request, said if many else "No case was chosen: tick those that you mean.")
    request.session[_UNDO] = before if many else {}
    return redirect(back)


def _cases(many: int) -> str:
    return f"{many} case{'' if many == 1 else 's'}"


@page(Role.OFFICER)
def export(request: PersonRequest) -> HttpResponse:
    """Give the worklist, as it is filtered, as CSV: numbers and days, nothing of a taxpayer.

    That it was taken, by whom and how long it was, stands in the log.
    """
    found = _worklist(request, request.GET)
    lines = list(found.every_line())
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(_EXPORTED)
    for one in lines:
        cells = (one.item.id, one.item.agency, one.item.request_id)
        rows.writerow(safe_row((*cells, one.item.received, one.due, str(one.state))))
    log_export(request.person.name, "worklist", len(lines))
    return _download(text.getvalue(), "worklist.csv")


def _worklist(request: PersonRequest, query: Any) -> Worklist:
    return Worklist(site(), site().desk(), request.person.name, read_filters(query))


def _download(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""The auditor's search over the log. That somebody searched is an entry; for what, is not."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from ostiary.domain.errors import InputError
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.csv_text import safe_row
from ostiary.faces.web.exports import log_export
from ostiary.office.cases.event_index import Event
from ostiary.office.oversight.log_search import LogSearch, search
from ostiary.office.store.worklist import LineFilter
from ostiary.verifying.log.vocabulary import ENTRY_TYPES

MOST = 500
"""Entries that a page shows; a file has them all."""

_LIST = "log-search"
_MOST_CASES, _LONGEST = 200, 100
_COLUMNS = ("entry", "at", "type", "people", "entry_of_request", "case")


@dataclass(frozen=True, slots=True)
class _Found:
    """One line: the entry, and the case that it is about: its number, and its request's id."""

    event: Event
    case: int | None
    name: str = ""


@page(Role.AUDITOR, verbs=("GET", "POST"))
def searching(request: PersonRequest) -> HttpResponse:
    """Find entries by person, day, case and kind. What is typed is posted: an id holds anything."""
    found, fault = None, None
    if request.method == "POST":
        try:
            found = _found(request.POST)
        except InputError as error:
            fault = error
    if found is not None:
        log_export(request.person.name, _LIST, len(found))
        if request.POST.get("do") == "csv":
            return _as_csv(found)
    events = site().events()
    shown: dict[str, Any] = {
        "asked": request.POST,
        "found": None if found is None else _named(found[:MOST]),
        "many": len(found or ()),
        "fault": fault,
        "people": sorted({who for one in events for who in one.people}),
        "kinds": [kind for kind in ENTRY_TYPES if kind != "elements.awaited"],
    }
    return render(request, "web/log_search.html", shown, status=422 if fault else 200)


def _found(said: QueryDict) -> list[_Found]:
    """Ask the log.

    Raises:
        InputError: a day is none, or too many requests have such an id.
    """
    store = site().office.store
    first, last = _day(said.get("first", "")), _day(said.get("last", ""))
    if first and last and last < first:
        raise InputError("the last day is before the first", cure="turn them round")
    asked = LogSearch(
        person=said.get("person", ""),
        kind=said.get("kind", ""),
        first=first,
        last=last,
        cases=_cases(said.get("request", "").strip()[:_LONGEST]),
        idle=said.get("idle") == "yes",
        weekend=said.get("weekend") == "yes",
    )
    found = search(store, site().events(), asked)
    numbers = store.numbers_of([one.of for one in found if one.of is not None])
    return [_Found(one, numbers.get(one.of) if one.of is not None else None) for one in found]


def _named(found: list[_Found]) -> list[_Found]:
    numbers = {one.case for one in found if one.case is not None}
    lines = site().office.store.lines_numbered(numbers)
    names = {one.id: f"{one.agency}/{one.request_id}" for one in lines}
    return [replace(one, name=names.get(one.case or 0, "")) for one in found]


def _cases(text: str) -> frozenset[int] | None:
    if not text:
        return None
    store = site().office.store
    lines = store.lines(agency=None, wanted=LineFilter(find=text), many=_MOST_CASES + 1)
    if len(lines) > _MOST_CASES:
        raise InputError(
            f"more than {_MOST_CASES} requests have such an id", cure="write more of it"
        )
    return frozenset(one.entry_index for one in lines)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError("this is no day", cure="write one such as 2025-08-06") from None


def _as_csv(found: list[_Found]) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for one in found:
        event = one.event
        cells = (event.index, event.at, event.type, " ".join(event.people), event.of, one.case)
        writer.writerow(safe_row("" if cell is None else cell for cell in cells))
    headers = {"Content-Disposition": f'attachment; filename="{_LIST}.csv"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)

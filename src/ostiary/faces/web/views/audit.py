"""The auditor's pages: everything to read, nothing to change, and every look is in the log."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ostiary.domain.errors import DisposedError, FaultError
from ostiary.domain.words import Status
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.objects import STORED
from ostiary.faces.server.refusals import gone
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.fields_of_facts import fields_beside
from ostiary.faces.web.log_checks import last_log_check, note_log_check
from ostiary.faces.web.paging import day_in, page_number, page_of, pages_of
from ostiary.faces.web.replies import latest_reply
from ostiary.office.batches.asked_again import asked_as_texts
from ostiary.office.cases.page import case_page
from ostiary.office.oversight.access_audit import log_case_read
from ostiary.office.oversight.stated_figures import METHOD, stated_figures
from ostiary.office.store.records.lists import STANDINGS
from ostiary.office.store.worklist import LineFilter
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

PAGE = 50
_LATEST = 200


@page(Role.AUDITOR, verbs=("GET", "POST"))
def overview(request: PersonRequest) -> HttpResponse:
    """The log's size and head, the figures, and the command that checks them; POST checks now."""
    office = site().office
    trust = read_trust(office.accounting / TRUST_FILE)
    report, before = None, last_log_check(office)
    if request.method == "POST":
        with open_source(str(office.accounting)) as source:
            report = verify_log(source, [key.vkey for key in trust.logs], every=True)
        note_log_check(office, request.person.name, report)
    counts = office.store.count_lines(agency=None)
    shown = {
        "size": office.store.log_size(),
        "batches": office.store.latest_batches(_LATEST),
        "most": _LATEST,
        "counts": counts,
        "now": office.store.count_standing(agency=None),
        "to_counsel": counts.get(str(Status.TO_COUNSEL), 0),
        "fingerprint": trust.fingerprint,
        "log_key": site().place().signer.verifier.vkey,
        "report": report,
        "before": before,
        "folder": office.root.name,
        **_figures_stated(),
    }
    return render(request, "web/audit.html", shown)


def _figures_stated() -> dict[str, Any]:
    """Give what was stated for the public; where store and log differ, that in its stead."""
    try:
        return {"stated": stated_figures(site().office.store), "method": METHOD}
    except FaultError as error:
        return {"stated_otherwise": str(error), "method": METHOD}


@page(Role.AUDITOR, verbs=("GET",))
def cases(request: PersonRequest) -> HttpResponse:
    """Every request there is, the latest first."""
    store, stands = site().office.store, request.GET.get("stands", "")
    counts = store.count_standing(agency=None)
    if stands not in {"", *STANDINGS}:
        raise Http404
    every = sum(counts.values())
    many = counts.get(stands, 0) if stands else every
    number = min(page_number(request.GET.get("page", "")), pages_of(many, PAGE))
    wanted, first = LineFilter(stands), (number - 1) * PAGE
    shown = {
        "lines": store.lines(agency=None, wanted=wanted, first=first, many=PAGE),
        "counts": counts,
        "stands": stands,
        "every": every,
        "many": many,
        **page_of(number, pages_of(many, PAGE)),
    }
    return render(request, "web/audit_cases.html", shown)


@page(Role.AUDITOR, rule=STORED)
def case(request: PersonRequest, number: int) -> HttpResponse:
    """One case as officers see it, without their buttons. The look is an entry of the log.

    A request that was not let through never was a case: what it asked, what was found and what
    happened is shown.
    """
    if not site().office.store.was_accepted(number):
        return _not_let_through(request, number)
    try:
        with site().working() as place:
            found = case_page(
                place,
                site().desk(),
                site().case_context(),
                number,
                request.person.name,
                votes=False,
            )
    except DisposedError:
        return gone(request)
    shown = {
        "page": found,
        "elements": [(one, fields_beside(one.found, found.request)) for one in found.elements],
        "most_bits": max((abs(one.bits) for one in found.comparison), default=0) or 1,
        "folder": site().office.root.name,
    }
    return render(request, "web/audit_case.html", shown)


def _not_let_through(request: PersonRequest, number: int) -> HttpResponse:
    line = site().office.store.line(number)
    with site().working() as place:
        asked = asked_as_texts(place, number)
        if line is None or not asked:
            return gone(request)
        log_case_read(place, line.entry_index, request.person.name)
    own = read_entry(site().office.store.entry(line.entry_index).body)
    happened = [one for one in site().events() if one.of == line.entry_index]
    shown = {
        "line": line,
        "asked": [(name, text) for name, text in asked.items() if text],
        "reply": latest_reply(line),
        "decided_at": own.at,
        "happened": happened,
    }
    return render(request, "web/audit_request.html", shown)


@page(Role.AUDITOR)
def accesses(request: PersonRequest) -> HttpResponse:
    """Who looked at which case, and when: from the log; of one reader, or of all; on a day."""
    reader, day = request.GET.get("reader", ""), day_in(request.GET.get("day", ""))
    looks, on = site().looks(), str(day or "")
    every = [one for one in looks if one.at.startswith(on)]
    readers = Counter(one.reader for one in every)
    if any(one.reader == reader for one in looks):
        readers[reader] += 0  # who is chosen stands there without a look on that day, too
    found = [one for one in every if reader in {"", one.reader}]
    number, pages = page_number(request.GET.get("page", "")), pages_of(len(found), _LATEST)
    first = (min(number, pages) - 1) * _LATEST
    shown_looks = found[first : first + _LATEST]
    store = site().office.store
    numbers = store.numbers_of([one.of for one in shown_looks])
    lines = store.lines_numbered(set(numbers.values()))
    names = {one.id: f"{one.agency}/{one.request_id}" for one in lines}
    rows: list[dict[str, Any]] = [
        {
            "index": one.index,
            "at": one.at,
            "reader": one.reader,
            "case": numbers.get(one.of),
            "name": names.get(numbers.get(one.of, 0)),
            "of": one.of,
        }
        for one in shown_looks
    ]
    asked = {name: value for name, value in (("reader", reader), ("day", on)) if value}
    shown = {
        "rows": rows,
        "readers": readers.most_common(),
        "every": len(every),
        "reader": reader,
        "day": on,
        "asked": urlencode(asked),
        "many": len(found),
        "first": first + 1 if found else 0,
        "last": first + len(shown_looks),
        "number": min(number, pages),
        "pages": pages,
    }
    return render(request, "web/accesses.html", shown)

"""The agency's pages: file, follow, fetch. It sees its own requests and nothing of the file."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ostiary.disk.outgoing import lies_in, open_outgoing, read_outgoing
from ostiary.domain.choices import FIRST_PROVISION
from ostiary.domain.errors import FaultError, InputError
from ostiary.domain.words import Use
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.objects import OWN_BATCH, OWN_REQUEST
from ostiary.faces.server.roles import Role, Signed
from ostiary.faces.server.site import site
from ostiary.faces.web.filing import (
    as_workbook,
    causes_of,
    row_errors,
)
from ostiary.faces.web.form_values import COPIED
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.paging import day_in, page_number, page_of, pages_of
from ostiary.faces.web.receipts import give, heard_of
from ostiary.faces.web.replies import latest_reply, repeated_lines
from ostiary.faces.web.said import heard, say
from ostiary.office.batches.admission import sums_of
from ostiary.office.batches.asked_again import asked_as_texts
from ostiary.office.batches.file_templates import gateways, requests_template
from ostiary.office.batches.rows_to_mend_files import TO_MEND
from ostiary.office.letters.for_agencies import is_told, letter_for_agency
from ostiary.office.release.uses import report_use
from ostiary.office.store import RequestLine
from ostiary.office.store.worklist import EVERY_LINE, LineFilter

PAGE = 50
SHOWN = 200  # requests, and errors, of one file
_ERRORS, _SUMMARY = "row_errors.csv", "summary.json"
_FILES = {
    "replies.csv": "text/csv",
    "replies.jsonl": "application/jsonl",
    _ERRORS: "text/csv",
    "findings.csv": "text/csv",
    "to_mend.csv": "text/csv",
}
_WORKBOOK = "to_mend.xlsx"
MENDED = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page(Role.REQUESTER, verbs=("GET", "POST"))
def requests(request: PersonRequest) -> HttpResponse:
    """What the agency has asked, the latest first; by where it stands, by id, and what is new.

    An id may hold anything, so it is posted and stands in no address; all that it finds is one
    page.
    """
    wanted = _wanted(request)
    store, agency = site().office.store, request.person.agency
    counts = store.count_standing(agency=agency)
    every = sum(counts.values())
    many = every if wanted == EVERY_LINE else store.count_wanted(agency=agency, wanted=wanted)
    size = SHOWN if wanted.find else PAGE
    pages = 1 if wanted.find else pages_of(many, size)
    number = min(page_number(request.GET.get("page", "")), pages)
    lines = store.lines(agency=agency, wanted=wanted, first=(number - 1) * size, many=size)
    asked = {"stands": wanted.stands, "since": wanted.since or ""}
    shown = {
        "lines": [(line, line.stands) for line in lines],
        "own_files": _own_files(lines, request.person),
        "counts": counts,
        "standings": [(name, _LISTED[name], counts.get(name, 0)) for name in _LISTED],
        "wanted": wanted,
        "address": urlencode({name: text for name, text in asked.items() if text}),
        "caption": f"{many:,} request{'' if many == 1 else 's'}, the latest first",
        "every": every,
        **page_of(number, pages),
    }
    return render(request, "web/requests.html", shown)


_LISTED = {
    "accepted": "Accepted, to be answered",
    "returned": "Returned, with findings and cures",
    "suspended": "Suspended by an order, an end or safeguards",
    "answered": "Answered",
    "to-counsel": "With counsel",
}


def _wanted(request: PersonRequest) -> LineFilter:
    """Read the filters of an address.

    Raises:
        Http404: one has a value that it does not know; another list would be taken for it.
    """
    said = request.POST if request.method == "POST" else request.GET
    stands, since = said.get("stands", ""), said.get("since", "")
    if stands and stands not in _LISTED:
        raise Http404
    return LineFilter(stands, request.POST.get("find", "").strip()[:200], day_in(since))


@page(Role.REQUESTER)
def template(request: PersonRequest) -> HttpResponse:
    """Download a file to begin from, of one gateway: invented people, and rows that can be read."""
    form, gateway = request.GET.get("form", ""), request.GET.get("gateway", FIRST_PROVISION)
    if form not in MENDED or gateway not in gateways():
        raise Http404
    content = requests_template(form, gateway, request.person.agency)
    return _download(content, f"requests.{form}")


def reasons_of(by_rule: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Give rules that rows fell short of: name, what it rests on, how many rows; most first."""
    rests = site().snapshot().law.book.grounds
    ordered = sorted(by_rule.items(), key=lambda pair: -pair[1])
    return [(name, rests.get(name, ""), many) for name, many in ordered]


def _by_rule(summary: bytes) -> dict[str, int]:
    """Read what the law found of a file's rows."""
    found: dict[str, int] = json.loads(summary).get("by_rule", {})
    return found


def _content(folder: Path, name: str, empty: bytes) -> bytes:
    """Read a file of a batch; ``empty`` where none lies there."""
    try:
        return read_outgoing(folder, name)
    except FileNotFoundError:
        return empty


def named_sums(sums: Mapping[str, int]) -> dict[str, int]:
    """Give sums by names that a page can ask for."""
    return {name.replace("-", "_"): many for name, many in sums.items()}


def mended_file(rows: bytes, name: str) -> HttpResponse:
    """Give rows to mend, which are CSV, as a download of the form that its name says."""
    return _download(as_workbook(site(), rows) if name.endswith(".xlsx") else rows, name)


def _download(content: bytes, name: str) -> HttpResponse:
    said = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=MENDED[name.rpartition(".")[2]], headers=said)


@page(Role.REQUESTER, rule=OWN_BATCH)
def batch(request: PersonRequest, batch: str) -> HttpResponse:
    """What became of a file that was sent: counts, row errors in place, replies."""
    store = site().office.store
    found = store.batch(batch)
    if found is None:
        raise Http404
    lines = store.lines(agency=request.person.agency, batch=batch, many=SHOWN)
    folder = site().office.batches
    has = {name: lies_in(folder, f"{batch}/{name}") for name in _FILES}
    errors = row_errors(_content(folder, f"{batch}/{_ERRORS}", b""))
    repeats = found.rows - found.row_errors - sum(found.counts.values())
    sums = sums_of(found.rows, found.row_errors, found.counts, repeats)
    again = repeated_lines(found, request.person.agency, SHOWN) if repeats else ()
    shown = {
        "batch": found,
        "sums": named_sums(sums),
        "now": store.count_standing(agency=request.person.agency, batch=batch),
        "causes": causes_of(errors),
        "errors": errors[:SHOWN],
        "reasons": reasons_of(_by_rule(_content(folder, f"{batch}/{_SUMMARY}", b"{}"))),
        "many_errors": len(errors),
        "lines": [(line, line.stands) for line in lines],
        "many": sum(found.counts.values()),
        "again": [(line, line.stands) for line in again],
        "own_files": {batch} | _own_files(again, request.person),
        "files": [name for name in _FILES if name != TO_MEND and has[name]],
        "to_mend": sums["returned"] + sums["unreadable"] if has[TO_MEND] else 0,
    }
    return render(request, "web/batch.html", shown)


@page(Role.REQUESTER, rule=OWN_BATCH)
def batch_file(request: PersonRequest, batch: str, name: str) -> HttpResponse | FileResponse:  # noqa: ARG001
    """Download replies or row errors of an own file."""
    folder = site().office.batches
    try:
        if name == _WORKBOOK:
            rows = read_outgoing(folder, f"{batch}/{TO_MEND}")
            return _download(as_workbook(site(), rows), f"{batch}-{name}")
        if name not in _FILES:
            raise Http404
        file = open_outgoing(folder, f"{batch}/{name}")
    except FileNotFoundError:
        raise Http404 from None
    named = f"{batch}-{name}"
    return FileResponse(file, as_attachment=True, filename=named, content_type=_FILES[name])


@page(Role.REQUESTER, rule=OWN_REQUEST)
def one_request(request: PersonRequest, number: int) -> HttpResponse:
    """Follow one request: where it stands, what was found, what would cure it, what it asked."""
    line = site().office.store.line(number)
    if line is None:
        raise Http404
    asked = asked_as_texts(site().place(), number)
    shown = {
        "line": line,
        "asked": [(name, text) for name, text in asked.items() if text and name in COPIED],
        "status": line.stands,
        "own_files": _own_files([line], request.person),
        "said": heard(request),
        "reply": latest_reply(line),
        "origin": site().office.origin,
        "has_letter": _has_letter(line),
        "counsel_answered": site().office.store.answered_by_counsel(number),
        "uses": tuple(Use),
        "reports": site().office.store.uses(number) if line.delivered else (),
        "given": site().office.store.receipts_on(line.answer_id or "") if line.delivered else (),
    }
    return render(request, "web/one_request.html", shown)


@page(Role.REQUESTER, rule=OWN_REQUEST)
def answer(request: PersonRequest, number: int) -> FileResponse:  # noqa: ARG001 - a page takes it
    """Download the sealed answer; only its named recipients can open it."""
    line = site().office.store.line(number)
    if line is None or not line.answer_id or not line.delivered:
        raise Http404
    name = f"{line.answer_id}.answer"
    try:
        file = open_outgoing(site().office.answers, name)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=name)


@page(Role.REQUESTER, verbs=("POST",), rule=OWN_REQUEST, left_on=back_to("request"))
def use(request: PersonRequest, number: int) -> HttpResponse:
    """Report what became of an own answer."""
    line, word = site().office.store.line(number), request.POST.get("use", "")
    if line is None or not line.delivered or word not in list(Use):
        raise Http404
    try:
        with site().working() as place:
            is_new = report_use(place, number, Use(word), request.person.name)
    except InputError:  # what it would rest on has been destroyed
        raise Http404 from None
    say(request, "Your report is in." if is_new else "That is what was reported before.")
    return redirect(reverse("request", args=[number]))


@page(Role.REQUESTER, rule=OWN_REQUEST)
def letter(request: PersonRequest, number: int) -> HttpResponse:  # noqa: ARG001 - a page takes it
    """Download the letter on a request that was returned, suspended, given away or answered."""
    line = site().office.store.line(number)
    if line is None or not _has_letter(line):
        raise Http404
    place = site().place()
    try:
        content = letter_for_agency(place, place.store.request(number))
    except InputError:  # what it rests on has been destroyed
        raise Http404 from None
    named = f'attachment; filename="letter-{number}.pdf"'
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": named}
    )


@page(Role.REQUESTER, verbs=("GET", "POST"), rule=OWN_REQUEST)
def receipts(request: PersonRequest, number: int) -> HttpResponse:
    """Give a signed receipt or certificate about an own answer, and see which were given."""
    line = site().office.store.line(number)
    if line is None or not line.delivered:
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            new = give(site(), line, request.FILES.get("file"))
            said = "new" if new else "again"
            return redirect(f"{reverse('receipts', args=[number])}?taken={said}")
        except InputError as error:
            fault = error.message
        except FaultError as error:
            fault = str(error)
    shown = {
        "line": line,
        "heard": heard_of(site(), line),
        "taken": request.GET.get("taken", ""),
        "fault": fault,
    }
    return render(request, "web/receipts.html", shown, status=422 if fault else 200)


def _own_files(lines: Iterable[RequestLine], person: Signed) -> set[str]:
    """Give those files of some requests that the person may open: no other agency is in them."""
    return {one for one in {line.batch for line in lines} if OWN_BATCH.holds(person, one)}


def _has_letter(line: RequestLine) -> bool:
    """Whether a letter can tell the agency what it was told in another form already."""
    place = site().place()
    return is_told(place, place.store.request(line.id))

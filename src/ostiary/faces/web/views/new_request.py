"""One request by form: provision first, then its fields alone, checked before it is sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ostiary.domain.errors import InputError
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.headers import WITH_OWN_CALLS
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.filing import check_form, of_a_form, received_on, send
from ostiary.faces.web.form import Section, form_sections
from ostiary.faces.web.form_values import COPIED, form_values, in_words_of_a_form, of_a_box
from ostiary.faces.web.replies import latest_reply
from ostiary.faces.web.request_drafts import drop_draft, keep_draft, kept_draft
from ostiary.faces.web.said import heard, say
from ostiary.office.batches.asked_again import asked_as_texts
from ostiary.office.store import RequestLine

_DIGITS = 16  # of a request's number in an address, at most


@page(Role.REQUESTER, verbs=("GET", "POST"))
def new_request(request: PersonRequest) -> HttpResponse:
    """One request by form: checked by the law first, sent when the person says so.

    A check stores nothing. What is filled in is kept as a draft when its author says so.
    """
    person, do = request.person, request.POST.get("do", "")
    values, shown = _begun(request)
    found, fault = None, None
    if request.method == "POST":
        if do == "discard":
            drop_draft(site(), person)
            say(request, "The draft is gone.")
            return redirect("new-request")
        if do == "keep":
            keep_draft(site(), person, values)
        try:
            if do not in {"fields", "keep"}:
                asked = of_a_form(values | _an_id(values), person.agency)
                found = in_words_of_a_form(check_form(site(), asked), values)
                if do == "send" and not found["errors"]:
                    batch = send(site(), asked, person)
                    drop_draft(site(), person)
                    return _sent(request, batch)
        except InputError as error:
            fault = error
    sections = form_sections(values, found, site(), received_on(site()), person.agency)
    shown |= {
        "sections": sections,
        "unmet": _unmet(found, sections),
        "found": found,
        "explained": found["explained"] if found else None,
        "fault": fault,
        "kept": do == "keep",
        "said": heard(request),
    }
    response = render(request, "web/new_request.html", shown, status=422 if fault else 200)
    response.headers["Content-Security-Policy"] = WITH_OWN_CALLS
    return response


def _unmet(
    found: Mapping[str, Any] | None, sections: Iterable[Section]
) -> list[tuple[dict[str, Any], str]]:
    """Give what the law finds, each with the field at which it is said."""
    at = {
        fault.finding: field.name
        for section in sections
        for field in section.fields
        for fault in field.faults
        if not fault.said_at
    }
    findings = ((found or {}).get("explained") or {}).get("findings", ())
    return [(one | {"cure": of_a_box(one["cure"])}, at.get(one["finding"], "")) for one in findings]


def _an_id(values: dict[str, str]) -> dict[str, str]:
    """Give a request an id for its check where it has none, so that the law is asked as well."""
    return {} if values["request_id"].strip() else {"request_id": "first-check"}


def _begun(request: PersonRequest) -> tuple[dict[str, str], dict[str, Any]]:
    """Give what the form begins with, and what its page says of that."""
    if request.method == "POST":
        return form_values(request.POST), {}
    if request.GET.get("copy"):
        line, values = _copied(request)
        findings = latest_reply(line).get("findings")
        return form_values({}) | values, {"copied": line, "findings": findings}
    draft = kept_draft(site(), request.person)
    return form_values({}) | draft, {"from_draft": bool(draft)}


def _copied(request: PersonRequest) -> tuple[RequestLine, dict[str, str]]:
    """Give an own request as fields of the form, to be cured; its id is for a new one to have.

    Raises:
        Http404: there is none of this number, or what it said was destroyed.
    """
    number = request.GET.get("copy", "")
    is_one = number.isascii() and number.isdigit() and len(number) < _DIGITS
    line = site().office.store.line(int(number)) if is_one else None
    if line is None or line.agency != request.person.agency:
        raise Http404
    found = asked_as_texts(site().place(), line.id)
    if not found:
        raise Http404
    return line, {name: text for name, text in found.items() if name in COPIED}


def _sent(request: PersonRequest, batch: str) -> HttpResponse:
    """Lead to the request that a form has made; to its file where that is a repeat."""
    lines = site().office.store.lines(agency=request.person.agency, batch=batch, many=1)
    if not lines:
        return redirect(reverse("batch", args=[batch]))
    [line] = lines
    then = {
        "accepted": "Officers determine what the law leaves to a person, then two approve.",
        "to-counsel": "Counsel answers it by another way.",
    }.get(line.stands, "What was found, and what cures it, stands below.")
    say(request, f"Request {line.request_id} is sent. It is {line.stands}.", then)
    return redirect(reverse("request", args=[line.id]))

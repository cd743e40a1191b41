"""A file of requests is checked or sent; of a large one the page says how far it is."""

import logging
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from ostiary.domain.errors import InputError
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.filing import (
    KINDS,
    LARGE,
    causes_of,
    check,
    check_own,
    one_at_a_time,
    send,
    uploaded_file,
)
from ostiary.faces.web.under_way import page_under_way
from ostiary.faces.web.views.requests import MENDED, SHOWN, mended_file, named_sums, reasons_of
from ostiary.office.batches.file_templates import explained_columns, gateways
from ostiary.office.batches.stages import OnStage


@page(Role.REQUESTER, verbs=("GET", "POST"))
def upload(request: PersonRequest) -> HttpResponseBase:
    """A file of requests, checked or sent: rows that cannot be read are named, the others go on.

    A large one is taken while the page says how far it is, see :mod:`.web.under_way`.
    """
    if request.method != "POST":
        return _upload(request)
    todo = request.POST.get("do", "")
    try:
        with ExitStack() as held:
            held.enter_context(one_at_a_time(request.person.agency))
            path = held.enter_context(uploaded_file(site(), request.FILES.get("file")))
            if todo not in MENDED and path.stat().st_size >= LARGE:
                return _under_way(request, path, held.pop_all(), checks=todo == "check")
            check_own(path, request.person.agency)
            if todo not in {"check", *MENDED}:
                return redirect(reverse("batch", args=[send(site(), path, request.person)]))
            found = check(site(), path)
    except InputError as error:
        return _upload(request, fault=error)
    if todo in MENDED:
        return mended_file(found["to_mend"], f"to_mend.{todo}")
    return _upload(request, **_checked(found))


def _under_way(
    request: PersonRequest, path: Path, held: ExitStack, *, checks: bool
) -> HttpResponseBase:
    """Take or check a file in a thread of its own, and say how far it is.

    Args:
        request: of the agency.
        path: the file.
        held: the agency's turn and the file; let go when the work is done, or could not begin.
        checks: whether it is checked alone.
    """
    person = request.person

    def work(tell: OnStage) -> SafeString:
        hear = _in_words(tell)
        try:
            with held:
                hear("own")
                check_own(path, person.agency)
                if checks:
                    told = _checked(check(site(), path, hear))
                else:
                    told = {"batch": send(site(), path, person, hear)}
        except InputError as error:
            told = {"fault": error}
        except Exception as error:  # noqa: BLE001 - the page is under way: it can only say so
            # by its type alone: what an engine says of an error may quote a row
            _LOG.error("a file that was sent could not be taken: %s", type(error).__name__)
            told = {"fault": InputError(_NOT_TAKEN, cure="send it again")}
        return render_to_string("web/taken.html", told)

    try:
        shown: dict[str, object] = {"checks": checks, "size": path.stat().st_size}
        return page_under_way(request, "web/sending.html", shown, work)
    except BaseException:  # no thread was begun that would let go of them
        held.close()
        raise


_STAGES = {
    "own": "It is looked through: whose rows are these?",
    "reading": "Every row is read",
    "standardising": "Names and addresses are brought into one form",
    "facts": "What the law asks about is worked out",
    "law": "The law is asked of every row",
    "elements": "It is stored, and entered into the log",
    "writing": "What was found is written down",
}
"""What an agency is told of stages. Behind the law's it hears of one alone, so that how long the
rest takes, and a look at records may be part of it, is parted into nothing."""


def _in_words(tell: OnStage) -> OnStage:
    """Give what tells of each stage once, in words."""
    left = dict(_STAGES)

    def hear(stage: str) -> None:
        if said := left.pop(stage, ""):
            tell(said)

    return hear


_LOG = logging.getLogger(__name__)
_NOT_TAKEN = "something here went wrong, and nothing was taken"


def _upload(request: PersonRequest, **told: object) -> HttpResponse:
    shown = {"kinds": ",".join(KINDS), "gateways": gateways(), "columns": explained_columns()}
    status = 422 if told.get("fault") else 200
    return render(request, "web/upload.html", shown | told, status=status)


def _checked(found: dict[str, Any]) -> dict[str, Any]:
    """Give what a page shows of a check."""
    return {
        "found": found,
        "sums": named_sums(found["sums"]),
        "errors": found["errors"][:SHOWN],
        "many_errors": len(found["errors"]),
        "causes": causes_of(found["errors"]),
        "reasons": reasons_of(found["by_rule"]),
    }

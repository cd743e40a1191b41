"""Counsel's questions to the book: is it proved, and what would another book change?"""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ostiary.deciding.law.amendments import amendments
from ostiary.deciding.law.reading import read_book, read_orders
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.drafts import draft_book
from ostiary.faces.web.measured_book import errors_when_measured, measuring
from ostiary.faces.web.proved_book import proved_when_done, proving
from ostiary.faces.web.replay_file import replay_file
from ostiary.faces.web.word_by_word import word_by_word
from ostiary.office.counsel.measured_errors import LAWFUL, UNLAWFUL
from ostiary.office.counsel.replay import replay

if TYPE_CHECKING:
    from ostiary.deciding.law.prove.prover import Proof

_WHAT = {
    "every-element": "Whatever is let through has everything that the invariants ask",
    "no-needless-refusal": "No rule refuses what has everything that the invariants ask",
    "not-vacuous": "Between two changes of the law, something is let through",
    "stay-wins": "Nothing that an order covers is let through while it stands",
    "narrows-only": "Agreements, policies, safeguards and orders never let through more",
    "undetermined": "What is not known never lets a request through",
    "no-dead-rule": "Every rule finds something on some request",
    "no-contradiction": "No two requirements exclude each other",
    "versions": "A rule's wordings follow each other without a gap",
    "whitelist": "No paragraph and no answer lists more than the invariants know",
    "records": "Each gateway has the years and the bar on records that the invariants know",
}


@page(Role.COUNSEL, verbs=("GET", "POST"))
def proofs(request: PersonRequest) -> HttpResponse:
    """What is proved of the office's book with its own orders, how it errs, how current it is.

    POST has it proved, or both errors measured, beside the pages; the page then looks for what
    came of it by itself. That it has failed already is for the page to tell.
    """
    match request.POST.get("do"):
        case "prove":
            proving(shipped_book(), site().office.orders)
            return redirect(f"{reverse('proofs')}?show=proofs")
        case "errors":
            measuring(shipped_book())
            return redirect(f"{reverse('proofs')}?show=errors#errors")
    asked = request.GET.get("show", "")
    shown = _SHOWN[asked]() if asked in _SHOWN else {}
    of_office = {"folder": site().office.root.name, "readings": _readings()}
    return render(request, "web/proofs.html", shown | of_office)


@page(Role.COUNSEL, verbs=("GET", "POST"))
def compare(request: PersonRequest) -> HttpResponse:
    """What another book says otherwise, and what it would have made of past requests."""
    found, fault = {}, None
    if request.method == "POST":
        try:
            found = _compared(request)
            if request.POST.get("do") == "csv":
                return replay_file(request.person, "comparison", found["effect"])
        except InputError as error:
            fault = error
        except UnicodeDecodeError:
            fault = InputError("a file of the draft is no text")
    shown = found | {"fault": fault, "folder": site().office.root.name}
    return render(request, "web/compare.html", shown, status=422 if fault else 200)


def _compared(request: PersonRequest) -> dict[str, Any]:
    """Compare a draft with the office's book; nothing in the office changes.

    Raises:
        InputError: the draft is no book; the message names its file and rule.
    """
    office = site().office
    with draft_book(office.root, request.FILES.getlist("draft")) as folder:
        draft = read_book(folder).extended(read_orders(office.orders))
        current = site().snapshot().law.book
        changes = [
            (one, [(name, word_by_word(was, now)) for name, was, now in one.parts])
            for one in amendments(current, draft)
        ]
        effect = replay(site().place(), book=folder)
        return {"changes": changes, "now": current.digest, "draft": draft.digest, "effect": effect}


def _erring() -> dict[str, Any]:
    """Say how the shipped book errs on requests that are written from the statute, or how far."""
    try:
        found = errors_when_measured(shipped_book())
    except InputError as error:
        return {"not_measured": error}
    if found is None:
        return {"is_being_measured": True, "works": True}
    counts = found.counts()
    told = {
        "is_wrong": found.wrong,
        "names": [one["name"] for one in found.stated()["errors"]],
        "rates": [
            ("Unlawful requests let through", counts["wrongly_let_through"], counts[UNLAWFUL]),
            ("Lawful requests refused", counts["wrongly_refused"], counts[LAWFUL]),
            ("Lawful, refused by policy alone", counts["refused_by_policy_alone"], counts[LAWFUL]),
        ],
    }
    return {"errors": told}


def _readings() -> list[tuple[str, str, date]]:
    """Give each provision that the book writes out, and of which day's text: the oldest first."""
    found = site().snapshot().law.book.instruments
    read = [(one.title, one.cites, one.read.day) for one in found if one.read]
    return sorted(read, key=lambda one: (one[2], one[1]))


def _proved() -> dict[str, Any]:
    """Say what is proved of the office's book, or that it is being proved."""
    try:
        found = proved_when_done(shipped_book(), site().office.orders)
    except InputError as error:
        return {"not_proved": error}
    if found is None:
        return {"is_being_proved": True, "works": True}
    report = found.report
    tried = Counter(one.check for one in report.proofs)
    failed = Counter(one.check for one in report.failures)
    return {
        "checks": [(n, _WHAT.get(n, n), tried[n], failed[n]) for n in found.checks],
        "many": len(report.proofs),
        "digest": found.digest,
        "failures": [(one, _facts(one)) for one in report.failures],
    }


def _facts(proof: "Proof") -> list[tuple[str, Any]]:
    """Give the facts that a proof speaks of, of the request that gets past it."""
    return [(name, proof.request[name]) for name in proof.speaks_of] if proof.request else []


_SHOWN = {"proofs": _proved, "errors": _erring}

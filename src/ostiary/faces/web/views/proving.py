"""The log entry by entry, each with its proof: to be checked in the browser, or with a command."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from ostiary.deciding.law.masks import bits_of, mask_of
from ostiary.faces.server.access import ObjectRule, PersonRequest, page
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.csv_text import safe_row
from ostiary.faces.web.exports import log_export
from ostiary.faces.web.paging import case_numbers, page_number, page_of, pages_of
from ostiary.office.cases.event_index import event_of
from ostiary.office.oversight.stated_figures import METHOD, stated_figures
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.checkpoints import (
    MAX_CHECKPOINT,
    parse_checkpoint,
    unverified_checkpoint,
)
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.notes import split_note
from ostiary.verifying.log.proofs import read_proof
from ostiary.verifying.log.published import prove
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.vocabulary import fields_of

PAGE = 50
_BY_PIECE = 1_000
_ENTRY, _PROOF = "entry.json", "entry.tlog-proof"
_CASES = ("number", "agency", "request", "received", "status", "entry", "answered", "now")
_FIGURES = (
    *("year", "agency", "figure", "many", "stated_at"),
    *("entry", "corrects_entry", "corrected_by_entry", "method"),
)
_ACCESSES = ("entry", "at", "reader", "entry_of_request")


_MEANINGS = {
    "commitment": "a salted commitment: it tells nothing without what opens it",
    "digest": "the digest of something that is no secret",
    "index": "the number of another entry",
    "root": "the root of a hash tree",
    "signature": "a signature over what the entry says",
}


def _is_published(_person: Any, number: int, **_: str) -> bool:
    return number < _published()


def _is_exported(_person: Any, name: str) -> bool:
    return name in _EXPORTS


PUBLISHED = ObjectRule("the published log holds the entry", _is_published)
EXPORTED = ObjectRule("there is such an export", _is_exported)


@page(Role.AUDITOR)
def entries(request: PersonRequest) -> HttpResponse:
    """Every entry of the log, the latest first; ``?entry=`` leads to one by its number."""
    asked = case_numbers([request.GET.get("entry", "")])
    size, store = _published(), site().office.store
    if asked and asked[0] < size:
        return redirect("audit-entry", asked[0])
    number = page_number(request.GET.get("page", ""))
    end = max(0, size - (number - 1) * PAGE)
    start = max(0, end - PAGE)
    bodies = list(islice(store.entries_from(start), end - start))
    found = [(index, read_entry(body)) for index, body in enumerate(bodies, start)]
    shown = {
        "lines": [event_of(index, one) for index, one in found[::-1]],
        "missing": bool(request.GET.get("entry")),
        "size": size,
        **page_of(number, pages_of(size, PAGE)),
    }
    return render(request, "web/audit_entries.html", shown)


@page(Role.AUDITOR, rule=PUBLISHED)
def entry(request: PersonRequest, number: int) -> HttpResponse:
    """One entry, its proof, and the keys: all that a browser needs to check it by itself."""
    office = site().office
    body = office.store.entry(number).body
    found, proof = read_entry(body), prove(office.accounting, number)
    shown = {
        "number": number,
        "proved": _in_words(proof),
        "entry": found,
        "fields": [(*one, _meaning(found, *one)) for one in sorted(found.fields.items())],
        "body": body.decode(),
        "proof": proof,
        "keys": "\n".join(key.vkey for key in read_trust(office.accounting / TRUST_FILE).logs),
    }
    return render(request, "web/audit_entry.html", shown)


@page(Role.AUDITOR, rule=PUBLISHED)
def entry_file(request: PersonRequest, number: int, name: str) -> HttpResponse:  # noqa: ARG001
    """One entry's bytes, or its proof, as files for the command.

    Raises:
        Http404: there is no such file.
    """
    office = site().office
    if name == _ENTRY:
        return _download(office.store.entry(number).body, f"{number}.json", "application/json")
    if name == _PROOF:
        proof = prove(office.accounting, number).encode()
        return _download(proof, f"{number}.tlog-proof", "text/plain; charset=utf-8")
    raise Http404


@page(Role.AUDITOR, rule=EXPORTED)
def export(request: PersonRequest, name: str) -> HttpResponse:
    """Every request, look at a case or stated figure as CSV: nothing of a taxpayer."""
    head, rows = _EXPORTS[name]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    many = 0
    for many, row in enumerate(rows(), 1):  # noqa: B007 - how many there were
        writer.writerow(safe_row(row))
    log_export(request.person.name, name.removesuffix(".csv"), many)
    return _download(text.getvalue().encode(), name, "text/csv; charset=utf-8")


def _in_words(proof: str) -> dict[str, Any]:
    """Say what a proof says, for people; nothing of it is believed before it is checked."""
    said = read_proof(proof)
    text, signatures = split_note(said.checkpoint)
    head = parse_checkpoint(text)
    by = Counter(name for name, _ in signatures)
    return {
        "size": head.size,
        "root": head.root.hex(),
        "steps": len(said.hashes),
        "by": [*by.items()],
    }


def _meaning(entry: Entry, field: str, value: Any) -> str:
    """Say what a value is that does not speak for itself: of a mask, which rules were not met."""
    kind = fields_of(entry.type)[field]
    if kind != "mask":
        return _MEANINGS.get(kind, "")
    unmet, book = tuple(bits_of(mask_of(value))), site().snapshot().law.book
    if not unmet:
        return "every rule was met"
    if entry.fields.get("book") != book.digest:
        return f"rules {', '.join(map(str, unmet))} of the book of that day were not met"
    return f"not met: {', '.join(book.rules[bit][1].id for bit in unmet)}"


def _every_case() -> Iterator[tuple[object, ...]]:
    store, first = site().office.store, 0
    while found := store.lines(agency=None, first=first, many=_BY_PIECE):
        for one in found:
            answered = "yes" if one.answer_id else "no"
            of = (one.id, one.agency, one.request_id, one.received)
            yield (*of, one.status, one.entry_index, answered, one.stands)
        first += len(found)


def _every_access() -> Iterator[tuple[object, ...]]:
    for look in reversed(site().looks()):
        yield look.index, look.at, look.reader, look.of


def _every_figure() -> Iterator[tuple[object, ...]]:
    """Give each figure that was ever stated as a line of its own, with how it was counted."""
    for one in stated_figures(site().office.store):
        of = (one.year, one.agency)
        corrections = ("" if it is None else it for it in (one.corrects, one.corrected_by))
        history = (one.at, one.entry_index, *corrections)
        for name, method in METHOD.items():
            yield *of, name, getattr(one, name), *history, method


_EXPORTS = {
    "cases.csv": (_CASES, _every_case),
    "accesses.csv": (_ACCESSES, _every_access),
    "figures.csv": (_FIGURES, _every_figure),
}


def _published() -> int:
    """Give the size of the published log."""
    note = FolderSource(site().office.accounting).read(CHECKPOINT_PATH, MAX_CHECKPOINT)
    return unverified_checkpoint(note).size if note else 0


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)

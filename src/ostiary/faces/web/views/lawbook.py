"""The rule book for everybody who works by it; orders, and the effect of a draft, for counsel."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.instruments import Instrument, Rule, Version
from ostiary.deciding.law.open_questions import open_questions
from ostiary.deciding.law.printing import pieces_of, prose_of
from ostiary.domain.errors import InputError
from ostiary.domain.words import Layer
from ostiary.faces.server.access import ObjectRule, PersonRequest, page
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.replay_file import replay_file
from ostiary.faces.web.word_by_word import word_by_word
from ostiary.office.counsel.replay import replay
from ostiary.office.folder.session import scratch_folder
from ostiary.office.oversight.court_notices import court_notices
from ostiary.office.publication.register import register_of

LARGEST_DRAFT = 200_000
_LONGEST_SEARCH, _MOST_HITS = 100, 50
LAYERS = {
    Layer.STATUTE: "Statutes",
    Layer.SAFEGUARD: "Safeguards",
    Layer.AGREEMENT: "Agreements",
    Layer.POLICY: "Policies of the custodian",
    Layer.ORDER: "Orders of courts",
}


def _stands(_person: Any, name: str) -> bool:
    return any(one.id == name for one in site().snapshot().law.book.instruments)


IN_THE_BOOK = ObjectRule("the instrument stands in the current book", _stands)


@dataclass(frozen=True, slots=True)
class Changed:
    """What one dated wording changed against the one before it."""

    first: date
    was: str
    now: str
    words: tuple[tuple[str, str], ...]


@page(*Role)
def book(request: PersonRequest) -> HttpResponse:
    """The book's contents: every instrument, by layer; or the rules that say what is searched."""
    find = request.GET.get("find", "").strip()[:_LONGEST_SEARCH]
    law = site().snapshot().law
    today = site().place().moment.today
    parts = [
        (title, [(one, today in one.period) for one in law.book.instruments if one.layer is layer])
        for layer, title in LAYERS.items()
    ]
    shown = {
        "parts": [(title, found) for title, found in parts if found],
        "law": law,
        "rules": len(law.book.rules),
        "gateways": [one for one in law.book.instruments if one.gateway],
        "find": find,
        "hits": list(islice(_hits(law.book.instruments, find), _MOST_HITS)) if find else [],
        "described": [(one, prose_of(one.source)) for one in law.book.described],
        "open_questions": open_questions(law.book),
    }
    return render(request, "web/book.html", shown)


def _hits(
    instruments: Iterable[Instrument], find: str
) -> Iterator[tuple[Instrument, Rule, Version]]:
    """Give the rules whose latest wording says every word of a search, in small letters."""
    words = find.lower().split()
    for one in instruments:
        for rule in one.rules:
            latest = rule.versions[-1]
            said = (rule.id, latest.citation, latest.finding, latest.cure, in_english(latest.tree))
            text = " ".join((one.title, *said)).lower()
            if all(word in text for word in words):
                yield one, rule, latest


@page(*Role, rule=IN_THE_BOOK)
def instrument(request: PersonRequest, name: str) -> HttpResponse:
    """One instrument: its text, its rules, and how each wording differs from the one before."""
    law, today = site().snapshot().law, site().place().moment.today
    one = next(found for found in law.book.instruments if found.id == name)
    pieces = [
        {
            "prose": piece.prose,
            "rule": piece.rule,
            "version": piece.version,
            "asks": in_english(piece.version.tree) if piece.version else "",
            "changed": _changed(piece.rule.versions, piece.version)
            if piece.rule and piece.version
            else None,
        }
        for piece in pieces_of(one)
    ]
    shown = {
        "one": one,
        "layer": LAYERS[one.layer],
        "speaks": in_english(one.applies),
        "pieces": pieces,
        "in_force": today in one.period,
        "answerable": sorted(law.book.answerable(one.cites, None)) if one.gateway else [],
    }
    return render(request, "web/instrument.html", shown)


@page(*Role)
def register(request: PersonRequest) -> HttpResponse:
    """The register of agreements, orders and policies, as the public site has it."""
    law, today = site().snapshot().law, site().place().moment.today
    found = [{"one": one, "standing": one.standing(today)} for one in register_of(law.book)]
    return render(request, "web/public_register.html", {"entries": found, "today": today})


@page(Role.COUNSEL)
def orders(request: PersonRequest) -> HttpResponse:
    """The orders of courts, with the days on which each binds."""
    law, today = site().snapshot().law, site().place().moment.today
    found: list[Instrument] = [one for one in law.book.instruments if one.layer is Layer.ORDER]
    shown = {
        "orders": [(one, today in one.period, in_english(one.applies)) for one in found],
        "folder": site().office.orders.name,
        "notices": court_notices(site().place()),
        "short": law.short,
    }
    return render(request, "web/orders.html", shown)


@page(Role.COUNSEL, verbs=("GET", "POST"))
def effect(request: PersonRequest) -> HttpResponse:
    """What a draft order, or the law of another day, would have made of past requests."""
    found, fault = None, None
    if request.method == "POST":
        try:
            found = _replayed(request)
            if request.POST.get("do") == "csv":
                return replay_file(request.person, "effect", found)
        except InputError as error:
            fault = error
    shown = {"found": found, "fault": fault, "day": request.POST.get("on", "")[:10]}
    return render(request, "web/effect.html", shown, status=422 if fault else 200)


def _replayed(request: PersonRequest) -> dict[str, Any]:
    """Decide the past again under what the form gives; nothing in the office changes.

    Raises:
        InputError: no order and no day were given, or the order cannot be used.
    """
    draft, text = request.FILES.get("order"), request.POST.get("on", "")
    on = _day(text) if text else None
    if draft is None and on is None:
        raise InputError("give a draft order, another day, or both")
    if draft is None:
        return replay(site().place(), on=on)
    if draft.size is None or draft.size > LARGEST_DRAFT:
        raise InputError("this file is too large for an order")
    with scratch_folder(site().office.root) as folder:
        path = folder / "draft.md"
        path.write_bytes(draft.read(LARGEST_DRAFT))
        try:
            return replay(site().place(), order=path, on=on)
        except InputError as error:
            raise InputError(error.message, where="the draft", cure=error.cure) from None
        except UnicodeDecodeError:
            raise InputError("this is no text", where="the draft") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("this is no day such as 2025-11-21") from None


def _changed(versions: tuple[Version, ...], version: Version) -> Changed | None:
    """Compare a wording with the one before it, word by word."""
    place = versions.index(version)
    if place == 0:
        return None
    was, now = in_english(versions[place - 1].tree), in_english(version.tree)
    return Changed(version.period.first, was, now, tuple(word_by_word(was, now)))

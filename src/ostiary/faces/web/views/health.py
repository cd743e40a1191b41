"""What anybody may read without sign-in: whether this server lives and can answer, and its words.

Nothing is told but names of parts and whether they are fit; `ostiary doctor` says what is wrong.
"""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from ostiary.domain.languages import Language
from ostiary.faces.server.access import open_page
from ostiary.faces.server.site import site
from ostiary.faces.web.glossary import glossary
from ostiary.office.recovery.fitness import ready
from ostiary.verifying.log.entries import instant
from ostiary.verifying.log.tiles import CHECKPOINT_PATH

_UNREADY = 503
_IN_THE_OTHER = {
    Language.ENGLISH: (Language.SPANISH, "status-es"),
    Language.SPANISH: (Language.ENGLISH, "status"),
}


@open_page()
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@open_page()
def ready_to_answer(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """Say of the case store, the clock and the reference file whether each is fit; 503 if not."""
    checks = ready(site().place())
    fit = all(one.fit for one in checks)
    told = {"ready": fit, "checks": {one.name: one.fit for one in checks}}
    return JsonResponse(told, status=200 if fit else _UNREADY)


@open_page()
def status(request: HttpRequest, language: Language = Language.ENGLISH) -> HttpResponse:
    """Say for people whether the office serves, and when its log was last signed."""
    fit = all(one.fit for one in ready(site().place()))
    path = site().office.accounting / CHECKPOINT_PATH
    signed = datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.is_file() else None
    other, other_page = _IN_THE_OTHER[language]
    shown = {
        "fit": fit,
        "at": instant(datetime.now(UTC)),
        "signed_at": instant(signed) if signed else "",
        "language": language,
        "other": other,
        "other_page": reverse(other_page),
    }
    return render(request, "web/status.html", shown, status=200 if fit else _UNREADY)


@open_page()
def words(request: HttpRequest) -> HttpResponse:
    """Say what the words mean that stand on pages and in papers."""
    return render(request, "web/glossary.html", {"glossary": glossary()})

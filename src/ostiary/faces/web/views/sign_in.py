"""The doors: home, sign in (by passkey, or at the office's provider), sign out, enrol."""

import logging
from typing import Any, cast
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ostiary.domain.errors import InputError, OfficeError
from ostiary.faces.server.access import PersonRequest, open_page, page
from ostiary.faces.server.kept_text import kept_in
from ostiary.faces.server.oidc import address_to_ask, address_to_sign_out
from ostiary.faces.server.passkeys import enrol, enrolment_options
from ostiary.faces.server.people import comes_in_by_link, confirm, open_enrolment, print_of
from ostiary.faces.server.provider import ProviderError
from ostiary.faces.server.roles import Role
from ostiary.faces.server.sign_in_page import sign_in_page
from ostiary.faces.server.signing_in import (
    new_challenge,
    sign_in,
    sign_in_by_provider,
    sign_in_to_look,
    sign_in_with_new,
    sign_out,
    spent_challenge,
    wanted_page,
)
from ostiary.faces.server.site import site
from ostiary.faces.web.led_back import back_to

_REFUSED, _AWAY = 403, 503
_LOG = logging.getLogger(__name__)
_PROVIDER_AWAY = "the sign-in provider does not answer as it should; sign in with a passkey"
_HOMES = {
    Role.OFFICER: "worklist",
    Role.REQUESTER: "requests",
    Role.AUDITOR: "audit",
    Role.COUNSEL: "book",
    Role.HEAD: "office",
    Role.ADMINISTRATOR: "people",
    Role.MONITOR: "monitor",
}


@open_page()
def home(request: HttpRequest) -> HttpResponse:
    """Send everybody to the page their work begins on."""
    person = cast("Any", request).person
    if person and person.role is Role.MONITOR:
        today = site().place().moment.today
        watched = site().snapshot().watched(person.name, today)
        if len(watched) == 1:  # a list of one is a click for nothing
            return redirect("monitor-order", watched[0].id)
    return redirect(_HOMES[person.role] if person else "sign-in")


@page(*Role)
def still_here(request: PersonRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """Take a sign that somebody still reads a page: the session goes on for half an hour."""
    return HttpResponse("", content_type="text/plain")


@open_page(verbs=("GET", "POST"))
def signing_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey. Nobody types a name."""
    if request.method == "POST":
        kept = kept_in(request.POST)
        try:
            sign_in(request, request.POST.get("passkey", ""))
        except InputError as error:
            return sign_in_page(request, str(error), _REFUSED, kept=kept)
        if kept:
            return render(request, "web/kept.html", {"kept": kept, "signed": True})
        return redirect(wanted_page(request) or "home")
    return sign_in_page(request)


@open_page()
def asking_the_provider(request: HttpRequest) -> HttpResponse:
    """Send the browser to the office's provider. Where it comes back to is fixed."""
    if not site().office.config.oidc.issuer:
        raise Http404
    try:
        return redirect(address_to_ask(site(), request))
    except (ProviderError, OfficeError) as error:
        _LOG.warning("%s", error)
        return sign_in_page(request, _PROVIDER_AWAY, _AWAY)


@open_page()
def back_from_the_provider(request: HttpRequest) -> HttpResponse:
    """Take what the provider sent with the browser, once, and begin a session."""
    if not site().office.config.oidc.issuer:
        raise Http404
    try:
        sign_in_by_provider(request, site())
    except (ProviderError, OfficeError) as error:
        _LOG.warning("%s", error)
        return sign_in_page(request, _PROVIDER_AWAY, _AWAY)
    except InputError as error:
        return sign_in_page(request, str(error), _REFUSED)
    return redirect(wanted_page(request) or "home")


@open_page(verbs=("POST",), left_on=back_to("home", silently=True))
def signing_out(request: HttpRequest) -> HttpResponse:
    """End the session; one that began at the provider goes on to be ended there."""
    return redirect("sign-out-provider" if sign_out(request) else "sign-in")


@open_page()
def signing_out_there(request: HttpRequest) -> HttpResponse:
    """Say that somebody is signed out here, and take the browser to the provider.

    A page of our own stands between: a form may lead nowhere else.
    """
    try:
        address = address_to_sign_out(site())
    except ProviderError as error:
        _LOG.warning("%s", error)
        address = ""
    shown = {"address": address, "provider": urlsplit(site().office.config.oidc.issuer).hostname}
    return render(request, "web/signed_out.html", shown)


@open_page(verbs=("GET", "POST"))
def enrolling(request: HttpRequest, token: str) -> HttpResponse:
    """Make a passkey by a one-time link, and show its fingerprint."""
    enrolment = open_enrolment(site(), token)
    if enrolment is None:
        return render(request, "web/enrol_over.html", status=404)
    fault = ""
    at_once = comes_in_by_link(site(), enrolment)
    if request.method == "POST" and at_once and request.POST.get("do") == "look":
        sign_in_to_look(request, enrolment)
        return redirect("home")
    if request.method == "POST":
        try:
            made = enrol(
                site(), enrolment, request.POST.get("passkey", ""), spent_challenge(request)
            )
        except InputError as error:
            fault = str(error)
        else:
            if at_once:
                who = made.person
                confirm(site(), Role(who.role), who.name, print_of(made), who.agency)
                if (let_in := site().let_in) is not None:
                    with site().working() as place:
                        let_in(place)
                sign_in_with_new(request, made)
                return redirect("home")
            shown = {"fingerprint": print_of(made), "who": enrolment.person}
            return render(request, "web/enrolled.html", shown)
    options = enrolment_options(site(), enrolment, new_challenge(request))
    shown = {"options": options, "who": enrolment.person, "fault": fault, "at_once": at_once}
    return render(request, "web/enrol.html", shown, status=403 if fault else 200)

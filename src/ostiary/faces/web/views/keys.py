"""Keys in the registers that wait for two officers: see them, and accept one with a passkey."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from webauthn.helpers import bytes_to_base64url

from ostiary.domain.errors import InputError
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.passkeys import credentials_of, signing_with
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.said import heard
from ostiary.office.cases.key_acceptance import accepted_by, why_not, words_of
from ostiary.office.cases.key_changes import accept_key
from ostiary.verifying.keys.assertions import challenge_of


@page(Role.OFFICER)
def waiting_keys(request: PersonRequest) -> HttpResponse:
    """The keys that count for nothing until two officers have accepted them."""
    return _page(request)


@page(Role.OFFICER, verbs=("POST",), left_on=back_to("keys"))
def accept(request: PersonRequest) -> HttpResponse:
    """Accept one key: what the officer's passkey signed, and nothing else."""
    said = request.POST
    try:
        key = signing_with(site(), request.person.number, said.get("passkey", ""))
        with site().working() as place:
            register, holder = said.get("register", ""), said.get("holder", "")
            accept_key(place, register, holder, request.person.name, key)
    except InputError as error:
        return _page(request, fault=error)
    return redirect("keys")


def _page(request: PersonRequest, fault: InputError | None = None) -> HttpResponse:
    desk, officer = site().desk(), request.person.name
    own = credentials_of(request.person.number)
    shown = {
        "keys": [
            {
                "key": key,
                "accepted_by": accepted_by(desk, key),
                "why_not": why_not(desk, key, officer) or ("" if own else "you have no passkey"),
                "challenge": bytes_to_base64url(challenge_of(words_of(desk.origin, officer, key))),
            }
            for key in sorted(site().snapshot().law.pending)
        ],
        "credentials": " ".join(own),
        "party": site().party,
        "fault": fault,
        "said": heard(request),
    }
    return render(request, "web/keys.html", shown, status=409 if fault else 200)

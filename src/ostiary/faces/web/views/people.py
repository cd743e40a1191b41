"""The administrator's page: who may come in, and letting them. No case is in sight.

Who gives a link does not confirm what is made by it: two administrators let somebody in, one alone
may shut anybody out. Each change stands in the log with who made it.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from ostiary.domain.errors import InputError
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.orm import Passkey
from ostiary.faces.server.people import add_person, confirm, end, everybody
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.known_ids import Kind, known_ids
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.said import heard, say

_REFUSED = 422
_KNOWN: tuple[Kind, ...] = ("officers", "requesters", "seats")


@page(Role.ADMINISTRATOR)
def people(request: PersonRequest) -> HttpResponse:
    """Everybody, where each stands by the registers of today, and what can be done."""
    return _page(request)


@page(Role.ADMINISTRATOR, verbs=("POST",), left_on=back_to("people"))
def add(request: PersonRequest) -> HttpResponse:
    """Add a person, or give one another link. The link is shown once, on the page that follows."""
    try:
        role, name, agency = _whom(request)
        link = add_person(site(), role, name, agency, by=request.person.name)
    except InputError as error:
        return _page(request, fault=error)
    return _page(request, link=link, linked=name)


@page(Role.ADMINISTRATOR, verbs=("POST",), left_on=back_to("people"))
def let_in(request: PersonRequest) -> HttpResponse:
    """Let a passkey count whose fingerprint was compared, if a colleague gave its link."""
    try:
        role, name, agency = _whom(request)
        shown = request.POST.get("fingerprint", "")
        confirm(site(), role, name, shown, agency, by=request.person.name)
    except InputError as error:
        return _page(request, fault=error)
    say(request, f"The passkey of {role} {name} counts.")
    return redirect("people")


@page(Role.ADMINISTRATOR, verbs=("POST",), left_on=back_to("people"))
def shut_out(request: PersonRequest) -> HttpResponse:
    """End a person's access at once."""
    try:
        role, name, agency = _whom(request)
        end(site(), role, name, agency, by=request.person.name)
    except InputError as error:
        return _page(request, fault=error)
    say(request, f"{role.capitalize()} {name} can no longer sign in.")
    return redirect("people")


def _whom(request: PersonRequest) -> tuple[Role, str, str]:
    """Read whom a form is about.

    Raises:
        InputError: there is no such role.
    """
    said = request.POST
    if said.get("role", "") not in set(Role):
        raise InputError("there is no such role", cure=f"one of {', '.join(Role)}")
    return Role(said["role"]), said.get("name", "").strip(), said.get("agency", "").strip()


def _page(
    request: PersonRequest, *, fault: InputError | None = None, link: str = "", linked: str = ""
) -> HttpResponse:
    snapshot = site().snapshot()
    unconfirmed = Passkey.objects.filter(confirmed_at=None, revoked_at=None)
    waiting = set(unconfirmed.values_list("person__role", "person__name", "person__agency"))
    shown = {
        "people": [(one, (one.role, one.name, one.agency) in waiting) for one in everybody(site())],
        "roles": [role.value for role in Role],
        "agencies": sorted(snapshot.agencies.items()),
        "known": [
            one for kind in _KNOWN for one in known_ids(kind, snapshot, site().place().moment.today)
        ],
        "fault": fault,
        "kept": request.POST if fault else {},
        "link": link,
        "linked": linked,
        "said": heard(request),
    }
    return render(request, "web/people.html", shown, status=_REFUSED if fault else 200)

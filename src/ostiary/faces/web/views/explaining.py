"""The form explains itself while it is filled: what the law makes of it now, field by field."""

from typing import Any

from django.http import HttpResponse, JsonResponse

from ostiary.domain.errors import InputError
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.filing import check_form, of_a_form, received_on
from ostiary.faces.web.form import FormField, form_sections
from ostiary.faces.web.form_values import form_values
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.templatetags.office import field_name


@page(Role.REQUESTER, verbs=("POST",), left_on=back_to("new-request"))
def explained(request: PersonRequest) -> HttpResponse:
    """Say of each field what the law asks of it, and what is wrong with it; nothing is stored.

    It is the check behind the button, asked before the button is pressed. No taxpayer record is
    read for it.
    """
    values = form_values(request.POST)
    try:
        found = check_form(site(), of_a_form(values, request.person.agency))
    except InputError as error:
        return JsonResponse({"status": "", "unmet": 0, "fault": str(error), "fields": {}})
    whole = found["explained"] or {}
    sections = form_sections(values, found, site(), received_on(site()), request.person.agency)
    said = {
        "status": str(whole.get("status", "")),
        "unmet": len(whole.get("findings", ())),
        "fault": "",
        "fields": {one.name: _said_of(one) for each in sections for one in each.fields},
    }
    return JsonResponse(said)


def _said_of(field: FormField) -> dict[str, list[dict[str, Any]]]:
    return {
        "asks": [{"citation": citation, "rule": rule} for citation, rule in field.asks],
        "faults": [
            {
                "finding": one.finding,
                "cure": one.cure,
                "said_at": one.said_at,
                "label": field_name(one.said_at) if one.said_at else "",
            }
            for one in field.faults
        ],
    }

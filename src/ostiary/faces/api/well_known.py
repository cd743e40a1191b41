"""What a client finds by itself: metadata of the authorization server (RFC 8414, section 3)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt

from ostiary.faces.api.conditional import conditional
from ostiary.faces.api.jose import ALGORITHMS
from ostiary.faces.api.problems import wrong_verb
from ostiary.faces.server.access import open_call
from ostiary.faces.server.site import site


@csrf_exempt
@open_call(verbs=("GET",), wrong_verb=wrong_verb)
def authorization_server(request: HttpRequest) -> HttpResponse:
    """Give the metadata; the issuer is the office's address, without a path."""
    address = site().address
    told = JsonResponse(
        {
            "issuer": address,
            "token_endpoint": address + reverse("api:token"),
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": [],
            "dpop_signing_alg_values_supported": list(ALGORITHMS),
            "service_documentation": address + reverse("api:openapi"),
        }
    )
    return conditional(request, told)


urlpatterns = [
    path("oauth-authorization-server", authorization_server, name="oauth-authorization-server"),
]

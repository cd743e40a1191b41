"""Addresses of the pages. Numbers of this office stand in them, and nothing of a person.

A request's own id is the agency's and may hold anything, so it never stands in an address.
"""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from ostiary.web.views import doors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", doors.home, name="home"),
    path("sign-in/", doors.signing_in, name="sign-in"),
    path("sign-out/", doors.signing_out, name="sign-out"),
    path("enrol/<str:token>/", doors.enrolling, name="enrol"),
]
if find_spec("ostiary.api"):  # the layer above; it brings addresses of its own
    urlpatterns.append(path("api/", include("ostiary.api.urls")))

handler400 = "ostiary.web.views.errors.bad_request"
handler403 = "ostiary.web.views.errors.forbidden"
handler404 = "ostiary.web.views.errors.not_found"
handler500 = "ostiary.web.views.errors.broken"

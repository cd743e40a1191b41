"""Addresses of the test provider: its own, and a login that believes everybody."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.urls import include, path


def believe(request):
    """Sign in whoever says a name."""
    login(request, User.objects.get(username=request.GET["name"]))
    return HttpResponse()


urlpatterns = [
    path("login/", believe),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]

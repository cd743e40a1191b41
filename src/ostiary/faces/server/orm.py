"""The web office's own tables, with Django set up before they are imported."""
# ruff: noqa: E402 - Django must have been started

from ostiary.faces.server.django_start import start_web

start_web()

from ostiary.faces.server.models import Assignment, Binding, Enrolment, Filing, Passkey, Person

__all__ = ["Assignment", "Binding", "Enrolment", "Filing", "Passkey", "Person"]

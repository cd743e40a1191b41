"""The API's own tables, with Django set up before they are imported."""
# ruff: noqa: E402 - Django must have been started

from ostiary.faces.server.django_start import start_web

start_web()

from ostiary.faces.api.models import (
    KeptResponse,
    LogPosition,
    SpentIdentifier,
    WaitingEvent,
    WatchedChange,
)

__all__ = ["KeptResponse", "LogPosition", "SpentIdentifier", "WaitingEvent", "WatchedChange"]

"""Django is set up once in a process, with pages and calls, before their tables are imported."""

from django.apps import apps

from ostiary.office.store.django_start import start_django


def start_web() -> None:
    """Set Django up for pages and calls; the settings hold for the case store as well.

    Raises:
        RuntimeError: Django was set up before, without the web office.
    """
    start_django()
    if not apps.is_installed("ostiary.faces.server"):
        raise RuntimeError("the web office must be started before the case store is opened")

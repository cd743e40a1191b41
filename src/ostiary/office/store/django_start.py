"""Django is set up once in a process, before the tables are imported: it wants that order."""

import os
import threading

import django
from django.apps import apps

_lock = threading.Lock()


def start_django() -> None:
    """Set Django up with our settings, unless a web face has done so with its own."""
    with _lock:
        if not apps.apps_ready:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ostiary.office.store.settings")
            django.setup()

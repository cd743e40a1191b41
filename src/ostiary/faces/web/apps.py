"""The pages as a Django app: templates and their filters, no tables."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Labelled ``pages``; ``web`` is the label of the server's tables."""

    name = "ostiary.faces.web"
    label = "pages"

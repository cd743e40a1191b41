"""The tables of sign-in and people as a Django app, under the label that offices know."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """Labelled ``web``, as the databases of offices know it."""

    name = "ostiary.faces.server"
    label = "web"

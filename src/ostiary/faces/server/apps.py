"""The tables of sign-in and people as a Django app, under the label that offices know."""

from django.apps import AppConfig

from ostiary.faces.server.kept_connections import keep_connections


class ServerConfig(AppConfig):
    """Labelled ``web``, as the databases of offices know it."""

    name = "ostiary.faces.server"
    label = "web"

    def ready(self) -> None:
        """See that connections which outlive a call hold nothing of it."""
        keep_connections()

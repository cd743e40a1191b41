"""Style sheet, script and font, served by WhiteNoise from where they were installed."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

_A_DAY = 24 * 60 * 60


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # it comes without types
    """WhiteNoise over the two folders that pages refer to; nothing else can be fetched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response, settings=settings)
        self.max_age = _A_DAY
        self.allow_all_origins = False
        for name, folder in settings.STATIC_FILES.items():
            self.add_files(str(Path(folder)), prefix=f"static/{name}/")

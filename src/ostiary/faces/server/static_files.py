"""Style sheet, script and font, served by WhiteNoise from where they were installed.

Browsers keep them for a day. So a page names each with a mark of what it holds: after an upgrade no
page meets the style or the script of the version before.
"""

import hashlib
from collections.abc import Callable
from functools import cache
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


@cache
def address_of(name: str) -> str:
    """Give where browsers fetch a file of the pages, with a mark of what it holds.

    Args:
        name: of the file, such as ``office.css``.
    """
    content = Path(f"{settings.STATIC_FILES['web']}/{name}").read_bytes()
    return f"{settings.STATIC_URL}web/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"

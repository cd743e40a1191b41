"""A real OpenID Connect provider, by django-oauth-toolkit, in a process of its own.

``python openid_provider.py PORT`` serves it; whoever knows a name signs in, for nobody in it is
real. PKCE is demanded, ID tokens are signed by RS256, and it names itself in each answer.
"""

import http.client
import http.cookiejar
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

CLIENT, SECRET = "ostiary-office", "a-secret-of-the-tests"
PEOPLE = ("anna", "bert", "auditor", "nobody")
_LONGEST_START = 120


@dataclass(frozen=True)
class OpenIdProvider:
    """A provider that runs."""

    issuer: str

    def subject(self, name: str) -> str:
        """Give the provider's number of a person: they were made in this order."""
        return str(PEOPLE.index(name) + 1)

    def answer(self, address: str, name: str) -> str:
        """Sign a person in at the provider, and give the address it sends the browser back to."""
        cookies = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(cookies), _StopAtTheOffice()
        )
        base = self.issuer.removesuffix("/o")
        with browser.open(f"{base}/login/?{urlencode({'name': name})}") as page:
            page.read()
        with browser.open(address) as page:
            return page.headers["Location"]


class _StopAtTheOffice(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, req, fp, code, msg, headers):  # noqa: ARG002
        return fp


@contextmanager
def openid_provider(back: str) -> Iterator[OpenIdProvider]:
    """Serve a provider that knows one office, which comes back to this address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, str(port), folder, back]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
            try:
                _wait(running, port)
                yield OpenIdProvider(f"http://localhost:{port}/o")
            finally:
                running.terminate()


def _wait(running: subprocess.Popen, port: int) -> None:
    ends = time.monotonic() + _LONGEST_START
    while running.poll() is None and time.monotonic() < ends:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/o/.well-known/openid-configuration")
            if connection.getresponse().read():
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("the provider did not start")


def _serve(port: int, folder: Path, back: str) -> None:
    import django  # noqa: PLC0415 - settings of its own, apart from the office's
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    from ostiary.verifying.keys.files import private_pem  # noqa: PLC0415

    settings.configure(
        SECRET_KEY="of-this-test-only",
        ALLOWED_HOSTS=["localhost", "127.0.0.1"],
        ROOT_URLCONF="openid_provider_urls",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "op.db")}
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        LOGIN_URL="/login/",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": f"http://localhost:{port}/o",
            "OIDC_RSA_PRIVATE_KEY": private_pem(rsa.generate_private_key(65537, 2048)).decode(),
            "PKCE_REQUIRED": True,
            "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
            "SCOPES": {"openid": "who somebody is"},
            "ALLOWED_REDIRECT_URI_SCHEMES": ["http", "https"],
        },
    )
    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from oauth2_provider.models import Application  # noqa: PLC0415
    from waitress import serve  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    for name in PEOPLE:
        User.objects.create(username=name)
    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris=back,
        algorithm="RS256",
        skip_authorization=True,
    )
    serve(WSGIHandler(), host="127.0.0.1", port=port, threads=2)


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    _serve(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])

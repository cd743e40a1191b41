"""A provider that lies: it publishes one key, and hands out whatever ID token it is told to."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwk, jws

CLIENT = "ostiary-office"
SUBJECT = "the-auditor"


@dataclass
class HostileProvider:
    """What it publishes and says; a test changes what it likes.

    Attributes:
        issuer: who it is.
        key: the private key of which it publishes the public half.
        metadata: what it says of itself.
        published: the keys that it publishes.
        token: makes the ID token of a sign-in with this nonce.
        forms: what was posted to its token endpoint.
        pushed: what was posted to its endpoint for pushed requests, if it has one.
        takes_pushed: whether it takes that.
    """

    issuer: str = ""
    key: jwk.RSAKey = field(default_factory=lambda: jwk.RSAKey.generate_key(2048, private=True))
    metadata: dict[str, Any] = field(default_factory=dict)
    published: list[dict[str, Any]] = field(default_factory=list)
    token: Callable[[str], str] = field(default=lambda _nonce: "")
    nonce: str = ""
    forms: list[dict[str, str]] = field(default_factory=list)
    pushed: list[dict[str, str]] = field(default_factory=list)
    takes_pushed: bool = True

    def claims(self, **other: Any) -> dict[str, Any]:
        """Give the claims of a sound token, but for what is named; None leaves a claim out."""
        now = int(time.time())
        sound = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": SUBJECT,
            "nonce": self.nonce,
            "iat": now,
            "auth_time": now,
            "exp": now + 300,
        }
        return {name: value for name, value in (sound | other).items() if value is not None}

    def signed(self, key: Any = None, algorithm: str = "RS256", header=None, **other: Any) -> str:
        """Sign claims with its own key, or with another."""
        said = {"alg": algorithm, "kid": "k1"} | (header or {})
        body = json.dumps(self.claims(**other)).encode()
        return jws.serialize_compact(said, body, key or self.key, algorithms=[algorithm])

    def unsigned(self) -> str:
        """Give a token that says it needs no signature."""
        parts = ({"alg": "none"}, self.claims())
        return ".".join(_text(json.dumps(part).encode()) for part in parts) + "."


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@contextmanager
def hostile_provider() -> Iterator[HostileProvider]:
    """Serve one on this machine."""
    provider = HostileProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            jwks = {"keys": provider.published}
            self._say(jwks if self.path == "/keys" else provider.metadata)

        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            said = {name: value for name, [value] in form.items()}
            if self.path == "/par":
                provider.pushed.append(said)
                named = {"request_uri": f"urn:example:{len(provider.pushed)}", "expires_in": 60}
                refused = {"error": "invalid_request"}
                return self._say(*((named, 201) if provider.takes_pushed else (refused, 400)))
            provider.forms.append(said)
            return self._say(
                {"id_token": provider.token(provider.nonce), "access_token": "a-token-kept"}
            )

        def _say(self, document, status=200):
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://localhost:{server.server_port}"
        provider.metadata = {
            "issuer": provider.issuer,
            "authorization_endpoint": f"{provider.issuer}/authorize",
            "token_endpoint": f"{provider.issuer}/token",
            "jwks_uri": f"{provider.issuer}/keys",
        }
        provider.published = [provider.key.as_dict(private=False) | {"kid": "k1"}]
        provider.token = lambda _nonce: provider.signed()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()

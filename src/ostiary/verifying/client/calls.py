"""The calls. Tokens are fetched when needed, and each call carries a fresh proof."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from email.message import Message
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from ostiary.verifying.client.signing import assertion, jose_key, new_key, proof
from ostiary.verifying.client.values import Outcome, RefusedError, Reply, read_outcome, read_reply

Send = Callable[[str, str, Mapping[str, str], bytes | None], tuple[int, bytes, Mapping[str, str]]]
"""Sends method, address, headers and body; gives status, body, and headers by lower-case name."""

_TIMEOUT = 300
_EARLY = 30  # a token is renewed so many seconds before it ends
_NONCE_SERVES = 45  # seconds that an office's nonce is used; it counts for a minute at least
_NONCE = "dpop-nonce"
_OK = 200
_WANTING = (400, 401)


def send_over_http(
    method: str, address: str, headers: Mapping[str, str], body: bytes | None
) -> tuple[int, bytes, Mapping[str, str]]:
    """Send a call by the standard library."""
    call = urllib.request.Request(  # noqa: S310 - the scheme was checked when the client was made
        address, data=body, headers=dict(headers), method=method
    )
    try:
        with urllib.request.urlopen(call, timeout=_TIMEOUT) as response:  # noqa: S310 - as above
            return response.status, response.read(), _lower(response.headers)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read(), _lower(refused.headers)


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class Client:
    """A program of an agency, and the office that it calls.

    Args:
        address: the office's, ``https`` (``http`` for this very machine only).
        client: id of the program in the office's ``clients.csv``.
        key: its private key.
        send: how a call is sent; over HTTP unless given.

    Raises:
        ValueError: the address is not one that a key may be shown to.
    """

    def __init__(
        self,
        address: str,
        client: str,
        key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey,
        send: Send = send_over_http,
    ) -> None:
        parts = urllib.parse.urlsplit(address)
        if parts.scheme != "https" and (parts.scheme, parts.hostname) != ("http", "localhost"):
            raise ValueError("an office is called over https, or on this very machine")
        self._base = f"{address.rstrip('/')}/api/v1"
        self._client, self._key, self._send = client, jose_key(key), send
        self._proof_key = new_key()
        self._token, self._ends = "", 0.0
        self._nonce, self._given = "", 0.0

    def submit(self, requests: Sequence[Mapping[str, Any]], *, key: str) -> Outcome:
        """Submit requests; the same again under the same key is done once.

        Args:
            requests: one object each, by the columns of a request file without ``agency``.
            key: the idempotency key, 8 to 200 visible ASCII characters.

        Raises:
            RefusedError: the call was refused.
        """
        body = json.dumps({"requests": [dict(one) for one in requests]}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return read_outcome(json.loads(self._call("POST", "/requests", headers, body)))

    def status(self, entry: int) -> Reply:
        """Ask where a request stands.

        Raises:
            RefusedError: there is no such request of this agency.
        """
        return read_reply(json.loads(self._call("GET", f"/requests/{entry}")))

    def answer(self, entry: int) -> bytes:
        """Fetch the sealed answer.

        Raises:
            RefusedError: there is no such request, or no answer yet.
        """
        return self._call("GET", f"/requests/{entry}/answer")

    def report_use(self, entry: int, use: str) -> str:
        """Report what became of an answer; the same again changes nothing.

        Args:
            entry: of the request.
            use: ``used``, ``not-used``, ``no-offence``, ``prosecution`` or ``pending``.

        Returns:
            What the office has now.

        Raises:
            RefusedError: there is no such request, no answer yet, or no such word.
        """
        headers = {"Content-Type": "application/json"}
        body = json.dumps({"use": use}).encode()
        said = json.loads(self._call("POST", f"/requests/{entry}/use", headers, body))
        return str(said["use"])

    def receipt(self, entry: int) -> str:
        """Fetch the proof that the log holds the request (C2SP tlog-proof).

        Raises:
            RefusedError: there is no such request of this agency.
        """
        return self._call("GET", f"/requests/{entry}/receipt").decode()

    def letter(self, entry: int) -> bytes:
        """Fetch the letter on a request, PDF.

        Raises:
            RefusedError: there is no such request, or nothing to tell yet.
        """
        return self._call("GET", f"/requests/{entry}/letter")

    def log_file(self, name: str) -> bytes:
        """Fetch ``checkpoint`` or a tile of the public log; no key is needed for that.

        Raises:
            RefusedError: the log has no such file.
        """
        status, content, _ = self._send("GET", f"{self._base}/log/{name}", {}, None)
        return _content(status, content)

    def headers(self, method: str, address: str) -> dict[str, str]:
        """Give the headers that authorise one call; they are good for this one only.

        Raises:
            RefusedError: the office gives this program no token.
        """
        now = time.time()
        if now > self._ends - _EARLY or now > self._given + _NONCE_SERVES:
            self._renew()
        signed = proof(method, address, self._proof_key, self._token, self._nonce)
        return {"Authorization": f"DPoP {self._token}", "DPoP": signed}

    def _call(
        self, method: str, path: str, more: Mapping[str, str] | None = None, body: bytes = b""
    ) -> bytes:
        address = self._base + path

        def headers() -> dict[str, str]:
            return self.headers(method, address) | dict(more or {})

        return self._sent(method, address, headers, body or None)

    def _renew(self) -> None:
        address = f"{self._base}/token"
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion(self._client, address, self._key),
        }

        def headers() -> dict[str, str]:
            return {
                "Content-Type": "application/x-www-form-urlencoded",
                "DPoP": proof("POST", address, self._proof_key, nonce=self._nonce),
            }

        body = urllib.parse.urlencode(form).encode()
        said = json.loads(self._sent("POST", address, headers, body))
        self._token, self._ends = said["access_token"], time.time() + said["expires_in"]

    def _sent(
        self, method: str, address: str, headers: Callable[[], dict[str, str]], body: bytes | None
    ) -> bytes:
        """Send a call; once more with the office's nonce, when it was for want of one."""
        for _ in range(2):
            status, content, back = self._send(method, address, headers(), body)
            self._nonce, self._given = back.get(_NONCE, self._nonce), time.time()
            if not (status in _WANTING and _problem(content).get("error") == "use_dpop_nonce"):
                break
        return _content(status, content)


def _content(status: int, body: bytes) -> bytes:
    if status == _OK:
        return body
    raise RefusedError(status, _problem(body))


def _problem(body: bytes) -> dict[str, Any]:
    try:
        problem = json.loads(body)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}

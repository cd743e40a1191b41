"""The OpenID Connect provider as it describes itself: its endpoints and its public keys.

Read from ``ISSUER/.well-known/openid-configuration`` (OpenID Connect Discovery 1.0, section 4) and
kept for an hour. Keys are read again when a token names one that is not known, once a minute at
most. Every address must be ``https``, or this very machine where the issuer is. Redirects are
refused, answers are bounded in size and time.
"""

import json
import logging
import re
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from ostiary.domain.errors import InputError
from ostiary.office.folder.oidc_config import OURSELVES
from ostiary.verifying.log.exchanges import UnreachableError, exchange

KEPT_SECONDS = 60 * 60
KEYS_AGAIN_SECONDS = 60
_SECONDS = 10
_LIMIT = 256_000
_OK, _MADE, _REFUSED, _UNKNOWN = 200, 201, 400, 401
_REQUEST_URI = re.compile(r"[!-~]{1,512}")
_CODE = re.compile(r"[a-z_]{1,40}")
_LOG = logging.getLogger(__name__)
_FORM = "application/x-www-form-urlencoded"


class ProviderError(Exception):
    """The provider cannot be reached, or does not answer as it should.

    The message is for the administrator, and repeats nothing that was sent but an error code.
    """


class CodeRefusedError(Exception):
    """The provider does not take the code (RFC 6749, section 5.2): spent, or asked by another."""


def error_code(said: object) -> str:
    """Give an error code of OAuth or OpenID Connect as it may stand in a log; else ``unnamed``."""
    return said if isinstance(said, str) and _CODE.fullmatch(said) else "unnamed"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a provider says of itself.

    Attributes:
        issuer: its identifier, the very one that the office named.
        authorization: where browsers are sent.
        token: where a code is exchanged.
        keys: where its public keys are.
        names_itself: whether it names itself in each response (RFC 9207).
        pushed: where what is asked may be pushed beforehand (RFC 9126); or empty.
        must_push: whether it takes nothing else.
        end_session: where a browser signs out there (OpenID Connect RP-Initiated Logout 1.0); or
            empty.
    """

    issuer: str
    authorization: str
    token: str
    keys: str
    names_itself: bool
    pushed: str = ""
    must_push: bool = False
    end_session: str = ""


@dataclass
class Provider:
    """One provider, asked over the network and remembered for a while."""

    issuer: str
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _metadata: tuple[float, Metadata] | None = field(default=None, repr=False)
    _keys: tuple[float, list[dict[str, Any]]] | None = field(default=None, repr=False)

    def metadata(self) -> Metadata:
        """Give what it says of itself.

        Raises:
            ProviderError: it does not, or says that it is somebody else.
        """
        with self._lock:
            if self._metadata is None or time.monotonic() - self._metadata[0] > KEPT_SECONDS:
                self._metadata = (time.monotonic(), self._read_metadata())
            return self._metadata[1]

    def keys(self, kid: str | None) -> list[dict[str, Any]]:
        """Give the keys with which it may have signed, as it publishes them (RFC 7517).

        Args:
            kid: the key that a token names; None when it names none.

        Raises:
            ProviderError: it does not say them.
        """
        address = self.metadata().keys
        with self._lock:
            now = time.monotonic()
            if self._keys is None or now - self._keys[0] > KEPT_SECONDS:
                self._keys = (now, _read_keys(address))
            found = _named(self._keys[1], kid)
            if not found and now - self._keys[0] > KEYS_AGAIN_SECONDS:
                self._keys = (now, _read_keys(address))
                found = _named(self._keys[1], kid)
            return found

    def id_token(self, form: dict[str, str]) -> str:
        """Exchange a code; give the ID token. What else comes with it is dropped unread.

        Raises:
            CodeRefusedError: the code is spent, or another verifier asked for it.
            ProviderError: it gives none.
        """
        said = _asked("POST", self.metadata().token, urlencode(form).encode())
        token = said.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("the provider gave no ID token")
        return token

    def push(self, form: dict[str, str]) -> str:
        """Tell the provider beforehand what the browser will ask (RFC 9126, section 2).

        Returns:
            The address that stands for it; empty where the provider takes none, and what is asked
            goes with the browser.

        Raises:
            ProviderError: it demands that, and refuses.
        """
        metadata = self.metadata()
        if not metadata.pushed:
            return ""
        try:
            said = _asked("POST", metadata.pushed, urlencode(form).encode())
        except (ProviderError, CodeRefusedError) as error:
            if metadata.must_push:
                raise ProviderError(f"it refuses what was pushed: {error}") from None
            _LOG.warning("the provider refuses what was pushed, so the browser asks: %s", error)
            return ""
        uri = said.get("request_uri")
        if not isinstance(uri, str) or not _REQUEST_URI.fullmatch(uri):
            raise ProviderError("the provider gave no address for what was pushed")
        return uri

    def _read_metadata(self) -> Metadata:
        # Discovery 1.0, section 4.1: a slash at the end goes before the path is added.
        said = _asked("GET", f"{self.issuer.removesuffix('/')}/.well-known/openid-configuration")
        if said.get("issuer") != self.issuer:
            raise ProviderError("the provider calls itself by another issuer than office.toml")
        local = urlsplit(self.issuer).scheme == "http"
        return Metadata(
            issuer=self.issuer,
            authorization=_address(said.get("authorization_endpoint"), local=local),
            token=_address(said.get("token_endpoint"), local=local),
            keys=_address(said.get("jwks_uri"), local=local),
            names_itself=said.get("authorization_response_iss_parameter_supported") is True,
            pushed=_perhaps(said.get("pushed_authorization_request_endpoint"), local=local),
            must_push=said.get("require_pushed_authorization_requests") is True,
            end_session=_perhaps(said.get("end_session_endpoint"), local=local),
        )


def _perhaps(value: Any, *, local: bool) -> str:
    return "" if value is None else _address(value, local=local)


def _address(value: Any, *, local: bool) -> str:
    """See that an endpoint is one that a secret may be shown to."""
    try:
        parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    except ValueError:
        raise _no_address() from None
    on_this_machine = local and parts.scheme == "http" and parts.hostname in OURSELVES
    if not (on_this_machine or (parts.scheme == "https" and parts.hostname)) or parts.fragment:
        raise _no_address()
    return str(value)


def _no_address() -> ProviderError:
    return ProviderError("the provider names an endpoint that is none, or not over TLS")


def _read_keys(address: str) -> list[dict[str, Any]]:
    keys = _asked("GET", address).get("keys")
    if not isinstance(keys, list):
        raise ProviderError("the provider publishes no keys")
    return [key for key in keys if isinstance(key, dict)]


def _named(keys: list[dict[str, Any]], kid: str | None) -> list[dict[str, Any]]:
    return [key for key in keys if kid is None or key.get("kid") == kid]


def _asked(method: str, address: str, body: bytes = b"") -> dict[str, Any]:
    try:
        reply = exchange(method, address, seconds=_SECONDS, limit=_LIMIT, body=body, kind=_FORM)
        said = json.loads(reply.body)
    except (UnreachableError, InputError):
        raise ProviderError("the provider cannot be reached") from None
    except (ValueError, RecursionError):
        said = None
    code = error_code(said.get("error")) if isinstance(said, dict) else "unnamed"
    if method == "POST" and (reply.status == _UNKNOWN or code == "invalid_client"):
        raise ProviderError(f"the provider does not take this office's id and secret: {code}")
    if method == "POST" and reply.status == _REFUSED:
        raise CodeRefusedError(f"the provider does not take what it was sent: {code}")
    if reply.status not in {_OK, _MADE} or not isinstance(said, dict):
        raise ProviderError(f"the provider answers with status {reply.status}")
    return said

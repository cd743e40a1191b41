"""Signing in at an OpenID Connect provider: the authorization code flow, with PKCE.

What is asked goes with ``state``, ``nonce`` and a code verifier (RFC 7636, S256) that only this
browser's session holds, for ten minutes and for one answer. So another's answer opens nothing here,
and ours nothing elsewhere: a code that was stolen lacks its verifier, an ID token its nonce. Where
the browser goes afterwards is fixed; no parameter of ours names an address.

Who somebody is, the office says: a person is bound to a subject of the provider by an
administrator. A subject that nobody is bound to gets no account. Of the tokens nothing is kept.
"""

import base64
import hashlib
import hmac
import logging
import secrets
import time
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from ostiary.domain.errors import InputError
from ostiary.faces.server.id_tokens import UnsoundIdTokenError, subject_of
from ostiary.faces.server.orm import Binding
from ostiary.faces.server.provider import CodeRefusedError, Provider, error_code
from ostiary.faces.server.site import Site
from ostiary.office.folder.credentials import read_credential
from ostiary.office.folder.oidc_config import SignInProvider

_CLOCKS_APART = 60  # seconds: what a clock began that had leapt ahead does not last until then
LASTS = 10 * 60
"""Seconds for which a browser may come back."""

BACK = "/sign-in/provider/back/"
_ASKED = "provider"
_FAILED = "sign-in at the provider failed: %s"
_LOG = logging.getLogger(__name__)
_RANDOM_BYTES = 32


@cache
def provider_of(issuer: str) -> Provider:
    """Give the one memory of a provider in this process."""
    return Provider(issuer)


def subject_digest(issuer: str, subject: str) -> str:
    """Give what is kept of a provider's subject, which may be a name or an address there."""
    return hashlib.sha256(f"ostiary subject v1\n{issuer}\n{subject}".encode()).hexdigest()


def address_to_ask(site: Site, request: HttpRequest) -> str:
    """Give the provider's address to which the browser goes; the session remembers what is asked.

    Where the provider takes it, what is asked is pushed to it beforehand, and the browser carries a
    name for it alone.

    Raises:
        ProviderError: the provider does not say where, or refuses what it demands to be pushed.
        OfficeError: the office's secret at the provider cannot be read.
    """
    asked = site.office.config.oidc
    provider = provider_of(asked.issuer)
    state, nonce, verifier = (secrets.token_urlsafe(_RANDOM_BYTES) for _ in range(3))
    request.session[_ASKED] = [state, nonce, verifier, int(time.time())]
    query = {
        "response_type": "code",
        "client_id": asked.client_id,
        "redirect_uri": site.address + BACK,
        "scope": "openid",
        "state": state,
        "nonce": nonce,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
        "max_age": str(settings.LONGEST_SESSION),
    }
    pushed = provider.push(query | _secret(site, asked))
    if pushed:
        query = {"client_id": asked.client_id, "request_uri": pushed}
    return _with_query(provider.metadata().authorization, query)


def address_to_sign_out(site: Site) -> str:
    """Give the provider's address at which a browser signs out there too; empty without one.

    Of the tokens nothing was kept, so the provider asks the person whether they mean it.

    Raises:
        ProviderError: the provider cannot be asked.
    """
    asked = site.office.config.oidc
    endpoint = provider_of(asked.issuer).metadata().end_session if asked.issuer else ""
    return endpoint and _with_query(endpoint, {"client_id": asked.client_id})


def _with_query(address: str, query: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def binding_of_answer(site: Site, request: HttpRequest) -> Binding:
    """Say whom the provider's answer is about; what was asked is spent, whatever comes of it.

    Raises:
        InputError: the answer is none to what this browser asked, or about nobody of this office.
        ProviderError: the provider cannot be asked further.
    """
    asked = request.session.pop(_ASKED, None)
    state, nonce, verifier, since = asked or ("", "", "", 0)
    answer = {name: request.GET.getlist(name) for name in ("state", "code", "iss", "error")}
    [said] = answer["state"] if len(answer["state"]) == 1 else [""]
    if not state or not hmac.compare_digest(said.encode(), state.encode()):
        raise _not_asked("this browser had not asked, or asked for something else")
    if answer["error"]:
        raise _not_asked(f"the provider refuses what was asked: {error_code(answer['error'][0])}")
    if not -_CLOCKS_APART <= time.time() - since <= LASTS or len(answer["code"]) != 1:
        raise _not_asked("the answer came too late, or without a code")
    provider = provider_of(site.office.config.oidc.issuer)
    _check_who_answers(provider, answer["iss"])
    return _bound(site, provider, answer["code"][0], nonce, verifier)


def _check_who_answers(provider: Provider, named: list[str]) -> None:
    """See that the answer is of our provider, where it says so (RFC 9207, section 2.4)."""
    if named != [provider.issuer] and (named or provider.metadata().names_itself):
        raise _not_asked("the answer names another issuer, or none")


def _bound(site: Site, provider: Provider, code: str, nonce: str, verifier: str) -> Binding:
    asked = site.office.config.oidc
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": site.address + BACK,
        "client_id": asked.client_id,
        "code_verifier": verifier,
    }
    form |= _secret(site, asked)
    try:
        token = provider.id_token(form)
        subject = subject_of(
            token,
            provider.keys,
            issuer=asked.issuer,
            client=asked.client_id,
            nonce=nonce,
            longest=settings.LONGEST_SESSION,
        )
    except CodeRefusedError as error:
        raise _not_asked(str(error)) from None
    except UnsoundIdTokenError as error:
        raise _not_asked(f"the ID token does not count: {error}") from None
    found = (
        Binding.objects.select_related("person")
        .filter(subject=subject_digest(asked.issuer, subject), person__ended_at=None)
        .first()
    )
    if found is None:
        _LOG.warning(_FAILED, "nobody is bound to this account")
        raise InputError(
            "nobody of this office signs in with this account",
            cure="the office's administrator binds it to a person of the register",
        )
    return found


def _secret(site: Site, asked: SignInProvider) -> dict[str, str]:
    """Read the office's secret at the provider, each time: it may have been changed.

    Raises:
        OfficeError: the file cannot be read, or is none for it.
    """
    if not asked.client_secret_file:
        return {}
    named = asked.client_secret_file
    return {"client_secret": read_credential(site.office.root, named, "client_secret_file")}


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _not_asked(why: str) -> InputError:
    """Tell everybody before a browser the same, and the administrator why."""
    _LOG.warning(_FAILED, why)
    return InputError(
        "this answer does not open this office",
        cure="begin again here; an answer counts once, for ten minutes, in the browser that asked",
    )

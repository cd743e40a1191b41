"""Sessions: who has signed in, for how long, and whether the register still knows them.

A session holds the number of a person, the number of the passkey or of the binding to a provider's
subject, and the moment of signing in; nothing else of anybody, and no token. It ends half an hour
after the last step, eight hours after the first, and at once when the person is ended, the passkey
is revoked, the office changes its provider, or the register no longer lists them.
"""

import secrets
import time

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from ostiary.domain.errors import InputError
from ostiary.keys.assertions import RelyingParty
from ostiary.web.models import Binding, Passkey, Person
from ostiary.web.oidc import binding_of_answer
from ostiary.web.passkeys import check_sign_in
from ostiary.web.roles import Role, Signed
from ostiary.web.site import Site, site

_PERSON, _PASSKEY, _BINDING = "person", "passkey", "binding"
_SINCE, _ASKED = "since", "asked"
_CHALLENGE_BYTES = 32


def new_challenge(request: HttpRequest) -> bytes:
    """Make a challenge that the next answer must repeat."""
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    request.session[_ASKED] = challenge.hex()
    return challenge


def spent_challenge(request: HttpRequest) -> bytes:
    """Give the challenge that was asked last, once; without one, one that nobody can guess."""
    asked = request.session.pop(_ASKED, None)
    return bytes.fromhex(asked) if asked else secrets.token_bytes(_CHALLENGE_BYTES)


def sign_in(request: HttpRequest, party: RelyingParty, answer: str) -> None:
    """Begin a session for whoever holds the passkey that answered.

    Raises:
        InputError: nobody's that counts.
    """
    passkey = check_sign_in(party, answer, spent_challenge(request))
    _begin(request, passkey.person, _PASSKEY, passkey.pk)


def sign_in_by_provider(request: HttpRequest, served: Site) -> None:
    """Begin a session for whomever the office has bound to the subject that came back.

    Raises:
        InputError: the answer is none to what this browser asked; about nobody of this office, or
            about somebody whom the register does not list today.
        ProviderError: the provider cannot be asked.
    """
    binding = binding_of_answer(served, request)
    if not _may_come(binding.person, None):
        raise InputError("the register does not list you today")
    _begin(request, binding.person, _BINDING, binding.pk)


def _begin(request: HttpRequest, person: Person, how: str, number: int) -> None:
    """Begin a session under a new name; nothing of the one before is in it."""
    request.session.flush()
    request.session[_PERSON] = person.pk
    request.session[how] = number
    request.session[_SINCE] = int(time.time())
    rotate_token(request)


def sign_out(request: HttpRequest) -> bool:
    """End the session; say whether it had begun at the provider."""
    by_provider = _BINDING in request.session
    request.session.flush()
    return by_provider


def person_of(request: HttpRequest) -> Signed | None:
    """Say who asks, when they may still be who they were; else None."""
    since = request.session.get(_SINCE)
    if since is None:
        return None
    person = None
    if time.time() - since <= settings.LONGEST_SESSION:
        person = _standing(request)
    if person is None:
        request.session.flush()
    return person


def _standing(request: HttpRequest) -> Signed | None:
    if _BINDING in request.session:
        return _bound(request)
    passkey = (
        Passkey.objects.select_related("person")
        .filter(
            pk=int(request.session[_PASSKEY]),
            person=int(request.session[_PERSON]),
            revoked_at=None,
            confirmed_at__isnull=False,
            person__ended_at=None,
        )
        .first()
    )
    if passkey is None:
        return None
    return _may_come(passkey.person, passkey.public_key)


def _bound(request: HttpRequest) -> Signed | None:
    binding = (
        Binding.objects.select_related("person")
        .filter(
            pk=int(request.session[_BINDING]),
            person=int(request.session[_PERSON]),
            issuer=site().office.config.oidc.issuer,
            person__ended_at=None,
        )
        .first()
    )
    return None if binding is None else _may_come(binding.person, None)


def _may_come(one: Person, public_key: str | None) -> Signed | None:
    signed = Signed(one.pk, Role(one.role), one.name, one.agency)
    return signed if _is_registered(site(), signed, public_key) else None


def _is_registered(served: Site, person: Signed, public_key: str | None) -> bool:
    """Whether the register of the day lists them: an officer with this key, or with any if None."""
    today = served.place().moment.today
    if person.role is Role.OFFICER:
        return any(
            row.officer == person.name
            and public_key in (None, row.public_key)
            and row.serves_on(today)
            for row in served.shelf().reviewers
        )
    if person.role is Role.REQUESTER:
        return served.shelf().is_engaged(person.agency, person.name, today)
    return True

"""Sessions: who has signed in, for how long, and whether the register still knows them.

A session holds the number of a person, the passkey's number and the moment of signing in; nothing
else of anybody. It ends half an hour after the last step, eight hours after the first, and at once
when the person is ended, the passkey is revoked, or the register no longer lists them.
"""

import secrets
import time

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from ostiary.keys.assertions import RelyingParty
from ostiary.web.models import Passkey
from ostiary.web.passkeys import check_sign_in
from ostiary.web.roles import Role, Signed
from ostiary.web.site import Site, site

_PERSON, _PASSKEY, _SINCE, _ASKED = "person", "passkey", "since", "asked"
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
    request.session.flush()
    request.session[_PERSON] = passkey.person.pk
    request.session[_PASSKEY] = passkey.pk
    request.session[_SINCE] = int(time.time())
    rotate_token(request)


def sign_out(request: HttpRequest) -> None:
    """End the session."""
    request.session.flush()


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
    one = passkey.person
    signed = Signed(one.pk, Role(one.role), one.name, one.agency)
    return signed if _is_registered(site(), signed, passkey.public_key) else None


def _is_registered(served: Site, person: Signed, public_key: str) -> bool:
    """Whether the register of the day lists them: an officer with this very key."""
    today = served.place().moment.today
    if person.role is Role.OFFICER:
        return any(
            row.officer == person.name and row.public_key == public_key and row.serves_on(today)
            for row in served.shelf().reviewers
        )
    if person.role is Role.REQUESTER:
        return served.shelf().is_engaged(person.agency, person.name, today)
    return True

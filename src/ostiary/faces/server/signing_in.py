"""Sessions: who has signed in, for how long, and whether the register still knows them.

A session holds the number of a person, the number of the passkey or of the binding to a provider's
subject, and the moment of signing in; nothing else of anybody, and no token. It ends half an hour
after the last step, eight hours after the first, and at once when the person is ended, the passkey
is revoked, the office changes its provider, or the register no longer lists them.
"""

import secrets
import time
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from ostiary.domain.errors import InputError
from ostiary.faces.server.doors import binding_door, passkey_door, stands
from ostiary.faces.server.enrolment_log import has_ended
from ostiary.faces.server.oidc import binding_of_answer
from ostiary.faces.server.orm import Binding, Enrolment, Passkey, Person
from ostiary.faces.server.passkeys import check_sign_in
from ostiary.faces.server.people import comes_in_by_link
from ostiary.faces.server.registered import why_not_registered
from ostiary.faces.server.roles import Role, Signed
from ostiary.faces.server.site import Site, site

_PERSON, _PASSKEY, _BINDING, _LINK = "person", "passkey", "binding", "link"
_SINCE, _ASKED = "since", "asked"
_WANTED = "wanted"
_CHALLENGE_BYTES = 32
_CLOCKS_APART = 60
"""Seconds by which a session may seem to begin later than now. One that a clock began which had
leapt ahead would last until that time comes."""


def want(request: HttpRequest) -> None:
    """Remember the page that somebody opened without a session, to come back to it."""
    if request.method == "GET":
        request.session[_WANTED] = request.get_full_path()


def is_wanted(request: HttpRequest) -> bool:
    """Whether a page waits for somebody to sign in."""
    return _WANTED in request.session


def wanted_page(request: HttpRequest) -> str:
    """Give the page that was opened without a session, once; empty when none was."""
    return str(request.session.pop(_WANTED, ""))


def new_challenge(request: HttpRequest) -> bytes:
    """Make a challenge that the next answer must repeat."""
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    request.session[_ASKED] = challenge.hex()
    return challenge


def spent_challenge(request: HttpRequest) -> bytes:
    """Give the challenge that was asked last, once; without one, one that nobody can guess."""
    asked = request.session.pop(_ASKED, None)
    return bytes.fromhex(asked) if asked else secrets.token_bytes(_CHALLENGE_BYTES)


def sign_in(request: HttpRequest, answer: str) -> None:
    """Begin a session for whoever holds the passkey that answered.

    Raises:
        InputError: nobody's that counts, or the register does not list them today.
    """
    passkey = check_sign_in(site(), answer, spent_challenge(request))
    one = passkey.person
    if has_ended(site(), one, passkey.enrolled_at) or not stands(
        site(), one, passkey_door(passkey)
    ):
        raise InputError("this passkey does not open this office")
    signed = Signed(one.pk, Role(one.role), one.name, one.agency)
    if why_not := why_not_registered(site(), signed, passkey.public_key):
        raise InputError(why_not)
    _begin(request, passkey.person, _PASSKEY, passkey.pk)


def sign_in_by_provider(request: HttpRequest, served: Site) -> None:
    """Begin a session for whomever the office has bound to the subject that came back.

    Raises:
        InputError: the answer is none to what this browser asked; about nobody of this office, or
            about somebody whom the register does not list today.
        ProviderError: the provider cannot be asked.
    """
    binding = binding_of_answer(served, request)
    if not _may_come_bound(binding):
        raise InputError("the register does not list you today")
    _begin(request, binding.person, _BINDING, binding.pk)


def sign_in_to_look(request: HttpRequest, enrolment: Enrolment) -> None:
    """Begin a session by a link of a demonstration alone; steps on a case still want a passkey.

    Raises:
        InputError: the link is none of a training office's demonstration.
    """
    if not comes_in_by_link(site(), enrolment):
        raise InputError("this link makes a passkey; by itself it lets nobody in")
    _begin(request, enrolment.person, _LINK, enrolment.pk)


def sign_in_with_new(request: HttpRequest, passkey: Passkey) -> None:
    """Begin a session with a passkey that was made and confirmed just now."""
    _begin(request, passkey.person, _PASSKEY, passkey.pk)


def _begin(request: HttpRequest, person: Person, how: str, number: int) -> None:
    """Begin a session under a new name; of the one before it knows what page was wanted."""
    wanted = request.session.get(_WANTED)
    request.session.flush()
    if wanted:
        request.session[_WANTED] = wanted
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
    if -_CLOCKS_APART <= time.time() - since <= settings.LONGEST_SESSION:
        person = _standing(request)
    if person is None:
        request.session.flush()
    return person


def _standing(request: HttpRequest) -> Signed | None:
    if _BINDING in request.session:
        return _bound(request)
    if _LINK in request.session:
        return _by_link(request)
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
    if not stands(site(), passkey.person, passkey_door(passkey)):
        return None
    return _may_come(passkey.person, passkey.public_key, passkey.enrolled_at)


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
    return None if binding is None else _may_come_bound(binding)


def _may_come_bound(binding: Binding) -> Signed | None:
    if not stands(site(), binding.person, binding_door(binding)):
        return None
    return _may_come(binding.person, None, binding.bound_at)


def _by_link(request: HttpRequest) -> Signed | None:
    """Say who came by a demonstration's link; officers too, who have no key in the register yet."""
    enrolment = (
        Enrolment.objects.select_related("person")
        .filter(pk=int(request.session[_LINK]), person__ended_at=None)
        .first()
    )
    if enrolment is None or not comes_in_by_link(site(), enrolment):
        return None
    one = enrolment.person
    if one.role == Role.OFFICER:
        return Signed(one.pk, Role(one.role), one.name, one.agency)
    return _may_come(one, None, datetime.now(UTC))


def _may_come(one: Person, public_key: str | None, made_at: datetime) -> Signed | None:
    """Say who may come in: whom the register lists today, and whom the log has not ended."""
    if has_ended(site(), one, made_at):
        return None
    signed = Signed(one.pk, Role(one.role), one.name, one.agency)
    return None if why_not_registered(site(), signed, public_key) else signed

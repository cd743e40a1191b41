"""Passkeys: enrolled and used to sign in, by the ``webauthn`` library (W3C WebAuthn Level 3).

A discoverable credential with user verification: nobody types a name, and a device that is lost
opens nothing without its owner's finger or PIN. Only keys that Ostiary can check everywhere are
taken: ECDSA on P-256 (ES256) and Ed25519 (EdDSA). No attestation is asked for.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from webauthn import (
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ostiary.domain.errors import InputError, KeyFileError
from ostiary.faces.server.counters import counter_of, keep_counter
from ostiary.faces.server.doors import is_borne_out, log_use
from ostiary.faces.server.orm import Enrolment, Passkey
from ostiary.faces.server.site import Site
from ostiary.verifying.keys.assertions import Assertion
from ostiary.verifying.keys.assertions import Passkey as Signing
from ostiary.verifying.keys.files import key_text

_ALGORITHMS = [COSEAlgorithmIdentifier.ECDSA_SHA_256, COSEAlgorithmIdentifier.EDDSA]
_LONGEST = 8_000


def enrolment_options(served: Site, enrolment: Enrolment, challenge: bytes) -> str:
    """Give the options with which a browser makes a passkey, as JSON.

    A device that holds a passkey of this person which counts, or waits, makes no other. One whose
    passkey the log does not bear out may: else nobody could be let in anew with the device they
    have, where the log is behind the tables, or an earlier version's passkey still waited.
    """
    person = enrolment.person
    options = generate_registration_options(
        rp_id=served.party.id,
        rp_name="Ostiary",
        user_id=bytes(person.handle),
        user_name=f"{person.role} {person.name}",
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        supported_pub_key_algs=_ALGORITHMS,
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential))
            for one in person.passkeys.filter(revoked_at=None)
            if is_borne_out(served, one)
        ],
    )
    return options_to_json(options)


def enrol(served: Site, enrolment: Enrolment, answer: str, challenge: bytes) -> Passkey:
    """Take in the passkey that a browser has made; the link is used up with it, in the log first.

    Raises:
        InputError: the answer is none to our question, or the link was used meanwhile.
    """
    party = served.party
    try:
        made = verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=_ALGORITHMS,
        )
        key: Any = decoded_public_key_to_cryptography(
            decode_credential_public_key(made.credential_public_key)
        )
    except WebAuthnException:
        raise InputError("the browser's passkey could not be taken in") from None
    now = datetime.now(UTC)
    passkey = Passkey(
        person=enrolment.person,
        credential=bytes_to_base64url(made.credential_id),
        public_key=key_text(key),
        cose=made.credential_public_key,
        sign_count=made.sign_count,
        enrolled_at=now,
        link_by=enrolment.link_by,
    )
    if Passkey.objects.filter(credential=passkey.credential).exists():
        raise InputError("this passkey is known already", cure="make another one")
    log_use(served, enrolment, passkey)
    with transaction.atomic():
        Enrolment.objects.filter(pk=enrolment.pk).update(used_at=now)
        passkey.save()
    return passkey


def check_sign_in(served: Site, answer: str, challenge: bytes) -> Passkey:
    """Say whose passkey answered our question.

    Raises:
        InputError: nobody's that counts.
    """
    wrong = InputError("this passkey does not open this office")
    said = _read(answer)
    passkey = (
        Passkey.objects.select_related("person")
        .filter(credential=str(said.get("id")), revoked_at=None, person__ended_at=None)
        .first()
    )
    if passkey is None:
        raise wrong
    try:
        count = _verified(served, passkey, said, challenge)
    except WebAuthnException:
        raise wrong from None
    if passkey.confirmed_at is None:
        raise InputError(
            "this passkey waits for confirmation",
            cure="read its fingerprint to the office's administrator, who enters it",
        )
    if not _count_on(served, passkey, count):
        raise wrong
    return passkey


def _verified(served: Site, passkey: Passkey, said: dict[str, Any], challenge: bytes) -> int:
    """See that a passkey answered a challenge on our page; give its counter.

    The counter has gone on since it was seen last, or the device has none (Level 3, section 7.2,
    step 22): one that stands still is that of a copy.

    Raises:
        WebAuthnException: it did not.
    """
    found = verify_authentication_response(
        credential=said,
        expected_challenge=challenge,
        expected_rp_id=served.party.id,
        expected_origin=served.party.origin,
        credential_public_key=bytes(passkey.cose),
        credential_current_sign_count=max(
            passkey.sign_count, counter_of(served, passkey.credential)
        ),
        require_user_verification=True,
    )
    return int(found.new_sign_count)


def _count_on(served: Site, passkey: Passkey, count: int) -> bool:
    """Keep a passkey's counter; false when another answer of it was taken meanwhile."""
    if not keep_counter(served, passkey.credential, count):
        return False
    unchanged = Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count)
    return bool(unchanged.update(sign_count=count))


def signing_with(served: Site, person: int, answer: str) -> Signing:
    """Read the assertion that came with a step, under the person's own key.

    Whether it was made over the right words is for the step itself to see; that it was made on our
    page, by the person, and that the counter has gone on, is seen here, as at sign-in.

    Raises:
        InputError: no passkey answered.
        KeyFileError: it is no sound assertion of a passkey of this person.
    """
    said = _read(answer)
    try:
        parts = said["response"]
        assertion = Assertion(
            *(
                base64url_to_bytes(parts[name])
                for name in ("authenticatorData", "clientDataJSON", "signature")
            )
        )
    except (KeyError, TypeError, ValueError):
        raise KeyFileError("this is no assertion of a passkey") from None
    passkey = Passkey.objects.filter(
        credential=str(said.get("id")), person=person, revoked_at=None, confirmed_at__isnull=False
    ).first()
    if passkey is None:
        raise KeyFileError("this passkey is not yours, or does not count")
    try:
        count = _verified(served, passkey, said, _challenge_in(assertion.client_data))
    except WebAuthnException:
        raise _not_signed() from None
    if not _count_on(served, passkey, count):
        raise _not_signed()
    return Signing(passkey.public_key, assertion, served.party)


def _not_signed() -> KeyFileError:
    return KeyFileError(
        "this passkey did not sign this step as it stands now",
        cure="open the case again, and sign what it shows",
    )


def _challenge_in(client_data: bytes) -> bytes:
    """Give the challenge that an assertion says it answers; empty when it says none."""
    try:
        return base64url_to_bytes(str(json.loads(client_data)["challenge"]))
    except (ValueError, KeyError, TypeError):
        return b""


def credentials_of(person: int) -> list[str]:
    """Name a person's passkeys, so that the browser offers no other."""
    found = Passkey.objects.filter(person=person, revoked_at=None, confirmed_at__isnull=False)
    return list(found.values_list("credential", flat=True))


def _read(answer: str) -> dict[str, Any]:
    """Read what the page's script sent.

    Raises:
        InputError: it is no JSON object of a passkey.
    """
    if not answer:
        raise InputError(
            "no passkey answered",
            cure="passkeys need script: allow it for this site, or use the command line",
        )
    try:
        said = json.loads(answer) if len(answer) <= _LONGEST else None
    except ValueError:
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("response"), dict):
        raise InputError("this is no answer of a passkey")
    return said

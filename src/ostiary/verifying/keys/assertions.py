"""Signatures made with a passkey: a WebAuthn assertion over the very bytes that a step says.

An authenticator does not sign bytes of ours. It signs ``authenticatorData`` and the SHA-256 of
``clientDataJSON``, and the latter repeats the challenge that the page gave it (W3C Web
Authentication Level 3, sections 5.8.1, 6.3.3 and 7.2). Our challenge is the SHA-256 of what the
officer says. So whoever keeps the three pieces can check, years later and without us, that this key
signed exactly these bytes.

1. The three pieces are stored as one signature, which begins with a mark that no other has.
2. The type is ``webauthn.get``, and the challenge is the digest of the bytes.
3. The person was there and was verified by their device (the flags UP and UV).
4. When the assertion is taken in, the page's origin and the relying party are ours; afterwards the
   signature stands for itself.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.files import SigningKey, VerifyingKey, key_text, read_verifying_text
from ostiary.verifying.keys.signatures import is_signed, sign

MARK = b"webauthn v1\n"
_USER_PRESENT, _USER_VERIFIED = 0x01, 0x04
_FLAGS_AT, _DATA_MIN = 32, 37
_LENGTH_BYTES = 2
MOST = 700
"""Bytes that a stored signature may have: more does not fit into a log entry."""


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who asks for assertions.

    Attributes:
        id: the host's name that passkeys are bound to.
        origin: scheme, host and port of the pages.
    """

    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """What an authenticator gave back.

    Attributes:
        authenticator_data: who asked, what the device saw, a counter.
        client_data: the JSON that the browser wrote, with the challenge in it.
        signature: over both.
    """

    authenticator_data: bytes
    client_data: bytes
    signature: bytes

    def stored(self) -> bytes:
        """Give the three pieces as one signature.

        Raises:
            KeyFileError: together they are too long to stand in the log.
        """
        parts = (self.authenticator_data, self.client_data, self.signature)
        text = MARK + b"".join(len(one).to_bytes(_LENGTH_BYTES, "big") + one for one in parts)
        if len(text) > MOST:
            raise KeyFileError(
                "this passkey says too much to stand in the log",
                cure="use a passkey that adds no extensions to its assertions",
            )
        return text


@dataclass(frozen=True, slots=True)
class Passkey:
    """An assertion that has been made, and the key it is said to be made with.

    It takes the place of a private key: it can sign the one thing that was signed already.

    Attributes:
        public_text: the key, as registers write it.
        assertion: what came from the browser.
        party: who asked for it.
    """

    public_text: str
    assertion: Assertion
    party: RelyingParty


Signatory = SigningKey | Passkey
"""Whoever signs: a private key in hand, or a passkey whose assertion has come in."""


def text_of(signatory: Signatory) -> str:
    """Give the public key of a signatory as registers write it."""
    if isinstance(signatory, Passkey):
        return signatory.public_text
    return key_text(signatory.public_key())


def signed_by(signatory: Signatory, message: bytes) -> bytes:
    """Give a signatory's signature over a message.

    Raises:
        KeyFileError: the assertion is of another key, over other bytes, or from another page.
    """
    if not isinstance(signatory, Passkey):
        return sign(signatory, message)
    key = read_verifying_text(signatory.public_text)
    stored = signatory.assertion.stored()
    if not is_asserted(key, stored, message, party=signatory.party):
        raise KeyFileError(
            "this passkey did not sign this step as it stands now",
            cure="open the case again, and sign what it shows",
        )
    return stored


def is_signature(key: VerifyingKey, signature: bytes, message: bytes) -> bool:
    """Whether a stored signature, of a key file or of a passkey, is the key's over a message."""
    if signature.startswith(MARK):
        return is_asserted(key, signature, message)
    return is_signed(key, signature, message)


def is_asserted(
    key: VerifyingKey, stored: bytes, message: bytes, *, party: RelyingParty | None = None
) -> bool:
    """Whether a stored assertion is the key's over a message, and from a page of ``party``."""
    found = read_assertion(stored)
    if found is None or not _speaks_of(found, message, party):
        return False
    if len(found.authenticator_data) < _DATA_MIN or not _was_there(found, party):
        return False
    signed = found.authenticator_data + hashlib.sha256(found.client_data).digest()
    return is_signed(key, found.signature, signed)


def challenge_of(message: bytes) -> bytes:
    """Give the challenge with which a page asks for a signature over a message."""
    return hashlib.sha256(message).digest()


def read_assertion(stored: bytes) -> Assertion | None:
    """Read what :meth:`Assertion.stored` wrote; None when it is something else."""
    rest = stored.removeprefix(MARK)
    if len(rest) == len(stored) or len(stored) > MOST:
        return None
    parts = []
    while len(rest) >= _LENGTH_BYTES:
        end = _LENGTH_BYTES + int.from_bytes(rest[:_LENGTH_BYTES], "big")
        parts.append(rest[_LENGTH_BYTES:end])
        if len(rest) < end:
            return None
        rest = rest[end:]
    return Assertion(*parts) if len(parts) == len(Assertion.__slots__) and not rest else None


def _speaks_of(found: Assertion, message: bytes, party: RelyingParty | None) -> bool:
    """Whether the browser says that it asked for a signature over this message, on our page."""
    try:
        said = json.loads(found.client_data)
        text = said["challenge"]
        padded = text + "=" * (-len(text) % 4)
        challenge = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (ValueError, KeyError, TypeError, binascii.Error):
        return False
    return (
        challenge == challenge_of(message)
        and said.get("type") == "webauthn.get"
        and (party is None or (said.get("origin") == party.origin and not said.get("crossOrigin")))
    )


def _was_there(found: Assertion, party: RelyingParty | None) -> bool:
    """Whether the device saw and verified the person, and was asked by ``party``."""
    flags = found.authenticator_data[_FLAGS_AT]
    asked = party is None or found.authenticator_data.startswith(
        hashlib.sha256(party.id.encode()).digest()
    )
    return asked and bool(flags & _USER_PRESENT) and bool(flags & _USER_VERIFIED)

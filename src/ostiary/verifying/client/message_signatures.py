"""HTTP Message Signatures (RFC 9421) over a webhook: method, address, content and its type.

One fixed list of components, so nothing is left to whoever sends. Whatever stands between may add
signatures of its own under other labels (RFC 9421, 4.1 to 4.3): ours is found among them, and the
same is asked of it. The content is covered by its digest (RFC 9530). Ed25519, or ECDSA on P-256
with the two numbers side by side (RFC 9421, 3.3.4).
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

PrivateKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey
PublicKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey

CONTENT_TYPE = "application/json"
_LABEL, _TAG = "ostiary", "ostiary-webhook"
_COVERED = ("@method", "@target-uri", "content-digest", "content-type")
_COMPONENTS = "(" + " ".join(f'"{name}"' for name in _COVERED) + ")"
_INPUT = re.compile(  # blanks where a list and its parameters may have them (RFC 9651, 3.1.1)
    r"\( *" + " +".join(f'"{name}"' for name in _COVERED) + r" *\)"
    r'; *created=([0-9]{1,12}); *keyid="([0-9a-f]{8,128})"; *alg="([a-z0-9-]+)"'
    rf'; *tag="{_TAG}"'
)
_SIGNS = re.compile(r'"(?:\\.|[^"\\])*"|[(),"]')  # strings whole, whatever is escaped in them
_SIGNATURE = re.compile(r":([A-Za-z0-9+/=]{1,200}):")
_LONGEST = 8_192
_NUMBER_BYTES = 32


class UnsoundWebhookError(Exception):
    """A call is not a webhook of the office; the message repeats nothing of it."""


def signature_headers(
    key: PrivateKey, key_id: str, address: str, body: bytes, *, created: int
) -> dict[str, str]:
    """Sign a POST of a JSON body; give the headers that go with it.

    Args:
        key: the office's.
        key_id: by which receivers know it, in hexadecimal.
        address: where it is posted.
        body: the content.
        created: now, in seconds since 1970.
    """
    digest = content_digest(body)
    named = f'created={created};keyid="{key_id}";alg="{_algorithm(key)}";tag="{_TAG}"'
    parameters = f"{_COMPONENTS};{named}"
    signature = _sign(key, _base(address, digest, parameters))
    return {
        "Content-Type": CONTENT_TYPE,
        "Content-Digest": digest,
        "Signature-Input": f"{_LABEL}={parameters}",
        "Signature": f"{_LABEL}=:{base64.b64encode(signature).decode()}:",
    }


def check_signature(key: PublicKey, address: str, headers: Mapping[str, str], body: bytes) -> int:
    """See that a key has signed a POST; give the second in which it did.

    Raises:
        UnsoundWebhookError: it has not, or not this method, address and content.
    """
    given = {name.lower(): value.strip() for name, value in headers.items()}
    named = _INPUT.fullmatch(_own_member(given.get("signature-input", "")))
    made = _SIGNATURE.fullmatch(_own_member(given.get("signature", "")))
    if named is None or made is None or named[3] != _algorithm(key):
        raise UnsoundWebhookError("the call carries no signature of the expected form")
    if given.get("content-type") != CONTENT_TYPE:
        raise UnsoundWebhookError("the content is of another type")
    try:
        signature = base64.b64decode(made[1], validate=True)
    except ValueError:
        raise UnsoundWebhookError("the signature cannot be read") from None
    digest = content_digest(body)
    if given.get("content-digest") != digest:
        raise UnsoundWebhookError("the content is not what was signed")
    created, key_id, algorithm = named.groups()
    parameters = f'{_COMPONENTS};created={created};keyid="{key_id}";alg="{algorithm}";tag="{_TAG}"'
    if not _is_signed(key, signature, _base(address, digest, parameters)):
        raise UnsoundWebhookError("the signature is not that of the office's key")
    return int(created)


def _own_member(field: str) -> str:
    """Give the value of our member of a dictionary (RFC 9651, 3.2); empty when there is none.

    Where a key stands twice, its last value counts.
    """
    found = ""
    for member in _members(field[:_LONGEST]):
        key, _, value = member.strip(" \t").partition("=")
        found = value if key == _LABEL else found
    return found


def _members(field: str) -> Iterator[str]:
    """Part a dictionary at its commas; those within strings and inner lists part nothing.

    Raises:
        UnsoundWebhookError: a string does not end, so that nothing of the field counts (4.2).
    """
    start, depth = 0, 0
    for found in _SIGNS.finditer(field):
        if found[0] == '"':
            raise UnsoundWebhookError("the call carries no signature of the expected form")
        depth += (found[0] == "(") - (found[0] == ")")
        if found[0] == "," and depth == 0:
            yield field[start : found.start()]
            start = found.end()
    yield field[start:]


def content_digest(body: bytes) -> str:
    """Give the digest of a content as its header has it (RFC 9530, section 2)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _base(address: str, digest: str, parameters: str) -> bytes:
    """Give the signature base (RFC 9421, section 2.5)."""
    lines = (
        '"@method": POST',
        f'"@target-uri": {address}',
        f'"content-digest": {digest}',
        f'"content-type": {CONTENT_TYPE}',
        f'"@signature-params": {parameters}',
    )
    return "\n".join(lines).encode("ascii")


def _algorithm(key: PrivateKey | PublicKey) -> str:
    of_edwards = isinstance(key, ed25519.Ed25519PrivateKey | ed25519.Ed25519PublicKey)
    return "ed25519" if of_edwards else "ecdsa-p256-sha256"


def _sign(key: PrivateKey, message: bytes) -> bytes:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    numbers = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in numbers)


def _is_signed(key: PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, message)
        else:
            r, s = (
                int.from_bytes(part, "big")
                for part in (signature[:_NUMBER_BYTES], signature[_NUMBER_BYTES:])
            )
            key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True

"""Cosignatures (C2SP tlog-cosignature): who signs states a time and a whole tree.

A cosignature says: of the log with this name, this is the largest tree that I have seen by this
time, and it extends every other one that I have seen. ``cosignature/v1`` (Ed25519) signs the time
and the text of the checkpoint; ``subtree/v1`` (ML-DSA-44) signs the cosigner's name, the time, and
the checkpoint's first three lines, but not any extension line.

The time zero says nothing about when. A log uses it for its own signature; a witness must not.
"""

from ostiary.verifying.keys.signatures import is_signed, sign
from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.tree_heads import check_empty, read_head
from ostiary.verifying.log.vkeys import SignatureType, Signer, Verifier

MAX_TIME = 2**63 - 1
_TIME_SIZE = 8
_MAX_NAME = 255
_LABEL = b"subtree/v1\n\0"


def sign_text(signer: Signer, text: str, at: int) -> bytes:
    """Sign the text of a note as the key's type says.

    Args:
        signer: who signs.
        text: the text, with its final newline.
        at: POSIX time in seconds, for cosignatures; left out of other signatures.

    Raises:
        NoteError: a cosignature of what is no checkpoint, or at no time.
    """
    message = _message(signer.verifier, text, at)
    signature = sign(signer.key, message)
    if signer.verifier.type.is_cosignature:
        return at.to_bytes(_TIME_SIZE, "big") + signature
    return signature


def signed_at(verifier: Verifier, text: str, signature: bytes) -> int | None:
    """Check a signature over the text of a note; give its time, 0 for a type that states none.

    Returns:
        The POSIX time in seconds, or None when the signature is false.
    """
    at = 0
    if verifier.type.is_cosignature:
        at = int.from_bytes(signature[:_TIME_SIZE], "big")
        signature = signature[_TIME_SIZE:]
    try:
        message = _message(verifier, text, at)
    except NoteError:
        return None
    return at if is_signed(verifier.key, signature, message) else None


def _message(verifier: Verifier, text: str, at: int) -> bytes:
    if verifier.type.is_cosignature and not 0 <= at <= MAX_TIME:
        raise NoteError("a cosignature states a time that is none")
    if verifier.type is SignatureType.ED25519_COSIGNATURE:
        check_empty(read_head(text))
        return f"cosignature/v1\ntime {at}\n{text}".encode()
    if verifier.type is SignatureType.ML_DSA_44_COSIGNATURE:
        return _cosigned_message(verifier.name, text, at)
    return text.encode()


def _cosigned_message(cosigner: str, text: str, at: int) -> bytes:
    """Give the structure ``cosigned_message`` of a whole tree, in TLS presentation language."""
    head = read_head(text)
    check_empty(head)
    start = 0
    return b"".join(
        (
            _LABEL,
            _short(cosigner),
            _number(at),
            _short(head.origin),
            _number(start),
            _number(head.size),
            head.root,
        )
    )


def _number(value: int) -> bytes:
    return value.to_bytes(8, "big")


def _short(name: str) -> bytes:
    encoded = name.encode()
    if not 1 <= len(encoded) <= _MAX_NAME:
        raise NoteError(f"a cosigner's or log's name has more than {_MAX_NAME} bytes")
    return bytes([len(encoded)]) + encoded

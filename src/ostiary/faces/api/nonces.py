"""Nonces of the office (RFC 9449, sections 8 and 9): a proof is made after the office spoke.

Without one, a program's key that is abused for an hour can sign proofs for calls of next week. A
nonce is a MAC over the present minute under a secret of the office, so nothing is stored, and
every thread and every restart knows it. That of the minute before counts as well.
"""

import base64
import hashlib
import hmac
import time

from django.conf import settings

LASTS = 60
"""Seconds after which there is another nonce; one counts for at least that long."""

HEADER = "DPoP-Nonce"


def current_nonce() -> str:
    """Give the nonce of this minute."""
    return _nonce(_minute())


def is_current(nonce: object) -> bool:
    """Whether a nonce is that of this minute, or of the one before."""
    if not isinstance(nonce, str) or not nonce.isascii():
        return False
    now = _minute()
    return any(hmac.compare_digest(_nonce(one), nonce) for one in (now, now - 1))


def _minute() -> int:
    return int(time.time()) // LASTS


def _nonce(minute: int) -> str:
    secret = b"ostiary dpop nonce v1\n" + settings.SECRET_KEY.encode()
    mac = hmac.digest(hashlib.sha256(secret).digest(), str(minute).encode(), "sha256")
    return base64.urlsafe_b64encode(mac[:18]).decode()

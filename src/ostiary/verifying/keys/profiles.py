"""Which keys an office of a profile has to do with.

``modern`` takes every kind that is in use here. ``fips`` takes P-256 alone (ECDSA and ECDH of FIPS
186-5 and SP 800-56A): of the office's own keys, of those of its officers and of programs that call
it, and of those that it seals to. What witnesses, time-stamp authorities and recipients sign is
their evidence.
"""

from cryptography.hazmat.primitives.asymmetric import ec

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.files import Profile, PublicKey

_CURE = (
    "make a P-256 key, `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`, and enter"
    " its public half"
)


def is_of_profile(key: PublicKey, profile: Profile) -> bool:
    """Whether an office of a profile has to do with a key."""
    return profile != "fips" or isinstance(key, ec.EllipticCurvePublicKey)


def check_profile(key: PublicKey, profile: Profile, *, where: str) -> None:
    """Refuse a key that an office of a profile has nothing to do with.

    Raises:
        KeyFileError: it is of another kind; the message names it.
    """
    if not is_of_profile(key, profile):
        kind = type(key).__name__.removesuffix("PublicKey")
        raise KeyFileError(
            f"this is a key of the kind {kind}, and the office's profile `fips` takes P-256 alone",
            where=where,
            cure=_CURE,
        )

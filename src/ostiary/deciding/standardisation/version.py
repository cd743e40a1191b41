"""Which standard form this is: its version and the digest of everything it is made of."""

import hashlib
import json
from functools import cache

from ostiary.deciding.standardisation.definition import described
from ostiary.deciding.standardisation.folding import ENTITIES, LETTERS, LOOK_ALIKES
from ostiary.deciding.standardisation.names import NAMES
from ostiary.deciding.standardisation.shapes import ADDRESSES
from ostiary.deciding.standardisation.vocabulary.listed_names import listed_digest

STANDARD_VERSION = "15"
"""Raised by hand with every change that makes one text come out otherwise."""


@cache
def standard_digest() -> str:
    """Give the SHA-256 (hexadecimal) over tables and steps, which the accounting records."""
    return computed_digest()


def computed_digest() -> str:
    """Compute what :func:`standard_digest` gives, of tables and steps as they are now."""
    whole = {
        "version": STANDARD_VERSION,
        "letters": LETTERS,
        "look_alikes": LOOK_ALIKES,
        "entities": ENTITIES,
        "listed": listed_digest(),
        "names": described(NAMES),
        "addresses": described(ADDRESSES),
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()

"""Identifiers that may be used once: a second use is refused, in whichever thread it comes."""

import hashlib
import time

from django.db import IntegrityError, transaction

from ostiary.api.models import SpentIdentifier
from ostiary.web.databases import OWN

LONGEST_IDENTIFIER = 200


def spend(owner: str, identifier: str, *, until: int) -> bool:
    """Use an identifier up.

    Args:
        owner: whose it is: the key or program that chose it.
        identifier: ``jti`` of a proof or assertion.
        until: the second (Unix time) from which what carries it is too old anyway.

    Returns:
        Whether this was its first use.
    """
    digest = hashlib.sha256(f"{owner}\n{identifier}".encode()).hexdigest()
    try:
        with transaction.atomic(using=OWN):
            SpentIdentifier.objects.create(digest=digest, expires_at=until)
    except IntegrityError:
        return False
    SpentIdentifier.objects.filter(expires_at__lt=int(time.time())).delete()
    return True

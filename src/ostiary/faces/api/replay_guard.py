"""Identifiers that may be used once: a second use is refused, in whichever thread it comes.

Each use is on the disk before the call goes on. Calls that come at the same time share a commit.
"""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from ostiary.faces.api.orm import SpentIdentifier
from ostiary.faces.api.own_rows import add, forget
from ostiary.faces.api.shared_work import SharedWork
from ostiary.faces.server.databases import OWN

LONGEST_IDENTIFIER = 200


@dataclass(frozen=True, slots=True)
class _Use:
    digest: str
    until: int


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
    return _spending.ask(_Use(digest, until))


def _spend(uses: Sequence[_Use]) -> list[bool]:
    """Use some up in one transaction; say of each whether it was its first use."""
    with transaction.atomic(using=OWN):
        forget(SpentIdentifier, "expires_at", int(time.time()))
        return [True for _ in uses] if _are_first(uses) else [_is_first(use) for use in uses]


def _are_first(uses: Sequence[_Use]) -> bool:
    """Use some up in one statement; none of them where one was used before, among them or ever."""
    rows = [(use.digest, use.until) for use in uses]
    try:
        with transaction.atomic(using=OWN):  # within the other one: undone alone
            add(SpentIdentifier, ("digest", "expires_at"), rows)
    except IntegrityError:
        return False
    return True


def _is_first(use: _Use) -> bool:
    try:
        with transaction.atomic(using=OWN):  # within the other one: undone alone
            SpentIdentifier.objects.create(digest=use.digest, expires_at=use.until)
    except IntegrityError:
        return False
    return True


_spending = SharedWork(_spend)

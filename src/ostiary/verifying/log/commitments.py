"""Salted commitments: a log entry shows that a value was fixed without showing the value.

A bare hash of a taxpayer's number is guessed in minutes. So every set of fields gets 128 random
bits, each field its own salt derived from them by its label, and the entry holds the digest. Who
is shown the salt of one field and its value can check that one field, and learns no other. When
the salts are destroyed, on schedule, the log stays whole and says nothing.

All intermediate values are lower-case hex text, so that SQL computes the very same digests.
"""

import os
import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import islice

from ostiary.domain.errors import InputError
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.tree import leaf_hash

SALT_BYTES = 16
_SALT_HEADING = "ostiary salt v1"
_COMMITMENT_HEADING = "ostiary commitment v1"
_SALT = re.compile(r"[0-9a-f]{32}")
_LABEL = re.compile(r"[a-z0-9._-]{1,80}")
_ROOT_BATCH = 4096


def new_salts(count: int) -> list[str]:
    """Draw ``count`` salts of 128 bits from the operating system, as 32 hex digits each."""
    drawn = os.urandom(SALT_BYTES * count).hex()
    return [drawn[start : start + 32] for start in range(0, len(drawn), 32)]


def field_salt(salt: str, label: str) -> str:
    """Derive one field's own salt: show this, not ``salt``, to open that field alone.

    Raises:
        InputError: the salt is not 32 lower-case hex digits, or the label not of ``[a-z0-9._-]``.
    """
    if not _SALT.fullmatch(salt):
        raise InputError("a salt is not 32 lower-case hex digits")
    _check_label(label)
    return sha256(f"{_SALT_HEADING}\n{salt}\n{label}".encode()).hexdigest()[:32]


def commit(salt: str, label: str, value: str) -> str:
    """Commit to one value under a label: ``sha256:`` and 64 hex digits.

    Raises:
        InputError: as :func:`field_salt`.
    """
    return open_commitment(field_salt(salt, label), label, value)


def open_commitment(own_salt: str, label: str, value: str) -> str:
    """Recompute a commitment from the field's own salt, to compare with what the entry says."""
    text = f"{_COMMITMENT_HEADING}\n{own_salt}\n{label}\n{value}"
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def commit_sql(salt_expr: str, label: str, value_expr: str) -> str:
    """Give the DuckDB expression that computes :func:`commit`.

    Args:
        salt_expr: an expression that gives 32 lower-case hex digits.
        label: the field's label.
        value_expr: an expression that gives text; a missing value must be made text first, or
            the whole commitment is NULL.

    Raises:
        InputError: the label is not of ``[a-z0-9._-]``.
    """
    _check_label(label)
    own_salt = f"sha256('{_SALT_HEADING}' || chr(10) || ({salt_expr}) || chr(10) || '{label}')[:32]"
    return (
        f"('sha256:' || sha256('{_COMMITMENT_HEADING}' || chr(10) || {own_salt}"
        f" || chr(10) || '{label}' || chr(10) || ({value_expr})))"
    )


def commitment_root(commitments: Iterable[str]) -> str:
    """Give the RFC 9162 root, in hex, over commitments in order; each one's text is a leaf."""
    tree = TreeHasher()
    rest = iter(commitments)
    while some := [leaf_hash(each.encode()) for each in islice(rest, _ROOT_BATCH)]:
        tree.add(some)
    return tree.root().hex()


def _check_label(label: str) -> None:
    if not _LABEL.fullmatch(label):
        raise InputError("the label of a commitment is not of small letters, digits and . _ -")

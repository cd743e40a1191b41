"""A public key that stands in a register under somebody's id."""

from typing import NamedTuple


class RegisteredKey(NamedTuple):
    """Whose key it is, and which.

    Attributes:
        register: name of the register, such as ``reviewers``.
        holder: the id that it stands under: the register's first column.
        digest: SHA-256 of the key's one-line text, in hex.
    """

    register: str
    holder: str
    digest: str

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


class RememberedKey(NamedTuple):
    """A key that has counted, and until when.

    Attributes:
        key: whose it is, and which.
        until: its last day, ISO; empty while it has none. Of one that was taken out of its
            register, or gave way to another, the day before. None as an Ostiary before schema 15
            remembered it, which is as if it had none.
    """

    key: RegisteredKey
    until: str | None

    def has_ended(self, day: str) -> bool:
        """Whether its last day is over."""
        return bool(self.until) and str(self.until) < day

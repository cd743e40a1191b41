"""The law that an office decides by and the keys it has accepted, as they are stored."""

from dataclasses import dataclass

from ostiary.domain.registered_keys import RegisteredKey


@dataclass(frozen=True, slots=True)
class NewLaw:
    """Digests of all that an office decides by from ``at`` on: text, data, and how facts come.

    ``registers`` covers the keys that were seen in them as well; ``files`` is the same without.
    """

    book: str
    orders: str
    registers: str
    derivations: str
    at: str
    files: str | None = None


@dataclass(frozen=True, slots=True)
class LawRecord:
    """A law adopted, as :class:`NewLaw`, with its log entry."""

    book: str
    orders: str
    registers: str
    derivations: str
    at: str
    files: str | None
    entry_index: int


@dataclass(frozen=True, slots=True)
class NewAcceptance:
    """An officer's signed acceptance of a key in a register; see :class:`RegisteredKey`."""

    register: str
    holder: str
    digest: str
    officer: str
    signature: bytes
    at: str

    @property
    def key(self) -> RegisteredKey:
        """The key that is accepted."""
        return RegisteredKey(self.register, self.holder, self.digest)


@dataclass(frozen=True, slots=True)
class AcceptanceRecord(NewAcceptance):
    """A stored acceptance, with its log entry."""

    entry_index: int

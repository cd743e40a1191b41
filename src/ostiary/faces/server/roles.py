"""The roles, and the person that a request comes from."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the office. A person has one role."""

    REQUESTER = "requester"
    OFFICER = "officer"
    AUDITOR = "auditor"
    COUNSEL = "counsel"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    MONITOR = "monitor"


@dataclass(frozen=True, slots=True)
class Signed:
    """A person who has signed in and still stands in the register.

    Attributes:
        number: of the person in the web office's own tables.
        role: what they are to the office.
        name: their id in the register (an id, not a person's name).
        agency: whom a requester asks for; empty for the others.
    """

    number: int
    role: Role
    name: str
    agency: str = ""

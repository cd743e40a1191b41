"""What a pair is: the words asked, the words on file, and who is meant."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ostiary.worlds.texts import Text, words


@dataclass(frozen=True, slots=True)
class Words:
    """A name and an address in writing; fields are the columns of a request that tell of a person.

    ``birth_date`` is ISO text; every field may be empty.
    """

    given_name: str = ""
    middle_name: str = ""
    surname: str = ""
    name_suffix: str = ""
    birth_date: str = ""
    address_line: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""

    def but(self, **parts: str) -> "Words":
        """Give these words with some of them changed."""
        return replace(self, **parts)

    def without_birth(self) -> "Words":
        """Give these words as an agency has them that does not know the birth date."""
        return replace(self, birth_date="")


class Pair(NamedTuple):
    """One request and the records that belong to it.

    Attributes:
        asked: what the request says.
        filed: people on file, one record each.
        meant: which of ``filed`` the request is about; None when nobody on file is.
    """

    asked: Words
    filed: tuple[Words, ...]
    meant: int | None


def listed(text: str) -> tuple[str, ...]:
    """Read a list of words written one behind the other."""
    return tuple(text.split())


def same(filed: Words, asked: Words, *others: Words) -> Pair:
    """Give a pair that is to be confirmed: one person in two dresses."""
    return Pair(asked, (filed, *others), 0)


def never(filed: Words, asked: Words, *others: Words) -> Pair:
    """Give a pair that must not be confirmed: nobody on file is the person at the place asked."""
    return Pair(asked, (filed, *others), None)


def columns(rows: list[Words], names: tuple[str, ...]) -> dict[str, Text]:
    """Lay words out as columns of text."""
    found: dict[str, Any] = {name: words([getattr(row, name) for row in rows]) for name in names}
    return found

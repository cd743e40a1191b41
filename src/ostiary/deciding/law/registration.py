"""What the public register says of an instrument: who shares what with whom, why, and for how long.

The front matter may hold it under ``register``. No decision reads it, so it is no part of the
book's digest; what it says is published by ``ostiary publish``.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

from ostiary.deciding.law.layout import Block, words
from ostiary.domain.errors import BookError

Role = Literal["discloses", "receives", "decides", "is bound"]

_KEYS = {"parties", "purpose", "benefits", "signed", "review", "text", "withheld"}
_NEEDED = {"parties", "purpose"}


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part, and how.

    Attributes:
        name: a public body; never a person.
        role: what it does.
    """

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part of the text that the public does not see, and why.

    Attributes:
        part: which part, by its place in the text.
        ground: the provision or order that lets it be withheld, or that none is known.
        by: who withholds it.
        since: from which day.
        until: the last day; None where no end is known.
    """

    part: str
    ground: str
    by: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Registration:
    """What the register says of an instrument beyond its rules.

    Attributes:
        parties: who takes part.
        purpose: what is to be reached by it.
        benefits: what is expected of it, as its parties say; empty where they say nothing.
        signed: the day of signature.
        review: the day by which it is looked at again; None where none is set.
        text: where the public finds its text; empty where it does not.
        withheld: what is not shown of it, in order of its day.
    """

    parties: tuple[Party, ...]
    purpose: str
    benefits: str
    signed: date | None
    review: date | None
    text: str
    withheld: tuple[Withheld, ...]


def registration_of(front: Block, where: str) -> Registration | None:
    """Read what a front matter says for the register; None where it says nothing.

    Raises:
        BookError: something of it is missing, unknown or of the wrong kind.
    """
    if "register" not in front:
        return None
    block = _block(front["register"], _KEYS, _NEEDED, "register", where)
    return Registration(
        parties=tuple(_party(one, where) for one in _listed(block["parties"], "parties", where)),
        purpose=words(block, "purpose", where),
        benefits=_text(block, "benefits", where),
        signed=_day(block, "signed", where),
        review=_day(block, "review", where),
        text=_text(block, "text", where),
        withheld=tuple(
            sorted(
                (
                    _withheld(one, where)
                    for one in _listed(block.get("withheld", []), "withheld", where)
                ),
                key=lambda one: one.since,
            )
        ),
    )


def _party(said: object, where: str) -> Party:
    block = _block(said, {"name", "role"}, {"name", "role"}, "parties", where)
    role = words(block, "role", where)
    if role not in get_args(Role):
        raise BookError(
            f"a party of the register is no `{role}`",
            where=where,
            cure=f"one of: {', '.join(get_args(Role))}",
        )
    return Party(words(block, "name", where), cast("Role", role))


def _withheld(said: object, where: str) -> Withheld:
    needed = {"part", "ground", "by", "since"}
    block = _block(said, {*needed, "until"}, needed, "withheld", where)
    since, until = _day(block, "since", where), _day(block, "until", where)
    if since is None or (until is not None and until < since):
        raise BookError("what is withheld ends before it begins, or never begins", where=where)
    return Withheld(
        part=words(block, "part", where),
        ground=words(block, "ground", where),
        by=words(block, "by", where),
        since=since,
        until=until,
    )


def _block(
    said: object, known: set[str], needed: set[str], name: str, where: str
) -> dict[str, Any]:
    if not isinstance(said, dict) or not needed <= set(said) <= known:
        may = ", ".join(sorted(known - needed)) or "no more"
        raise BookError(
            f"`{name}` of the register is not as it is laid out",
            where=where,
            cure=f"it says {', '.join(sorted(needed))}; and may say {may}",
        )
    return said


def _listed(said: object, name: str, where: str) -> list[object]:
    if not isinstance(said, list):
        raise BookError(f"`{name}` of the register is a list", where=where)
    return said


def _text(block: Block, name: str, where: str) -> str:
    return words(block, name, where) if name in block else ""


def _day(block: Block, name: str, where: str) -> date | None:
    said = block.get(name)
    if said is not None and not isinstance(said, date):
        raise BookError(f"`{name}` of the register must be a day such as 2025-04-07", where=where)
    return said

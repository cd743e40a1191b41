"""Reads the invariants: what every request that is let through certainly has.

They are written from the statute, apart from the rules (``book/invariants/README.md``), in the
layout of the book and in its grammar. No decision reads them; the prover does. A file that names
``provisions`` speaks of requests under them, and of no others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlglot import exp

from ostiary.deciding.law.answers_allowed import answers_of, items_of, owed_of, tells_of
from ostiary.deciding.law.grammar import parse_rule
from ostiary.deciding.law.instruments import Items
from ostiary.deciding.law.layout import (
    Block,
    blocks,
    citation,
    front_matter,
    stages,
    text_of_file,
    words,
)
from ostiary.domain.errors import BookError
from ostiary.domain.words import Stage

_FRONT_KEYS = {
    "title",
    "cites",
    "citation",
    "provisions",
    "items",
    "years",
    "bar",
    "owed",
    "tells",
    "answers",
}
_KEYS = {"id", "cites", "citation", "stage", "says"}


OfRecords = tuple[str, str, str, tuple[str, ...]]
"""From which years a record may confirm, what a hold does, whom silence is no answer to, what may
be told beside its outcome."""


@dataclass(frozen=True)
class Invariant:
    """One sentence that is true of every request let through.

    Attributes:
        id: its name.
        citation: the provision it is written from.
        stages: when it is true.
        says: the sentence, for people.
        tree: the sentence, for the prover.
    """

    id: str
    citation: str
    stages: frozenset[Stage]
    says: str
    tree: exp.Expr


@dataclass(frozen=True)
class Invariants:
    """All of them.

    Attributes:
        sentences: in order of the files.
        items: for each provision, all that an answer under it may contain, and its sources.
        records: for each provision, from which years a record may confirm, what a hold does, whom
            silence is no answer to, and the most that an answer may tell of what it rests on.
    """

    sentences: tuple[Invariant, ...]
    items: Mapping[str, Items]
    records: Mapping[str, OfRecords]


def read_invariants(folder: Path) -> Invariants:
    """Read the invariants of a book.

    Args:
        folder: the book; they stand in ``invariants/``.

    Raises:
        BookError: there are none (an empty set would prove anything), an id comes twice, no file
            says which items an answer may contain, or a sentence cannot be read.
    """
    files = sorted(
        path for path in (folder / "invariants").glob("*.md") if path.name != "README.md"
    )
    sentences: list[Invariant] = []
    items: dict[str, Items] = {}
    records: dict[str, OfRecords] = {}
    for path in files:
        where = f"invariants/{path.name}"
        front, read = _read(text_of_file(path, where), where)
        sentences += read
        if listed := items_of(front, where):
            items |= dict.fromkeys(_provisions(front, where), listed)
        if "years" in front or "bar" in front:
            years, bar = words(front, "years", where), words(front, "bar", where)
            told = (*(tells_of(front, where) or ()), *sorted(answers_of(front, where)))
            of_records = (years, bar, str(owed_of(front, where)), told)
            records |= dict.fromkeys(_provisions(front, where), of_records)
    ids = [one.id for one in sentences]
    if not ids:
        raise BookError(
            "there are no invariants to hold the book against", where=f"{folder.name}/invariants"
        )
    for twice in {name for name in ids if ids.count(name) > 1}:
        raise BookError(f"invariant `{twice}` stands there twice", where="invariants")
    if not items:
        raise BookError("no invariant says what an answer may contain", where="invariants")
    return Invariants(tuple(sentences), items, records)


@lru_cache(maxsize=64)
def _read(text: str, where: str) -> tuple[Block, tuple[Invariant, ...]]:
    """Read one file; the same text says the same. Nobody may change what it gives."""
    front, body = front_matter(text, _FRONT_KEYS, where)
    return front, tuple(_sentences(body, front, where))


def _sentences(body: str, front: Block, where: str) -> Iterator[Invariant]:
    scope = "".join(f"provision <> '{one}' AND " for one in _provisions(front, where))
    scope = f"({scope} TRUE) OR" if scope else ""
    for block, sql in blocks(body, _KEYS, where):
        name = words(block, "id", where)
        here = f"{where}, {name}"
        yield Invariant(
            id=name,
            citation=citation(block, front, here)["citation"],
            stages=stages(str(block.get("stage", "admission")), here),
            says=words(block, "says", here),
            tree=parse_rule(f"{scope} ({sql})", where=here),
        )


def _provisions(front: Block, where: str) -> list[str]:
    """Give the provisions whose requests a file speaks of; none means all."""
    named = front.get("provisions", [])
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        raise BookError("`provisions` is a list of USLM ids", where=where)
    if "items" in front and not named:
        raise BookError("`items` needs `provisions`: under which may it be said?", where=where)
    return named

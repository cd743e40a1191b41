"""Reads the invariants: what every request that is let through certainly has.

They are written from the statute, apart from the rules (``book/invariants/README.md``), in the
layout of the book and in its grammar. No decision reads them; the prover does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from ostiary.domain.errors import BookError
from ostiary.domain.words import Stage
from ostiary.law.grammar import parse_rule
from ostiary.law.layout import blocks, citation, front_matter, stages, text_of_file, words

_FRONT_KEYS = {"title", "cites", "citation", "items"}
_KEYS = {"id", "cites", "citation", "stage", "says"}


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
        items: all that any answer may contain.
    """

    sentences: tuple[Invariant, ...]
    items: frozenset[str]


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
    sentences, listed = [], []
    for path in files:
        where = f"invariants/{path.name}"
        front, body = front_matter(text_of_file(path, where), _FRONT_KEYS, where)
        sentences += list(_sentences(body, front, where))
        listed += [frozenset(front["items"])] if "items" in front else []
    ids = [one.id for one in sentences]
    if not ids:
        raise BookError(
            "there are no invariants to hold the book against", where=f"{folder.name}/invariants"
        )
    for twice in {name for name in ids if ids.count(name) > 1}:
        raise BookError(f"invariant `{twice}` stands there twice", where="invariants")
    if not listed:
        raise BookError("no invariant says what an answer may contain", where="invariants")
    return Invariants(tuple(sentences), frozenset.intersection(*listed))


def _sentences(body: str, front: dict[str, object], where: str) -> Iterator[Invariant]:
    for block, sql in blocks(body, _KEYS, where):
        name = words(block, "id", where)
        here = f"{where}, {name}"
        yield Invariant(
            id=name,
            citation=citation(block, front, here)["citation"],
            stages=stages(str(block.get("stage", "admission")), here),
            says=words(block, "says", here),
            tree=parse_rule(sql, where=here),
        )

"""Commitments to every piece of a document, each with its own salt, under one root.

1. A piece is one run of one block: its place, kind, ground, words, and 256 random bits. Its
   commitment is SHA-256 over all of them as canonical JSON (RFC 8785); its leaf is that of RFC 9162
   over place, kind, ground and commitment; the root is that of the tree.
2. Of a kept piece words and salt are public; of a withheld one the commitment alone, which tells
   nothing of words or length without the salt.
3. Place, kind and ground are in both: nobody can show a piece as another one, or under another
   ground, than was committed to, neither while it is withheld nor when it is opened.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from ostiary.office.redaction.source import Block, Run
from ostiary.verifying.log.tree import leaf_hash, tree_root

SCHEME = "ostiary-redaction-1"
SALT_BYTES = 32


@dataclass(frozen=True)
class Piece:
    """One run of one block, with its salt.

    Attributes:
        number: Its place in the document, from 0.
        block: Which block it stands in.
        kind: What the block is: ``heading``, ``paragraph`` or ``item``.
        level: Level of a heading, else 0.
        section: Which section.
        ground: Why it is withheld; empty where it is kept.
        text: Its words.
        salt: 64 hex digits.
    """

    number: int
    block: int
    kind: str
    level: int
    section: int
    ground: str
    text: str
    salt: str

    @property
    def commitment(self) -> str:
        """The commitment to place and words: 64 hex digits."""
        told = {"scheme": SCHEME, **self.public(), **self.opening()}
        return sha256(rfc8785.dumps(told)).hexdigest()

    def public(self) -> dict[str, Any]:
        """What anybody may know of the piece."""
        return {
            "number": self.number,
            "block": self.block,
            "kind": self.kind,
            "level": self.level,
            "section": self.section,
            "ground": self.ground,
        }

    def opening(self) -> dict[str, str]:
        """What proves its words."""
        return {"text": self.text, "salt": self.salt}


def commit(blocks: Sequence[Block]) -> list[Piece]:
    """Draw a salt for every piece of a document."""
    pieces: list[Piece] = []
    for place, block in enumerate(blocks):
        for run in block.runs:
            pieces.append(
                Piece(
                    number=len(pieces),
                    block=place,
                    kind=block.kind,
                    level=block.level,
                    section=block.section,
                    ground=run.ground,
                    text=run.text,
                    salt=secrets.token_hex(SALT_BYTES),
                )
            )
    return pieces


def root(pieces: Iterable[tuple[dict[str, Any], str]]) -> str:
    """The root over all pieces, each as what is public of it and its commitment; in hex."""
    leaves = [
        leaf_hash(rfc8785.dumps({"scheme": SCHEME, **public, "commitment": commitment}))
        for public, commitment in pieces
    ]
    return tree_root(leaves).hex()


def blocks_of(pieces: Sequence[dict[str, Any]]) -> list[Block]:
    """The document that public pieces make up; a withheld piece has no words."""
    found: list[Block] = []
    for piece in pieces:
        run = Run(str(piece.get("text", "")), piece["ground"])
        if piece["block"] == len(found):
            found.append(Block(piece["kind"], piece["level"], piece["section"], (run,)))
        else:
            last = found[piece["block"]]
            found[-1] = Block(last.kind, last.level, last.section, (*last.runs, run))
    return found

"""From a marked document to what is published, and to what is kept for the day of its unsealing.

1. Everything is made and audited before a file is written. What fails is never on the disk.
2. Public: the document three ways, the index, ``commitments.json`` with the root, and the statement
   that is signed or logged. Apart from it: the openings of what is withheld, for its owner alone.
"""

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.office.redaction.audit import audit
from ostiary.office.redaction.commitments import SCHEME, Piece, commit, root
from ostiary.office.redaction.needles import Elsewhere, needles_of
from ostiary.office.redaction.rendering import emptied, rendered
from ostiary.office.redaction.source import Block, read_document

COMMITMENTS = "commitments.json"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


@dataclass(frozen=True)
class Redacted:
    """A document redacted, not yet written.

    Attributes:
        files: What is public, by name.
        pieces: All pieces, openings included.
        root: The root over all commitments, in hex.
    """

    files: dict[str, bytes]
    pieces: list[Piece]
    root: str

    @property
    def withheld(self) -> list[Piece]:
        """The pieces that are withheld, in order."""
        return [piece for piece in self.pieces if piece.ground]


def redact(document: Path, *, appears: Collection[Elsewhere] = ()) -> Redacted:
    """Redact a document.

    Raises:
        InputError: the document is not well marked, or the audit found something left.
    """
    return redact_blocks(read_document(document), appears=appears)


def redact_blocks(
    blocks: Sequence[Block], *, appears: Collection[Elsewhere] = (), more: Sequence[str] = ()
) -> Redacted:
    """Redact what was read of a document, ours or another's.

    Args:
        blocks: the document, deletions and their words in it.
        appears: words of deletions that stand elsewhere lawfully.
        more: strings that are withheld elsewhere, counted after those of the blocks.

    Raises:
        InputError: the audit found something left.
    """
    pieces = commit(blocks)
    withheld = [piece.text for piece in pieces if piece.ground]
    withheld += more
    needles = needles_of(withheld, appears)
    public = emptied(blocks)
    files = rendered(public)
    audit(files, public, needles)
    top = root((piece.public(), piece.commitment) for piece in pieces)
    return Redacted(files | {COMMITMENTS: _public(pieces, top)}, pieces, top)


def _public(pieces: Sequence[Piece], top: str) -> bytes:
    return _json({"scheme": SCHEME, "root": top, "pieces": [_shown(piece) for piece in pieces]})


def _shown(piece: Piece) -> dict[str, Any]:
    if piece.ground:
        return piece.public() | {"commitment": piece.commitment}
    return piece.public() | piece.opening()


def write(redacted: Redacted, out: Path, secrets: Path) -> None:
    """Write the public files into a new folder, and the openings into a new file, owner only.

    Raises:
        InputError: the folder is in use, the file is there, or it would lie in the public folder.
    """
    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise InputError("the folder is already in use", where=str(out), cure="name a new one")
    if secrets.exists():
        raise InputError("the file is there already", where=str(secrets), cure="name a new one")
    if out.resolve() in (secrets.resolve(), *secrets.resolve().parents):
        cure = "name a file elsewhere: the folder is to be published"
        raise InputError("openings do not belong there", where=str(secrets), cure=cure)
    openings = [piece.public() | piece.opening() for piece in redacted.withheld]
    body = _json({"scheme": SCHEME, "root": redacted.root, "openings": openings})
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".redacting-") as beside:
        made = Path(beside) / out.name
        made.mkdir()
        for name, content in redacted.files.items():
            (made / name).write_bytes(content)
        with os.fdopen(os.open(secrets, _NEW, 0o600), "wb") as file:
            file.write(body)
        made.replace(out)


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()

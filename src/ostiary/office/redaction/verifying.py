"""Proofs for outsiders: a public document is the one committed to, an unsealed piece its own.

1. Kept pieces are hashed with their salts, withheld ones stand as their commitments; the root over
   all of them must be the root that was signed or logged.
2. The public renderings are made again from the kept pieces and compared byte by byte.
3. An opening is a piece of this document only if its commitment is the one that stands there, under
   the same number, place and ground. Anything else proves nothing, and says so.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ostiary.domain.errors import FaultError, InputError
from ostiary.office.redaction.commitments import SCHEME, Piece, blocks_of, root
from ostiary.office.redaction.grounds import read_ground
from ostiary.office.redaction.rendering import FILES, rendered

_MOST_BYTES = 50_000_000
_HEX = re.compile(r"[0-9a-f]{64}")
_PLACE = {"number": int, "block": int, "kind": str, "level": int, "section": int, "ground": str}
_CURE = "take the file as it was published"


@dataclass(frozen=True)
class Verified:
    """What was proved.

    Attributes:
        root: The root that everything hangs on.
        pieces: How many pieces the document has.
        withheld: How many of them are withheld.
        files: Renderings that are, byte for byte, those of the kept pieces.
        unsealed: Openings proved, as number, section, ground and words.
    """

    root: str
    pieces: int
    withheld: int
    files: tuple[str, ...]
    unsealed: tuple[dict[str, Any], ...]


def is_root(text: str) -> bool:
    """Say whether a text is a root, in hex; an empty variable of a script is none."""
    return bool(_HEX.fullmatch(text.lower()))


def verify(commitments: Path, *, expected: str = "", unsealed: Path | None = None) -> Verified:
    """Verify a public document, and openings of it.

    Args:
        commitments: ``commitments.json``; renderings beside it are compared.
        expected: the root as it was signed or logged, in hex; empty where it is not known.
        unsealed: openings.

    Raises:
        FaultError: something is not what was committed to.
        InputError: a file is not of the form.
    """
    told = _read(commitments, "pieces")
    pieces = told["pieces"]
    where = str(commitments)
    committed = [_commitment(place, piece, where) for place, piece in enumerate(pieces)]
    _check_order(pieces, where)
    top = root(
        ({name: piece[name] for name in _PLACE}, commitment)
        for piece, commitment in zip(pieces, committed, strict=True)
    )
    if top != told["root"]:
        raise FaultError(f"{where}: its pieces have another root than it says")
    if expected and top != expected.lower():
        raise FaultError(f"{where}: its root is not the one given")
    return Verified(
        root=top,
        pieces=len(pieces),
        withheld=sum(bool(piece["ground"]) for piece in pieces),
        files=tuple(_compared(commitments.parent, pieces)),
        unsealed=tuple(_unsealed(unsealed, pieces, top) if unsealed else ()),
    )


def _check_order(pieces: Sequence[dict[str, Any]], where: str) -> None:
    """Pieces make blocks, one after the other; those of a block agree on what it is."""
    before: tuple[int, str, int, int] = (-1, "", 0, 0)
    for piece in pieces:
        at = (piece["block"], piece["kind"], piece["level"], piece["section"])
        is_next = at[0] == before[0] + 1 and at[3] == before[3] + (at[1] == "heading")
        if at != before and not is_next:
            where = f"{where}, piece {piece['number']}"
            raise InputError("does not follow the piece before it", where=where, cure=_CURE)
        before = at


def _compared(folder: Path, pieces: Sequence[dict[str, Any]]) -> list[str]:
    there = [name for name in FILES if (folder / name).is_file()]
    try:
        made = rendered(blocks_of(pieces)) if there else {}
    except InputError:
        raise FaultError(f"{folder}: the committed pieces cannot be set") from None
    for name in there:
        if (folder / name).read_bytes() != made[name]:
            raise FaultError(f"{folder / name}: is not what the committed pieces make")
    return there


def _unsealed(path: Path, pieces: Sequence[dict[str, Any]], top: str) -> list[dict[str, Any]]:
    told = _read(path, "openings")
    if told["root"] != top:
        raise FaultError(f"{path}: opens another document")
    for opening in told["openings"]:
        number = opening.get("number") if isinstance(opening, dict) else None
        if not isinstance(number, int) or not 0 <= number < len(pieces):
            raise FaultError(f"{path}: opens a piece that the document does not have")
        piece = _piece(opening, f"{path}, piece {number}")
        if not pieces[number]["ground"] or piece.commitment != pieces[number]["commitment"]:
            raise FaultError(f"{path}: piece {number} is not the text that was committed to")
    return list(told["openings"])


def _read(path: Path, name: str) -> dict[str, Any]:
    """Read one of the two files; its entries are checked one by one afterwards."""
    where = str(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError("larger than 50 MB", where=where, cure=_CURE)
        told = json.loads(path.read_bytes(), object_pairs_hook=_once)
    except OSError:
        raise InputError("cannot be read", where=where, cure=_CURE) from None
    except (ValueError, RecursionError):
        raise InputError("is no JSON, or has a name twice", where=where, cure=_CURE) from None
    if not isinstance(told, dict) or set(told) != {"scheme", "root", name}:
        raise InputError(f"is no file of `{name}`", where=where, cure=_CURE)
    if told["scheme"] != SCHEME or not isinstance(told[name], list) or not told[name]:
        raise InputError(f"is not of the scheme {SCHEME}", where=where, cure=_CURE)
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Give an object; one that says a thing twice says another thing to another reader."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name comes twice")
    return made


def _commitment(place: int, piece: object, where: str) -> str:
    """A public piece's commitment; its number must be its place."""
    where = f"{where}, piece {place}"
    if not isinstance(piece, dict) or piece.get("number") != place:
        raise InputError("is out of order", where=where, cure=_CURE)
    if not piece.get("ground"):
        return _piece(piece, where).commitment
    _check_place(piece, {"commitment"}, where)
    if not isinstance(piece["commitment"], str) or not _HEX.fullmatch(piece["commitment"]):
        raise InputError("has no commitment", where=where, cure=_CURE)
    return piece["commitment"]


def _piece(given: Mapping[str, Any], where: str) -> Piece:
    _check_place(given, {"text", "salt"}, where)
    text, salt = given["text"], given["salt"]
    if not isinstance(text, str) or not isinstance(salt, str) or not _HEX.fullmatch(salt):
        raise InputError("has no words or no salt", where=where, cure=_CURE)
    return Piece(**{name: given[name] for name in _PLACE}, text=text, salt=salt)


def _check_place(given: Mapping[str, Any], more: set[str], where: str) -> None:
    """Refuse what no piece looks like."""
    if set(given) != {*_PLACE, *more} or any(
        type(given[name]) is not kind for name, kind in _PLACE.items()
    ):
        raise InputError("is no piece of a document", where=where, cure=_CURE)
    kind, level = given["kind"], given["level"]
    right = (kind == "heading" and 1 <= level <= 4) or (  # noqa: PLR2004 - four levels
        kind in ("paragraph", "item") and level == 0
    )
    if not right or (given["ground"] and read_ground(given["ground"]) != given["ground"]):
        raise InputError("has no such kind or ground", where=where, cure=_CURE)


def read_openings(path: Path) -> dict[str, Any]:
    """Read openings; each is a piece of some document.

    Raises:
        InputError: the file is not of the form.
    """
    told = _read(path, "openings")
    for place, opening in enumerate(told["openings"]):
        where = f"{path}, entry {place + 1}"
        if not isinstance(opening, dict):
            raise InputError("is no piece of a document", where=where, cure=_CURE)
        _piece(opening, where)
    return told

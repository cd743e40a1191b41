"""Whom a recipient trusts: the file ``custodian.pub``.

A small JSON text that the custodian hands over once, by a way that both sides trust. Its
fingerprint is short enough to be read out on the telephone.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from ostiary.accounting.canonical import canonical
from ostiary.accounting.notes import Verifier, read_vkey
from ostiary.accounting.writer import put_durably
from ostiary.domain.errors import KeyFileError
from ostiary.keys.files import VerifyingKey, key_text, read_verifying_text
from ostiary.release.wire import (
    NAME,
    UnreadableError,
    closed,
    entries,
    exactly,
    line,
    matching,
    read_json,
)

FORMAT = "ostiary-custodian/1"
MOST_BYTES = 64 * 1024
MOST_KEYS = 16
_LONGEST_KEY = 1000
_GROUP, _GROUPS = 4, 8
_CURE = "ask the custodian for its custodian.pub anew, and compare the fingerprint"


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys of one custodian.

    Attributes:
        origin: the custodian's log origin.
        log: the key that signs the log's checkpoints; its name is the origin.
        release: the keys that sign statements; an old one stays until its answers are disposed of.
    """

    origin: str
    log: Verifier
    release: tuple[VerifyingKey, ...]

    @property
    def fingerprint(self) -> str:
        """Name these keys for people: 128 bits of SHA-256 in eight groups of four hex digits."""
        digest = hashlib.sha256(canonical(_as_json(self))).hexdigest()
        return " ".join(digest[at : at + _GROUP] for at in range(0, _GROUP * _GROUPS, _GROUP))


def write_trust(path: Path, trust: Trust) -> None:
    """Write ``custodian.pub``: public keys only, for everybody to read.

    Raises:
        KeyFileError: the keys contradict the origin, or there is no release key.
    """
    text = json.dumps(_as_json(trust), indent=2) + "\n"
    parse_trust(text.encode(), where=str(path))
    put_durably(path, text.encode())


def read_trust(path: Path) -> Trust:
    """Read what :func:`write_trust` wrote.

    Raises:
        KeyFileError: the file cannot be read, or is no such file.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError:
        raise KeyFileError(
            "cannot read the custodian's keys", where=str(path), cure=_CURE
        ) from None
    return parse_trust(raw, where=str(path))


def parse_trust(raw: bytes, *, where: str = "") -> Trust:
    """Read the text of ``custodian.pub``.

    Raises:
        KeyFileError: malformed, without a release key, or the log's key bears another name.
    """
    try:
        read = closed(
            read_json(raw, most=MOST_BYTES), ("format", "origin", "log", "release"), "the file"
        )
        exactly(read["format"], FORMAT, "format")
        origin = matching(read["origin"], NAME, "origin")
        vkey = line(read["log"], "log", most=_LONGEST_KEY)
        keys = [
            line(one, "release", most=_LONGEST_KEY)
            for one in entries(read["release"], "release", most=MOST_KEYS)
        ]
    except UnreadableError as error:
        raise KeyFileError(f"no custodian's keys: {error}", where=where, cure=_CURE) from None
    log = read_vkey(vkey)
    if log.name != origin:
        raise KeyFileError("the log's key bears another name", where=where, cure=_CURE)
    return Trust(origin, log, tuple(read_verifying_text(key, where=where) for key in keys))


def _as_json(trust: Trust) -> dict[str, object]:
    return {
        "format": FORMAT,
        "origin": trust.origin,
        "log": trust.log.vkey,
        "release": [key_text(key) for key in trust.release],
    }

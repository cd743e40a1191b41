"""Whom a recipient trusts: the file ``custodian.pub``.

A small JSON text that the custodian hands over once, by a way that both sides trust. Its
fingerprint is short enough to be read out on the telephone.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from ostiary.disk.durable import put_durably
from ostiary.domain.errors import KeyFileError
from ostiary.verifying.answers.wire import (
    NAME,
    UnreadableError,
    closed,
    entries,
    exactly,
    line,
    matching,
    natural,
    read_json,
)
from ostiary.verifying.keys.files import VerifyingKey, key_text, read_verifying_text
from ostiary.verifying.log.canonical import canonical
from ostiary.verifying.log.key_changes import RetiredKeys
from ostiary.verifying.log.vkeys import Verifier, read_vkey

TRUST_FILE = "custodian.pub"
FORMAT = "ostiary-custodian/1"
MOST_BYTES = 1024 * 1024
MOST_KEYS = 16
MOST_EARLIER = 400
"""Changes of keys that a key file tells of: one a month for a generation."""
_LONGEST_KEY = 4000
_FIELDS = ("format", "origin", "log", "release")
_BESIDE, _EARLIER = "log_beside", "log_earlier"
_EARLIER_FIELDS = ("keys", "size", "root", "stolen")
_ROOT = re.compile(r"[0-9a-f]{64}")
_GROUP, _GROUPS = 4, 8
_CURE = "ask the custodian for its custodian.pub anew, and compare the fingerprint"


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys of one custodian.

    Attributes:
        origin: the custodian's log origin.
        log: the key that signs the log's checkpoints; its name is the origin.
        beside: further keys that sign every checkpoint as well, such as a post-quantum one.
        earlier: the keys of the log before, in the order in which it gave them up.
        release: the keys that sign statements; an old one stays until its answers are disposed of.
    """

    origin: str
    log: Verifier
    release: tuple[VerifyingKey, ...]
    beside: tuple[Verifier, ...] = ()
    earlier: tuple[RetiredKeys, ...] = ()

    @property
    def logs(self) -> tuple[Verifier, ...]:
        """All keys of the log. Each of them must have signed a checkpoint that is believed."""
        return (self.log, *self.beside)

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
        whole = read_json(raw, most=MOST_BYTES)
        given = whole if isinstance(whole, dict) else {}
        more = [name for name in (_BESIDE, _EARLIER) if name in given]
        read = closed(whole, (*_FIELDS, *more), "the file")
        exactly(read["format"], FORMAT, "format")
        origin = matching(read["origin"], NAME, "origin")
        vkey = line(read["log"], "log", most=_LONGEST_KEY)
        vkeys = [
            line(one, _BESIDE, most=_LONGEST_KEY)
            for one in (entries(read[_BESIDE], _BESIDE, most=MOST_KEYS) if _BESIDE in more else ())
        ]
        earlier = tuple(
            _retired(one)
            for one in (
                entries(read[_EARLIER], _EARLIER, most=MOST_EARLIER) if _EARLIER in more else ()
            )
        )
        keys = [
            line(one, "release", most=_LONGEST_KEY)
            for one in entries(read["release"], "release", most=MOST_KEYS)
        ]
    except UnreadableError as error:
        raise KeyFileError(f"no custodian's keys: {error}", where=where, cure=_CURE) from None
    log, *beside = (read_vkey(each) for each in (vkey, *vkeys))
    past = [key for one in earlier for key in one.keys]
    if any(key.name != origin for key in (log, *beside, *past)):
        raise KeyFileError("a key of the log bears another name", where=where, cure=_CURE)
    release = tuple(read_verifying_text(key, where=where) for key in keys)
    return Trust(origin, log, release, tuple(beside), earlier)


def _retired(value: object) -> RetiredKeys:
    """Read one change of keys: those given up, and the last checkpoint that they signed."""
    read = closed(value, _EARLIER_FIELDS, f"an entry of {_EARLIER}")
    keys = entries(read["keys"], "keys", most=MOST_KEYS)
    if not isinstance(read["stolen"], bool):
        raise UnreadableError("stolen must be true or false")
    return RetiredKeys(
        tuple(read_vkey(line(one, "a key", most=_LONGEST_KEY)) for one in keys),
        natural(read["size"], "size"),
        bytes.fromhex(matching(read["root"], _ROOT, "root")),
        read["stolen"],
    )


def _as_json(trust: Trust) -> dict[str, object]:
    text: dict[str, object] = {
        "format": FORMAT,
        "origin": trust.origin,
        "log": trust.log.vkey,
        "release": [key_text(key) for key in trust.release],
    }
    if trust.beside:
        text[_BESIDE] = [key.vkey for key in trust.beside]
    if trust.earlier:
        text[_EARLIER] = [
            {
                "keys": [key.vkey for key in one.keys],
                "size": one.size,
                "root": one.root.hex(),
                "stolen": one.stolen,
            }
            for one in trust.earlier
        ]
    return text

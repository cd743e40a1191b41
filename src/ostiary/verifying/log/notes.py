"""Signed notes (C2SP signed-note): text, a blank line, and one signature line a key.

Rules that hold throughout:

1. Signatures of unknown keys are ignored; that is how keys rotate and witnesses join.
2. A signature that claims a known key and does not verify condemns the whole note.
3. A note without one valid signature of a known key says nothing: its text is not given out.

Which keys there are, and what each type signs, is in :mod:`ostiary.verifying.log.vkeys`.
"""

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ostiary.verifying.log.cosignatures import sign_text, signed_at
from ostiary.verifying.log.faults import NoSignatureError, NoteError
from ostiary.verifying.log.vkeys import KEY_ID_SIZE, Signer, Verifier, is_key_name, unbase64

MAX_NOTE = 1_000_000
"""Longest note in bytes; the specification asks for room for 16 signatures of 5 kB."""

MAX_SIGNATURES = 100
_DASH = "\N{EM DASH} "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class ValidSignature:
    """A signature of a known key that was checked.

    Attributes:
        verifier: whose it is.
        at: the POSIX time it states, in seconds; 0 when it states none.
    """

    verifier: Verifier
    at: int = 0


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """The text of a note that at least one known key has signed.

    Attributes:
        text: with its final newline. (ML-DSA-44 signs only the first three lines of it.)
        signatures: the valid signatures of known keys, in order.
    """

    text: str
    signatures: tuple[ValidSignature, ...]

    @property
    def signers(self) -> tuple[str, ...]:
        """Names of the known keys whose signatures are valid, in order, each once."""
        return tuple(dict.fromkeys(each.verifier.name for each in self.signatures))


def sign_note(text: str, signers: Iterable[Signer], *, at: int = 0) -> bytes:
    """Sign a text with each key in turn.

    Args:
        text: the text, with its final newline.
        signers: who signs.
        at: POSIX time in seconds that cosignatures state; 0 says nothing about when.

    Raises:
        NoteError: the text or a key's name cannot stand in a note, or nobody signs.
    """
    if not text.endswith("\n") or _has_controls(text):
        raise NoteError("the text of a note ends with a newline and holds no control character")
    lines = [signature_line(signer, text, at=at) for signer in signers]
    if not lines:
        raise NoteError("a note needs a signer")
    return f"{text}\n{''.join(lines)}".encode()


def signature_line(signer: Signer, text: str, *, at: int = 0) -> str:
    """Sign a text and give the line that stands for it in a note.

    Raises:
        NoteError: the key's name cannot stand in a note, or the text is not what it signs.
    """
    if not is_key_name(signer.name):
        raise NoteError("a key name is empty or holds a space or a plus sign")
    signature = signer.verifier.key_id + sign_text(signer, text, at)
    return f"{_DASH}{signer.name} {base64.b64encode(signature).decode()}\n"


def add_signatures(note: bytes, lines: str) -> bytes:
    """Add signature lines to a note; a line of a key that signed before takes the old one's place.

    Raises:
        NoteError: the note, or a line, is malformed.
    """
    text, old = split_note(note)
    signatures = {(name, raw[:KEY_ID_SIZE]): (name, raw) for name, raw in old}
    signatures |= {(name, raw[:KEY_ID_SIZE]): (name, raw) for name, raw in split_signatures(lines)}
    block = "".join(
        f"{_DASH}{name} {base64.b64encode(raw).decode()}\n" for name, raw in signatures.values()
    )
    return f"{text}\n{block}".encode()


def open_note(note: bytes, verifiers: Sequence[Verifier]) -> OpenedNote:
    """Check a note's signatures and give its text.

    Raises:
        NoSignatureError: no known key signed it.
        NoteError: it is malformed, or a known key's signature is false.
    """
    text, signatures = split_note(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    valid = []
    for name, signature in signatures:
        verifier = known.get((name, signature[:KEY_ID_SIZE]))
        if verifier is None:
            continue
        at = signed_at(verifier, text, signature[KEY_ID_SIZE:])
        if at is None:
            raise NoteError(f"the signature of {name} is false")
        valid.append(ValidSignature(verifier, at))
    if not valid:
        raise NoSignatureError("no key that you named has signed this")
    return OpenedNote(text, tuple(valid))


def split_note(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """Take a note apart without checking a signature: nothing in it is to be believed yet.

    Returns:
        The text, and each signature line's key name and bytes (key ID first).

    Raises:
        NoteError: it is not a signed note.
    """
    if len(note) > MAX_NOTE:
        raise NoteError(f"this note is longer than {MAX_NOTE} bytes")
    try:
        whole = note.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteError("this note is not UTF-8") from None
    if _has_controls(whole):
        raise NoteError("this note holds control characters")
    text, blank, block = whole.rpartition("\n\n")
    if not text or not blank or not block.endswith("\n"):
        raise NoteError("this note has no signatures after a blank line")
    return text + "\n", split_signatures(block)


def split_signatures(block: str) -> list[tuple[str, bytes]]:
    """Take signature lines apart, one or more, each with its final newline.

    Returns:
        Each line's key name and bytes (key ID first).

    Raises:
        NoteError: they are no signature lines, or too many.
    """
    if not block.endswith("\n") or _has_controls(block):
        raise NoteError("a signature line does not end with a newline")
    lines = block[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError(f"this note has more than {MAX_SIGNATURES} signatures")
    return [_split_signature(line) for line in lines]


def _split_signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(_DASH)
    name, _, encoded = rest.partition(" ")
    if dash or not is_key_name(name):
        raise NoteError("a signature line is malformed")
    try:
        signature = unbase64(encoded)
    except ValueError:
        raise NoteError("a signature is not base64") from None
    if len(signature) <= KEY_ID_SIZE:
        raise NoteError("a signature is too short")
    return name, signature


def _has_controls(text: str) -> bool:
    return _CONTROL.search(text) is not None

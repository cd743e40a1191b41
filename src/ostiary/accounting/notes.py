"""Signed notes (C2SP signed-note): text, a blank line, and one signature line a key.

Rules that hold throughout:

1. Signatures of unknown keys are ignored; that is how keys rotate and witnesses join.
2. A signature that claims a known key and does not verify condemns the whole note.
3. A note without one valid signature of a known key says nothing: its text is not given out.

Key types: Ed25519 (0x01), and ECDSA P-256 over SHA-256 (0x02) for the ``fips`` profile. The key ID
of the latter is the truncated digest of its SubjectPublicKeyInfo, as the specification notes.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from ostiary.accounting.faults import NoteError
from ostiary.domain.errors import KeyFileError
from ostiary.keys.files import SigningKey, VerifyingKey, read_verifying_text
from ostiary.keys.signatures import is_signed, sign

MAX_NOTE = 1_000_000
"""Longest note in bytes; the specification asks for room for 16 signatures of 5 kB."""

MAX_SIGNATURES = 100
_ED25519, _ECDSA = b"\x01", b"\x02"
_ED25519_SIZE = 32
_KEY_ID_SIZE = 4
_VKEY_PARTS = 3
_DASH = "\N{EM DASH} "


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under the name it signs with.

    Attributes:
        name: key name; for a log's own key, its origin.
        key: the public key.
    """

    name: str
    key: VerifyingKey

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before the key's signatures."""
        if isinstance(self.key, ed25519.Ed25519PublicKey):
            named = self.name.encode() + b"\n" + _ED25519 + _material(self.key)
        else:
            named = _material(self.key)
        return hashlib.sha256(named).digest()[:_KEY_ID_SIZE]

    @property
    def vkey(self) -> str:
        """The key as one line of text: name, key ID in hex and base64, joined by ``+``."""
        kind = _ED25519 if isinstance(self.key, ed25519.Ed25519PublicKey) else _ECDSA
        encoded = base64.b64encode(kind + _material(self.key)).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key under the name it signs with."""

    name: str
    key: SigningKey

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.key.public_key())


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """The text of a note that at least one known key has signed.

    Attributes:
        text: with its final newline.
        signers: names of the known keys whose signatures are valid, in order.
    """

    text: str
    signers: tuple[str, ...]


def read_vkey(text: str) -> Verifier:
    """Read a verifier key, ``name+keyid+base64``.

    Raises:
        KeyFileError: it is malformed, of a type not in use here, or its ID is not its own.
    """
    parts = text.strip().split("+", _VKEY_PARTS - 1)
    if len(parts) != _VKEY_PARTS or not _is_name(parts[0]):
        raise _bad_vkey("this is no verifier key")
    name, key_id, encoded = parts
    try:
        decoded = _unbase64(encoded)
    except ValueError:
        raise _bad_vkey("the last part is not base64") from None
    verifier = Verifier(name, _read_material(decoded[:1], decoded[1:]))
    if verifier.vkey != f"{name}+{key_id}+{encoded}":
        raise _bad_vkey("the key ID does not belong to this name and key")
    return verifier


def sign_note(text: str, signers: Iterable[Signer]) -> bytes:
    """Sign a text with each key in turn.

    Raises:
        NoteError: the text or a key's name cannot stand in a note, or nobody signs.
    """
    lines = []
    for signer in signers:
        if not _is_name(signer.name):
            raise NoteError("a key name is empty or holds a space or a plus sign")
        signature = signer.verifier.key_id + sign(signer.key, text.encode())
        lines.append(f"{_DASH}{signer.name} {base64.b64encode(signature).decode()}\n")
    if not lines or not text.endswith("\n") or _has_controls(text):
        raise NoteError("a note needs a signer, and text that ends with a newline")
    return f"{text}\n{''.join(lines)}".encode()


def open_note(note: bytes, verifiers: Sequence[Verifier]) -> OpenedNote:
    """Check a note's signatures and give its text.

    Raises:
        NoteError: it is malformed, a known key's signature is false, or no known key signed it.
    """
    text, signatures = split_note(note)
    known = {(verifier.name, verifier.key_id): verifier.key for verifier in verifiers}
    signers: dict[str, None] = {}
    for name, signature in signatures:
        key = known.get((name, signature[:_KEY_ID_SIZE]))
        if key is None:
            continue
        if not is_signed(key, signature[_KEY_ID_SIZE:], text.encode()):
            raise NoteError(f"the signature of {name} is false")
        signers[name] = None
    if not signers:
        raise NoteError("no key that you named has signed this")
    return OpenedNote(text, tuple(signers))


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
    lines = block[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError(f"this note has more than {MAX_SIGNATURES} signatures")
    return text + "\n", [_split_signature(line) for line in lines]


def _split_signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(_DASH)
    name, _, encoded = rest.partition(" ")
    if dash or not _is_name(name):
        raise NoteError("a signature line is malformed")
    try:
        signature = _unbase64(encoded)
    except ValueError:
        raise NoteError("a signature is not base64") from None
    if len(signature) <= _KEY_ID_SIZE:
        raise NoteError("a signature is too short")
    return name, signature


def _unbase64(text: str) -> bytes:
    """Decode base64 that has exactly one spelling (RFC 4648, sections 3.5 and 4)."""
    decoded = base64.b64decode(text, validate=True)
    if base64.b64encode(decoded).decode() != text:
        raise binascii.Error("another spelling of the same bytes")
    return decoded


def _material(key: VerifyingKey) -> bytes:
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key.public_bytes_raw()
    return key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _read_material(kind: bytes, material: bytes) -> VerifyingKey:
    if kind == _ED25519 and len(material) == _ED25519_SIZE:
        return ed25519.Ed25519PublicKey.from_public_bytes(material)
    if kind == _ECDSA:
        key = read_verifying_text(base64.b64encode(material).decode(), where="verifier key")
        if not isinstance(key, ed25519.Ed25519PublicKey):
            return key
    raise _bad_vkey("this type of key is not in use here")


def _is_name(name: str) -> bool:
    return bool(name) and not any(letter.isspace() or letter == "+" for letter in name)


def _has_controls(text: str) -> bool:
    return any(letter < " " and letter != "\n" for letter in text)


def _bad_vkey(message: str) -> KeyFileError:
    return KeyFileError(
        message,
        where="verifier key",
        cure="give the whole line that the log's keeper publishes: name+keyid+key",
    )

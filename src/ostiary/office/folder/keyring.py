"""The keys of an office, in ``keys/``: made once, and looked through each time it is opened.

``log.key`` signs checkpoints and ``release.key`` answers; ``log.pub`` and ``release.pub`` are their
one-line key texts, to be published. An office of the profile ``modern`` signs its checkpoints with
``log-ml-dsa.key`` as well; one that was made before there was such a key goes without. The
permanent record (26 USC 6103(p)(3)(A)) is sealed to ``record.pub``; ``record.key`` opens it, and
may be kept elsewhere. ``secret`` keys the digests by which the office knows a request or a reason
again.

``log.key`` and ``release.key`` may lie in a token (PKCS#11): the file then holds one line that
names the key, and the private half never was anywhere else.
"""

import binascii
import os
import secrets
from pathlib import Path

from ostiary.disk.durable import put_private
from ostiary.domain.errors import OfficeError
from ostiary.verifying.keys.files import (
    NoteKey,
    PrivateKey,
    Profile,
    SealingKey,
    SigningKey,
    key_text,
    new_opening_key,
    new_post_quantum_key,
    new_signing_key,
    read_note_key,
    read_opening_key,
    read_sealing_text,
    read_signing_key,
    tokens,
    write_private,
)
from ostiary.verifying.keys.profiles import check_profile
from ostiary.verifying.keys.token_uri import SCHEME, TokenKeyName

PAIRS = ("log", "release")
RECORD = "record"
POST_QUANTUM = "log-ml-dsa"
_SECRET_BYTES = 32


def make_keys(folder: Path, profile: Profile, token: str = "") -> None:
    """Make every key of an office in a folder of its own, open to the owner alone.

    Args:
        folder: the folder to be.
        profile: which cryptography.
        token: URI of a token in which ``log.key`` and ``release.key`` are made, to stay there;
            the files then name them.

    Raises:
        KeyFileError: the token does not make them.
    """
    folder.mkdir(mode=0o700)
    make_log_keys(folder, profile, token)
    _make_signing_pair(folder, "release", profile, token)
    make_record_keys(folder, profile)
    handle = os.open(folder / "secret", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(_SECRET_BYTES)}\n")


def make_log_keys(folder: Path, profile: Profile, token: str = "") -> None:
    """Make the keys that sign checkpoints, in a folder that has none; ML-DSA-44 is in no token."""
    _make_signing_pair(folder, "log", profile, token)
    if profile == "modern":
        _write_pair(folder, POST_QUANTUM, new_post_quantum_key())


def make_record_keys(folder: Path, profile: Profile) -> None:
    """Make the pair that the permanent record is sealed to, in a folder that has none."""
    _write_pair(folder, RECORD, new_opening_key(profile))


def read_record_key(folder: Path) -> SealingKey:
    """Read ``record.pub``, which the permanent record is sealed to.

    Raises:
        OfficeError: it is missing.
        KeyFileError: it is no such key.
    """
    path = folder / f"{RECORD}.pub"
    return read_sealing_text(_text(path), where=str(path))


def read_key(folder: Path, name: str) -> SigningKey:
    """Read ``log.key`` or ``release.key``.

    Raises:
        KeyFileError: it is missing or no signing key.
    """
    return read_signing_key(folder / f"{name}.key")


def read_post_quantum_key(folder: Path) -> NoteKey | None:
    """Read ``log-ml-dsa.key``; None when the office has no such pair.

    Raises:
        KeyFileError: it is no key, or it is missing and its public half is there.
    """
    private, public = folder / f"{POST_QUANTUM}.key", folder / f"{POST_QUANTUM}.pub"
    if not private.exists() and not public.exists():
        return None
    return read_note_key(private)


def read_secret(folder: Path) -> bytes:
    """Read the 32 bytes that key the office's digests.

    Raises:
        OfficeError: the file is missing or holds something else.
    """
    path = folder / "secret"
    try:
        secret = binascii.unhexlify(_text(path))
    except ValueError:
        secret = b""
    if len(secret) != _SECRET_BYTES:
        raise OfficeError(
            "this is not the secret of an office", where=str(path), cure=_backup("digests")
        )
    return secret


def check_keys(folder: Path, profile: Profile) -> None:
    """See that every key is there, and that the public ones belong to the private ones.

    Raises:
        OfficeError: one is missing, damaged, or of another pair.
        KeyFileError: a private key is no key, or not one of the office's profile.
    """
    read_secret(folder)
    for name in PAIRS:
        private = folder / f"{name}.key"
        _present(private)
        key = read_signing_key(private)
        _check_pair(folder, name, key)
        check_profile(key.public_key(), profile, where=str(private))
    if (folder / f"{RECORD}.key").exists():  # it may be kept elsewhere: only readers need it
        _check_pair(folder, RECORD, read_opening_key(folder / f"{RECORD}.key"))
    post_quantum = read_post_quantum_key(folder)
    if post_quantum is not None:
        _check_pair(folder, POST_QUANTUM, post_quantum)


def _check_pair(folder: Path, name: str, key: PrivateKey) -> None:
    public = folder / f"{name}.pub"
    if _text(public) != key_text(key.public_key()):
        raise OfficeError(
            f"this public key does not belong to {name}.key",
            where=str(public),
            cure=_backup("signatures"),
        )


def token_of(folder: Path, name: str) -> str:
    """Give the URI of the token that a key of the office lies in; or nothing."""
    text = _token_text(folder, name)
    if not text:
        return ""
    return str(TokenKeyName.read(text, where=name).of_token())


def destroy_in_token(folder: Path, name: str) -> None:
    """Destroy a key of the office in the token that it lies in, if it lies in one.

    Raises:
        KeyFileError: the token cannot be reached, or does not let go of it.
    """
    text = _token_text(folder, name)
    if text:
        tokens().destroy_token_key(text, where=name)


def _token_text(folder: Path, name: str) -> str:
    path = folder / f"{name}.key"
    content = path.read_bytes() if path.is_file() else b""
    return content.decode("utf-8").strip() if content.startswith(SCHEME.encode()) else ""


def _make_signing_pair(folder: Path, name: str, profile: Profile, token: str) -> None:
    if not token:
        _write_pair(folder, name, new_signing_key(profile))
        return
    path = folder / f"{name}.key"

    def note(made: str) -> None:
        put_private(path, f"{made}\n".encode(), 0o600)

    tokens().make_token_key(token, name, curve=profile == "fips", where=str(path), note=note)
    _write_public(folder, name, read_signing_key(path))


def _write_pair(folder: Path, name: str, key: PrivateKey) -> None:
    write_private(folder / f"{name}.key", key)
    _write_public(folder, name, key)


def _write_public(folder: Path, name: str, key: PrivateKey) -> None:
    (folder / f"{name}.pub").write_text(f"{key_text(key.public_key())}\n", encoding="ascii")


def _text(path: Path) -> str:
    """Read a one-line file; what is not text reads as nothing that anyone expects."""
    _present(path)
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise OfficeError(
            "this file cannot be read", where=str(path), cure=(error.strerror or "").lower()
        ) from error


def _present(path: Path) -> None:
    """Refuse an office without one of its key files."""
    if not path.is_file():
        raise OfficeError(
            "a key file of the office is missing", where=str(path), cure=_backup("signatures")
        )


def _backup(broken: str) -> str:
    """Say why only the right file will do."""
    return f"restore it from the office's backup; with another one earlier {broken} are lost"

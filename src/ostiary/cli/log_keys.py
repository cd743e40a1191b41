"""Which keys a log is verified with: those named, those of a policy, or those beside the log."""

from pathlib import Path

from cryptography import x509

from ostiary.accounting.checkpoints import MAX_CHECKPOINT, unverified_checkpoint
from ostiary.accounting.policies import Policy
from ostiary.accounting.sources import Source
from ostiary.accounting.tiles import CHECKPOINT_PATH
from ostiary.accounting.time_stamps import read_authorities
from ostiary.accounting.vkeys import Verifier, read_vkey
from ostiary.domain.errors import InputError
from ostiary.keys.files import read_verifying_text
from ostiary.pipeline.entering import TRUST_FILE
from ostiary.release.trust import parse_trust

_LONGEST_KEY_FILE = 64 * 1024
_VKEY_PLUSES = 2  # name+keyid+base64; a bare key text is base64 and has no dot


def believed_keys(source: Source, keys: tuple[Path, ...], policy: Policy) -> tuple[list[str], bool]:
    """Give the keys to believe, and whether each of them must have signed.

    Each must, of one custodian's key file. Of several files one suffices: keys change.

    Args:
        source: the log; the keys published beside it are the last resort.
        keys: key files that were named.
        policy: its logs are believed when no file was named.

    Raises:
        InputError: no key is named and none is published, or a file cannot be read.
        KeyFileError: a file holds no key.
    """
    if keys:
        files = [_read_key(path, source) for path in keys]
        return [key for file in files for key in file], len(files) == 1
    if policy.logs:
        return [log.vkey for log in policy.logs], False
    text = source.read(TRUST_FILE, _LONGEST_KEY_FILE)
    if text is None:
        raise InputError("no key is published here", where=source.name, cure="name --public-key")
    return [key.vkey for key in parse_trust(text, where=TRUST_FILE).logs], True


def certificates(path: Path) -> list[x509.Certificate]:
    """Read the certificates of time-stamp authorities from a file.

    Raises:
        InputError: it cannot be read, or holds none.
    """
    try:
        return read_authorities(path.read_bytes(), where=str(path))
    except OSError as error:
        raise InputError(
            "cannot read the certificate", where=str(path), cure=str(error.strerror).lower()
        ) from None


def _read_key(path: Path, source: Source) -> list[str]:
    """Read a verifier key, a custodian's key file, or an office's `log.pub`.

    The last one has no name in it; it is believed under the name that the log gives itself.
    """
    try:
        raw = path.read_bytes()[:_LONGEST_KEY_FILE]
    except OSError as error:
        raise InputError("cannot read the key", where=str(path), cure=str(error.strerror)) from None
    if raw.lstrip().startswith(b"{"):
        return [key.vkey for key in parse_trust(raw, where=str(path)).logs]
    text = raw.decode("utf-8", "replace").strip()
    if text.count("+") >= _VKEY_PLUSES and "." in text:
        return [read_vkey(text).vkey]
    note = source.read(CHECKPOINT_PATH, MAX_CHECKPOINT)
    origin = unverified_checkpoint(note).origin if note else ""
    return [Verifier(origin, read_verifying_text(text, where=str(path))).vkey]

"""Which keys a log is verified with: those named, those of a policy, or those beside the log."""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from ostiary.domain.errors import InputError
from ostiary.verifying.answers.trust import MOST_BYTES, TRUST_FILE, parse_trust
from ostiary.verifying.keys.files import read_verifying_text
from ostiary.verifying.log.checkpoints import MAX_CHECKPOINT, unverified_checkpoint
from ostiary.verifying.log.key_changes import RetiredKeys
from ostiary.verifying.log.policies import Policy
from ostiary.verifying.log.sources import Source
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.time_stamps import read_authorities
from ostiary.verifying.log.vkeys import Verifier, read_vkey

_VKEY_PLUSES = 2  # name+keyid+base64; a bare key text is base64 and has no dot


@dataclass(frozen=True, slots=True)
class BelievedKeys:
    """With what a log is verified.

    Attributes:
        vkeys: verifier keys of the log.
        every: whether each of them must have signed.
        retired: keys that signed the log before, oldest first.
    """

    vkeys: list[str]
    every: bool
    retired: tuple[RetiredKeys, ...] = ()


def believed_keys(source: Source, keys: tuple[Path, ...], policy: Policy) -> BelievedKeys:
    """Give the keys to believe.

    Each must have signed, of one custodian's key file. Of several files one suffices.

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
        if len(files) == 1:
            return files[0]
        return BelievedKeys([key for file in files for key in file.vkeys], every=False)
    if policy.logs:
        return BelievedKeys([log.vkey for log in policy.logs], every=False)
    text = source.read(TRUST_FILE, MOST_BYTES)
    if text is None:
        cure = "name --public-key; of an office, the log lies in its folder `accounting`"
        raise InputError("no key is published here", where=source.name, cure=cure)
    return _of_custodian(text, where=TRUST_FILE)


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


def _of_custodian(text: bytes, *, where: str) -> BelievedKeys:
    trust = parse_trust(text, where=where)
    return BelievedKeys([key.vkey for key in trust.logs], every=True, retired=trust.earlier)


def _read_key(path: Path, source: Source) -> BelievedKeys:
    """Read a verifier key, a custodian's key file, or an office's `log.pub`.

    The last one has no name in it; it is believed under the name that the log gives itself.
    """
    try:
        raw = path.read_bytes()[:MOST_BYTES]
    except OSError as error:
        raise InputError("cannot read the key", where=str(path), cure=str(error.strerror)) from None
    if raw.lstrip().startswith(b"{"):
        return _of_custodian(raw, where=str(path))
    text = raw.decode("utf-8", "replace").strip()
    if text.count("+") >= _VKEY_PLUSES and "." in text:
        return BelievedKeys([read_vkey(text).vkey], every=False)
    note = source.read(CHECKPOINT_PATH, MAX_CHECKPOINT)
    origin = unverified_checkpoint(note).origin if note else ""
    key = Verifier(origin, read_verifying_text(text, where=str(path)))
    return BelievedKeys([key.vkey], every=False)

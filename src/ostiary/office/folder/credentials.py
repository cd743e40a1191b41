"""What the office shows of itself to others: its secret at a provider, its password at a relay.

Which file holds it, and to whom it is shown, are settings, and administrators change settings. So
the file holds one line, as a password does and no key, and is none of the office's own secrets:
else two administrators could have the office send its keys to an address of theirs.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ostiary.domain.errors import KeyFileError, OfficeError
from ostiary.verifying.keys.token_uri import TokenKeyName

_LONGEST = 1_000
_OWN = (Path("keys", "secret"), Path("web", "secret"))


def read_credential(root: Path, name: str, setting: str) -> str:
    """Read a credential that a setting names.

    Args:
        root: folder of the office, from which files are named.
        name: of the file.
        setting: that names it, for the error.

    Raises:
        OfficeError: it cannot be read, holds more than one line, or is a secret of the office's
            own; nothing of it is told.
    """
    path = root / name
    try:
        with path.open(encoding="utf-8") as file:  # what is read, whatever the name leads to then
            read = os.fstat(file.fileno())
            text = file.read(_LONGEST + 2).strip()
        own = [one for one in _own_secrets(root) if one.exists()]
        is_own = any(os.path.samestat(read, one.stat()) for one in own) or text in _lines(own)
    except (OSError, UnicodeDecodeError, ValueError):
        text, is_own = "", False
    if is_own or not text.isprintable() or not 0 < len(text) <= _LONGEST:
        raise OfficeError(
            "this file cannot be read as one line with a secret of others, or is the office's own",
            where=str(path),
            cure=f"see {setting} in office.toml",
        )
    return text


def _lines(files: Iterable[Path]) -> set[str]:
    """Read files of one line, as a copy of one would be."""
    return {one.read_bytes()[: _LONGEST + 2].decode("utf-8", "replace").strip() for one in files}


def _own_secrets(root: Path) -> Iterator[Path]:
    """Give the files of one line that are the office's own: its secrets, and PINs of its tokens."""
    yield from (root / one for one in _OWN)
    for key in sorted((root / "keys").glob("*.key")):
        text = key.read_bytes()[:_LONGEST].decode("ascii", "replace").strip()
        if text.startswith("pkcs11:"):
            with suppress(KeyFileError):
                yield Path(TokenKeyName.read(text, where=str(key)).pin_source)

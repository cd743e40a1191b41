"""Where a key in a token lies: a URI of RFC 7512, which stands where a key file's text would.

    pkcs11:token=ostiary;object=log;id=%01%02?module-path=/usr/lib/.../module.so&pin-source=/PIN

The PIN is never in it: ``pin-source`` names a file that only its owner may read.
"""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlsplit

from ostiary.domain.errors import KeyFileError

SCHEME = "pkcs11:"
_IN_PATH = {"token", "serial", "object", "id", "type"}
_ASKED = {"module-path", "pin-source"}


@dataclass(frozen=True, slots=True)
class TokenKeyName:
    """Where a key lies.

    Attributes:
        token: label of the token.
        serial: its serial number, where labels may repeat.
        label: label of the key (``object``); empty in a name of a token alone.
        id: the key's id.
        module: path of the token's module.
        pin_source: path of the file that holds the PIN.
    """

    token: str
    serial: str
    label: str
    id: bytes
    module: str
    pin_source: str

    @classmethod
    def read(cls, text: str, *, where: str) -> "TokenKeyName":
        """Read a URI.

        Raises:
            KeyFileError: it is none, lacks token, module or PIN file, or says what is not known.
        """
        parts = urlsplit(text)
        path = dict(one.partition("=")[::2] for one in parts.path.split(";"))
        asked = dict(parse_qsl(parts.query, separator="&"))
        unknown = (path.keys() - _IN_PATH) | (asked.keys() - _ASKED)
        if parts.scheme != "pkcs11" or unknown:
            raise KeyFileError(
                f"this URI of a key in a token cannot be read: {', '.join(sorted(unknown))}",
                where=where,
                cure="write pkcs11:token=...;object=...?module-path=...&pin-source=...; a PIN"
                " stands in a file of its own",
            )
        found = cls(
            token=_text(path.get("token", "")),
            serial=_text(path.get("serial", "")),
            label=_text(path.get("object", "")),
            id=unquote_to_bytes(path.get("id", "")),
            module=asked.get("module-path", ""),
            pin_source=asked.get("pin-source", "").removeprefix("file:"),
        )
        if not (found.token and found.module and found.pin_source):
            raise KeyFileError(
                "a URI of a key names token, module-path and pin-source", where=where
            )
        return found

    def of_token(self) -> "TokenKeyName":
        """Give the name of the token alone."""
        return replace(self, label="", id=b"")

    def __str__(self) -> str:
        """Give the URI."""
        path = [f"token={quote(self.token)}"]
        path += [f"serial={quote(self.serial)}"] if self.serial else []
        path += [f"object={quote(self.label)}"] if self.label else []
        path += ["id=" + "".join(f"%{one:02X}" for one in self.id)] if self.id else []
        query = f"module-path={quote(self.module)}&pin-source={quote(self.pin_source)}"
        return f"{SCHEME}{';'.join(path)}?{query}"


def _text(part: str) -> str:
    return unquote_to_bytes(part).decode("utf-8", errors="replace")

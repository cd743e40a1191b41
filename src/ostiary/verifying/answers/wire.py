"""Read JSON from strangers: bounded, no name twice, each object with a closed set of names.

Every function either returns a value of the promised type or raises :class:`UnreadableError`; the
caller turns that into the fault of its own check. Messages name the part, never its content.
"""

import base64
import binascii
import json
import re
from collections.abc import Collection
from datetime import date
from typing import NoReturn

NAME = re.compile(r"[a-z0-9/.-]{1,80}")  # what may stand as a name in a log entry
IDENTIFIER = re.compile(r"[A-Za-z0-9/][A-Za-z0-9/._:-]{0,199}")
SHA256 = re.compile(r"sha256:[0-9a-f]{64}")
SALT = re.compile(r"[0-9a-f]{32}")
FINGERPRINT = re.compile(r"[0-9a-f]{16}")
MOST_RECIPIENTS = 64
LARGEST_EXACT = 2**53 - 1  # RFC 8785 3.2.2.3: larger integers are not portable in JSON


class UnreadableError(ValueError):
    """A part is missing, of a wrong type, or out of bounds."""


def read_json(raw: bytes, *, most: int) -> object:
    """Parse one JSON text of at most ``most`` bytes (RFC 8259, UTF-8, no repeated names).

    Raises:
        UnreadableError: too long, not UTF-8, not JSON, nested too deeply, a name twice, or a
            number that is no integer.
    """
    if len(raw) > most:
        raise UnreadableError(f"longer than {most} bytes")
    try:
        return json.loads(
            raw.decode(),
            object_pairs_hook=_without_repeats,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except UnreadableError:
        raise
    except (ValueError, RecursionError):
        raise UnreadableError("not readable as JSON in UTF-8") from None


def closed(value: object, names: Collection[str], part: str) -> dict[str, object]:
    """Take an object that has exactly these names.

    Raises:
        UnreadableError: no object, or a name is missing or added.
    """
    if not isinstance(value, dict) or value.keys() != set(names):
        raise UnreadableError(f"{part} must be an object with exactly: {', '.join(sorted(names))}")
    return value


def entries(value: object, part: str, *, most: int) -> list[object]:
    """Take a list of one to ``most`` entries.

    Raises:
        UnreadableError: no list, an empty one, or too long.
    """
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise UnreadableError(f"{part} must be a list of 1 to {most} entries")
    return value


def matching(value: object, form: re.Pattern[str], part: str) -> str:
    """Take a text that the pattern matches as a whole.

    Raises:
        UnreadableError: no text, or of another form.
    """
    if not isinstance(value, str) or not form.fullmatch(value):
        raise UnreadableError(f"{part} is not of the form expected")
    return value


def exactly(value: object, expected: str, part: str) -> None:
    """Insist on one text, such as the name of a format.

    Raises:
        UnreadableError: it is anything else.
    """
    if value != expected:
        raise UnreadableError(f"{part} is not {expected}")


def line(value: object, part: str, *, most: int) -> str:
    """Take a text of 1 to ``most`` printable characters, without line breaks.

    Raises:
        UnreadableError: no text, empty, too long, or with characters that do not print.
    """
    if not isinstance(value, str) or not 1 <= len(value) <= most or not value.isprintable():
        raise UnreadableError(f"{part} must be 1 to {most} printable characters")
    return value


def natural(value: object, part: str) -> int:
    """Take an integer from 0 that JSON carries exactly.

    Raises:
        UnreadableError: no integer, negative, or too large.
    """
    if type(value) is not int or not 0 <= value <= LARGEST_EXACT:
        raise UnreadableError(f"{part} must be an integer from 0")
    return value


def day(value: object, part: str) -> date:
    """Take a day written ``YYYY-MM-DD``.

    Raises:
        UnreadableError: no such day, or written in another way.
    """
    try:
        read = date.fromisoformat(str(value))
    except ValueError:
        read = None
    if read is None or read.isoformat() != value:
        raise UnreadableError(f"{part} must be a day written YYYY-MM-DD")
    return read


def octets(value: object, part: str) -> bytes:
    """Take bytes in base64, standard or URL-safe (DSSE lets a writer choose either).

    Raises:
        UnreadableError: no text, or not base64.
    """
    if not isinstance(value, str):
        raise UnreadableError(f"{part} must be base64")
    try:
        return base64.b64decode(value.translate(_STANDARD).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise UnreadableError(f"{part} must be base64") from None


_STANDARD = str.maketrans("-_", "+/")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise UnreadableError("a name stands twice in one object")
    return read


def _no_number(_: str) -> NoReturn:
    raise UnreadableError("a number that is no integer")

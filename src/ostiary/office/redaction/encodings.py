r"""Names whose letters went through another encoding: what a reader still takes for the name.

1. UTF-8 that was read as Windows-1252 or Latin-1 (``PeÃ±a``), as a web page, an address or a
   program writes a letter (``Pe&ntilde;a``, ``Pe%C3%B1a``, ``Pe=C3=B1a``, ``Pe\u00f1a``).
2. Two letters for one with a mark, as German, Danish and Norwegian have them (``Mueller``).
3. A word that programs wrote as base64 or in hexadecimal digits, as headers of mail have it; also
   with a blank, a colon or a mark between each two digits, as programs show what they read.
4. A name with its initial in an address of mail (``mquispe@``, ``quispem2@``).
5. A letter that was lost (``Pe?a``) is not found: it may be any.
"""

import html
import re
import unicodedata
from base64 import b64decode
from collections.abc import Iterator
from html.entities import codepoint2name

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5});")
_BYTES = re.compile(r"(?:[%=][0-9A-Fa-f]{2})+")
_ESCAPED = re.compile(r"\\\\?u([0-9A-Fa-f]{4})")
_MISREAD = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]{1,3}")
_MAY_BE_ENCODED = re.compile(r"[&%=\\]")
_PACKED = re.compile(
    r"(?<![A-Za-z0-9+/_-])(?=[A-Z+/_-]*[a-z0-9])(?=[A-Za-z+/_-]*[0-9]|[A-Za-z]*[a-z][A-Z])"
    r"[A-Za-z0-9+/_-]{8,4000}={0,2}(?![A-Za-z0-9+/_-])"
)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_HEX_APART = re.compile(
    r"(?<![0-9A-Za-z])(?:0x|\\x)?[0-9A-Fa-f]{2}"
    r"(?:(?:[ :,;-]{1,2}(?:0x|\\x)?|\\x)[0-9A-Fa-f]{2}){5,4000}(?![0-9A-Za-z])"
)
_HEX_MARK = re.compile(r"0x|[^0-9A-Fa-f]")
_OF_MAIL = re.compile(r"(?<![A-Za-z0-9.+_-])([A-Za-z]{4,40})[0-9]{0,4}@(?=[A-Za-z0-9])")
_OF_ADDRESSES = str.maketrans("-_", "+/")
_TWO_LETTERS = str.maketrans(
    {
        "\u00e4": "ae",
        "\u00f6": "oe",
        "\u00fc": "ue",
        "\u00f8": "oe",
        "\u00e5": "aa",
        "\u00c4": "Ae",
        "\u00d6": "Oe",
        "\u00dc": "Ue",
        "\u00d8": "Oe",
        "\u00c5": "Aa",
    }
)


def other_spellings(text: str) -> Iterator[str]:
    """Give a text as it may be read otherwise, each way that makes another of it."""
    packed = [*_unpacked(text), *_unpacked_apart(text), *_of_mail(text)]
    if packed:
        yield "\n".join(packed)
    if text.isascii() and not _MAY_BE_ENCODED.search(text):
        return
    decoded = _MISREAD.sub(_read_again, text)
    decoded = _ENTITY.sub(lambda found: html.unescape(found[0]), decoded)
    decoded = _BYTES.sub(_of_bytes, decoded)
    decoded = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), decoded)
    if decoded != text:
        yield decoded
    spelled = in_two_letters(decoded)
    if spelled != decoded:
        yield spelled


def encoded(text: str) -> Iterator[str]:
    """Give a text as programs write its letters beyond ASCII, each way that another program reads.

    Args:
        text: a word or a name; what is ASCII alone gives nothing.
    """
    whole = unicodedata.normalize("NFC", text)
    if whole.isascii():
        return
    for each in (_misread, _by_name, _by_number, _by_hex, _percented, _quoted, _escaped):
        yield "".join(sign if sign.isascii() else each(sign) for sign in whole)


def _misread(sign: str) -> str:
    return "".join(_of_windows(one) for one in sign.encode())


def _of_windows(byte: int) -> str:
    """Give what Windows-1252 reads in a byte, and where it reads nothing what Latin-1 does."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeError:
        return chr(byte)


def _by_name(sign: str) -> str:
    return f"&{codepoint2name[ord(sign)]};" if ord(sign) in codepoint2name else _by_number(sign)


def _by_number(sign: str) -> str:
    return f"&#{ord(sign)};"


def _by_hex(sign: str) -> str:
    return f"&#x{ord(sign):x};"


def _percented(sign: str) -> str:
    return "".join(f"%{one:02X}" for one in sign.encode())


def _quoted(sign: str) -> str:
    return "".join(f"={one:02X}" for one in sign.encode())


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}"


def in_two_letters(text: str) -> str:
    """Spell letters with two dots, a ring or a stroke by two letters."""
    return text.translate(_TWO_LETTERS)


def _unpacked(text: str) -> Iterator[str]:
    """Give what stands in a text as base64 or in hexadecimal digits, as far as it is words."""
    for found in _PACKED.finditer(text):
        told = found[0]
        whole = told.rstrip("=")
        try:
            body = bytes.fromhex(told) if _HEX.fullmatch(told) else b64decode(_padded(whole))
            made = body.decode("utf-8")
        except ValueError:
            continue
        if made.isprintable() and sum(map(str.isalpha, made)) * 2 > len(made):
            yield made


def _unpacked_apart(text: str) -> Iterator[str]:
    """Give what stands in a text as pairs of hexadecimal digits, as far as it is words."""
    for found in _HEX_APART.finditer(text):
        try:
            made = bytes.fromhex(_HEX_MARK.sub("", found[0])).decode("utf-8")
        except ValueError:
            continue
        if made.isprintable() and sum(map(str.isalpha, made)) * 2 > len(made):
            yield made


def _of_mail(text: str) -> Iterator[str]:
    """Give who may be meant by a name in an address of mail with an initial before or behind it."""
    if "@" in text:
        for found in _OF_MAIL.finditer(text):
            name = found[1]
            yield f"{name[0]}. {name[1:]} / {name[:-1]} {name[-1]}."


def _padded(whole: str) -> str:
    return whole.translate(_OF_ADDRESSES) + "=" * (-len(whole) % 4)


def _read_again(found: re.Match[str]) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return found[0].encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return found[0]


def _of_bytes(found: re.Match[str]) -> str:
    body = bytes.fromhex(re.sub("[%=]", "", found[0]))
    try:
        return body.decode("utf-8")
    except UnicodeError:
        return body.decode("latin-1")

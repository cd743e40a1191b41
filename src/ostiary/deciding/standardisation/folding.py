"""Step 0: any text becomes printable ASCII, so that both executors see the same letters.

Once a text is ASCII, upper case, trimming and regular expressions mean the same in Python and in
DuckDB. The folding itself is done here and nowhere else: DuckDB asks for it through a table.

Decomposition follows Unicode 3.2, the one version that every Python carries unchanged: a form that
changed with the interpreter would part the requests of today from the reference file of last year.
"""

import re
from unicodedata import ucd_3_2_0 as unicode_fixed

NEEDS_FOLDING = "[^ -~]|&[A-Za-z]+;"
"""Regular expression for what a text must not hold to be used as it is."""

_SPELLED = {
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss", "ẞ": "SS", "Þ": "Th", "þ": "th",
    "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Ɖ": "D", "Ħ": "H", "ħ": "h", "\u0131": "i", "ȷ": "j",
    "Ł": "L", "ł": "l", "Ŋ": "Ng", "ŋ": "ng", "Ø": "O", "ø": "o", "Ŧ": "T", "ŧ": "t", "ĸ": "k",
    "Ə": "A", "ə": "a", "Ɓ": "B", "ɓ": "b", "Ɗ": "D", "ɗ": "d", "Ƙ": "K", "ƙ": "k", "Ɛ": "E",
    "ɛ": "e", "Ɔ": "O", "ɔ": "o", "Ȼ": "C", "ȼ": "c", "Ƶ": "Z", "ƶ": "z", "Ɨ": "I", "ɨ": "i",
    "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "№": " # ", "\u2044": "/",
}  # fmt: skip
_APOSTROPHES = "\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2018\u2019\u201b\u2032\uff07"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
LETTERS: dict[str, str] = {
    **_SPELLED,
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_INVISIBLE, ""),
}
"""Letters and signs that decomposition leaves as they are. What is invisible vanishes."""

LOOK_ALIKES = dict(
    zip(
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408"
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458"
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
        "ABEKMHOPCTYXSIJaeopcyxsijABEZHIKMNOPTYXo",
        strict=True,
    )
)
"""Cyrillic and Greek letters that nobody tells from a Latin one, and that one.

Within a word whose other letters are Latin they are read as what they look like: keyboards and
schemas of transliteration leave them there. (BGN/PCGN's and ALA-LC's Russian as iuliia 0.13.0
writes them have U+0451 for the letter yo.) A word with any other letter of these alphabets is none
of Latin letters, and is not read.
"""

_MARKED_LETTER = "acute|grave|circ|tilde|uml|cedil|ring|slash|caron"
_NAMED = {
    "apos": "'", "rsquo": "'", "lsquo": "'", "quot": '"', "amp": "&", "nbsp": " ", "szlig": "ss"
}  # fmt: skip
ENTITIES = rf"&(?:([A-Za-z])(?:{_MARKED_LETTER})|({'|'.join(_NAMED)}));"
"""Letters and signs as a web page spells them: PE&ntilde;A, O&apos;BRIEN."""

_ENTITY = re.compile(ENTITIES, re.IGNORECASE)
_TWICE_ENCODED = re.compile("[\u00c2-\u00c5\u00e2]")
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)} | {
    sign: byte for byte in range(0x80, 0x100) if (sign := bytes((byte,)).decode("cp1252", "ignore"))
}
_FOLLOWS = "".join(re.escape(sign) for sign, byte in _BYTES.items() if byte in range(0x80, 0xC0))
_TWICE_ENCODED_LETTER = re.compile(f"[\u00c2-\u00c5][{_FOLLOWS}]|\u00e2[{_FOLLOWS}]{{2}}")
_BY_CODE = str.maketrans(LETTERS)
_BY_LOOK = str.maketrans(LOOK_ALIKES)
_MARK = "\u0300-\u036f"
_LIKE_LATIN = re.compile(f"[A-Za-z{''.join(LOOK_ALIKES)}{_MARK}]+")
_WORD = re.compile(f"[A-Za-z{_MARK}\u0370-\u03ff\u0400-\u052f]+")


def fold(text: str | None) -> str:
    """Fold a text to printable ASCII; ``None`` becomes the empty text.

    Accents and other marks go, ligatures and foreign letters are spelled out, curly apostrophes and
    long dashes become plain ones, look-alikes in a Latin word are read as Latin, and whatever has
    no Latin reading becomes a space. What was written as UTF-8 and read as Windows-1252
    (MU\u00c3\u2018OZ) is read as what it was, and so are the letters of a web page.
    """
    if text is None:
        return ""
    if text.isascii() and text.isprintable() and "&" not in text:
        return text
    text = _as_meant(text)
    if text.isascii() and text.isprintable():
        return text
    apart = unicode_fixed.normalize("NFKD", text.translate(_BY_CODE)).translate(_BY_CODE)
    return "".join(map(_plain, _WORD.sub(_by_look, apart)))


def _as_meant(text: str) -> str:
    """Undo what programs do to letters: bytes read in another code, names of HTML."""
    if _TWICE_ENCODED.search(text):
        for code in ("cp1252", "latin-1"):
            try:
                text = text.encode(code).decode("utf-8")
                break
            except UnicodeError:  # it is what it says
                continue
        else:
            text = _TWICE_ENCODED_LETTER.sub(_letter_meant, text)
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda found: found[1] or _NAMED[found[2].lower()], text)


def _letter_meant(found: re.Match[str]) -> str:
    """Read one letter that was encoded twice, beside others that were not."""
    try:
        return bytes(_BYTES[sign] for sign in found[0]).decode("utf-8")
    except UnicodeError:
        return found[0]


def _by_look(word: re.Match[str]) -> str:
    """Read look-alikes in a word of Latin letters, its first among them or a later one."""
    letters = word[0]
    mixed = any(letter.isascii() for letter in letters) and _LIKE_LATIN.fullmatch(letters)
    return letters.translate(_BY_LOOK) if mixed else letters


def _plain(letter: str) -> str:
    if " " <= letter <= "~":
        return letter
    return "" if unicode_fixed.combining(letter) else " "

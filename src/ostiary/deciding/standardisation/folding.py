"""Step 0: any text becomes printable ASCII, so that both executors see the same letters.

Once a text is ASCII, upper case, trimming and regular expressions mean the same in Python and in
DuckDB. The folding itself is done here and nowhere else: DuckDB asks for it through a table.

Decomposition follows Unicode 3.2, the one version that every Python carries unchanged: a form that
changed with the interpreter would part the requests of today from the reference file of last year.
"""

from unicodedata import ucd_3_2_0 as unicode_fixed

NEEDS_FOLDING = "[^ -~]"
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

_BY_CODE = str.maketrans(LETTERS)


def fold(text: str | None) -> str:
    """Fold a text to printable ASCII; ``None`` becomes the empty text.

    Accents and other marks go, ligatures and foreign letters are spelled out, curly apostrophes and
    long dashes become plain ones, and whatever has no Latin reading becomes a space.
    """
    if text is None:
        return ""
    if text.isascii() and text.isprintable():
        return text
    apart = unicode_fixed.normalize("NFKD", text.translate(_BY_CODE)).translate(_BY_CODE)
    return "".join(map(_plain, apart))


def _plain(letter: str) -> str:
    if " " <= letter <= "~":
        return letter
    return "" if unicode_fixed.combining(letter) else " "

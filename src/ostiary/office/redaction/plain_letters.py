"""One spelling for what a reader takes for the same words, to search the withheld in the kept.

1. Case, compatibility forms and marks on letters go (PEÑA is pena), letters that decompose into
   nothing are spelled out (an L with a stroke is l), Cyrillic and Greek letters
   that nobody tells from a Latin one are that, and digits of any script are 0 to 9.
2. Letters that are written as an apostrophe is (an okina, a hamza) part words as it does.
3. It is for searching alone: it takes more for the same than is the same.
"""

import re
import unicodedata

from ostiary.deciding.standardisation.folding import LETTERS, LOOK_ALIKES


class _Evened(dict[int, str]):
    """What stands for a sign: nothing for a mark on a letter, a digit of any script as 0 to 9."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        even = "" if unicodedata.combining(sign) else str(unicodedata.decimal(sign, sign))
        self[point] = even
        return even


_BY_LOOK = str.maketrans(LOOK_ALIKES)
_APART = str.maketrans(dict.fromkeys("\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\ua78b\ua78c", "'"))
# A mark that stands by itself before or behind its letter, as TeX's oldest typefaces have it.
_SPACING_MARKS = "\u00a8\u00af\u00b8\u02c6\u02c7\u02d8\u02d9\u02da\u02db\u02dc\u02dd"
_UNSPACED = str.maketrans(dict.fromkeys(_SPACING_MARKS, ""))
_MARKED_LETTER = re.compile("(?<=\\w)\u00b4(?=[aeiouncylrszg\u0131])", re.IGNORECASE)
_EVENED = _Evened()
_SPELLED = str.maketrans({sign: to for sign, to in LETTERS.items() if to.isalpha()})
_PARTICLE_WORDS = "da das de del den der di do dos du la las le los van von"
PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Small words within names."""

_WRITTEN_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2010-][^\W_]+)*")
_NUMBER = re.compile(r"[0-9](?:[\W_]{0,3}[0-9])+")


def plain(text: str) -> str:
    """Give a text in the one spelling; what is no letter and no digit stays as it is."""
    if text.isascii():
        return text.lower()  # nothing below changes anything else of it
    # A blank joins no mark and no letter, so words between blanks are spelled each by itself, and
    # only those with a letter of their own cost anything.
    words = text.split(" ")
    return " ".join([one.lower() if one.isascii() else _spelled(one) for one in words])


def _spelled(text: str) -> str:
    joined = _MARKED_LETTER.sub("", text.translate(_UNSPACED))
    even = unicodedata.normalize("NFKC", joined).translate(_BY_LOOK).translate(_SPELLED).casefold()
    apart = unicodedata.normalize("NFKD", even).translate(_SPELLED)
    return apart.translate(_BY_LOOK).translate(_EVENED).casefold().translate(_APART)


def plain_capitals(text: str) -> str:
    """Give a text in the one spelling but for its capitals, sign for sign at the same places."""
    return text if text.isascii() else text.translate(_CAPITALS)


class _Capitals(dict[int, str]):
    """What stands for a sign where capitals stay: one sign, itself where that would be several."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        even = unicodedata.normalize("NFKC", sign).translate(_BY_LOOK).translate(_SPELLED)
        marks = unicodedata.normalize("NFKD", even)
        apart = [one for one in marks if not unicodedata.combining(one)]
        self[point] = apart[0].translate(_BY_LOOK) if len(apart) == 1 else sign
        return self[point]


_CAPITALS = _Capitals()


def plain_words(text: str) -> list[str]:
    """Give the words of a text, in the one spelling."""
    return re.findall(r"[^\W_]+", plain(text))


def main_words(text: str) -> list[str]:
    """Give the words of a text without initials and particles, which a name has or has not.

    What an apostrophe or a hyphen parts is one word.
    """
    words = [one[0] for one in _WRITTEN_WORD.finditer(text)]
    kept = (one for one in words if len(one) > 1 and one.casefold() not in PARTICLES)
    return [_solid(one) for one in kept]


def _solid(word: str) -> str:
    """Give the letters and digits of a word in the one spelling; most words have nothing else."""
    return word.lower() if word.isascii() and word.isalnum() else "".join(plain_words(word))


def numbers(text: str) -> set[str]:
    """Give the digits of each number, however it is parted, dashes of any length among it."""
    return {re.sub(r"[^0-9]", "", found[0]) for found in _NUMBER.finditer(plain(text))}

"""Initials of people who are named: ``M.Q.``, ``M. Q.``, ``M Q``, ``M-Q`` and ``MQ``.

1. Of a name the letters of all its words, and of its first and its last; turned round
   (``Quispe, Maria``) as well. Particles have none.
2. Letters with dots or blanks between are found with others in the middle (``M. T. Q.``). Without,
   they are found alone and whole, in capitals, and not beside other words in capitals.
3. What everybody writes (``U.S.C.``, ``D.C.``, ``IRS``) is nobody's initials.
"""

import re
from collections.abc import Iterator

from ostiary.office.redaction.passages import is_title, may_be_name
from ostiary.office.redaction.plain_letters import PARTICLES, plain_capitals

Span = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019][sS]$")
_PARTED = re.compile(
    r"(?<![^\W_])[^\W\d_](?:(?:\.[ \u00a0\n]{0,2}-?|[ \u00a0-])[^\W\d_](?![^\W\d_]))+\.?"
)
_TOGETHER = re.compile(r"(?<![^\W_])[^\W\d_]{2,4}(?![^\W_])")
_BESIDE = re.compile(r"[^\W\d_]{2,}")
_NEAR = 40  # signs, within which the word beside stands
_EVERYBODYS_WORDS = """
us usa usc uscs dc ddc cdcal sdny edny ndcal cfr fr irs irc doj dhs ice fbi cia gao omb ssa
tin ssn itin ein foia mou pdf po pm am ad bc no id ok tv un eu uk ny nw ne sw se jr sr esq phd
al ak az ar ca co ct de fl ga hi ia il in ks ky la ma md me mi mn mo ms mt nc nd nh nj nm nv oh
or pa pr ri sc sd tn tx ut va vt wa wi wv wy fed fsupp ie eg kb mb gb tb
"""
_EVERYBODYS = frozenset(_EVERYBODYS_WORDS.split())


def initials_of(text: str) -> Iterator[tuple[str, Span]]:
    """Give the initials of each person whom a text names, and where the name stands.

    Args:
        text: as it is written; where all of it is in capitals, words in capitals are names.
    """
    loud = not any(one.islower() for one in text)
    runs = _runs(text, loud=loud)
    for at, (letters, span) in enumerate(runs):
        found = [letters] if len(letters) > 1 else []
        if at + 1 < len(runs) and _is_turned(text[span[1] : runs[at + 1][1][0]]):
            found += [runs[at + 1][0] + letters, letters + runs[at + 1][0]]
            span = span[0], runs[at + 1][1][1]  # noqa: PLW2901 - the name is both
        for each in found:
            for one in dict.fromkeys((each, each[0] + each[-1])):
                if one.lower() not in _EVERYBODYS:
                    yield one, span


def _is_turned(between: str) -> bool:
    return bool(re.fullmatch(r",\s+", between))


def _runs(text: str, *, loud: bool) -> list[tuple[str, Span]]:
    """Give names in a row: their first letters, and where they stand."""
    runs: list[tuple[str, Span]] = []
    inside = False
    for found in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", found[0])
        written = word.title() if loud else word
        gap = text[runs[-1][1][1] : found.start()] if runs else ""
        near = inside and bool(re.fullmatch(r"\.?[\s\u00a0-]*", gap))
        if near and written.lower() in PARTICLES:
            runs[-1] = runs[-1][0], (runs[-1][1][0], found.end())
            continue
        capital = len(written) == 1 and written.isupper()
        inside = not is_title(written) and (
            capital or may_be_name(written, capitals=not loud and len(word) > len("ABC"))
        )
        if not inside:
            continue
        letter = plain_capitals(written)[:1].upper()
        if near:
            runs[-1] = runs[-1][0] + letter, (runs[-1][1][0], found.end())
        else:
            runs.append((letter, found.span()))
    return runs


def written_initials(text: str) -> Iterator[tuple[str, bool, Span]]:
    """Give what may be somebody's initials in a text: letters, whether parted, and where.

    Args:
        text: in capitals and small letters as it is written, one sign at each place.
    """
    even = plain_capitals(text)
    for found in _PARTED.finditer(even):
        letters = "".join(one for one in found[0] if one.isalpha())
        if letters.isupper() and letters.lower() not in _EVERYBODYS:
            yield letters, True, found.span()
    for found in _TOGETHER.finditer(even):
        if found[0].isupper() and found[0].lower() not in _EVERYBODYS:
            before = _BESIDE.findall(even, max(0, found.start() - _NEAR), found.start())[-1:]
            behind = _BESIDE.findall(even, found.end(), found.end() + _NEAR)[:1]
            if not any(one.isupper() for one in (*before, *behind)):
                yield found[0], False, found.span()


def are_of(letters: str, wanted: str, *, parted: bool) -> bool:
    """Whether letters that are written are initials that are wanted."""
    if letters == wanted:
        return True
    return parted and (letters[0], letters[-1]) == (wanted[0], wanted[-1])

"""Initials of people who are named: ``M.Q.``, ``M. Q.``, ``M Q``, ``M-Q`` and ``MQ``.

1. Of a name every two letters and every run of its words and of the parts of a word with a hyphen
   (``M.Q.`` and ``Q.R.`` of Maria Quispe Rojas, ``JPS`` of Jean-Paul Sartre), and the last before
   the others (``Q.M.``, ``Q., M.``, as a file has names); of ``Quispe, Maria`` as well. Particles
   have none.
2. Letters with dots or blanks between are found with others in the middle (``M. T. Q.``), and with
   particles or their letters (``M. de la C.``, ``M.d.C.``). Without, they are found alone and
   whole, in capitals, and between two words in capitals only where no word could be spelt so. Small
   letters are initials with dots (``m.q.``), in brackets (``(mq)``), and behind the capitals of
   whom somebody typed for (``ABS/mq``).
3. What everybody writes (``U.S.C.``, ``D.C.``, ``IRS``) is nobody's initials; the code of a state
   is somebody's where dots and blanks part it (``C. A.``).
4. A street behind its number has none, and a firm none of two letters (``AI``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ostiary.office.redaction.passages import is_title, may_be_name
from ostiary.office.redaction.plain_letters import PARTICLES, plain_capitals

Span = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019][sS]$")
_HYPHEN = re.compile(r"[\u2010-]")
_SMALL = "|".join(sorted(PARTICLES, key=len, reverse=True))
_PARTED = re.compile(
    r"(?<![^\W_])[^\W\d_](?:(?:\.[ \u00a0\n]{0,2}-?|[ \u00a0-])"
    rf"(?:(?:{_SMALL})[ \u00a0\n]{{1,2}})*[^\W\d_](?![^\W\d_]))+\.?"
)
_SMALL_WITH_DOTS = re.compile(r"(?<![^\W_.])[a-z]\.(?:[ \u00a0\n]?[a-z]\.)+(?![^\W_])")
# A bracket directly behind a bracket or a digit has a part of a section: "6103(d)(iv)".
_TYPED_FOR = re.compile(
    r"(?:(?<![^\W_])[A-Z]{2,4} ?[/:] ?|(?<![)\]0-9])[(\[])([a-z]{2,4})(?![^\W_])(?![.@-])"
)
_IN_BRACKETS = re.compile(r"[)\]]")
_LISTED = re.compile(r"(?<![^\W_])(?<![A-Z]\.)(?<![A-Z]\. )([A-Z])\., ?([A-Z])\.(?! ?[A-Z]\.)")
_VOWEL = re.compile("[AEIOUY]")
_TOGETHER = re.compile(r"(?<![^\W_])[^\W\d_]{2,4}(?![^\W_])")
_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
_DOT_AND_BLANK = re.compile(r"\.[ \u00a0\n]+")
_BESIDE = re.compile(r"[^\W\d_]{2,}")
_NO_HEADING = re.compile(r"[:/,;&+()\[\]]")  # between words of a list or behind a word of a memo
_NUMBERED = re.compile(r"[0-9][\w-]*[\s\u00a0]+$")
_PARTICLES_LETTERS = re.compile("[dlv]")
_NEAR = 40  # signs, within which the word beside stands
_NAME = 6  # letters of a person's name at the most: in more there are several, or a heading
_TWO = 2
_SMALL_WORDS = """
am an as at aka asap ad al be by cc cf cm de del do dr ed eg el en es et etc ex far fl for fr go
ha he hr hrs ho id ie if in inc is it km la lb le lo los mas me mg mi mm ml mr mrs ms my na nb nc
no non nos obo of oh ok old on one op or our out ox oz pa per pg pl pm pp pro ps pt pts pub qv re
rev sa se sec sep si sic sin so st su ta than that the then this to too two un up us use usd ut
via vs was way we were what when who why with you you all and any are but can day did due few fka
from had has her him his how its may new not now off own pay see she ten that them they una une
year yes also dba been both case days each else even ever fact file five four full half have here
into item just kind last less line long made make many more most much must name need next nine
none once only law tax ref dob
open over page paid part paso past plan plus read same seen sent side sole some
such sure take term text thus time unit upon very well will work zero
"""
_NUMERAL_WORDS = """
ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xix xx aa bb cc dd ee ff gg hh
"""
_EVERYBODYS_WORDS = """
us usa usc uscs dc ddc cdcal sdny edny ndcal cfr fr irs irc ad ie doj dhs ice fbi cia gao omb ssa
tin ssn itin ein foia mou pdf po pm am bc no tv un eu uk jr sr esq phd fed fsupp eg kb mb gb tb
"""
_STATE_WORDS = """
al ak az ar ca co ct de fl ga hi ia id il in ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv
nw ny oh ok or pa pr ri sc sd se sw tn tx ut va vt wa wi wv wy
"""
_FIRM_WORDS = """
associates association bank bros brothers center centre church clinic club co college company
consulting contractors corp corporation enterprises fund group holdings hospital inc incorporated
industries institute limited llc llp lp ltd manufacturing motors partners partnership plc products
properties restaurant school services solutions supply systems technologies trust university
"""
_STREET_WORDS = """
alley ave avenue blvd boulevard circle cir court ct drive dr highway hwy lane ln parkway pkwy place
pl plaza road rd route square sq street st terrace ter trail way
"""
_SMALL_WORDS_OF_ALL = frozenset(_SMALL_WORDS.split())
_NUMERALS = frozenset(_NUMERAL_WORDS.split())  # in brackets, the parts of a section
_EVERYBODYS = frozenset(_EVERYBODYS_WORDS.split())
_STATES = frozenset(_STATE_WORDS.split())
_FIRMS = frozenset(_FIRM_WORDS.split())
_STREETS = frozenset(_STREET_WORDS.split())


@dataclass
class _Run:
    """Names in a row: their first letters, their last word, and where they stand."""

    letters: str
    last: str
    span: Span
    firm: bool = False


def initials_of(text: str) -> Iterator[tuple[str, Span]]:
    """Give the initials of each person whom a text names, and where the name stands.

    Args:
        text: as it is written; where all of it is in capitals, words in capitals are names.
    """
    loud = not any(one.islower() for one in text)
    runs = _runs(text, loud=loud)
    for at, run in enumerate(runs):
        if run.last in _STREETS and _NUMBERED.search(
            text, max(0, run.span[0] - _NEAR), run.span[0]
        ):
            continue
        found, span, firm = [run.letters], run.span, run.firm
        if at + 1 < len(runs) and _is_turned(text[span[1] : runs[at + 1].span[0]]):
            behind = runs[at + 1]
            found += [behind.letters + run.letters, run.letters + behind.letters]
            span, firm = (span[0], behind.span[1]), firm or behind.firm
        turned = [one for each in found for one in _turned(each) if not firm]
        of_all = (some for each in found for some in _some_of(each))
        for one in dict.fromkeys([*of_all, *turned]):
            if len(one) > _TWO or not firm:
                yield one, span


def _some_of(letters: str) -> Iterator[str]:
    """Give every two letters in order and every run; of more than a name has, all and the ends."""
    if len(letters) < _TWO:
        return
    if len(letters) > _NAME:
        yield from (letters, letters[0] + letters[-1])
        return
    yield from (letters[first : last + 1] for first, last in combinations(range(len(letters)), 2))
    yield from ("".join(two) for two in combinations(letters, 2))


def _turned(letters: str) -> Iterator[str]:
    """Give the last letter before the first, and before all the others."""
    if _TWO <= len(letters) <= _NAME:
        yield letters[-1] + letters[0]
        yield letters[-1] + letters[:-1]


def _is_street(text: str, run: _Run) -> bool:
    first = run.span[0]
    return run.last in _STREETS and bool(_NUMBERED.search(text, max(0, first - _NEAR), first))


def _is_turned(between: str) -> bool:
    return bool(re.fullmatch(r",\s+", between))


def _runs(text: str, *, loud: bool) -> list[_Run]:
    """Give names in a row."""
    runs: list[_Run] = []
    inside = False
    for found in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", found[0])
        written = word.title() if loud else word
        gap = text[runs[-1].span[1] : found.start()] if runs else ""
        near = inside and bool(re.fullmatch(r"\.?[\s\u00a0-]*", gap))
        if near and written.lower() in PARTICLES:
            runs[-1].span = runs[-1].span[0], found.end()
            continue
        capital = len(written) == 1 and written.isupper()
        inside = not is_title(written) and (
            capital or may_be_name(written, capitals=not loud and len(word) > len("ABC"))
        )
        if not inside:
            continue
        if not near:
            runs.append(_Run("", "", found.span()))
        run = runs[-1]
        run.letters, run.last = run.letters + _letters(written), written.lower()
        run.span, run.firm = (run.span[0], found.end()), run.firm or run.last in _FIRMS
    return runs


def _letters(word: str) -> str:
    """Give the first letter of a word, and of each part behind a hyphen with a capital."""
    first, *others = _HYPHEN.split(plain_capitals(word))
    return first[:1].upper() + "".join(one[0] for one in others if one[:1].isupper())


def written_initials(text: str) -> Iterator[tuple[str, bool, Span]]:
    """Give what may be somebody's initials in a text: letters, whether parted, and where.

    Args:
        text: in capitals and small letters as it is written, one sign at each place.
    """
    even = plain_capitals(text)
    for found in _PARTED.finditer(even):
        for first, end in _pieces(found[0]):
            letters = _capitals("".join(_LETTER.findall(found[0][first:end])))
            if letters and not _is_everybodys(letters, found[0][first:end]):
                yield letters, True, (found.start() + first, found.start() + end)
    for found in _TOGETHER.finditer(even):
        if not found[0][-1].isupper():
            continue
        letters = _capitals(found[0])
        if letters and not _is_everybodys(letters, "") and not _is_of_heading(even, found.span()):
            yield letters, False, found.span()
    yield from _small_initials(even)
    for found in _LISTED.finditer(even):
        yield found[1] + found[2], False, found.span()


def _small_initials(text: str) -> Iterator[tuple[str, bool, Span]]:
    """Give small letters that may be initials: with dots, in brackets, behind another's."""
    for found in _SMALL_WITH_DOTS.finditer(text):
        letters = "".join(_LETTER.findall(found[0])).upper()
        if letters.lower() not in _SMALL_WORDS_OF_ALL and not _is_everybodys(letters, ""):
            yield letters, False, found.span()
    for found in _TYPED_FOR.finditer(text):
        bracket = found[0][0] in "(["
        closed = not bracket or _IN_BRACKETS.match(text, found.end(1))
        if bracket and found[1] in _NUMERALS:
            continue
        if closed and found[1] not in _SMALL_WORDS_OF_ALL and not _is_everybodys(found[1], ""):
            yield found[1].upper(), False, found.span(1)


def _pieces(chain: str) -> Iterator[Span]:
    """Give a chain of letters, and what in it stands without blanks: ``J.B. M.Q.`` are two."""
    yield 0, len(chain)
    first = 0
    for end in [*(one.end() for one in _DOT_AND_BLANK.finditer(chain)), len(chain)]:
        if 0 < end - first < len(chain) and len(_LETTER.findall(chain[first:end])) >= _TWO:
            yield first, end
        first = end


def _capitals(letters: str) -> str:
    """Give letters in capitals, those of particles within left out; nothing if others are small."""
    if not letters.isupper():
        within = _PARTICLES_LETTERS.sub("", letters[1:-1])
        letters = letters[0] + within + letters[-1]
    return letters if letters.isupper() and len(letters) >= _TWO else ""


def _is_everybodys(letters: str, written: str) -> bool:
    small = letters.lower()
    return small in _EVERYBODYS or (
        small in _STATES and not _DOT_AND_BLANK.search(written.strip(" \u00a0\n"))
    )


def _is_of_heading(text: str, span: Span) -> bool:
    """Whether letters stand between two words in capitals, with nothing of a list between."""
    before = list(_BESIDE.finditer(text, max(0, span[0] - _NEAR), span[0]))[-1:]
    behind = _BESIDE.search(text, span[1], span[1] + _NEAR)
    if not before or not behind or not before[0][0].isupper() or not behind[0].isupper():
        return False
    if not _VOWEL.search(text, *span):
        return text[slice(*span)].lower() in _SMALL_WORDS_OF_ALL
    gaps = text[before[0].end() : span[0]] + text[span[1] : behind.start()]
    return not _NO_HEADING.search(gaps)


def are_of(letters: str, wanted: str, *, parted: bool) -> bool:
    """Whether letters that are written are initials that are wanted."""
    if letters == wanted:
        return True
    return parted and (letters[0], letters[-1]) == (wanted[0], wanted[-1])

"""What must not be found of withheld words, and of which of it a person says that it is public.

1. Of a deletion of at most four words: all of it in a row, and each word with a capital, also
   without its possessive, in the plural, and each part of a name with a hyphen. Of a
   longer one: any five words in a row, and names (:mod:`.passages`), with an initial for the first
   as well. Of both: digits, without what parts them; days and amounts, in the usual ways of writing
   them (:mod:`.values`); the initials of names (:mod:`.initials`).
2. Letters with two dots, a ring or a stroke are also searched for as two letters (Mueller).
3. A word that is public elsewhere is said to be so by its place: ``3:2-6`` are the second to the
   sixth word of deletion 3. What is searched for and is not wholly among them is searched for all
   the same: a year that is public leaves the name beside it withheld. ``3:initials`` are the
   initials of deletion 3 alone; ``3:day``, ``3:amount`` and ``3:tail`` its days and amounts as they
   may be written otherwise, and ends of its numbers: its own words and digits are searched still.
4. The end of a day is no end of a number: ``2025`` of ``05/05/2025`` is every year of it.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ostiary.domain.errors import InputError
from ostiary.office.redaction.encodings import in_two_letters
from ostiary.office.redaction.initials import initials_of
from ostiary.office.redaction.passages import placed_names
from ostiary.office.redaction.plain_letters import plain, plain_words
from ostiary.office.redaction.said_values import amounts_beside_days, days_said, tail_of
from ostiary.office.redaction.spoken_numbers import in_figures
from ostiary.office.redaction.values import Amount, Day, evened

_SHORT, _SHINGLE, _DIGITS, _LETTERS = 4, 5, 4, 3
_TELEPHONE, _WITHOUT_AREA = (10, 11), 7  # digits
_NUMBER = re.compile(r"[0-9](?:[ ./()\u2010-\u2015\u2212-]{0,2}[0-9])+")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019][sS](?=\W*$)")
_APART = re.compile(r"[^\w'\u2019]+")
_CAPITAL = re.compile(r"[\W_]*(\w)")
_ELSEWHERE = re.compile(r"([1-9][0-9]{0,6})(?::([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?)?")
_ALONE = re.compile(r"([1-9][0-9]{0,6}):(initials|day|amount|tail)")


@dataclass(frozen=True)
class Needle:
    """Something that must not be found.

    Attributes:
        number: Of the deletion, from 1.
        first: The first of its words that this says, from 1, as blanks part them.
        last: The last of them.
        words: Words in a row, folded.
        digits: Digits alone, or empty.
        is_name: Whether initials and particles may stand among the words.
        is_whole: Whether they are found between borders of words alone, however long they are.
        initials: Of a person, in capitals, or empty.
        day: That may be written otherwise, or None.
        amount: Likewise.
        tail: Last digits of a number, which are found where they are told as such.
    """

    number: int
    first: int
    last: int
    words: tuple[str, ...] = ()
    digits: str = ""
    is_name: bool = False
    is_whole: bool = False
    initials: str = ""
    day: Day | None = None
    amount: Amount | None = None
    tail: str = ""

    @property
    def kind(self) -> str:
        """What it is besides words and digits: what is lifted by itself; or empty."""
        told = {
            "initials": self.initials, "day": self.day, "amount": self.amount, "tail": self.tail,
        }  # fmt: skip
        return next((kind for kind, one in told.items() if one), "")


@dataclass(frozen=True)
class Elsewhere:
    """Words of a deletion that a person says are public elsewhere.

    Attributes:
        number: Of the deletion, from 1.
        first: The first word, from 1.
        last: The last word; 0 where the person named the deletion alone.
        alone: What of it alone is public: ``initials``, ``day``, ``amount`` or ``tail``; or empty.
    """

    number: int
    first: int = 1
    last: int = 0
    alone: str = ""

    def holds(self, one: Needle) -> bool:
        """Whether all that is searched for is among these words."""
        if self.alone:
            return self.number == one.number and self.alone == one.kind
        return self.number == one.number and self.first <= one.first and one.last <= self.last


def read_elsewhere(told: str) -> Elsewhere | None:
    """Read ``3``, ``3:2``, ``3:2-6``, ``3:initials``, ``3:day``; None where it is none of them."""
    alone = _ALONE.fullmatch(told)
    if alone:
        return Elsewhere(int(alone[1]), alone=alone[2])
    found = _ELSEWHERE.fullmatch(told)
    if not found:
        return None
    number, first, last = (int(one) if one else 0 for one in found.groups())
    if not first:
        return Elsewhere(number)
    return Elsewhere(number, first, last or first) if first <= (last or first) else None


def needles_of(withheld: Sequence[str], appears: Collection[Elsewhere] = ()) -> list[Needle]:
    """Give what must not be found of withheld strings; those that are public elsewhere apart.

    Raises:
        InputError: there is no such deletion or word, or a deletion of several words is named
            without saying which.
    """
    lifted = [_checked(one, withheld) for one in appears]
    return [
        needle
        for number, text in enumerate(withheld, start=1)
        for needle in _needles(number, text)
        if not any(one.holds(needle) for one in lifted)
    ]


def _checked(one: Elsewhere, withheld: Sequence[str]) -> Elsewhere:
    where = f"--appears {one.number}"
    if one.number > len(withheld):
        cure = f"deletions are numbered from 1 to {len(withheld)}"
        raise InputError("there is no such deletion", where=where, cure=cure)
    if one.alone:
        return one
    many = len(withheld[one.number - 1].split())
    if not one.last and many > 1:
        cure = f"say which of its {many} words are public, as {one.number}:1-2"
        raise InputError("the deletion has several words", where=where, cure=cure)
    if one.last > many:
        cure = f"its words are numbered from 1 to {many}"
        raise InputError("there is no such word", where=where, cure=cure)
    return Elsewhere(one.number, one.first, one.last or 1)


def _needles(number: int, text: str) -> Iterator[Needle]:
    written = text.split()
    found = [(word, at) for at, one in enumerate(written, start=1) for word in plain_words(one)]
    size = len(found) if len(found) <= _SHORT else min(_SHINGLE, len(found))
    for at in range(len(found) - size + 1):
        row = found[at : at + size]
        if row:
            yield Needle(number, row[0][1], row[-1][1], tuple(word for word, _ in row))
    with_letters = {at for _, at in found}
    yield from _words(number, written) if len(with_letters) <= _SHORT else _names(number, written)
    yield from _digits(number, written)
    yield from _values(number, written)
    yield from _initials(number, written)


def _words(number: int, written: Sequence[str]) -> Iterator[Needle]:
    for at, word in enumerate(written, start=1):
        forms = dict.fromkeys((*_forms(word), *_forms(in_two_letters(word))))
        yield from (Needle(number, at, at, (form,)) for form in forms)


def _forms(word: str) -> Iterator[str]:
    """Give a name as it may stand elsewhere: without its possessive, or a part of it alone."""
    alone = _POSSESSIVE.sub("", word)
    for one in (word, alone, *_APART.split(alone)):
        begins = _CAPITAL.match(one)
        form = "".join(plain_words(one))
        if begins and begins[1].isupper() and len(form) >= _LETTERS:
            yield form
            yield form + "s"  # the Quispes


def _names(number: int, written: Sequence[str]) -> Iterator[Needle]:
    begins = _begins(written)
    for name, (first, end) in placed_names(" ".join(written)):
        places = bisect_right(begins, first), bisect_right(begins, end - 1)
        yield Needle(number, *places, words=name, is_name=True)
        if len(name) > 1:
            yield Needle(number, *places, words=(name[0][0], name[-1]), is_whole=True)
            yield Needle(number, *places, words=(name[0], name[-1][0]), is_whole=True)


def _digits(number: int, written: Sequence[str]) -> Iterator[Needle]:
    even = [plain(one) for one in written]
    begins = _begins(even)
    days = [span for _, span in days_said(evened(" ".join(even)))]
    for alone, (first, end) in _numbers(" ".join(even)):
        places = bisect_right(begins, first), bisect_right(begins, end - 1)
        if len(alone) >= _DIGITS:
            yield Needle(number, *places, digits=alone)
        if len(alone) in _TELEPHONE:
            yield Needle(number, *places, digits=alone[-_WITHOUT_AREA:])
        if tail_of(alone) and not any(day[0] <= first and end <= day[1] for day in days):
            yield Needle(number, *places, tail=tail_of(alone))


def _numbers(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give the digits of each number of a text, in figures or in words, and where it stands."""
    made = in_figures(text)
    for found in _NUMBER.finditer(made.text):
        yield re.sub(r"[^0-9]", "", found[0]), made.written(found.span())


def _values(number: int, written: Sequence[str]) -> Iterator[Needle]:
    text = evened(" ".join(written))
    begins = _begins(written)
    for day, (first, end) in days_said(text):
        places = bisect_right(begins, first), bisect_right(begins, end - 1)
        yield Needle(number, *places, day=day)
    for amount, (first, end) in amounts_beside_days(text):
        places = bisect_right(begins, first), bisect_right(begins, end - 1)
        yield Needle(number, *places, amount=amount)


def _initials(number: int, written: Sequence[str]) -> Iterator[Needle]:
    begins = _begins(written)
    for letters, (first, end) in initials_of(" ".join(written)):
        places = bisect_right(begins, first), bisect_right(begins, end - 1)
        yield Needle(number, *places, initials=letters)


def _begins(words: Sequence[str]) -> list[int]:
    """Give where each word begins when blanks join them."""
    return [0, *accumulate(len(one) + 1 for one in words)][: len(words)]

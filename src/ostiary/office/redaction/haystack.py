"""Words that are kept, in which what is withheld is looked for, in each way that it is written."""

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from ostiary.office.redaction.encodings import other_spellings
from ostiary.office.redaction.initials import written_initials
from ostiary.office.redaction.plain_letters import main_words, plain_words
from ostiary.office.redaction.said_values import (
    amounts_said,
    days_said,
    numbers_alike,
    numbers_said,
    tails_in,
)
from ostiary.office.redaction.spoken_numbers import Figures, in_figures
from ostiary.office.redaction.values import Amount, Day, evened


class Haystack:
    """Kept words in a row, in which words are looked for whatever parts them.

    Attributes:
        solid: All letters and digits, without what parts words.
    """

    def __init__(self, texts: list[str]) -> None:
        every = [*texts, *_otherwise(texts)]
        self._words = _Row([word for text in every for word in plain_words(text)])
        self._names = _Row([word for text in every for word in main_words(text)])
        self.solid = self._words.solid
        self._numbers = {number for text in texts for number in numbers_alike(text)}
        self._text = unicodedata.normalize("NFC", "\n".join(texts))

    def has_words(self, words: str) -> bool:
        """Say whether letters stand there from a word's beginning to a word's end."""
        return self._words.has(words)

    def has_name(self, words: str) -> bool:
        """Say the same of a name, whatever initials and particles stand among its words."""
        return self._names.has(words)

    def has_number(self, digits: str) -> bool:
        """Say whether digits stand in a row in a number."""
        return any(digits in number for number in (*self._numbers, *self._in_words))

    def has_day(self, day: Day) -> bool:
        """Say whether a day stands there, in a usual form."""
        return any(day.same(one) for one in self._days)

    def has_amount(self, amount: Amount) -> bool:
        """Say whether an amount stands there, in a usual form."""
        return amount.value in self._amounts

    def has_tail(self, tail: str) -> bool:
        """Say whether the last digits of a number stand there and are told as such."""
        return tail in self._tails

    def has_initials(self, wanted: str) -> bool:
        """Say whether somebody's initials stand there."""
        whole, ends = self._initials
        return wanted in whole or wanted[0] + wanted[-1] in ends

    @cached_property
    def _days(self) -> set[Day]:
        return {day for day, _ in days_said(self._figures[0], self._figures[1])}

    @cached_property
    def _figures(self) -> tuple[str, Figures]:
        """The text with each sign in one form, and the same with its numbers in figures."""
        even = evened(self._text)
        return even, in_figures(even)

    @cached_property
    def _in_words(self) -> set[str]:
        return numbers_said(self._figures[1])

    @cached_property
    def _tails(self) -> set[str]:
        return {tail for tail, _ in tails_in(self._figures[0])}

    @cached_property
    def _amounts(self) -> set[object]:
        return {
            one.value for one, _ in amounts_said(self._figures[0], self._figures[1]) if one.tells
        }

    @cached_property
    def _initials(self) -> tuple[set[str], set[str]]:
        """Initials as they stand there, and the ends of those that are parted (``are_of``)."""
        found = list(written_initials(self._text))
        ends = {letters[0] + letters[-1] for letters, parted, _ in found if parted}
        return {letters for letters, _, _ in found}, ends


def _otherwise(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from other_spellings(text)


class _Row:
    """Words without what parts them, and where they begin and end."""

    def __init__(self, words: list[str]) -> None:
        self.solid = "".join(words)
        self._edges = {0, *accumulate(map(len, words))}

    def has(self, words: str) -> bool:
        at = self.solid.find(words)
        while at != -1:
            if at in self._edges and at + len(words) in self._edges:
                return True
            at = self.solid.find(words, at + 1)
        return False

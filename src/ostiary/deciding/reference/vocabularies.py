"""Vocabularies: all different texts of a column, in order, and what is counted for each of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ostiary.deciding.reference.layout import TEXTS

Places = npt.NDArray[np.uint32]


@dataclass(slots=True)
class Growing:
    """A vocabulary while a file is read: texts are numbered as they come."""

    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def take(self, texts: Iterable[str]) -> Places:
        """Give the number of each text, new ones a new number."""
        numbers = self.numbers
        return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.uint32)

    def seal(self) -> tuple[list[str], Places]:
        """Give the texts in order, and for each number the place of its text."""
        texts = sorted(self.numbers)
        places = np.empty(len(texts), np.uint32)
        places[[self.numbers[text] for text in texts]] = np.arange(len(texts), dtype=np.uint32)
        return texts, places


def growing() -> dict[str, Growing]:
    """Give an empty vocabulary for each column of text."""
    return {name: Growing() for name in TEXTS}

"""What a street's type looks like with one letter damaged, as far as it can be no other type."""

from collections.abc import Iterator
from string import ascii_uppercase

from ostiary.deciding.standardisation.vocabulary.streets import STREET_TYPES

_COMMON = ("AVE", "BLVD", "CIR", "CT", "DR", "HWY", "LN", "PKWY", "PL", "RD", "ST", "TER", "WAY")
_SHORTEST = 3


def _one_edit(word: str) -> Iterator[str]:
    """Give what one letter more, less, another or exchanged with the next one makes of a word."""
    for place in range(len(word) + 1):
        before, behind = word[:place], word[place:]
        yield from (before + letter + behind for letter in ascii_uppercase)
        if behind:
            yield before + behind[1:]
            yield from (before + letter + behind[1:] for letter in ascii_uppercase)
            yield before + behind[1:2] + behind[:1] + behind[2:]


def _damaged() -> dict[str, str]:
    types = STREET_TYPES.entries
    meant: dict[str, set[str]] = {}
    for word, short in types.items():
        for damaged in _one_edit(word):
            meant.setdefault(damaged, set()).add(short)
    return {
        damaged: short
        for short in _COMMON
        for damaged in sorted(set(_one_edit(short)))
        if len(damaged) >= _SHORTEST and damaged not in types and meant[damaged] == {short}
    }


DAMAGED_TYPES = _damaged()
"""Damaged word of three letters or more, to the one type of all that it lies an edit away from:
AFE is AVE; CKR may be CIR and CRK, and is neither."""

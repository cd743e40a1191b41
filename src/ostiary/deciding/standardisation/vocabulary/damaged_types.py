"""What a street's type looks like with one letter damaged, as far as it can be no other type."""

from collections.abc import Iterator
from string import ascii_uppercase

from ostiary.deciding.standardisation.vocabulary.street_words import STREET_WORDS
from ostiary.deciding.standardisation.vocabulary.streets import STREET_TYPES

_COMMON = ("AVE", "BLVD", "CIR", "CT", "DR", "HWY", "LN", "PKWY", "PL", "RD", "ST", "TER", "WAY")
_SHORTEST = 3
# Words of the language and names of people, of three and four letters; the dictionary that ships
# has none so short. OCEAN WAVE is a street, and no OCEAN AVE. Written for this program.
_WORDS = """
ABE ACE ADE AER AGE AIR AVA AVER AVES AVI AVO AWE AXE AYE BAY BLED CAT CAY CID CIG CUT EAVE EER
EVE FAVE FER FIR GAVE GAY GER HOY HUY ITER IVE JAY KIR LIN LON MAY NAVE NAY NER PAL PAVE PEL PIL
POL RAVE SAVE SAY TAR TAY TEA TEAR TEC TED TEE TEG TEM TEO TERA TERE TERI TERM TERN TERP TET TEW
TEX TIER TUR TYR VER WADY WAE WAG WAH WAI WAN WAP WAR WARY WAT WAVE WAVY WAW WAX WAXY WRAY YAY YER
"""


def _one_edit(word: str) -> Iterator[str]:
    """Give what one letter more, less, another or exchanged with the next one makes of a word."""
    for place in range(len(word) + 1):
        before, behind = word[:place], word[place:]
        yield from (before + letter + behind for letter in ascii_uppercase)
        if behind:
            yield before + behind[1:]
            yield from (before + letter + behind[1:] for letter in ascii_uppercase)
            yield before + behind[1:2] + behind[:1] + behind[2:]


def _cut(word: str) -> set[str]:
    """Give a word, and what is left of it without one letter.

    Words an edit apart have one of these in common, so that few are to be compared.
    """
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_one_edit(word: str, other: str) -> bool:
    """Tell whether :func:`_one_edit` of one word gives the other."""
    if abs(len(word) - len(other)) > 1:
        return False
    if len(word) != len(other):
        short, long = sorted((word, other), key=len)
        return short in _cut(long)
    at = next((at for at in range(len(word)) if word[at] != other[at]), 0)
    exchanged = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    return word[at + 1 :] == other[at + 1 :] or exchanged == other


def _damaged() -> dict[str, str]:
    """Give the damaged words; asked from the few common types, at each start of a process."""
    types = STREET_TYPES.entries
    words = {*types, *_WORDS.split(), *STREET_WORDS}
    near: dict[str, list[str]] = {}
    for word in types:
        for cut in _cut(word):
            near.setdefault(cut, []).append(word)

    def meant(damaged: str) -> set[str]:
        close = {word for cut in _cut(damaged) for word in near.get(cut, ())}
        return {types[word] for word in close if _is_one_edit(damaged, word)}

    return {
        damaged: short
        for short in _COMMON
        for damaged in sorted(set(_one_edit(short)))
        if len(damaged) >= _SHORTEST and damaged not in words and meant(damaged) == {short}
    }


DAMAGED_TYPES = _damaged()
"""Damaged word of three letters or more, to the one type of all that it lies an edit away from:
AFE is AVE; CKR may be CIR and CRK, and is neither. WAVE is a word, and no AVE."""

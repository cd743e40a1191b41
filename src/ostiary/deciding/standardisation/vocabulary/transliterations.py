"""Names of other scripts, and the ways in which documents spell them in Latin letters.

A visa follows the rules of a consulate, a passport ICAO Doc 9303 part 3, a tax form the bearer: so
one person is MOHAMMED here and MUHAMMAD there. Each line of ``spellings_*.txt`` is one name;
brackets hold what stands for one another: Arabic and Persian (short vowels are not written, and
article and ending vary), Russian and Ukrainian (Doc 9303, the systems of GOST and BGN/PCGN),
Chinese (Pinyin, Wade-Giles), Korean (Revised Romanization and what families chose), Japanese (long
vowels).

Two spellings may still be two people, a brother and a sister even: nothing here may be believed
without a birth date that agrees.
"""

import re
from collections.abc import Iterator
from itertools import chain, combinations, product
from pathlib import Path


def _names(file: str) -> Iterator[str]:
    """Give one pattern a name: angles hold parts that make another name each."""
    for line in Path(__file__).with_name(file).read_text("ascii").splitlines():
        parts = [part.split("|") for part in re.split("[<>]", line)]
        if len(parts) == 1:
            yield line
        else:
            marked = [p if n % 2 else ["|".join(p)] for n, p in enumerate(parts)]
            yield from ("".join(chosen) for chosen in product(*marked))


def _spellings(name: str) -> Iterator[str]:
    for word in name.split():
        parts = [part.split("|") for part in re.split("[()]", word)]
        yield from ("".join(chosen) for chosen in product(*parts))


def _pairs(*files: str) -> frozenset[str]:
    found = set()
    for name in chain.from_iterable(map(_names, files)):
        found |= {f"{one}/{other}" for one, other in combinations(sorted({*_spellings(name)}), 2)}
    return frozenset(found)


GIVEN_PAIRS = _pairs("spellings_arabic.txt", "spellings_given.txt")
SURNAME_PAIRS = _pairs("spellings_arabic.txt", "spellings_surnames.txt")
"""Two spellings of one name with a slash between them, in the order of the alphabet. What is a
given name in Arabic is the surname of grandchildren."""


def _others(pairs: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for pair in pairs:
        one, other = pair.split("/")
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {name: tuple(sorted(others)) for name, others in found.items()}


OTHER_GIVEN, OTHER_SURNAMES = _others(GIVEN_PAIRS), _others(SURNAME_PAIRS)
"""Name to its other spellings."""

PROPHETS = frozenset({"MOHAMMED", *OTHER_GIVEN["MOHAMMED"]})
"""What many brothers have before the name each is called by. Written short (MOHD ASIF) it is a
marker (:data:`.surnames.MARKERS`); in full it is the given name, and ASIF stands behind it."""

"""Which identifiers a copy of the Code has, and digests of the provisions that are asked for.

A digest is over letters and digits alone, without numbers of parts such as ``(2)``: type, spaces,
dashes and quotation marks differ from one copy to another, and so does how parts are numbered.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from ostiary.deciding.law.code import markdown, structure, uslm
from ostiary.domain.errors import InputError

_LETTERS = re.compile(r"[^0-9a-z]+")
_PART = re.compile(r"\(\s*[0-9a-z]{1,5}\s*\)")
_DEPTH_OF_A_SECTION = 4  # slashes in /us/usc/t26/s6103


@dataclass
class Copy:
    """A copy of the Code as far as it was asked about.

    Attributes:
        known: its sections, and the parts of sections that were asked for.
        digests: by identifier, of those asked for.
        sections: how many sections it has.
    """

    known: set[str] = field(default_factory=set)
    digests: dict[str, str] = field(default_factory=dict)
    sections: int = 0


def read_copy(place: Path, wanted: Collection[str]) -> Copy:
    """Read a copy of the Code, in USLM XML or in Markdown by section.

    Args:
        place: the copy.
        wanted: USLM identifiers, down to any part of a section.

    Raises:
        InputError: it is neither.
    """
    if markdown.is_markdown(place):
        return _of_markdown(place, frozenset(wanted))
    if uslm.is_uslm(place):
        return _of_uslm(place, frozenset(wanted))
    raise InputError(
        "this is no copy of the United States Code that can be read",
        where=str(place),
        cure="give a folder of USLM XML (usc26.xml), or of Markdown by section (title-26/)",
    )


def _of_markdown(place: Path, wanted: frozenset[str]) -> Copy:
    copy = Copy()
    of_section: dict[str, set[str]] = defaultdict(set)
    for one in wanted:
        of_section["/".join(one.split("/")[:5])].add(one)
    for identifier, lines in markdown.sections(place, of_section):
        copy.sections += 1
        asked = of_section.get(identifier, set())
        texts: dict[str, list[str]] = defaultdict(list)
        for part, text in structure.parts(lines):
            for depth in range(len(part) + 1):
                name = "/".join((identifier, *part[:depth]))
                if name in asked:
                    texts[name].append(text)
        copy.known.add(identifier)
        for name, found in texts.items():
            copy.known.add(name)
            copy.digests[name] = digest_of(" ".join(found))
    return copy


def _of_uslm(place: Path, wanted: frozenset[str]) -> Copy:
    copy = Copy()
    for identifier, text in uslm.texts(place, wanted):
        if identifier.count("/") == _DEPTH_OF_A_SECTION and identifier.split("/")[4][0] == "s":
            copy.sections += 1
            copy.known.add(identifier)
        if text is not None:
            copy.known.add(identifier)
            copy.digests[identifier] = digest_of(text)
    return copy


def digest_of(text: str) -> str:
    """Give ``sha256:`` and 64 hex digits over the letters and digits of a text."""
    letters = _LETTERS.sub("", _PART.sub("", text.lower()))
    return "sha256:" + hashlib.sha256(letters.encode()).hexdigest()

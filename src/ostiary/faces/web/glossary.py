"""The words that pages use, each with its meaning: the project's glossary, and those of pages."""

import re
from functools import cache
from pathlib import Path
from typing import Final

import ostiary

_ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)

OF_PAGES: Final = {
    "digest": "a number that stands for exactly one text or file: one sign changed, another number",
    "limb": "one of the four ways in which 8 USC 1253(a)(1) can be broken, A to D",
    "margin": "how far the best record is ahead of the next one; the larger, the surer",
    "model": "how often names and addresses agree by chance, learned from the reference file",
    "posture": "whether a matter is an investigation, a proceeding or before a grand jury",
    "tree size": "how many entries the log had when something was signed or shown",
    "weight": "how much agreement in one field speaks for one person; each step doubles the odds",
}
"""Words that stand on pages and in no row of the project's glossary."""


@cache
def glossary() -> tuple[tuple[str, str], ...]:
    """Give every word with its meaning, in the order of the alphabet."""
    _, *rows = _ROW.findall(_text())
    told = {word: meaning for word, meaning, _ in rows} | OF_PAGES
    return tuple(sorted(told.items(), key=lambda pair: pair[0].lower()))


def _text() -> str:
    """Read the project's glossary: in the package, or beside it in a checkout."""
    package = Path(ostiary.__file__).parent
    installed = package / "_glossary.md"
    path = installed if installed.is_file() else package.parents[1] / "docs" / "glossary.md"
    return path.read_text(encoding="utf-8")

"""The Code in Markdown, a file a subsection: ``title-NN`` folders of numbered files.

A file begins with the headings that lead to it, ``# Title 26—`` to ``#### § 6103.``; what stands
under them is its text. Consecutive files of one section go on where the one before ended.
"""

import os
import re
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

_FOLDER = re.compile(r"title-0*(\d+[a-zA-Z]?)")
_NUMBER = re.compile(r"(\d+)\.md$")
_DASH = "\N{EN DASH}"
_SECTION = re.compile(
    rf"^#### \[?§+\s*([0-9][0-9A-Za-z{_DASH}.-]*?)\.?(?:\s+to\s+\S+)?[.\s\]]", re.MULTILINE
)
_ABOVE = re.compile(r"#{1,4} ")
_HEAD = 2048


def is_markdown(folder: Path) -> bool:
    """Say whether a folder, or one within it, has folders of titles."""
    return _home(folder) is not None


def sections(
    folder: Path, wanted: Collection[str] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Give the sections of a copy: the identifier, such as ``/us/usc/t26/s6103``, and its lines.

    Args:
        folder: the copy.
        wanted: sections to read whole; of others only the identifier is given, without lines. All
            are read whole unless it is given.
    """
    home = _home(folder) or folder
    for title in sorted(home.glob("title-*")):
        found = _FOLDER.fullmatch(title.name)
        if found:
            yield from _of_title(title, f"/us/usc/t{found[1]}", wanted)


def _home(folder: Path) -> Path | None:
    places = (folder, *(one for one in folder.glob("*") if one.is_dir()))
    return next((one for one in places if any(one.glob("title-*/*.md"))), None)


def _of_title(
    folder: Path, title: str, wanted: Collection[str] | None
) -> Iterator[tuple[str, list[str]]]:
    numbered = sorted(
        (int(n[1]), one.path) for one in os.scandir(folder) if (n := _NUMBER.search(one.name))
    )
    named = ((_section(path), path) for _, path in numbered)
    for section, files in groupby(named, key=itemgetter(0)):
        if not section:
            continue
        identifier = f"{title}/s{section}"
        whole = wanted is None or identifier in wanted
        yield identifier, [line for _, path in files for line in _lines(path)] if whole else []


def _section(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - 142,000 files: a third of the time
        head = file.read(_HEAD).decode("utf-8", "ignore")
    found = _SECTION.search(head)
    return found[1].replace(_DASH, "-").rstrip(".") if found else ""


def _lines(path: str) -> Iterator[str]:
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.strip() and not _ABOVE.match(line):
            yield line

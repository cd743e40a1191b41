"""The outline of a section, from its lines: (a), (1), (A), (i), (I), (aa), and what is within what.

A label alone does not say its level: ``(i)`` follows ``(h)`` and begins under ``(A)``. So every
reading that the labels so far allow is followed at once, and those that the next label refutes are
dropped. What is cited exists when some reading that survives to the end has it.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence

_LABELS = re.compile(r"(?:#+ )?((?:\([0-9A-Za-z]{1,6}\) ?)+)")
_LABEL = re.compile(r"\(([0-9A-Za-z]{1,6})\)")
_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_DEEPEST = 7
_MOST_READINGS = 12
_SIGNS = re.compile(r"[^0-9a-z]+")

Path = tuple[str, ...]
_PATTERNS = (
    re.compile(r"[a-z]{1,3}"),
    re.compile(r"[0-9]+[A-Z]?"),
    re.compile(r"[A-Z]{1,3}"),
    re.compile(r"[ivxlc]+"),
    re.compile(r"[IVXLC]+"),
    re.compile(r"([a-z])\1"),
    re.compile(r"([A-Z])\1"),
)


def outline(lines: Sequence[str]) -> tuple[tuple[Path, str], ...]:
    """Give the parts of a section in order: the path of labels to each, and the text right there.

    The path of the section itself is empty, and so is that of what stands before its first label.
    """
    return tuple(_texts(lines, _best(lines)))


def digest(lines: Sequence[str], path: Path) -> str:
    """Give the digest of one part and all that is within it: of its letters and digits alone.

    Signs, spaces, capitals and marks of notes are not compared, for copies of the Code differ in
    them.
    """
    parts = outline(lines)
    text = "".join(said for at, said in parts if at[: len(path)] == path)
    plain = _SIGNS.sub("", text.lower())
    return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()


def paths_of(lines: Sequence[str]) -> frozenset[Path]:
    """Give the path of every part."""
    return frozenset(at for at, _ in outline(lines))


def _labels(line: str) -> list[str]:
    found = _LABELS.match(line)
    return _LABEL.findall(found[1]) if found else []


def _best(lines: Sequence[str]) -> list[Path]:
    """Follow the labels in every reading; give one that survives to the end."""
    readings: list[tuple[Path, list[Path]]] = [((), [])]
    for line in lines:
        for label in _labels(line):
            further = [
                (path, [*before, path])
                for at, before in readings
                for path in _next_paths(at, label)
            ]
            readings = further[:_MOST_READINGS] or [(at, [*seen, at]) for at, seen in readings]
    return readings[0][1]


def _next_paths(at: Path, label: str) -> Iterator[Path]:
    """Give the places where a label can stand after a place, the likelier first."""
    followed = [
        (*at[:level], label) for level in range(len(at)) if _follows(at[level], label, level)
    ]
    yield from reversed(followed)
    for level in range(len(at), min(len(at) + 2, _DEEPEST)):
        if _begins(label, level):
            yield (*at, *("",) * (level - len(at)), label)


def _follows(before: str, label: str, level: int) -> bool:
    if not before or not _PATTERNS[level].fullmatch(label):
        return False
    earlier, later = _place(before, level), _place(label, level)
    return earlier < later <= (earlier[0] + 1, "~")


def _begins(label: str, level: int) -> bool:
    return bool(_PATTERNS[level].fullmatch(label)) and _place(label, level)[0] == 1


def _place(label: str, level: int) -> tuple[int, str]:
    """Give what orders the labels of a level: ``(3)``, ``(3A)``, ``(4)``."""
    if level == 1:
        digits = label.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return int(digits or 0), label[len(digits) :]
    if level in (3, 4):
        return _roman(label.lower()), ""
    letter = ord(label[0].lower()) - ord("a") + 1
    return letter + 26 * (len(label) - 1 if level in (0, 2) else 0), ""


def _roman(text: str) -> int:
    if not _ROMAN.fullmatch(text):
        return 0
    worth = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[c] for c in text]
    return sum(
        -one if one < following else one
        for one, following in zip(worth, [*worth[1:], 0], strict=True)
    )


def _texts(lines: Sequence[str], paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    at: Path = ()
    following = iter(paths)
    for line in lines:
        for _ in _labels(line):
            at = next(following)
        yield at, line

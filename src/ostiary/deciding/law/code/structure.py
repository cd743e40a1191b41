"""Which part of a section a line of it begins: from ``(2)`` and what stood before to ``i/2``.

The Code numbers its parts in six ways, each within the one before: ``a``, ``1``, ``A``, ``i``,
``I``, ``aa``. A letter may be of two of them, such as *i* and *I*: it is what continues a numbering
that is open, else what could begin one.
"""

import re
from collections.abc import Iterable, Iterator

_MARK = re.compile(r"(?:#{5,}\s*)?\(\s*([0-9]{1,3}[a-zA-Z]?|[a-zA-Z]{1,5})\s*\)\s*")
_HEADING = re.compile(r"#{5}\s")
_ROMAN = re.compile(r"(?=.)(x{0,3})(ix|iv|v?i{0,3})")
_SUBSECTION, _PARAGRAPH, _SUBPARAGRAPH, _CLAUSE, _SUBCLAUSE, _ITEM = range(6)


def parts(lines: Iterable[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give each line with the part of the section that it belongs to, such as ``("i", "2")``."""
    open_: list[str] = [""] * 6
    for line in lines:
        rest, heading = line.strip(), bool(_HEADING.match(line))
        while mark := _MARK.match(rest):
            level = _SUBSECTION if heading else _level(mark[1], open_)
            open_[level:] = [mark[1], *[""] * (5 - level)]
            rest, heading = rest[mark.end() :], False
        yield tuple(one for one in open_ if one), rest


def _level(mark: str, open_: list[str]) -> int:
    if mark[0].isdigit():
        return _PARAGRAPH
    roman = bool(_ROMAN.fullmatch(mark.lower()))
    if mark.isupper():
        return _SUBCLAUSE if roman and open_[_CLAUSE] and _goes_on(mark, open_) else _SUBPARAGRAPH
    if roman and (open_[_PARAGRAPH] or open_[_SUBPARAGRAPH]):
        return _CLAUSE
    return _ITEM if len(mark) > 1 else _SUBSECTION


def _goes_on(mark: str, open_: list[str]) -> bool:
    """Whether a numeral begins or continues the subclauses of the clause that is open."""
    return mark == "I" if not open_[_SUBCLAUSE] else _number(mark) == _number(open_[_SUBCLAUSE]) + 1


def _number(roman: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}.get(letter, 100) for letter in roman.lower()]
    ahead = [*values[1:], 0]
    return sum(-one if one < then else one for one, then in zip(values, ahead, strict=True))

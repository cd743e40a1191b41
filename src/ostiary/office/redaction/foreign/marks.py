"""Marks on a PDF: page, rectangle, ground, and the two people who answer for each.

A mark counts when one person has made it and another has confirmed it. A suggestion is a mark that
nobody has made yet. The file of marks holds no word of the document, only places and grounds; what
somebody writes under ``why`` is public, as the justification of the index.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.domain.words import OFFICERS_NEEDED
from ostiary.office.redaction.foreign.page_text import UNIT
from ostiary.office.redaction.grounds import GROUNDS, read_ground

SCHEME = "ostiary-marks-1"
_PERSON = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_MOST_BYTES, _MOST_WHY = 20_000_000, 300
_CURE = "write it with `ostiary redact suggest` or `ostiary redact mark`"


@dataclass(frozen=True)
class Mark:
    """A rectangle of a page that is to be withheld.

    Attributes:
        page: From 1.
        box: Left, top, right and bottom in points from the upper left corner, as the page is shown.
        ground: Why it is withheld.
        why: The justification, public; may be empty.
        suggested: What a suggestion went by, not public; empty where a person drew the mark.
        marked_by: Who made it; empty as long as it is a suggestion.
        confirmed_by: Who confirmed it; empty until then.
    """

    page: int
    box: tuple[float, float, float, float]
    ground: str
    why: str = ""
    suggested: str = ""
    marked_by: str = ""
    confirmed_by: str = ""

    def covers(self, box: tuple[int, int, int, int]) -> bool:
        """Whether a letter lies under it: by a quarter of its width and a third of its height."""
        left, top, right, bottom = (side * UNIT for side in self.box)
        wide, high = max(box[2] - box[0], 1), max(box[3] - box[1], 1)
        across = min(right, box[2]) - max(left, box[0])
        down = min(bottom, box[3]) - max(top, box[1])
        return across * 4 >= wide and down * 3 >= high


@dataclass(frozen=True)
class Marks:
    """The marks on one PDF.

    Attributes:
        document: SHA-256 of the PDF, in hex.
        marks: In the order in which they were made; their number is their place, from 1.
    """

    document: str
    marks: tuple[Mark, ...]


def digest(body: bytes) -> str:
    """Give what a file of marks calls its PDF."""
    return sha256(body).hexdigest()


def read_marks(path: Path) -> Marks:
    """Read a file of marks.

    Raises:
        InputError: it is none, or a mark in it is not whole; says which by its number.
    """
    where = str(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError("larger than 20 MB", where=where, cure="split the document")
        told = json.loads(path.read_bytes())
    except OSError:
        raise InputError("cannot be read", where=where, cure=_CURE) from None
    except (ValueError, RecursionError):
        raise InputError("is no JSON", where=where, cure=_CURE) from None
    whole = isinstance(told, dict) and set(told) == {"scheme", "document", "marks"}
    if not whole or told["scheme"] != SCHEME or not isinstance(told["marks"], list):
        raise InputError(f"is no file of marks ({SCHEME})", where=where, cure=_CURE)
    marks = (_mark(one, f"{where}, mark {at}") for at, one in enumerate(told["marks"], start=1))
    return Marks(str(told["document"]), tuple(marks))


def write_marks(path: Path, marks: Marks) -> None:
    """Write a file of marks, whole or not at all."""
    rows = ",\n ".join(json.dumps(asdict(one), ensure_ascii=False) for one in marks.marks)
    body = f'{{"scheme": "{SCHEME}", "document": "{marks.document}", "marks": [\n {rows}\n]}}\n'
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(body, encoding="utf-8")
    beside.replace(path)


def _mark(told: Any, where: str) -> Mark:
    names = set(Mark.__dataclass_fields__)
    if not isinstance(told, dict) or not {"page", "box", "ground"} <= set(told) <= names:
        raise InputError("is no mark", where=where, cure=_CURE)
    box, page = told["box"], told["page"]
    numbers = isinstance(box, list) and all(type(side) in (int, float) for side in box)
    if not numbers or len(box) != 4 or type(page) is not int:  # noqa: PLR2004 - sides
        raise InputError("has no page, or no four sides", where=where, cure=_CURE)
    texts = {name: told[name] for name in names - {"page", "box"} if name in told}
    if not all(isinstance(text, str) for text in texts.values()):
        raise InputError("has something else where text belongs", where=where, cure=_CURE)
    return checked(Mark(page=page, box=tuple(map(float, box)), **texts), where)  # type: ignore[arg-type] # four


def checked(mark: Mark, where: str) -> Mark:
    """Give a mark whose page, sides, ground and people can be.

    Raises:
        InputError: one of them cannot.
    """
    left, top, right, bottom = mark.box
    if mark.page < 1 or not (0 <= left < right and 0 <= top < bottom):
        cure = "pages count from 1; sides are left,top,right,bottom in points from the upper left"
        raise InputError("is no rectangle of a page", where=where, cure=cure)
    ground = read_ground(mark.ground)
    if ground is None:
        cure = f"grounds: {', '.join(GROUNDS)}; of (b)(3) and order also which"
        raise InputError("has no ground that is one", where=where, cure=cure)
    people = [one for one in (mark.marked_by, mark.confirmed_by) if one]
    if not all(_PERSON.fullmatch(one) for one in people) or (mark.confirmed_by and not people[1:]):
        raise InputError("names nobody by an id", where=where, cure="use ids, as `a.reyes`")
    if len(people) != len(set(people)):
        cure = "another person has to confirm it"
        raise InputError("was made and confirmed by one person", where=where, cure=cure)
    if len(mark.why) > _MOST_WHY:
        raise InputError(f"says more than {_MOST_WHY} letters under `why`", where=where)
    return replace(mark, ground=ground)


def waiting_for(marks: Marks, by: str) -> set[int]:
    """Give the numbers of the marks that a person can answer for, from 1."""
    numbered = enumerate(marks.marks, start=1)
    return {at for at, one in numbered if not one.confirmed_by and one.marked_by != by}


def why_none(marks: Marks, by: str) -> tuple[str, str]:
    """Say why no mark waits for a person, and what is to be done."""
    own = sum(one.marked_by == by and not one.confirmed_by for one in marks.marks)
    if not marks.marks:
        return "has no marks", _CURE
    if not own:
        return "has no mark that waits: two people answer for each", "go on: `ostiary redact pdf`"
    many = "the 1 mark that waits was" if own == 1 else f"the {own} marks that wait were"
    cure = "have another person run `ostiary redact confirm`, with their own id as --by"
    return f"{many} made by the same person, and nobody confirms their own", cure


def answered_for(
    marks: Marks, by: str, numbers: Collection[int], dropped: Collection[int] = ()
) -> Marks:
    """Have a person answer for marks: a suggestion becomes theirs, another's mark is confirmed.

    Args:
        marks: the marks.
        by: who.
        numbers: which, from 1.
        dropped: those that go: a suggestion that is wrong, a mark that does not stand.

    Raises:
        InputError: there is no such mark, it is confirmed already, whether it is to be confirmed or
            dropped, or the person made it.
    """
    strange = [one for one in (*numbers, *dropped) if not 1 <= one <= len(marks.marks)]
    if strange:
        cure = f"marks are numbered from 1 to {len(marks.marks)}"
        raise InputError("there is no such mark", where=f"mark {strange[0]}", cure=cure)
    kept: list[Mark] = []
    for number, one in enumerate(marks.marks, start=1):
        if number in dropped:
            _check_may_go(one, f"mark {number}")
            continue
        mark = _taken(one, by, f"mark {number}") if number in numbers else one
        kept.append(mark)
    return replace(marks, marks=tuple(kept))


def _check_may_go(mark: Mark, where: str) -> None:
    """Refuse to let one person release what two withheld."""
    if mark.confirmed_by:
        cure = "begin a new file of marks without it, for two people to confirm"
        raise InputError("is confirmed, and one person cannot drop it", where=where, cure=cure)


def _taken(mark: Mark, by: str, where: str) -> Mark:
    if mark.confirmed_by:
        raise InputError("is confirmed already", where=where, cure="leave its number out")
    if mark.marked_by:
        return checked(replace(mark, confirmed_by=by), where)
    return checked(replace(mark, marked_by=by), where)


def check_complete(marks: Marks, body: bytes, pages: int, where: str) -> None:
    """Refuse marks on another PDF, beyond its pages, or that two people do not answer for.

    Raises:
        InputError: so they are.
    """
    if marks.document != digest(body):
        raise InputError("marks another PDF", where=where, cure="name the PDF that was marked")
    if not marks.marks:
        raise InputError("marks nothing", where=where, cure="there is nothing to redact")
    _check_each(marks.marks, pages, where)


def check_looked(burned: Collection[int], looked: Collection[str]) -> None:
    """Refuse to burn pages in that two people have not looked at: no audit reads a picture.

    Args:
        burned: pages, from 1.
        looked: ids of those who looked at each of them, whole, beside its marks.

    Raises:
        InputError: fewer than two have, or one is no id.
    """
    if not all(_PERSON.fullmatch(one) for one in looked):
        raise InputError("names nobody by an id", where="--looked", cure="use ids, as `a.reyes`")
    if burned and len(set(looked)) < OFFICERS_NEEDED:
        cure = "two people look at the page beside its marks; name each with --looked"
        raise InputError(
            "shows a picture, which no audit reads", where=f"--burn-in {min(burned)}", cure=cure
        )


def _check_each(marks: Sequence[Mark], pages: int, where: str) -> None:
    for number, one in enumerate(marks, start=1):
        at = f"{where}, mark {number}"
        if not one.marked_by:
            cure = "have somebody take it, or drop it: `ostiary redact confirm`"
            raise InputError("is a suggestion that nobody has taken", where=at, cure=cure)
        if not one.confirmed_by:
            cure = "have another person confirm it: `ostiary redact confirm`"
            raise InputError("is confirmed by nobody", where=at, cure=cure)
        if one.page > pages:
            cure = f"the PDF has {pages} pages"
            raise InputError(f"is on page {one.page}", where=at, cure=cure)

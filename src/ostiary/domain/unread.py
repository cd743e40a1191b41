"""Files that nobody reads: in a folder that law rests on, each is refused by its name.

A register or an order under a wrong name, in other letter case, with another ending or a folder too
deep protects nobody, and nobody is told. So such a folder may hold what is read there, what an
operating system keeps for itself, and nothing else. What an editor left behind is refused as well:
it may be the version that somebody meant.
"""

import difflib
import re
from collections.abc import Iterable, Sequence

from ostiary.domain.errors import BookError

_OF_THE_SYSTEM = frozenset(
    {".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".gitattributes"}
)
_OPEN_ELSEWHERE = re.compile(r"~\$.*|\.~lock\..*#")  # what a spreadsheet keeps while a file is open
_MARKS = re.compile(r"^[.#~$]+|[~#]+$|^copy of |^backup of ", re.IGNORECASE)
_ADDED = re.compile(
    r"(?:\.(?:txt|bak|orig|old|save|tmp|swp|swo|part|download|rej|\d+)|[ ._-]*\(\d+\)"
    r"|[ ._-]+copy|[ ._-]+kopie)$",
    re.IGNORECASE,
)
README = "README.md"


def refuse_unread(
    folder: str, found: Iterable[str], *, names: Sequence[str] = (), ending: str, what: str
) -> None:
    """Refuse a folder that holds a file which nobody reads there.

    Args:
        folder: the folder, for the message.
        found: every file below it, as a path with ``/`` from there.
        names: what may stand there; any name with the ending when there are none.
        ending: the ending of what is read, such as ``.csv``.
        what: what is read there, such as ``a register``.

    Raises:
        BookError: naming the first such file and the name it should have.
    """
    here = sorted(found)
    for one in here:
        if not _is_read(one, names, ending):
            raise BookError(
                f"this file is not read as {what}",
                where=f"{folder}/{one}",
                cure=_cure(one, here, names, ending),
            )


def _is_read(path: str, names: Sequence[str], ending: str) -> bool:
    if path.lower() in _OF_THE_SYSTEM or _OPEN_ELSEWHERE.fullmatch(path) or path == README:
        return True
    if names:
        return path in names
    return "/" not in path and path.endswith(ending) and not path.startswith(".")


def _cure(path: str, here: Sequence[str], names: Sequence[str], ending: str) -> str:
    proper = proper_name(path, names, ending)
    if proper is None:
        return f"take it away; what may stand there: {', '.join(names)}"
    if proper in here:
        return f"take it away: `{proper}` stands beside it and is what is read"
    moved = " and put it into the folder itself" if "/" in path else ""
    return f"name it `{proper}`{moved}, or take it away"


def proper_name(path: str, names: Sequence[str], ending: str) -> str | None:
    """Give the name under which a file would be read, as far as its own name tells.

    >>> proper_name("archive/Stay.MD.txt", (), ".md")
    'Stay.md'
    >>> proper_name("safeguard.CSV~", ("agencies.csv", "safeguards.csv"), ".csv")
    'safeguards.csv'
    """
    base = _bare(path.rsplit("/", 1)[-1])
    stem = base[: -len(ending)] if base.lower().endswith(ending) else base
    if not names:
        return f"{_bare(stem.rsplit('.', 1)[0] if '.' in stem else stem)}{ending}"
    wanted = f"{_bare(stem).lower()}{ending}"
    firsts = (wanted, f"{wanted.split('.', 1)[0]}{ending}")
    for one in firsts:
        if one in names:
            return one
    near = difflib.get_close_matches(wanted, names, n=1)
    return near[0] if near else None


def _bare(name: str) -> str:
    """Take off what editors, browsers and people put before and behind a name."""
    while (shorter := _ADDED.sub("", _MARKS.sub("", name))) != name and shorter:
        name = shorter
    return name

"""Names that are known to be names: those of the 1990 census lists, and those the file knows.

Two known names that differ in one letter (``MARIAN``, ``MARION``) are two names, not a slip of the
pen. The census lists come with the ``names`` package; they stand in for a small reference file
that has not seen many people. A large one speaks for itself: a name that at least
:data:`KNOWN_FROM` of its people carry is known.
"""

from functools import cache
from pathlib import Path

import names
import pyarrow as pa

KNOWN_FROM = 5

_LISTS = {"given": ("first:male", "first:female"), "surname": ("last",)}


@cache
def census_names() -> pa.Table:
    """Give the census names as a table: ``kind`` (``given`` or ``surname``) and ``name``."""
    listed = [(kind, name) for kind in _LISTS for name in sorted(_names_of(kind))]
    kinds, found = zip(*listed, strict=True)
    return pa.table({"kind": pa.array(kinds), "name": pa.array(found)})


@cache
def census_sexes() -> pa.Table:
    """Give who bears a given name more often, as a table: ``name`` and ``sex`` (``M`` or ``F``)."""
    shares = {sex: dict(_shares(kind)) for sex, kind in zip("MF", _LISTS["given"], strict=True)}
    found = sorted({*shares["M"], *shares["F"]})
    sexes = ["M" if shares["M"].get(n, 0.0) > shares["F"].get(n, 0.0) else "F" for n in found]
    return pa.table({"name": pa.array(found), "sex": pa.array(sexes)})


def _shares(kind: str) -> list[tuple[str, float]]:
    lines = Path(names.FILES[kind]).read_text(encoding="ascii").splitlines()
    return [(line.split()[0], float(line.split()[1])) for line in lines]


def _names_of(kind: str) -> set[str]:
    texts = (Path(names.FILES[each]).read_text(encoding="ascii") for each in _LISTS[kind])
    return {line.split()[0] for text in texts for line in text.splitlines()}

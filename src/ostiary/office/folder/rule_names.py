"""What the rules of each law that an office has adopted are called, by the places of their bits.

A request keeps which rules it did not meet as bits (a mask), and which book they are bits of. A
book that was changed since, or an order that came, has other places. So the names of each law are
kept beside the office's orders from its adoption on: ids of rules alone, which are public. They
name figures and decide nothing.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

from ostiary.deciding.law.book import Book
from ostiary.disk.durable import put_durably

RULE_NAMES = "rule-names"
"""Folder of an office with one list of ids for each law."""

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


def keep_rule_names(office: Path, book: Book) -> None:
    """Keep the ids of a book's rules, in the order of their bits, unless they are kept.

    Args:
        office: the office's folder.
        book: the rules that decide, an office's own orders behind them.
    """
    path = _path(office, book.digest)
    if path is not None and not path.is_file():
        path.parent.mkdir(exist_ok=True)
        put_durably(path, json.dumps([rule.id for _, rule in book.rules], indent=1).encode())


def rule_names(office: Path, digest: str) -> tuple[str, ...]:
    """Give the ids of the rules of a law, lowest bit first; none where they were not kept.

    Args:
        office: the office's folder.
        digest: what names the law: :attr:`.Book.digest`.
    """
    path = _path(office, digest)
    return _read(path) if path is not None and path.is_file() else ()


@lru_cache(maxsize=32)  # a law's names do not change
def _read(path: Path) -> tuple[str, ...]:
    return tuple(json.loads(path.read_bytes()))


def _path(office: Path, digest: str) -> Path | None:
    """Name a law's file; whatever else may stand in a case store is no path."""
    named = _DIGEST.fullmatch(digest)
    return office / RULE_NAMES / f"{named[1]}.json" if named else None

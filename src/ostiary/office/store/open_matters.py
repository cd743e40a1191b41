"""How many matters with an open request each recipient carries: counted once, then what is new.

A request is open when it was accepted, has no answer, and was not returned at review. Every file
asks for this count; over a hundred thousand open requests the database would read all of them each
time. So a process remembers who is named in which open request, and asks for what was stored since.
Several people may be asked about in one matter; a request that names no matter is one of its own,
called what no trimmed text can be.
"""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from sys import intern
from typing import Any

from ostiary.office.store.chunks import chunks
from ostiary.office.store.unfinished import is_not_lacking, is_unanswered

Ask = Callable[..., list[tuple[Any, ...]]]
_AT_ONCE = 500

_NEWEST = """
SELECT (SELECT coalesce(max(id), 0) FROM disposal),
       (SELECT coalesce(max(entry_index), -1) FROM answer),
       (SELECT coalesce(max(id), 0) FROM reason_determination),
       (SELECT coalesce(max(id), 0) FROM request)
"""
_TOUCHED = """
SELECT request FROM answer WHERE entry_index > %s
UNION SELECT request FROM reason_determination WHERE id > %s AND NOT specific
"""
_OPEN = f"status = 'accepted' AND {is_unanswered('request')} AND {is_not_lacking('request')}"


class OpenMatters:
    """The open requests of one case store by recipient. Several threads may ask at once.

    Args:
        ask: asks the case store in SQL.
        recipients: SQL that takes the recipients out of a request as it is kept.
        matter: SQL that takes the number of its matter out of it.
    """

    def __init__(self, ask: Ask, recipients: str, matter: str) -> None:
        self._ask = ask
        self._named = (
            f"SELECT id, {recipients}, {matter} FROM request WHERE {_OPEN} AND id > %s ORDER BY id"
        )
        self._lock = threading.Lock()
        self._marks: tuple[int, ...] = ()
        self._read_to = 0
        self._open: dict[int, tuple[str, str]] = {}  # recipients and matter, by request
        self._carried: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def beside(self, named: Mapping[str, Collection[str]]) -> dict[str, int]:
        """Count, for some officers, the matters with an open request beside those that are given.

        Args:
            named: the numbers of matters that a file names, by recipient.

        Returns:
            What is more than nothing, by officer.
        """
        with self._lock:
            self._read_on()
            carried = {one: self._carried[one] for one in named if one in self._carried}
            counts = {one: len(open_) for one, open_ in carried.items()}
            for one, matters in named.items():
                if one in carried:
                    counts[one] -= sum(1 for matter in set(matters) if matter in carried[one])
        return {one: count for one, count in counts.items() if count}

    def carrying(self) -> frozenset[str]:
        """Name the officers who carry any."""
        with self._lock:
            self._read_on()
            return frozenset(officer for officer, matters in self._carried.items() if matters)

    def _read_on(self) -> None:
        """Read what was stored since: first the marks, then the rows, so that none is missed."""
        marks = tuple(int(newest) for newest in self._ask(_NEWEST)[0])
        if marks == self._marks:
            return
        if marks[:1] != self._marks[:1]:  # the first look, or recipients have been destroyed
            self._read_to = 0
            self._open.clear()
            self._carried.clear()
        else:
            self._drop([int(number) for (number,) in self._ask(_TOUCHED, *self._marks[1:3])])
        for number, recipients, matter in self._ask(self._named, self._read_to):
            named, of = intern(recipients or ""), intern(matter or f"\n{number}")
            self._open[number] = named, of
            for officer in officers_in(named):
                self._carried[officer][of] += 1
            self._read_to = number
        self._read_to = max(self._read_to, marks[3])
        self._marks = marks

    def _drop(self, numbers: Collection[int]) -> None:
        """Drop those of some requests that are over."""
        for chunk in chunks(numbers, _AT_ONCE):
            listed = ", ".join(map(str, chunk))
            still = self._ask(f"SELECT id FROM request WHERE {_OPEN} AND id IN ({listed})")
            for number in set(chunk) - {one for (one,) in still}:
                recipients, matter = self._open.pop(number, ("", ""))
                for carried in map(self._carried.__getitem__, officers_in(recipients)):
                    carried[matter] -= 1
                    if not carried[matter]:
                        del carried[matter]


def officers_in(recipients: str) -> set[str]:
    """Read the recipients of a payload: a JSON list, or ids with ``;`` between, each once."""
    names = json.loads(recipients) if recipients.startswith("[") else recipients.split(";")
    return {name.strip() for name in names} - {""}

"""What the log has told of which only the last counts: the law, who was let in, what was destroyed.

The case store holds rows of all this, and whoever may edit its database may put rows of yesterday
back, or take today's away: each was right once, and its entry bears it out. That it is not the last
one is told by the log alone. So a program reads along what was entered, and holds the rows to it:

1. The law adopted last is that of the last `law.adopted`; with it, the keys that count.
2. Since when book and orders are what they are is asked of the log, not of the rows.
3. So many requests are closed as the log has had destroyed.
4. Whom `staff.changed` or `requester.changed` ended is let in by nothing that was made before.
5. Links, passkeys and bindings count while they stand in the log (:mod:`.door_marks`).
6. Rows that no entry names (what asking is counted by) are never fewer than they were.

What was read is kept in a file of the office, under a MAC of the office's secret, so that a program
begins where the last one ended. A file that is gone or old costs time alone, but for (6).
"""

import hmac
import json
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

from ostiary.domain.errors import FaultError
from ostiary.office.folder.door_marks import DOOR_TYPES, DoorReader, Doors
from ostiary.office.store import LawRecord
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.vocabulary import CLOCK_CAUSES

FILE = ".log-marks"
_OF_SOMEBODY = ("staff.changed", "requester.changed")
_OF_ACCESS = (*_OF_SOMEBODY, "clock.corrected")
MARKED = ("law.adopted", "openings.disposed", *_OF_ACCESS, *DOOR_TYPES)
"""Types of entries that are read along."""
_ENDED = "ended"
_ENDING = 20  # of its last letters tell an entry's type, where no field sorts behind it
_ENDS = frozenset(
    end[-_ENDING:]
    for end in (
        *(f'"type":"{one}","v":1}}' for one in MARKED),
        *(f'"v":1,"why":"{cause}"}}' for cause in CLOCK_CAUSES),
    )
)
_KEYED = b"ostiary log marks v2\n"
_LAW = ("book", "orders", "registers", "derivations")
_PRIVATE = 0o600
_CURE = "find out who changed it and why, and restore it from the office's backup"
Law = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Access:
    """What the log says of somebody who was ended: the last act, and when that was last."""

    act: str
    ended: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What was told by the first ``size`` entries.

    Attributes:
        size: so many entries have been read.
        law: index and digests (book, orders, registers, derivations) of the law adopted last.
        rules_since: the entry since which book and orders are what they are; -1 before any law.
        destroyed: so many requests were destroyed.
        access: of everybody who was ever ended, by :func:`staff_key` or :func:`requester_key`.
        doors: by what people come in.
        rows: by table, the highest number that a row had when this was kept.
    """

    size: int = 0
    law: Law | None = None
    rules_since: int = -1
    destroyed: int = 0
    access: Mapping[str, Access] = field(default_factory=dict)
    doors: Doors = field(default_factory=Doors)
    rows: Mapping[str, int] = field(default_factory=dict)

    def after(self, index: int, entry: Entry) -> "Marks":
        """Give the marks when one more entry has been read, but for access and doors."""
        told = entry.fields
        if entry.type == "law.adopted":
            law = (index, *(str(told[one]) for one in _LAW))
            is_same = self.law is not None and self.law[1:3] == law[1:3]
            since = self.rules_since if is_same else index
            return replace(self, law=cast("Law", law), rules_since=since)
        if entry.type == "openings.disposed":
            return replace(self, destroyed=self.destroyed + int(str(told["requests"])))
        return self


def _note(access: dict[str, Access], entry: Entry) -> None:
    """Note who was ended, and what became of them since; of anybody else nothing is asked."""
    if entry.type == "clock.corrected":  # nobody was ended later than the time that is right
        right = str(entry.fields["right"])
        access.update({who: replace(x, ended=min(x.ended, right)) for who, x in access.items()})
        return
    who, act = _who(entry), str(entry.fields["act"])
    if act == _ENDED:
        access[who] = Access(act, entry.at)
    elif who in access:
        access[who] = replace(access[who], act=act)


def staff_key(role: str, name: str) -> str:
    """Name one of the custodian's own people."""
    return f"{role}/{name}"


def requester_key(agency: str, committed: str) -> str:
    """Name an agency's officer by the commitment to their id."""
    return f"{agency}/{committed}"


def _who(entry: Entry) -> str:
    told, is_own = entry.fields, entry.type == "staff.changed"
    key = staff_key if is_own else requester_key
    return key(str(told["role" if is_own else "agency"]), str(told["person"]))


class MarksKeeper:
    """The marks of one office, as far as this program has read. Threads may ask it together.

    Args:
        path: where they are kept between programs; nowhere when None.
        secret: the office's.
    """

    def __init__(self, path: Path | None = None, secret: bytes = b"") -> None:
        self._path = path
        self._key = hmac.digest(secret, _KEYED, "sha256")
        self._lock = threading.Lock()
        self._marks: Marks | None = None
        self._last: Marks | None = None  # what was kept last by this program

    def read(self, store: CaseStore) -> Marks:
        """Read what was committed since, and within a transaction what it has entered itself.

        Every page asks: who finds nothing new waits for nobody who reads on.
        """
        marks = self._marks
        if marks is not None and store.log_size() == marks.size:
            return marks
        with self._lock:
            marks = _read_on(self._marks or self._kept(), store)
            if not store.is_writing:
                self._marks = marks
            return marks

    def keep(self, store: CaseStore) -> None:
        """Keep what was read for the next program, while nobody else publishes.

        Raises:
            FaultError: rows are gone that were there when it was kept before.
        """
        now = self.read(store)
        if now is self._last:
            return  # nothing was entered since
        before, rows = self._kept(), store.highest_rows()
        for table, highest in before.rows.items():
            if rows.get(table, 0) < highest:
                raise FaultError(
                    f"rows of the table {table} that stood in the case store are gone: an earlier"
                    f" state of it was put back; {_CURE}"
                )
        self._last, marks = now, replace(now, rows=rows)
        if self._path is not None and marks != before:
            with suppress(OSError):  # a full disk, say: the next program reads on from before
                _replace(self._path, self._sealed(marks))

    def _kept(self) -> Marks:
        """Read the file; nothing where there is none that this office wrote."""
        try:
            content = self._path.read_bytes() if self._path else b""
        except OSError:
            return Marks()
        mac, _, text = content.partition(b"\n")
        if not hmac.compare_digest(mac, self._mac(text)):
            return Marks()
        said: dict[str, Any] = json.loads(text)
        said["law"] = tuple(said["law"]) if said["law"] else None
        said["doors"] = Doors(**said["doors"])
        said["access"] = {who: Access(**one) for who, one in said["access"].items()}
        return Marks(**said)

    def _sealed(self, marks: Marks) -> bytes:
        text = json.dumps(asdict(marks)).encode()  # canonical JSON takes 30 times as long
        return self._mac(text) + b"\n" + text

    def _mac(self, text: bytes) -> bytes:
        return hmac.digest(self._key, text, "sha256").hex().encode()


def _replace(path: Path, content: bytes) -> None:
    """Put the file in its place without waiting for the disk: torn or lost, it is read anew.

    One program does so at a time, the one that publishes.
    """
    beside = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE), "wb") as file:
        file.write(content)
    beside.replace(path)


def _read_on(marks: Marks, store: CaseStore) -> Marks:
    size = store.log_size()
    if size < marks.size:
        marks = Marks(rows=marks.rows)  # another log; who publishes is told
    if size == marks.size:
        return marks
    access = dict(marks.access)  # once: a copy for each entry would cost the square of them
    doors = DoorReader(marks.doors)
    for index, body in store.entries_ending(_ENDS, marks.size, size):
        entry = read_entry(body)
        marks = marks.after(index, entry)
        if entry.type in _OF_ACCESS:
            _note(access, entry)
        if entry.type in _OF_SOMEBODY:
            doors.note_change(index, _who(entry), str(entry["act"]))
        elif entry.type in DOOR_TYPES:
            doors.note_door(entry)
    return replace(marks, size=size, access=access, doors=doors.told())


_known: "WeakKeyDictionary[CaseStore, MarksKeeper]" = WeakKeyDictionary()
_guard = threading.Lock()


def attach_marks(store: CaseStore, path: Path, secret: bytes) -> None:
    """Say where the marks of an office's case store are kept."""
    with _guard:
        _known[store] = MarksKeeper(path, secret)


def marks_in(store: CaseStore) -> MarksKeeper:
    """Give the marks of an open case store."""
    with _guard:
        return _known.setdefault(store, MarksKeeper())


def last_law(store: CaseStore) -> LawRecord | None:
    """Give the law adopted last, or None when none has been.

    Raises:
        FaultError: it is not the last one that the log tells of.
    """
    found = store.law()
    told = marks_in(store).read(store).law
    while _told_by(found) != told:
        again = store.law()
        if again == found:
            break
        found = again  # it was adopted between the one reading and the other
        told = marks_in(store).read(store).law
    else:
        return found
    index = told[0] if told else (found.entry_index if found else 0)
    raise FaultError(
        f"entry {index}: the law that the case store says was adopted last, and the keys that the"
        f" case store says were seen in the registers, are not those of the log; {_CURE}"
    )


def _told_by(law: LawRecord | None) -> Law | None:
    if law is None:
        return None
    return law.entry_index, law.book, law.orders, law.registers, law.derivations

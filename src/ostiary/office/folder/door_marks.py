"""What the log has told of doors: links, passkeys and bindings by which somebody may come in.

The web office's tables hold them, and whoever may edit its database could lay one of their own
there, make a used link unused, or say of a passkey that it was compared. So each stands in the log
as a commitment over all that decides of its row, and a row counts only while its door stands:

1. `door.opened` opens one, for whom the change of access that it names is about.
2. `door.used` closes a link, and opens what was made by it, which waits to be compared.
3. Who ended has no door any more; who is bound anew has the new binding alone.

An office of an earlier version has let people in without doors. What its tables hold is entered
once, as it is found, and `doors.found` says that this is done: it is never done again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ostiary.verifying.log.entries import Entry

DOOR_TYPES = ("door.opened", "door.used", "doors.found")
"""Types of entries that are about doors alone."""
_LETS_IN = frozenset({"bound", "confirmed"})
_BOUND, _ENDED = "bound", "ended"


@dataclass(frozen=True, slots=True)
class Doors:
    """What was told of doors.

    Attributes:
        standing: whose door each link and passkey is, by its commitment.
        bound: the door of each person's binding, by person.
        doorless: so many were let in by entries that opened no door, of an earlier version.
        found: whether what stood in the tables has been entered as it was found.
    """

    standing: Mapping[str, str] = field(default_factory=dict)
    bound: Mapping[str, str] = field(default_factory=dict)
    doorless: int = 0
    found: bool = False

    def stands(self, who: str, door: str) -> bool:
        """Whether a door is one of this person's that counts."""
        return self.standing.get(door) == who or self.bound.get(who) == door

    @property
    def are_to_be_found(self) -> bool:
        """Whether an earlier version let people in, and nobody has entered yet by what."""
        return self.doorless > 0 and not self.found


class DoorReader:
    """Reads entries on, from what was told before. One thread at a time.

    An entry that opens a door follows the change that it names in one transaction, so that both
    are read in one go; a door of any other change is nobody's.
    """

    def __init__(self, before: Doors) -> None:
        self._standing = dict(before.standing)
        self._bound = dict(before.bound)
        self._doorless = before.doorless
        self._found = before.found
        self._changes: dict[int, tuple[str, str]] = {}

    def note_change(self, index: int, who: str, act: str) -> None:
        """Note that somebody's access changed."""
        self._changes = {index: (who, act)}
        self._doorless += act in _LETS_IN
        if act == _ENDED:
            self._standing = {door: one for door, one in self._standing.items() if one != who}
        if act in {_ENDED, _BOUND}:
            self._bound.pop(who, None)

    def note_door(self, entry: Entry) -> None:
        """Note one entry of :data:`DOOR_TYPES`."""
        if entry.type == "doors.found":
            self._found = True
        elif entry.type == "door.used":
            if who := self._standing.pop(str(entry["door"]), ""):
                self._standing[str(entry["made"])] = who
        elif change := self._changes.pop(int(entry["change"]), None):
            self._open(*change, str(entry["door"]))

    def told(self) -> Doors:
        """Give what has been told so far."""
        return Doors(self._standing, self._bound, self._doorless, self._found)

    def _open(self, who: str, act: str, door: str) -> None:
        self._doorless -= act in _LETS_IN
        if act == _BOUND:
            self._bound[who] = door
        else:
            self._standing[door] = who

"""What an order concerns, counted from the log's entries: requests, stops, answers, recalls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.faults import EntryError

_STEPS = ("release.stopped", "answer.released", "answer.recalled")
_READ = tuple(f'"{name}"'.encode() for name in ("request.decided", "compliance.recorded", *_STEPS))


@dataclass(frozen=True, slots=True)
class Concerned:
    """What the entries say of an order.

    Attributes:
        requests: entry number and entry of each request that it concerns, in order.
        stopped: entry number and request of each answer that was stopped at its release.
        answers: entry number and entry of each answer that left.
        recalled: entry number and request of each answer that was called back.
        recorded: the last digest of a statement on this order that the log took in.
    """

    requests: tuple[tuple[int, Entry], ...]
    stopped: tuple[tuple[int, int], ...]
    answers: tuple[tuple[int, Entry], ...]
    recalled: tuple[tuple[int, int], ...]
    recorded: str

    def figures(self) -> dict[str, int]:
        """Count them; requests by status too."""
        counts = {"requests": len(self.requests)}
        for _, entry in self.requests:
            name = f"requests {entry['status']}"
            counts[name] = counts.get(name, 0) + 1
        counts["answers stopped at release"] = len(self.stopped)
        counts["answers that left"] = len(self.answers)
        counts["answers called back"] = len(self.recalled)
        return counts


def concerned(
    statement: Mapping[str, Any], first: int, bodies: Sequence[bytes], earlier: Mapping[int, bytes]
) -> Concerned:
    """Find what an order concerns among the entries since it.

    Args:
        statement: the office's; its scope and what it holds covered.
        first: number of the first entry.
        bodies: the entries from there on.
        earlier: entries from before that later ones are about, by number.

    Raises:
        EntryError: an entry is none, or what a step is about is not there.
    """
    tally = _Tally(statement)
    for number, body in sorted(earlier.items()):
        tally.know(number, read_entry(body))
    for number, body in enumerate(bodies, start=first):
        if any(name in body for name in _READ):
            tally.take(number, read_entry(body))
    return Concerned(
        tuple(tally.requests),
        tuple(tally.stopped),
        tuple(tally.answers),
        tuple(tally.recalled),
        tally.recorded,
    )


class _Tally:
    """Sorts entries, in order, by whether an order concerns them."""

    def __init__(self, statement: Mapping[str, Any]) -> None:
        self._scope, self._order = statement["scope"], statement["order"]
        self._covered = set(statement["covered"])
        self._known: dict[int, bool] = {}
        self.requests: list[tuple[int, Entry]] = []
        self.stopped: list[tuple[int, int]] = []
        self.answers: list[tuple[int, Entry]] = []
        self.recalled: list[tuple[int, int]] = []
        self.recorded = ""

    def know(self, number: int, entry: Entry) -> bool:
        """Note whether the order concerns a request."""
        named = entry.type == "request.decided" and entry["agency"] in self._scope["agencies"]
        provisions = self._scope["provisions"]
        visible = named and (not provisions or entry["provision"] in provisions)
        self._known[number] = visible or number in self._covered
        return self._known[number]

    def take(self, number: int, entry: Entry) -> None:
        """Take an entry in.

        Raises:
            EntryError: it is a step on a request that was not seen.
        """
        if entry.type == "request.decided":
            if self.know(number, entry) and self._stood(entry):
                self.requests.append((number, entry))
        elif entry.type == "compliance.recorded":
            if entry["order"] == self._order["id"]:
                self.recorded = entry["statement"]
        elif entry.type in _STEPS:
            self._step(number, entry)

    def _step(self, number: int, entry: Entry) -> None:
        about = entry["of"]
        if about not in self._known:
            raise EntryError(f"entry {number} is about entry {about}, which is not here")
        if not self._known[about] or not self._stood(entry):
            return
        match entry.type:
            case "release.stopped":
                self.stopped.append((number, about))
            case "answer.released":
                self.answers.append((number, entry))
            case _:
                self.recalled.append((number, about))

    def _stood(self, entry: Entry) -> bool:
        """Whether the order stood on a step's legal day; a recall has none but the clock's."""
        day = entry.fields.get("received") or entry.fields.get("on") or entry.at[:10]
        until = self._order["until"]
        return bool(self._order["from"] <= day and (not until or day <= until))

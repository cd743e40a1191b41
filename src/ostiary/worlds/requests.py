"""A request file and its truth, from subjects that stretch after stretch has played."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import InputError
from ostiary.worlds.cast import Cast
from ostiary.worlds.csv_files import write_csv
from ostiary.worlds.desks import Staff, name_recipients
from ostiary.worlds.kinds import REPEATED, Kind, allotted
from ostiary.worlds.matters import Docket
from ostiary.worlds.placeholders import SPOILERS
from ostiary.worlds.population import person_text
from ostiary.worlds.real_dress.dressing import DRESSED, NOBODY, Dressed
from ostiary.worlds.subjects import SUBJECTS
from ostiary.worlds.texts import Codes, Text, joined, number_text, pick, words

_SLICE = 50_000


@dataclass
class Subjects:
    """Collects the people that requests are about while the stretches of a file pass by.

    Attributes:
        kinds: the catalogue of the scenario.
        counts: rows of each kind.
    """

    kinds: tuple[Kind, ...]
    requests: int
    counts: list[int] = field(init=False)
    _tables: list[pa.Table] = field(default_factory=list)
    _asked: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = allotted(self.kinds, self.requests)
        self._asked = [0] * len(self.kinds)

    def play(self, cast: Cast, passed: float) -> None:
        """Have a stretch play its part.

        Args:
            cast: the stretch.
            passed: share of the people that have passed by, this stretch included.

        Raises:
            InputError: nobody in the stretch can play a kind that is due.
        """
        due = [
            round(count * passed) - had for count, had in zip(self.counts, self._asked, strict=True)
        ]
        self._asked = [had + more for had, more in zip(self._asked, due, strict=True)]
        for subject in dict.fromkeys(kind.subject for kind in self.kinds):
            if subject in DRESSED:  # they bring people of their own, see `join`
                continue
            parts = [n for n, kind in enumerate(self.kinds) if kind.subject == subject and due[n]]
            if parts:
                self._tables += self._played(cast, subject, [(n, due[n]) for n in parts])

    def dressed(self) -> dict[str, int]:
        """Count the rows of each kind whose people are made with the request."""
        counts = zip(self.kinds, self.counts, strict=True)
        return {kind.subject: count for kind, count in counts if kind.subject in DRESSED}

    def join(self, dressed: Dressed, first: int) -> None:
        """Take in requests whose people are numbered from ``first`` on."""
        numbers = {kind.subject: number for number, kind in enumerate(self.kinds)}
        for subject, (meant, columns) in dressed.asked.items():
            person = np.where(meant == NOBODY, NOBODY, meant + first)
            kind = np.full(len(person), numbers[subject])
            own = {"kind": pa.array(kind), "person": pa.array(person)}
            self._tables.append(pa.table(own | columns))

    def _played(self, cast: Cast, subject: str, parts: list[tuple[int, int]]) -> Iterator[pa.Table]:
        total = sum(count for _, count in parts)
        try:
            person, columns = SUBJECTS[subject](cast, total)
        except LookupError:
            raise InputError(
                f"too few people for requests of the kind {self.kinds[parts[0][0]].name}",
                where="--people",
                cure="make more people",
            ) from None
        start = 0
        for number, count in parts:
            part = {name: text.slice(start, count) for name, text in columns.items()}
            spoil = SPOILERS.get(self.kinds[number].name)
            part = spoil(cast.rng, part) if spoil else part
            own = {
                "kind": pa.array(np.full(count, number)),
                "person": pa.array(person[start : start + count]),
            }
            yield pa.table(own | part)
            start += count

    def shuffled(self, rng: np.random.Generator) -> pa.Table:
        """Give all subjects in the order of the file.

        A row that repeats an id comes after the row that had it first.
        """
        table = pa.concat_tables(self._tables).combine_chunks()
        self._tables = []
        order = rng.permutation(len(table))
        kinds = table["kind"].to_numpy()[order]
        later, first = self._repeats(kinds)
        wrong = later < first
        order[later[wrong]], order[first[wrong]] = order[first[wrong]], order[later[wrong]]
        return table.take(pa.array(order))

    def ids(self, kinds: Codes, agency: str) -> Text:
        """Write the request ids, those that repeat an earlier one included."""
        numbers = np.arange(len(kinds))
        later, first = self._repeats(kinds)
        numbers[later] = first
        return joined(f"{agency}-", number_text(numbers + 1, 7))

    def _repeats(self, kinds: Codes) -> tuple[Codes, Codes]:
        """Pair each row that repeats an id with a row of the first kind, in order."""
        names = [kind.name for kind in self.kinds]
        if REPEATED not in names:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        later = np.flatnonzero(kinds == names.index(REPEATED))
        first = np.flatnonzero(kinds == 0)[: len(later)]
        return later[: len(first)], first


def write_requests(
    folder: Path,
    subjects: Subjects,
    docket: Docket,
    seed: int,
    on_slice: Callable[[int], None],
) -> list[Staff]:
    """Write ``requests.csv`` and ``truth.parquet``.

    Returns:
        The officers whom the requests name and the registers must hold.
    """
    table = subjects.shuffled(np.random.default_rng([seed, 3]))
    kinds = table["kind"].to_numpy()
    number = {kind.name: place for place, kind in enumerate(subjects.kinds)}
    ids = subjects.ids(kinds, f"ICE-{docket.received.year}")
    recipients, staff = name_recipients(kinds, number, docket.conduct.staffing)
    _write_truth(folder / "truth.parquet", subjects.kinds, ids, table)

    def slices() -> Iterator[pa.Table]:
        for first in range(0, len(table), _SLICE):
            part = table.slice(first, _SLICE)
            rng = np.random.default_rng([seed, 4, first])
            columns: dict[str, Any] = {
                "request_id": ids.slice(first, _SLICE),
                "recipients": recipients.slice(first, _SLICE),
                **{name: part[name] for name in part.column_names},
                **docket.columns(
                    rng, first, kinds[first : first + _SLICE], part["year"].to_numpy()
                ),
            }
            yield pa.table(columns)
            on_slice(min(first + _SLICE, len(table)))

    written = [column.name for column in REQUEST if column.required]  # (i)(2) needs no others
    write_csv(folder / "requests.csv", written, slices())
    return staff


FIRST_CASES, FIRST_CASES_FILE = 20, "confirmed.txt"
"""How many requests that end confirmed are named for whoever tries a first case, and where."""


def _write_truth(path: Path, kinds: tuple[Kind, ...], ids: Text, table: pa.Table) -> None:
    """Write what is true of each request; a repeated id is true of its first row alone."""
    codes = table["kind"].to_numpy()
    lawful = np.array([kind.lawful for kind in kinds])
    truth = pa.table(
        {
            "request_id": ids,
            "kind": pick(words([kind.name for kind in kinds]), codes),
            "person_id": person_text(table["person"].to_numpy()),
            "lawful": pa.array(lawful[codes]),
            "expected_status": pick(words([kind.status for kind in kinds]), codes),
            "expected_outcome": pick(words([kind.outcome for kind in kinds]), codes),
        }
    )
    once = np.array([kind.name != REPEATED for kind in kinds])[codes]
    known = truth.filter(pa.array(once))
    pq.write_table(known, path, compression="zstd")
    good = known.filter(pc.and_(known["lawful"], pc.equal(known["expected_outcome"], "confirmed")))
    first = good["request_id"].slice(0, FIRST_CASES).to_pylist()
    text = "".join(f"{one}\n" for one in first)
    (path.parent / FIRST_CASES_FILE).write_text(text, encoding="utf-8")

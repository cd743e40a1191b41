"""What an office has stated of each year to the public, and how it was corrected, for an oath.

Whoever swears to a figure has to say how it was counted and whether it was ever stated otherwise.
The sums of each annual report stand in the log, and one that came out otherwise is added behind the
earlier: nothing is overwritten. So the history is all of them, in the order of the log.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from ostiary.domain.errors import FaultError
from ostiary.office.store import FiguresRecord
from ostiary.office.store.cases import CaseStore
from ostiary.verifying.log.entries import read_entry

METHOD = {
    "requests": "requests of the agency that were decided, by the year of receipt; counted from the"
    " entries of the log before this one, and again by `ostiary accounting verify`",
    "answers": "sealed answers released to the agency, by the year of release; counted from the"
    " entries of the log before this one, and again by `ostiary accounting verify`",
    "disclosures": "answers of these that disclosed return information; the entries commit to it,"
    " and each commitment was opened and compared before it was counted",
    "taxpayers": "people about whom something was disclosed to the agency, each once; opened and"
    " compared like the disclosures",
}
"""How each figure is counted, in the words of docs/how-to/check-the-log.md."""


@dataclass(frozen=True, slots=True)
class StatedFigures(FiguresRecord):
    """The figures of one agency and year as one entry of the log states them; see :data:`METHOD`.

    Attributes:
        corrects: the number of the entry that stated them before; None for the first.
        corrected_by: the number of the entry that states them otherwise; None where they stand.
    """

    corrects: int | None = None
    corrected_by: int | None = None


def stated_figures(store: CaseStore) -> tuple[StatedFigures, ...]:
    """Give all that was ever stated, by year and agency, the earliest first.

    Raises:
        FaultError: the case store says otherwise than the entry.
    """
    found = sorted(_stated(store), key=lambda one: (one.year, one.agency, one.entry_index))
    return tuple(_linked(found))


def _linked(found: list[StatedFigures]) -> Iterator[StatedFigures]:
    """Say of each which it corrects and which corrects it: its neighbours, if of the same."""
    for number, one in enumerate(found):
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        yield replace(
            one,
            corrects=before.entry_index if before and _same(before, one) else None,
            corrected_by=after.entry_index if after and _same(after, one) else None,
        )


def _same(one: StatedFigures, other: StatedFigures) -> bool:
    return (one.year, one.agency) == (other.year, other.agency)


def _stated(store: CaseStore) -> Iterator[StatedFigures]:
    for row in store.figures():
        said = read_entry(store.entry(row.entry_index).body)
        sums = {name: getattr(row, name) for name in ("agency", "year", *METHOD)}
        if said.type != "figures.reported" or sums != {n: said.fields[n] for n in sums}:
            raise FaultError(
                f"the case store has figures of {row.year} that entry {row.entry_index} does not"
                " say; `ostiary accounting openings` compares the store with the log"
            )
        yield StatedFigures(**asdict(row))

"""The facts of a file of few requests, in Python: to plan the queries would cost more than they do.

The same formulas and registers as :func:`.intake.facts.derive_facts`, and what spans the
requests of the file counted as it is there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, cast

from ostiary.deciding.intake.facts_of_one import Company, RegistersOnADay
from ostiary.deciding.standardisation import StandardAddress, StandardName
from ostiary.domain.columns import REQUEST
from ostiary.domain.facts import Value
from ostiary.domain.request import Request

_NAME = tuple(StandardName.__dataclass_fields__)
_ADDRESS = tuple(StandardAddress.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class FiledRequest:
    """A request as one of a file.

    Attributes:
        row: its row in the file, from 1.
        request: what it says.
        name: its name in standard form.
        address: its address in standard form.
        reason_digest: keyed digest of its reason; None where it gives none.
    """

    row: int
    request: Request
    name: StandardName
    address: StandardAddress
    reason_digest: str | None

    @classmethod
    def of_table(cls, row: Mapping[str, Any]) -> Self:
        """Take one out of a row of :data:`.intake.tables.REQUESTS`, by the names of its columns."""
        return cls(
            row=row["row"],
            request=cast("Request", {column.name: row[column.name] for column in REQUEST}),
            name=StandardName(*(row[column] for column in _NAME)),
            address=StandardAddress(*(row[column] for column in _ADDRESS)),
            reason_digest=row["reason_digest"],
        )


@dataclass(frozen=True, slots=True)
class History:
    """What an office remembers; nothing by default.

    Attributes:
        officers: open matters by officer.
        reasons: by digest of a reason, for how many people it was given.
    """

    officers: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)


def facts_of_few(
    requests: Sequence[FiledRequest], registers: RegistersOnADay, history: History
) -> list[dict[str, Value]]:
    """Derive the facts of the requests of one file, in their order."""
    return [
        registers.facts(one.request, one.name, one.address, company)
        for one, company in zip(requests, companies(requests, history), strict=True)
    ]


def companies(requests: Sequence[FiledRequest], history: History) -> Iterator[Company]:
    """Count what spans the requests of a file, for each of them."""
    people = Counter(one.request["matter_number"] for one in requests)
    given: defaultdict[str, list[str]] = defaultdict(list)
    carried: defaultdict[str, set[str]] = defaultdict(set)
    for one in requests:
        if one.reason_digest is not None:
            given[one.reason_digest].append(_matter(one))
        for officer in one.request["recipients"] or ():
            carried[officer].add(_matter(one))
    for one in requests:
        reason, matter = one.reason_digest, one.request["matter_number"]
        others, before = [""], 0
        if reason is not None:
            others, before = given[reason], history.reasons.get(reason, 0)
        yield Company(
            file_rows=len(requests),
            others=len(others) - 1 + before,
            matters=len(set(others)) - 1,
            people=1 if matter is None else people[matter],
            open_matters=_fullest(one.request["recipients"] or (), carried, history.officers),
        )


def matters_named(requests: Iterable[FiledRequest]) -> dict[str, set[str]]:
    """Give the numbers of matters that requests name, by recipient."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for one in requests:
        stated = one.request["matter_number"]
        for officer in one.request["recipients"] or ():
            named[officer].update(() if stated is None else (stated,))
    return named


def _matter(one: FiledRequest) -> str:
    """Name the matter of a request: one that states none is a matter of its own.

    That is called what no text of a file can be: trimmed texts begin with no line break.
    """
    stated = one.request["matter_number"]
    return f"\n{one.row}" if stated is None else stated


def _fullest(
    officers: Iterable[str], carried: Mapping[str, set[str]], before: Mapping[str, int]
) -> int:
    return max((len(carried[one]) + before.get(one, 0) for one in officers), default=0)

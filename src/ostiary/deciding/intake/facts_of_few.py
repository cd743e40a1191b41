"""The facts of a file of few requests, in Python: to plan the queries would cost more than they do.

The same formulas and registers as :func:`.intake.facts.derive_facts`, and what spans the
requests of the file counted as it is there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ostiary.deciding.intake.facts_of_one import Company, RegistersOnADay
from ostiary.deciding.standardisation import StandardAddress, StandardName
from ostiary.domain.facts import Value

Request = Mapping[str, Any]
"""A request with its ``row``, typed and in standard form, with ``reason_digest``."""

_NAME = tuple(StandardName.__dataclass_fields__)
_ADDRESS = tuple(StandardAddress.__dataclass_fields__)


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
    requests: Sequence[Request], registers: RegistersOnADay, history: History
) -> list[dict[str, Value]]:
    """Derive the facts of the requests of one file, in their order."""
    return [
        registers.facts(request, name_of(request), address_of(request), company)
        for request, company in zip(requests, companies(requests, history), strict=True)
    ]


def name_of(request: Request) -> StandardName:
    """Give the name of a request in standard form."""
    return StandardName(*(request[column] for column in _NAME))


def address_of(request: Request) -> StandardAddress:
    """Give the address of a request in standard form."""
    return StandardAddress(*(request[column] for column in _ADDRESS))


def companies(requests: Sequence[Request], history: History) -> Iterator[Company]:
    """Count what spans the requests of a file, for each of them."""
    people = Counter(request["matter_number"] for request in requests)
    given: defaultdict[str, list[str]] = defaultdict(list)
    carried: defaultdict[str, set[str]] = defaultdict(set)
    for request in requests:
        if request["reason_digest"] is not None:
            given[request["reason_digest"]].append(_matter(request))
        for officer in request["recipients"] or ():
            carried[officer].add(_matter(request))
    for request in requests:
        reason, matter = request["reason_digest"], request["matter_number"]
        others = given.get(reason, [""])
        yield Company(
            file_rows=len(requests),
            others=len(others) - 1 + history.reasons.get(reason, 0),
            matters=len(set(others)) - 1,
            people=1 if matter is None else people[matter],
            open_matters=_fullest(request["recipients"] or (), carried, history.officers),
        )


def _matter(request: Request) -> str:
    """Name the matter of a request: one that states none is a matter of its own."""
    stated = request["matter_number"]
    return f"row {request['row']}" if stated is None else str(stated)


def _fullest(
    officers: Iterable[str], carried: Mapping[str, set[str]], before: Mapping[str, int]
) -> int:
    return max((len(carried[one]) + before.get(one, 0) for one in officers), default=0)

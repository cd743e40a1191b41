"""The years of one confirmation, in Python: to plan the statement takes longer than to read it.

The same as :mod:`ostiary.deciding.matching.periods` says of a table of confirmations; a test holds
the two together. What is on file of items beyond a confirmation is looked up there alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from ostiary.deciding.matching.items_on_file import CONFIRMATION, Answers
from ostiary.deciding.reference.layout import EPOCH, SOURCES
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.domain.request import Request


def basis_of_one(
    request: Request, rules: Mapping[str, str], records: Sequence[int], opened: ReferenceReader
) -> str:
    """Say what one confirmation rests on; empty where no record of an allowed year bears it.

    Args:
        request: what was asked.
        rules: which years may confirm, as :func:`.matching.periods.heed_periods` takes them.
        records: the records that bear it, as :class:`.matching.single.VerifiedOne` names them.
        opened: the reference that was compared with.
    """
    sources: defaultdict[int, set[str]] = defaultdict(set)
    for year, source in _years(records, opened):
        sources[year].update(filter(None, (source,)))
    borne = sorted(_allowed(request, rules, sources), reverse=True)
    return ";".join(f"{year or ''}:{','.join(sorted(sources[year]))}" for year in borne)


def asks_for_items(request: Request, answers: Callable[[], Answers]) -> bool:
    """Whether a request asks for more than a confirmation where some gateway answers that."""
    return any(one != CONFIRMATION for one in request["items"] or ()) and bool(answers())


def _years(records: Sequence[int], opened: ReferenceReader) -> Iterator[tuple[int, str]]:
    """Give each year of which some records are, and the kind of source; 0 is unknown."""
    _, spans = opened.spans_of(np.asarray(records, np.int64))
    for first, last, source in spans.tolist():
        for year in range(_year(first), _year(last) + 1):
            yield year, SOURCES[source]


def _year(period: int) -> int:
    return period + EPOCH if period else 0


def _allowed(request: Request, rules: Mapping[str, str], filed: Mapping[int, object]) -> set[int]:
    """Give the years on file that may confirm; of a gateway without periods the newest alone."""
    rule = rules.get(request["provision"] or "")
    if rule == "any":
        return {max(filed)} if filed else set()
    allowed = set(request["taxable_periods"] or ())
    if rule == "granted":
        allowed &= set(request["court_order_periods"] or ())
    return allowed & set(filed)

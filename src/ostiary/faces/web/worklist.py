"""The worklist as an officer filters it: what is due, whose it is, which step it waits for.

The clock is the custodian's own standard (``days_to_decide`` in ``office.toml``): no statute says
by when a request must be decided, and the page says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404

from ostiary.faces.server.orm import Assignment
from ostiary.faces.server.site import Site
from ostiary.faces.web.due_days import SOON, Span, days_to_decide, due_on, receipt_spans
from ostiary.faces.web.paging import page_number
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.states import WITH_COUNSELS_ANSWER, CaseState
from ostiary.office.cases.turns import standing_votes
from ostiary.office.store import WorkItem
from ostiary.office.store.waiting_list import STEPS as _SHOWN
from ostiary.office.store.waiting_list import WorklistFilter

PAGE = 50
ME, COLLEAGUE, MINE, NOBODY, ALL = "me", "colleague", "mine", "nobody", "all"
WHO = {
    ME: "Waits for me",
    COLLEAGUE: "Waits for a colleague",
    MINE: "Assigned to me",
    NOBODY: "Assigned to nobody",
    ALL: "All",
}
STEPS = {
    "": "Any",
    "determination": "Determination",
    "look": "Look at the record",
    "approval": "Approval",
    "release": "Release",
}
ORDERS = {"": "Oldest first", "newest": "Newest first"}
DUE = {"": "Any day", "overdue": "Overdue", "soon": "Due within 3 days", "later": "Due later"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What an officer has chosen; each value stands in the address of the page."""

    who: str = ME
    due: str = ""
    step: str = ""
    agency: str = ""
    order: str = ""
    page: int = 1

    def address(self, **other: Any) -> str:
        """Give the query of the page with some filters changed; changing one leads to page 1."""
        changed = replace(self, **({"page": 1} | other))
        given = {name: getattr(changed, name) for name in self.__slots__}
        if changed.page == 1:
            del given["page"]
        return "?" + urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the worklist."""

    item: WorkItem
    state: CaseState
    due: date
    group: str
    days: int
    officer: str
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with how many lines it would leave."""

    text: str
    address: str
    many: int | None
    is_chosen: bool


def read_filters(query: Mapping[str, str]) -> Filters:
    """Read the filters of an address. Without a word on whose cases, what waits for the reader.

    Raises:
        Http404: a filter has a value that it does not know; another list would be taken for it.
    """
    return Filters(
        who=_known(query.get("who", "") or ME, WHO),
        due=_known(query.get("due", ""), DUE),
        step=_known(query.get("step", ""), STEPS),
        agency=query.get("agency", "")[:80],
        order=_known(query.get("order", ""), ORDERS),
        page=page_number(query.get("page", "")),
    )


class Worklist:
    """The worklist of one officer at one moment."""

    def __init__(self, site: Site, desk: Desk, officer: str, filters: Filters) -> None:
        self._store = desk.store
        self._today = desk.moment.today
        self._days = days_to_decide(site)
        self._officer = officer
        self._counted_before: dict[Filters, int] = {}
        self.filters = filters
        self._votes = standing_votes(desk, officer)
        self._approved = self._votes.approved
        self._given: dict[str, set[int]] = {}
        for case, to in Assignment.objects.values_list("case", "officer"):
            self._given.setdefault(to, set()).add(case)
        self._colleagues = self._turn_of_colleagues()
        self._settled = [
            case.request.id
            for case in self._store.cases(self._store.refused_and_unanswered())
            if desk.state(case) in WITH_COUNSELS_ANSWER
        ]

    def lines(self) -> list[Line]:
        """Give the page that was asked for."""
        first = (self.filters.page - 1) * PAGE
        items = self._store.work(self._wanted(self.filters), first, PAGE)
        officers = dict(
            Assignment.objects.filter(case__in=[one.id for one in items]).values_list(
                "case", "officer"
            )
        )
        return [self._line(one, officers.get(one.id, "")) for one in items]

    def numbers(self) -> list[int]:
        """Give the numbers of all cases that the filters leave, in the order of receipt."""
        return self._store.work_numbers(self._wanted(self.filters))

    def every_line(self) -> Iterator[Line]:
        """Give all lines that the filters leave, for an export."""
        first = 0
        while items := self._store.work(self._wanted(self.filters), first, 5_000):
            yield from (self._line(one, "") for one in items)
            first += len(items)

    def many(self, **other: Any) -> int:
        """Count the lines, with some filters changed; each question is asked once a page."""
        filters = replace(self.filters, **({"page": 1} | other))
        if filters not in self._counted_before:
            self._counted_before[filters] = self._store.count_work(self._wanted(filters))
        return self._counted_before[filters]

    def choices(self) -> dict[str, list[Choice]]:
        """Give every filter in the open, with counts under the other filters."""
        return {
            "Whose": self._fixed("who", WHO),
            "Due": self._fixed("due", DUE),
            "Waits for": self._fixed("step", STEPS),
            "Agency": self._counted("agency"),
            "Order": [
                Choice(text, self.filters.address(order=name), None, name == self.filters.order)
                for name, text in ORDERS.items()
            ],
        }

    def due_on(self, received: date) -> date:
        """Give the day by which a request received on a day should be decided."""
        return due_on(received, self._days)

    def _fixed(self, name: str, values: Mapping[str, str]) -> list[Choice]:
        chosen = getattr(self.filters, name)
        return [
            Choice(
                text,
                self.filters.address(**{name: value}),
                self.many(**{name: value}),
                value == chosen,
            )
            for value, text in values.items()
        ]

    def _counted(self, name: str) -> list[Choice]:
        chosen = getattr(self.filters, name)
        without: Any = {name: ""}
        found = self._store.work_by(self._wanted(replace(self.filters, **without)), name)
        everything = Choice(
            "Any", self.filters.address(**{name: ""}), sum(found.values()), not chosen
        )
        return [
            everything,
            *(
                Choice(str(value), self.filters.address(**{name: value}), many, value == chosen)
                for value, many in sorted(found.items(), key=lambda pair: -pair[1])
            ),
        ]

    def _wanted(self, filters: Filters) -> WorklistFilter:
        first, last = self._received(filters.due)
        wanted = WorklistFilter(
            agency=filters.agency,
            received_from=first,
            received_to=last,
            not_among=self._settled,
            newest_first=filters.order == "newest",
        )
        if filters.step in _SHOWN:
            wanted = replace(wanted, step=filters.step)
        if filters.step == "approval":
            wanted = replace(wanted, not_among=[*wanted.not_among, *self._approved])
        if filters.step == "release":
            wanted = replace(wanted, among=set(self._approved))
        return self._of_whom(wanted, filters.who)

    def _of_whom(self, wanted: WorklistFilter, who: str) -> WorklistFilter:
        """Narrow what is wanted to whose turn it is, or whose it was given to."""
        among = {
            COLLEAGUE: self._colleagues,
            MINE: self._given.get(self._officer, set()),
        }.get(who)
        if among is not None:
            both = among if wanted.among is None else among & set(wanted.among)
            return replace(wanted, among=both)
        left_out = {
            ME: [*self._approved, *self._colleagues],
            NOBODY: set().union(*self._given.values()),
        }
        return replace(wanted, not_among=[*wanted.not_among, *left_out.get(who, ())])

    def _received(self, due: str) -> Span:
        """Turn a due day into days of receipt."""
        return receipt_spans(self._today, self._days).get(due, (None, None))

    def _turn_of_colleagues(self) -> set[int]:
        """Give the cases on which the reader has voted, or that a colleague is to look at next.

        A case that was given to somebody who has voted on it since is anybody's again.
        """
        mine = self._given.get(self._officer, set())
        given = {
            case
            for to, cases in self._given.items()
            if to != self._officer
            for case in cases
            if to not in self._votes.voters.get(case, ())
        }
        return (given - mine).union(self._votes.own) - set(self._approved)

    def _line(self, item: WorkItem, officer: str) -> Line:
        due = self.due_on(item.received)
        state = CaseState.AWAITS_APPROVAL if item.looked_at else CaseState.AWAITS_LOOK
        if not item.determined:
            state = CaseState.AWAITS_DETERMINATION
        if item.id in self._approved:
            state = CaseState.APPROVED
        whom = "" if item.id in self._approved else "you"
        if item.id in self._colleagues:
            whom = "a colleague; you have voted" if item.id in self._votes.own else "a colleague"
        return Line(item, state, due, self._group(due), (due - self._today).days, officer, whom)

    def _group(self, due: date) -> str:
        if due < self._today:
            return DUE["overdue"]
        return DUE["soon"] if due <= self._today + SOON else DUE["later"]


def _known(value: str, values: Mapping[str, str]) -> str:
    if value not in values:
        raise Http404
    return value

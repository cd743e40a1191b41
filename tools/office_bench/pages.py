"""Every kind of page, and which of them to open."""

import random
from collections.abc import Iterator
from itertools import cycle, islice

from ostiary.faces.server.roles import Role
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store.waiting_list import WorklistFilter
from web_office import AGENCY


def pages(place: OfficeSession, many: int) -> Iterator[tuple[Role, str, list[str]]]:
    """Give role, kind and paths of the pages to be measured.

    Args:
        place: the office, before it is served.
        many: how many of each kind.
    """
    store, dice = place.store, random.Random(1)  # noqa: S311 - no secret is drawn
    waiting = store.count_work(WorklistFilter())
    last = waiting // 50
    agency = max(store.work_by(WorklistFilter(), "agency").items(), key=lambda pair: pair[1])[0]
    cases = [one.id for one in store.work(WorklistFilter(), 0, waiting)]
    own = [one.id for one in store.lines(agency=AGENCY, many=5_000)]
    for kind, query in {
        "worklist": "",
        "worklist, mine": "who=mine",
        "worklist, nobody's": "who=nobody",
        "worklist, overdue": "due=overdue",
        "worklist, due soon": "due=soon",
        "worklist, due later": "due=later",
        "worklist, waits for a reason": "step=reason",
        "worklist, waits for approval": "step=approval",
        "worklist, waits for release": "step=release",
        "worklist, one agency": f"agency={agency}",
        "worklist, several filters": f"agency={agency}&due=overdue&step=reason",
    }.items():
        yield Role.OFFICER, kind, [f"/cases/?{query}"] * many
    deep = [f"/cases/?page={dice.randint(1, last)}" for _ in range(many)]
    yield Role.OFFICER, "worklist, any page", deep
    yield Role.OFFICER, "case", [f"/cases/{dice.choice(cases)}/" for _ in range(many)]
    yield Role.AUDITOR, "audit, overview", ["/audit/"] * many
    yield Role.AUDITOR, "audit, all requests", ["/audit/cases/"] * many
    yield (
        Role.AUDITOR,
        "audit, any page of all requests",
        [f"/audit/cases/?page={dice.randint(1, last)}" for _ in range(many)],
    )
    yield Role.AUDITOR, "audit, case", [f"/audit/cases/{dice.choice(cases)}/" for _ in range(many)]
    yield Role.AUDITOR, "audit, who looked", ["/audit/accesses/"] * many
    yield Role.COUNSEL, "book", ["/book/"] * many
    yield Role.COUNSEL, "instrument", list(islice(cycle(_instruments(place)), many))
    yield Role.COUNSEL, "orders", ["/book/orders/"] * many
    yield Role.COUNSEL, "effect", ["/book/effect/"] * many
    yield Role.REQUESTER, "agency, its requests", ["/requests/"] * many
    yield (
        Role.REQUESTER,
        "agency, any page",
        [f"/requests/?page={dice.randint(1, last // 2)}" for _ in range(many)],
    )
    yield (
        Role.REQUESTER,
        "agency, one request",
        [f"/requests/{dice.choice(own)}/" for _ in range(many)],
    )
    yield Role.REQUESTER, "agency, new request", ["/requests/new/"] * many


def _instruments(place: OfficeSession) -> list[str]:
    with place.scratch() as con:
        return [f"/book/{one.id}/" for one in place.read_law(con).book.instruments]

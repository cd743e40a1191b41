"""Notice to a court before a disclosure: who has to be told yet, whose hours run, with the proof.

An order of the kind *notice* wants a court told before an answer leaves. What was given stands in
the register ``court_notices``; what is still to be given follows from what waits: leave that was
entered and no notice beside it, or, where no leave is needed, requests of an agency that the order
may cover, those among them that were suspended since it began (they may be made again once the
hours have run). Days are counted whole, as the law counts them: an answer may leave on the day
after the one in which the hours end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import duckdb

from ostiary.deciding.intake.lookups import stand_on
from ostiary.deciding.intake.named_rows import named_rows
from ostiary.deciding.law.instruments import Instrument
from ostiary.deciding.law.notice_wanted import WantedNotice, notice_of
from ostiary.deciding.law.orders import may_cover
from ostiary.domain.facts import REACHED
from ostiary.domain.period import Period
from ostiary.domain.register_tables import AGENCY_WITHIN, REGISTER
from ostiary.office.folder.session import OfficeSession
from ostiary.office.oversight.safeguard_calendar import Due

_NEEDS_LEAVE = {"stay", "injunction", "leave"}
_DAY = timedelta(days=1)


class NoticeState(StrEnum):
    """Where a notice stands."""

    TO_GIVE = "to-give"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class CourtNotice:
    """One notice, given or to be given.

    Attributes:
        order: id of the order.
        title: its title.
        agency: whom the answers would go to.
        state: where it stands.
        since: the day of the notice; of one to be given, the day from which it is wanted.
        opens_on: the first day on which answers may leave for it; None until it is given.
        days_left: whole days until then; 0 once it has come.
        given_by: who gave it, by office; empty where the register does not say.
        told: who had it.
        proof: docket entry or receipt; of one to be given, the docket entry of the leave.
        provision: for which provision alone; empty for all.
        matter: for which matter alone; empty for all.
        wants: of one to be given, what the order asks of it, in words; empty where it leaves that
            to whoever gives it.
    """

    order: str
    title: str
    agency: str
    state: NoticeState
    since: date
    opens_on: date | None = None
    days_left: int = 0
    given_by: str = ""
    told: str = ""
    proof: str = ""
    provision: str = ""
    matter: str = ""
    wants: str = ""


def court_notices(place: OfficeSession) -> tuple[CourtNotice, ...]:
    """Give the notices of every order in force: first those to give, then by the day they open."""
    today = place.moment.today
    with place.law_at_hand() as (con, law):
        stand_on(con, today)
        orders = [
            one for one in law.book.instruments if "notice" in one.kinds and today in one.period
        ]
        accepted = set(place.store.waiting_agencies()) if orders else set()
        found = [
            one
            for order in orders
            for one in _of_order(con, order, _waiting(place, order, accepted), today)
        ]
    return tuple(sorted(found, key=lambda one: (one.opens_on or date.min, one.order, one.agency)))


def _waiting(place: OfficeSession, order: Instrument, accepted: set[str]) -> tuple[str, ...]:
    """Give the agencies with requests that were let in, or suspended since the order began."""
    return tuple(sorted(accepted.union(place.store.suspended_agencies(order.period.first))))


def rows_that_are_no_notice(place: OfficeSession) -> tuple[str, ...]:
    """Say of each row of the register that is less than its order wants what it lacks."""
    with place.law_at_hand() as (_, law):
        return tuple(str(one) for one in law.short)


def notices_due(notices: tuple[CourtNotice, ...]) -> tuple[Due, ...]:
    """Give them for a calendar: the day since which one is wanted, the day on which one opens."""
    return tuple(
        Due(one.opens_on, one.agency, f"answers may leave under {one.order}")
        if one.opens_on
        else Due(one.since, one.agency, f"notice to the court wanted by {one.order}")
        for one in notices
    )


def _of_order(
    con: duckdb.DuckDBPyConnection, order: Instrument, waiting: tuple[str, ...], today: date
) -> Iterator[CourtNotice]:
    given = _rows(con, "court_notices", order.id)
    for row in given:
        opens = row["given_on"] + timedelta(days=-(-int(row["hours"]) // 24)) + _DAY
        yield CourtNotice(
            order.id,
            order.title,
            row["agency"],
            NoticeState.RUNNING if today < opens else NoticeState.OVER,
            row["given_on"],
            opens,
            max(0, (opens - today).days),
            given_by=row["given_by"] or "",
            told=row["told"] or "",
            proof=row["proof"] or "",
            provision=row["provision"] or "",
            matter=row["matter_number"] or "",
        )
    if set(order.kinds) & _NEEDS_LEAVE:
        wanted = [
            row
            for row in _rows(con, "court_leaves", order.id)
            if today in Period(row["from"], row["until"])
        ]
    else:
        wanted = [_without_leave(agency, order) for agency in _covered(con, order, waiting)]
    for row in wanted:
        if not any(_serves(notice, row) for notice in given):
            yield _to_give(order, row)


def _to_give(order: Instrument, row: Mapping[str, Any]) -> CourtNotice:
    return CourtNotice(
        order.id,
        order.title,
        row["agency"],
        NoticeState.TO_GIVE,
        row["from"],
        proof=row["docket_entry"],
        provision=row["provision"] or "",
        matter=row["matter_number"] or "",
        wants=_in_words(notice_of(order)),
    )


def _in_words(notice: WantedNotice) -> str:
    hours = f"{notice.hours} hours" if notice.hours else ""
    told = f"to {' and '.join(notice.told)}" if notice.told else ""
    return " ".join(filter(None, (hours, told)))


def _without_leave(agency: str, order: Instrument) -> dict[str, Any]:
    said = {"agency": agency, "from": order.period.first, "docket_entry": ""}
    return {**said, "provision": None, "matter_number": None}


def _serves(notice: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a notice that was given is about what leave was given for."""
    return notice["agency"] == wanted["agency"] and all(
        notice[name] in {None, wanted[name]} for name in ("provision", "matter_number")
    )


def _covered(
    con: duckdb.DuckDBPyConnection, order: Instrument, waiting: tuple[str, ...]
) -> Iterator[str]:
    """Give the agencies with requests that wait and that the order may cover."""
    for agency in waiting:
        rows = con.execute(
            f"SELECT within FROM {AGENCY_WITHIN} WHERE agency = ? ORDER BY steps", [agency]
        ).fetchall()
        within = [within for (within,) in rows] or [agency]
        below = con.execute(
            f"SELECT DISTINCT agency FROM {AGENCY_WITHIN} WHERE within = ?", [agency]
        ).fetchall()
        facts = {
            "agency": agency,
            "agency_parent": within[1] if len(within) > 1 else "none",
            "department": within[-1],
            **dict.fromkeys(REACHED, "none"),
        }
        reached = {*within, *(one for (one,) in below)}  # somebody there may be to receive
        if any(may_cover(order, facts | {REACHED[0]: one}) for one in reached):
            yield agency


def _rows(con: duckdb.DuckDBPyConnection, register: str, order: str) -> list[dict[str, Any]]:
    return named_rows(con, f'FROM {REGISTER[register]} WHERE "order" = ? ORDER BY ALL', [order])

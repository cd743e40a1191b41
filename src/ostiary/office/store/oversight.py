"""Figures about the whole office for whoever answers for it: counts alone, each by one query.

Nothing in a query names a person, a request or what a record showed; votes are counted, not read.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connections

from ostiary.office.store.column_types import misfits_sql, table_of
from ostiary.office.store.orm import OfficeRecord
from ostiary.office.store.reading import Reader
from ostiary.office.store.unfinished import is_kept, is_not_lacking, is_unanswered


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it counts, its columns, and the query that counts it.

    ``%s`` in the query stands for the first day that is counted.
    """

    title: str
    columns: tuple[str, ...]
    sql: str


_REPORTED = (
    "CASE coalesce(u.use, 'none') WHEN 'none' THEN 'not-reported' WHEN '' THEN 'destroyed'"
    " ELSE u.use END"
)

FIGURES = {
    "arrivals": Figure(
        "Requests received, by day",
        ("Day", "Received", "Accepted"),
        "SELECT received, count(*), sum(CASE WHEN status = 'accepted' THEN 1 ELSE 0 END)"
        " FROM request WHERE received >= %s GROUP BY received ORDER BY received",
    ),
    "answers": Figure(
        "Answers that left, by day",
        ("Day", "Answers"),
        "SELECT released_on, count(*) FROM answer WHERE released_on >= %s"
        " GROUP BY released_on ORDER BY released_on",
    ),
    "agencies": Figure(
        "Requests by agency",
        ("Agency", "Received", "Not accepted at receipt", "Lacking, as an officer found"),
        "SELECT agency, count(*), sum(CASE WHEN status = 'accepted' THEN 0 ELSE 1 END),"
        f" sum(CASE WHEN {is_not_lacking()} THEN 0 ELSE 1 END)"
        " FROM request r WHERE received >= %s GROUP BY agency ORDER BY agency",
    ),
    "officers": Figure(
        "Steps by officer",
        ("Officer", "Determinations", "Votes"),
        "SELECT officer, sum(words), sum(votes) FROM ("
        " SELECT officer, 1 AS words, 0 AS votes FROM reason_determination WHERE at >= %s"
        " UNION ALL SELECT officer, 0, 1 FROM approval WHERE at >= %s"
        " UNION ALL SELECT officer, 0, 1 FROM refusal WHERE at >= %s"
        " UNION ALL SELECT officer, 0, 1 FROM look_order WHERE at >= %s) s"
        " WHERE officer <> '' GROUP BY officer ORDER BY officer",
    ),
    "uses": Figure(
        "Answers that left, by what their agency reported of them",
        ("Agency", "Reported", "Answers"),
        f"SELECT a.agency, {_REPORTED}, count(*) FROM answer a"
        " LEFT JOIN use_report u ON u.request = a.request AND u.number ="
        " (SELECT max(l.number) FROM use_report l WHERE l.request = a.request)"
        f" WHERE a.released_on >= %s GROUP BY a.agency, {_REPORTED}"
        f" ORDER BY a.agency, {_REPORTED}",
    ),
    "returns": Figure(
        "Requests not let through at receipt, by month, agency and rule",
        ("Month", "Agency", "Mask", "Book", "Requests"),
        "SELECT substr(CAST(r.received AS text), 1, 7), r.agency, r.mask, b.book, count(*)"
        " FROM request r JOIN batch b ON b.id = r.batch"
        " WHERE r.received >= %s AND r.status <> 'accepted'"
        " GROUP BY substr(CAST(r.received AS text), 1, 7), r.agency, r.mask, b.book"
        " ORDER BY 1, 2, 3, 4",
    ),
}


class OversightReader(Reader):
    """Counts over all that is stored."""

    def figure(self, name: str, first: date) -> list[tuple[Any, ...]]:
        """Count one of :data:`FIGURES`, from a day on."""
        asked = FIGURES[name].sql
        return self._rows(asked, *[str(first)] * asked.count("%s"))

    def waiting_agencies(self) -> tuple[str, ...]:
        """Give the agencies of which an accepted request has no answer yet, by id."""
        rows = self._rows(
            "SELECT DISTINCT agency FROM request r"
            f" WHERE status = 'accepted' AND {is_kept()} AND {is_unanswered()} ORDER BY agency"
        )
        return tuple(str(agency) for (agency,) in rows)

    def suspended_agencies(self, since: date) -> tuple[str, ...]:
        """Give the agencies of which a request received from a day on is suspended, by id."""
        rows = self._rows(
            "SELECT DISTINCT agency FROM request r"
            f" WHERE status = 'suspended' AND {is_kept()} AND received >= %s ORDER BY agency",
            since.isoformat(),
        )
        return tuple(str(agency) for (agency,) in rows)

    def misfits(self) -> tuple[str, ...]:
        """Name each column in which something stands that it is not declared to hold.

        PostgreSQL lets nothing of the kind in.
        """
        if connections[self._alias].vendor != "sqlite":
            return ()
        found = []
        own = apps.get_containing_app_config(OfficeRecord.__module__)
        for model in own.get_models() if own else ():
            columns, statement = misfits_sql(model)
            [counts] = self._rows(statement)
            table = table_of(model)
            found += [f"{table}.{name}" for name, n in zip(columns, counts, strict=True) if n]
        return tuple(found)

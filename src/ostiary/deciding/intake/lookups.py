"""What registers say of one request by more than its agency: provisions, leave, notice, person.

Each is looked up for a file in SQL and for one request in Python, and a test holds the two
together. All tables are of one legal day.

* ``offense_kind``: the kind that the register of offences gives the offence: of its entries that
  are this provision or one that it stands in, the narrowest counts. That a section punishes says
  nothing of a part that the section does not have, where the register of parts tells which it has.
* ``removal_class``, ``programme_class``: likewise the class that the register of classes gives the
  ground of removal and the programme; an entry that is of nothing within it counts for itself.
* ``leave_1``, ``leave_2``: the orders under which leave of the court stands for this agency (or its
  department), provision and matter, in order of their ids; ``none`` where there is none. A third
  is no slot of its own, so the second is then undetermined, and doubt binds.
* ``notice_1``, ``notice_2``: likewise the orders whose notice was given, and whose hours have
  surely run when the day begins: days are counted whole, since a legal day has no hours.
* ``reached_1`` to ``reached_8``: the agencies of those who are to receive, up to the one that asks,
  and those between the one that asks and its department: all that an answer reaches beside these
  two and the parent. An id is an officer of one agency: who stands in another one under the same
  id, and not within the one that asks, is somebody else. A ninth is no slot of its own, so the
  eighth is then undetermined, and doubt binds.
* ``person_order``: the order that is about this person; undetermined when there are several.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import duckdb

from ostiary.deciding.standardisation import StandardName, standard_name
from ostiary.domain.facts.formulas import plain
from ostiary.domain.period import stands_on
from ostiary.domain.register_tables import AGENCY_WITHIN, REGISTER
from ostiary.domain.request import Request

Row = Mapping[str, Any]
FIRST_PART = 4  # `/us/usc/t18` has four parts, the first of them empty
_MOST_PARTS = 40  # no provision has so many, and a list of any length would cost what it likes
_SLOTS = {"court_leaves": "leave", "court_notices": "notice"}
_ROOM = 2  # orders that the slots have room for
_REACHED = 8  # agencies that the slots have room for
_UNSETTLED = "undetermined"  # of a part that the section does not have: an officer reads it
_DASHES = str.maketrans("\u2013\u2011", "--")
_LOOKED_UP = {
    "offense": "offense_kind",
    "removal_basis": "removal_class",
    "programme": "programme_class",
}
"""Columns of a request that name a provision, and what the registers call its class."""
COLUMNS = (
    *_LOOKED_UP.values(),
    "leave_1",
    "leave_2",
    "notice_1",
    "notice_2",
    *(f"reached_{one}" for one in range(1, _REACHED + 1)),
    "person_order",
)


def stand_on(con: duckdb.DuckDBPyConnection, day: date) -> None:
    """Make what the registers say on a day.

    ``agency_within`` (``agency``, ``within``: itself and all that it is a component of, ``steps``),
    ``standing_classes`` (``concerns``: the column of a request that names it, ``provision``,
    ``class``, ``within``: its class is that of what stands within it, ``parts``: of these alone;
    NULL says of all), ``standing_leaves`` and
    ``standing_notices`` (``order``, ``agency``, ``provision``, ``matter_number``),
    ``officers_below`` (``officer``, ``agency``, ``reached``: the officer is of an agency within
    ``agency``, and ``reached`` stands on the way), ``agencies_between`` (``agency``, ``reached``:
    above its parent and below its department) and
    ``standing_people`` (``order``, ``given``, ``surname``, ``birth_date``).
    """
    _stand_agencies(con, day)
    _stand_reached(con, day)
    _stand_classes(con, day)
    _stand_orders(con, day)
    _stand_people(con, day)


def _stand_agencies(con: duckdb.DuckDBPyConnection, day: date) -> None:
    stands = stands_on("$1")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {AGENCY_WITHIN} AS
        WITH RECURSIVE edges AS (
            SELECT agency, min(parent) AS parent FROM {REGISTER["agencies"]}
            WHERE parent IS NOT NULL AND {stands} GROUP BY agency
        ),
        above AS (
            SELECT DISTINCT agency, agency AS within, 0 AS steps FROM {REGISTER["agencies"]}
            UNION ALL
            SELECT a.agency, e.parent, a.steps + 1 FROM above a JOIN edges e ON e.agency = a.within
            WHERE a.steps < 9
        )
        SELECT * FROM above
        """,
        [day],
    )


def _stand_reached(con: duckdb.DuckDBPyConnection, day: date) -> None:
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE officers_below AS
        SELECT DISTINCT o.officer, w.within AS agency, p.within AS reached
        FROM {REGISTER["officers"]} o JOIN {AGENCY_WITHIN} w ON w.agency = o.agency
        JOIN {AGENCY_WITHIN} p ON p.agency = o.agency AND p.steps < w.steps
        WHERE {stands_on("$1", "o")}
        """,
        [day],
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE agencies_between AS
        SELECT a.agency, a.within AS reached FROM {AGENCY_WITHIN} a
        JOIN (SELECT agency, max(steps) AS top FROM {AGENCY_WITHIN} GROUP BY agency) t
          ON t.agency = a.agency
        WHERE a.steps > 1 AND a.steps < t.top
        """
    )


def _stand_classes(con: duckdb.DuckDBPyConnection, day: date) -> None:
    stands = stands_on("$1")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE standing_classes AS
        WITH known AS (
            SELECT offense, string_split(
                       string_agg(CASE WHEN parts <> 'undivided' THEN parts ELSE '' END, ';'), ';'
                   ) AS parts
            FROM {REGISTER["offense_parts"]} WHERE {stands} GROUP BY offense
        )
        SELECT 'offense' AS concerns, o.offense AS provision, min(o.kind) AS class, TRUE AS within,
               CASE WHEN min(o.kind) = 'criminal' THEN any_value(known.parts) END AS parts
        FROM (SELECT * FROM {REGISTER["offenses"]} WHERE {stands}) o
        LEFT JOIN known ON known.offense = o.offense GROUP BY o.offense
        UNION ALL
        SELECT concerns, provision, min(class), bool_and(within), NULL
        FROM {REGISTER["provision_classes"]} WHERE {stands} GROUP BY concerns, provision
        """,
        [day],
    )


def _stand_orders(con: duckdb.DuckDBPyConnection, day: date) -> None:
    stands = stands_on("$1")
    columns = '"order", agency, provision, matter_number'
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE standing_leaves AS"
        f" SELECT {columns} FROM {REGISTER['court_leaves']} WHERE {stands}",
        [day],
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE standing_notices AS"
        f" SELECT {columns} FROM {REGISTER['court_notices']}"
        " WHERE given_on + CAST(ceil(CAST(hours AS INTEGER) / 24) AS INTEGER) < $1",
        [day],
    )


def _stand_people(con: duckdb.DuckDBPyConnection, day: date) -> None:
    con.execute(
        'CREATE OR REPLACE TEMP TABLE standing_people ("order" VARCHAR, given VARCHAR,'
        " surname VARCHAR, birth_date DATE)"
    )
    rows = con.execute(
        f'SELECT "order", given_name, surname, birth_date FROM {REGISTER["people_in_orders"]}'
        f" WHERE {stands_on('$1')}",
        [day],
    ).fetchall()
    for order, given, surname, born in rows:
        name = standard_name(given, None, surname, None)
        con.execute(
            "INSERT INTO standing_people VALUES (?, ?, ?, ?)",
            [order, name.n_given, name.n_surname, born],
        )


def look_up(con: duckdb.DuckDBPyConnection, *, requests: str, into: str) -> None:
    """Look up a table of standardised requests, after :func:`stand_on`.

    Args:
        con: the connection.
        requests: the table.
        into: table to make: ``row`` and :data:`COLUMNS`.
    """
    _look_up_classes(con, requests)
    for register, slot in _SLOTS.items():
        _look_up_orders(con, requests, f"standing_{register.removeprefix('court_')}", slot)
    _look_up_reached(con, requests)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE looked_up_people AS
        SELECT row, count(DISTINCT p."order") AS orders, min(p."order") AS "order"
        FROM {requests} r JOIN standing_people p ON p.surname = r.n_surname
        WHERE p.surname <> '' AND (p.given = '' OR p.given = r.n_given)
          AND (p.birth_date IS NULL OR r.birth_date IS NULL OR p.birth_date = r.birth_date)
        GROUP BY row
        """
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT r.row, {_classes()}, {_slots("l", "leave")}, {_slots("t", "notice")},
               {_slots("b", "reached", _REACHED)},
               CASE WHEN p.row IS NULL THEN 'none' WHEN p.orders = 1 THEN p."order" END
                   AS person_order
        FROM {requests} r
        {_joined_classes()}
        LEFT JOIN looked_up_leave l ON l.row = r.row
        LEFT JOIN looked_up_notice t ON t.row = r.row
        LEFT JOIN looked_up_reached b ON b.row = r.row
        LEFT JOIN looked_up_people p ON p.row = r.row
        """
    )


def _look_up_classes(con: duckdb.DuckDBPyConnection, requests: str) -> None:
    named = " UNION ".join(
        f"SELECT '{column}' AS concerns, {column} AS provision FROM {requests}"
        f" WHERE {column} IS NOT NULL"
        for column in _LOOKED_UP
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE looked_up_classes AS
        WITH named AS ({named}),
        cut AS (SELECT *, string_split({plain("provision")}, '/') AS parts FROM named),
        steps AS (
            SELECT concerns, provision, parts, unnest(range({FIRST_PART}, len(parts) + 1)) AS many
            FROM cut WHERE len(parts) <= {_MOST_PARTS}
        )
        SELECT steps.concerns, steps.provision, arg_max(
                   CASE WHEN many < len(steps.parts)
                             AND NOT list_contains(c.parts, steps.parts[many + 1])
                        THEN '{_UNSETTLED}' ELSE c.class END, many
               ) AS class
        FROM steps JOIN standing_classes c
          ON c.concerns = steps.concerns
         AND c.provision = array_to_string(steps.parts[1:many], '/')
         AND (c.within OR many = len(steps.parts))
        GROUP BY steps.concerns, steps.provision
        """
    )


def _classes() -> str:
    """Write the class of each provision that a request names."""
    return ", ".join(f"of_{column}.class AS {name}" for column, name in _LOOKED_UP.items())


def _joined_classes() -> str:
    return " ".join(
        f"LEFT JOIN looked_up_classes of_{column}"
        f" ON of_{column}.concerns = '{column}' AND of_{column}.provision = r.{column}"
        for column in _LOOKED_UP
    )


def _look_up_orders(
    con: duckdb.DuckDBPyConnection, requests: str, register: str, slot: str
) -> None:
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE looked_up_{slot} AS
        SELECT row, list_sort(list(DISTINCT s."order")) AS found
        FROM {register} s JOIN {AGENCY_WITHIN} w ON w.within = s.agency
        JOIN {requests} r ON r.agency = w.agency
        WHERE (s.provision IS NULL OR s.provision = r.provision)
          AND (s.matter_number IS NULL OR s.matter_number = r.matter_number)
        GROUP BY row
        """
    )


def _look_up_reached(con: duckdb.DuckDBPyConnection, requests: str) -> None:
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE looked_up_reached AS
        SELECT row, list_sort(list(DISTINCT reached)) AS found FROM (
            SELECT n.row, o.reached
            FROM (SELECT row, agency, unnest(recipients) AS officer FROM {requests}) n
            JOIN officers_below o USING (officer, agency)
            UNION ALL
            SELECT r.row, b.reached FROM {requests} r JOIN agencies_between b USING (agency)
        ) GROUP BY row
        """
    )


def _slots(table: str, slot: str, room: int = _ROOM) -> str:
    """Write slots in order; the last is NULL when there are more of them than there is room."""
    written = [f"coalesce({table}.found[{one}], 'none') AS {slot}_{one}" for one in range(1, room)]
    last = (
        f"CASE WHEN coalesce(len({table}.found), 0) <= {room}"
        f" THEN coalesce({table}.found[{room}], 'none') END AS {slot}_{room}"
    )
    return ", ".join((*written, last))


def _by_slot(slot: str, found: Iterable[str], room: int = _ROOM) -> Row:
    """Give the slots of one request, see :func:`_slots`."""
    named = sorted(set(found))
    filled: list[str | None] = [*named[:room], *["none"] * (room - len(named))]
    if len(named) > room:
        filled[-1] = None
    return {f"{slot}_{place}": one for place, one in enumerate(filled, 1)}


class Lookups:
    """What the registers say on the day of :func:`stand_on`, asked about one request."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Take the tables of the day out of a connection."""
        self._classes: dict[tuple[str, str], tuple[str, bool, list[str] | None]] = {
            (concerns, provision): (called, within, known)
            for concerns, provision, called, within, known in con.execute(
                "SELECT concerns, provision, class, within, parts FROM standing_classes"
            ).fetchall()
        }
        self._within: dict[str, set[str]] = {}
        for agency, within in con.execute(f"SELECT agency, within FROM {AGENCY_WITHIN}").fetchall():
            self._within.setdefault(agency, set()).add(within)
        columns = '"order", agency, provision, matter_number'
        self._orders = {
            slot: con.execute(
                f"SELECT {columns} FROM standing_{register.removeprefix('court_')}"
            ).fetchall()
            for register, slot in _SLOTS.items()
        }
        self._people = con.execute("SELECT * FROM standing_people").fetchall()
        self._below: dict[tuple[str, str], set[str]] = {}
        for officer, agency, reached in con.execute("FROM officers_below").fetchall():
            self._below.setdefault((officer, agency), set()).add(reached)
        self._between: dict[str, set[str]] = {}
        for agency, reached in con.execute("FROM agencies_between").fetchall():
            self._between.setdefault(agency, set()).add(reached)

    def of(self, request: Request, name: StandardName) -> Row:
        """Look up one request; see :func:`look_up`."""
        said: dict[str, Any] = {
            "offense_kind": self._class("offense", request["offense"]),
            "removal_class": self._class("removal_basis", request["removal_basis"]),
            "programme_class": self._class("programme", request["programme"]),
        }
        for slot in _SLOTS.values():
            said |= self._slots(slot, request)
        said |= _by_slot("reached", self._reached(request), _REACHED)
        return said | {"person_order": self._person(request, name)}

    def _class(self, concerns: str, provision: str | None) -> str | None:
        parts = (provision or "").translate(_DASHES).split("/")
        if len(parts) > _MOST_PARTS:
            return None
        for many in range(len(parts), FIRST_PART - 1, -1):
            found = self._classes.get((concerns, "/".join(parts[:many])))
            if found is None:
                continue
            called, within, known = found
            if many == len(parts):
                return called
            if within:
                return called if known is None or parts[many] in known else _UNSETTLED
        return None

    def _slots(self, slot: str, request: Request) -> Row:
        within = self._within.get(request["agency"] or "", set())
        return _by_slot(
            slot,
            (
                order
                for order, agency, provision, matter in self._orders[slot]
                if agency in within
                and provision in {None, request["provision"]}
                and matter in {None, request["matter_number"]}
            ),
        )

    def _reached(self, request: Request) -> set[str]:
        agency = request["agency"] or ""
        below = (self._below.get((one, agency), ()) for one in request["recipients"] or ())
        return set(self._between.get(agency, ())).union(*below)

    def _person(self, request: Request, name: StandardName) -> str | None:
        born = request["birth_date"]
        orders = {
            order
            for order, given, surname, day in self._people
            if surname
            and surname == name.n_surname
            and given in {"", name.n_given}
            and (day is None or born is None or day == born)
        }
        return None if len(orders) > 1 else min(orders, default="none")

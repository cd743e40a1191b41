"""Decoys: requests that are wrong on purpose, run through the very same decision as the others.

A file of requests tells nothing about its own error rate. As in proteomics (target-decoy search:
Elias and Gygi, Nature Methods 4, 2007), wrong requests of which we know that they are wrong stand
beside the real ones; how often they are confirmed shows how often a real wrong one would be.

1. A decoy is made from people of the reference, drawn at random and by seed, and gives of them what
   a request of the batch drawn at random gives: a middle name or its initial, a birth date, a TIN.
   Of those who have a middle name so many give it that decoys give one as often as requests do.
   Wrong requests may know less of a person than right ones: so one kind gives a middle name only
   where two requests, drawn apart, both do.
2. It is a row of the table that the requests are in, with a negative ``row``. No step of
   verification looks at that, and none knows decoys.
3. The closest decoy is a person who *is* in the file, at whose address somebody else of the surname
   is as well: the person is left out, and asked for. All others are people made up, of whom it is
   checked that the file has nobody like that at the address.
"""

import duckdb
import numpy as np

from ostiary.deciding.decoys.changes import CHANGES, LAST_WORD, POSSIBLE, chance
from ostiary.deciding.decoys.dealing import deal
from ostiary.deciding.decoys.household_check import look_at_doors
from ostiary.deciding.decoys.kinds import KINDS, DecoyKind, among
from ostiary.deciding.decoys.twins import find_twins
from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.matching.given_levels import shared_form
from ostiary.deciding.matching.model import Model
from ostiary.deciding.reference.name_marks import SHARES
from ostiary.deciding.reference.twins import TWINS


def draw_decoys(
    con: duckdb.DuckDBPyConnection, requests: str, model: Model, seed: str, many: float = 1.0
) -> float:
    """Make the tables ``decoys`` and ``decoys_left_out``.

    ``decoys`` has ``row`` BIGINT (-1, -2, ...), ``kind`` and the columns :data:`ASKED`;
    ``decoys_left_out`` has ``row`` and ``person``, whom the comparison must not look at. The same
    seed, requests and reference give the same decoys.

    Args:
        con: holds the requests.
        requests: whose manner the decoys copy; a table as for ``verify_batch``.
        model: the reference they are drawn from.
        seed: text that nobody outside the office can know.
        many: share of the usual number.

    Returns:
        The share of those drawn from the file who have a middle name there.
    """
    try:
        _draw(con, model, seed, many)
        _take_from_file(con, model)
        find_twins(con, model, seed)
        _compose(con)
        look_at_doors(con, model)
        _keep_the_sound(con, many)
        deal(con, requests, seed)
        ((bearers,),) = con.execute(
            "SELECT coalesce(avg(CAST(n_middle <> '' AS INTEGER)), 0) FROM decoy_filed"
        ).fetchall()
        return float(bearers)
    finally:
        for step in ("drawn", "filed", "texts", "twins", "composed", "doors", "sound"):
            con.execute(f"DROP TABLE IF EXISTS decoy_{step}")


def drop_decoys(con: duckdb.DuckDBPyConnection) -> None:
    """Drop what :func:`draw_decoys` made."""
    con.execute("DROP TABLE IF EXISTS decoys")
    con.execute("DROP TABLE IF EXISTS decoys_left_out")


def _draw(con: duckdb.DuckDBPyConnection, model: Model, seed: str, many: float) -> None:
    """Make ``decoy_drawn``: two filed records for each decoy."""
    wanted = ", ".join(f"('{one.name}', {_wanted(one, many) * one.overdrawn})" for one in KINDS)
    records = max(model.counts.addresses, 1)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_drawn AS
        WITH numbered AS (
            SELECT kind, unnest(range(number)) AS number
            FROM (VALUES {wanted}) AS wanted(kind, number)
        )
        SELECT kind, number, {chance("record")} % {records} AS record,
               {chance("other")} % {records} AS other
        FROM numbered
        """,
        {"seed": seed},
    )


def _wanted(kind: DecoyKind, many: float) -> int:
    return max(round(kind.many * many), 1)


def _take_from_file(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make ``decoy_filed``: the records that were drawn, as far as an address can be asked for."""
    drawn = con.sql(
        "SELECT record FROM decoy_drawn UNION SELECT other FROM decoy_drawn ORDER BY ALL"
    ).to_arrow_table()
    con.register("decoy_read", model.opened.filed(drawn["record"].to_numpy().astype(np.int64)))
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_filed AS
        SELECT record, person, given_common, surname_given_too, given_given_too,
               {", ".join(TWINS)}, place_first_unit,
               {", ".join(ASKED)}
        FROM (SELECT *, CAST(nullif(born, '') AS DATE) AS birth_date FROM decoy_read)
        WHERE n_name_stated AND a_shape = 'complete'
        """
    )
    con.unregister("decoy_read")


def _compose(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``decoy_composed``: what each decoy would ask that gives all that it can."""
    columns = ", ".join(f"{_changed(column)} AS {column}" for column in ASKED)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_composed AS
        SELECT kind, number, f.person AS person, f.record AS record, {columns}
        FROM decoy_drawn d JOIN decoy_filed f ON f.record = d.record
        JOIN decoy_filed o ON o.record = d.other
        LEFT JOIN decoy_twins g ON g.of = 'given' AND g.text = f.n_given
        LEFT JOIN decoy_twins l ON l.of = 'listed' AND l.text = f.n_given
        LEFT JOIN decoy_twins m ON m.of = 'middle' AND m.text = f.n_middle
        LEFT JOIN decoy_twins s ON s.of = 'surname' AND s.text = {LAST_WORD}
        LEFT JOIN decoy_twins w ON w.of = 'street' AND w.text = f.a_street
        WHERE {POSSIBLE}
        """
    )


def _changed(column: str) -> str:
    whens = " ".join(
        f"WHEN '{kind}' THEN {changes[column]}"
        for kind, changes in CHANGES.items()
        if column in changes
    )
    return f"CASE kind {whens} ELSE f.{column} END" if whens else f"f.{column}"


_SHORT_FORMS = ", ".join(f"'{name}'" for name in sorted(SHARES))

# Somebody at the door whom the decoy might rightly be taken for. The short forms are looked up only
# where one of the two is any: the list of them is long.
_A_REAL_ONE = f"""CASE
    WHEN h.n_given = c.n_given OR h.n_middle = c.n_given
         OR h.n_given_group <> '' AND h.n_given_group = c.n_given_group THEN TRUE
    WHEN h.given_shares OR c.given_shares THEN {shared_form("h", "c")} ELSE FALSE END"""


def _keep_the_sound(con: duckdb.DuckDBPyConnection, many: float) -> None:
    """Make ``decoy_sound``: decoys that are surely wrong, of each kind as many as are wanted."""
    wanted = " ".join(f"WHEN '{one.name}' THEN {_wanted(one, many)}" for one in KINDS)
    absent, own_door = among("leaves_out"), among("own_door")
    by_middle = among("by_middle", "c.kind")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_sound AS
        WITH composed AS (
            SELECT kind, number, person, record, n_given, n_given_group,
                   n_given IN ({_SHORT_FORMS}) AS given_shares
            FROM decoy_composed
        ),
        looked_at AS (
            SELECT c.kind, c.number, bool_or(h.person <> c.person) AS in_company,
                   bool_or(({_A_REAL_ONE}) AND (NOT {by_middle} OR h.person <> c.person)
                           AND (NOT {own_door} OR h.record <> c.record)) AS real
            FROM composed c JOIN decoy_doors h USING (kind, number) GROUP BY ALL
        ),
        sound AS (
            SELECT c.kind, c.number, l.in_company
            FROM decoy_composed c LEFT JOIN looked_at l USING (kind, number)
            WHERE {absent} OR NOT coalesce(l.real, FALSE)
        ),
        ranked AS (
            SELECT *, row_number() OVER (
                PARTITION BY kind ORDER BY {absent} AND NOT coalesce(in_company, FALSE), number
            ) AS place
            FROM sound
        )
        SELECT kind, number FROM ranked
        WHERE place <= CASE kind {wanted} END
          AND (NOT {absent} OR in_company
               OR NOT EXISTS (SELECT 1 FROM sound WHERE {absent} AND in_company))
        """
    )

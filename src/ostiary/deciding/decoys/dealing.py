"""Decoys are dealt: each is given the manner of a request, as a share of the file has it."""

import duckdb

from ostiary.deciding.decoys.changes import chance, slipped
from ostiary.deciding.decoys.kinds import among
from ostiary.deciding.matching.comparison import ASKED


def deal(con: duckdb.DuckDBPyConnection, requests: str, seed: str) -> None:
    """Make the results: each sound decoy in the manner of a request that it is dealt."""
    asked = ", ".join(f"{slipped(one)} AS {one}" for one in ASKED if one not in _DEALT)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoys AS
        WITH {_shares(requests)}, {_manners(requests)}, {_dealt()}
        SELECT -row_number() OVER (ORDER BY kind, d.number) AS row, kind, c.person,
               {_in_manner()}, {asked}
        FROM dealt d JOIN decoy_composed c USING (kind, number)
        JOIN manners m ON m.number = d.manner JOIN manners s ON s.number = d.second
        CROSS JOIN shares
        """,
        {"seed": seed},
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoys_left_out AS
        SELECT row, person FROM decoys WHERE {among("leaves_out")}
        """
    )


_DEALT = {"n_middle", "birth_date", "tin"}


def _shares(requests: str) -> str:
    """Give SQL for ``shares``: how often requests, and people, have a middle name.

    ``middle`` is the share of requests that give one, ``initial`` the share of these that give the
    initial alone, ``filed`` the share of people who have one.
    """
    return f"""shares AS (
            SELECT avg(CAST(n_middle <> '' AS INTEGER)) AS middle,
                   coalesce(avg(CAST(length(n_middle) = 1 AS INTEGER))
                            FILTER (n_middle <> ''), 0) AS initial,
                   (SELECT avg(CAST(n_middle <> '' AS INTEGER)) FROM decoy_filed) AS filed
            FROM {requests}
        )"""


def _manners(requests: str) -> str:
    """Give SQL for ``manners``: what each request gives of a person, by its number."""
    return f"""manners AS (
            SELECT row_number() OVER (ORDER BY row) - 1 AS number,
                   n_middle <> '' AS middle, birth_date IS NOT NULL AS born,
                   coalesce(tin, '') <> '' AS tin
            FROM {requests}
        )"""


def _dealt() -> str:
    """Give SQL for ``dealt``: the requests, and the chances, that each sound decoy is dealt."""
    return f"""dealt AS (
            SELECT kind, number,
                   {chance("manner")} % (SELECT greatest(count(*), 1) FROM manners) AS manner,
                   {chance("second")} % (SELECT greatest(count(*), 1) FROM manners) AS second,
                   {chance("middle")} / 18446744073709551616.0 AS chance_middle,
                   {chance("initial")} / 18446744073709551616.0 AS chance_initial
            FROM decoy_sound
        )"""


def _in_manner() -> str:
    """Give SQL for what of :data:`_DEALT` a decoy gives.

    Who has a middle name gives it where the request does, and else with the chance that makes up
    for those who have none to give.
    """
    gives_middle = f"m.middle AND (s.middle OR NOT {among('for_rate')})"
    return f"""
        CASE WHEN {among("by_middle")} THEN n_middle
             WHEN NOT ({gives_middle}) AND ({among("for_rate")}
                  OR chance_middle * filed * (1 - shares.middle) >= shares.middle * (1 - filed))
             THEN ''
             WHEN chance_initial < initial THEN left(n_middle, 1) ELSE n_middle END AS n_middle,
        CASE WHEN m.born OR kind = 'junior' THEN birth_date END AS birth_date,
        CASE WHEN m.tin THEN c.tin ELSE '' END AS tin
    """

"""Comparison: what a request and each record of a candidate have in common.

The steps, each one a table: ``match_asked`` (the requests, with what the file knows of their names)
and ``match_compared`` (one row for a request and each record of a candidate: all addresses of a
person are looked at, not only the one whose key met). Between the two somebody else fills
``match_candidates``, ``match_filed`` and ``match_streets``, see :mod:`ostiary.matching.verify`.
"""

import duckdb

from ostiary.matching.learned import Learned
from ostiary.matching.levels import LEVELS, TIER
from ostiary.matching.name_levels import NAME_AGREES, NAME_NEAR
from ostiary.matching.place_levels import ADDRESS_AGREES, ADDRESS_NEAR
from ostiary.matching.weights import weight_sql

ASKED = (
    *("n_given", "n_given_group", "n_middle", "n_suffix"),
    *("n_surname", "n_surname_key", "n_name_stated"),
    *("a_kind", "a_number", "a_pre", "a_street", "a_type", "a_post", "a_unit"),
    *("a_city", "a_state", "a_zip5", "a_shape"),
    *("birth_date", "tin"),
)
"""The columns that a table of requests must have beside ``row`` to be verified."""


def ask(con: duckdb.DuckDBPyConnection, requests: str) -> None:
    """Make ``match_asked``: the requests, with what the file knows of their names.

    Args:
        con: holds the requests, and ``match_known``: ``kind`` and ``name``.
        requests: table with ``row`` and the columns :data:`ASKED`.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_asked AS
        SELECT CAST(r.row AS BIGINT) AS row, n_given, n_middle, n_surname, n_suffix, n_surname_key,
               n_given_group, n_name_stated,
               a_kind, a_number, a_pre, a_street, a_type, a_post, a_unit, a_city, a_state, a_zip5,
               a_shape, coalesce(r.tin, '') AS tin,
               coalesce(strftime(r.birth_date, '%Y-%m-%d'), '') AS born,
               s.name IS NOT NULL AS surname_known, g.name IS NOT NULL AS given_known
        FROM {requests} r
        LEFT JOIN match_known s ON s.kind = 'surname' AND s.name = n_surname_key
        LEFT JOIN match_known g ON g.kind = 'given' AND g.name = n_given
        """
    )


def compare(con: duckdb.DuckDBPyConnection, learned: Learned) -> None:
    """Make ``match_compared``: levels, agreements and weight of each request and filed record.

    Args:
        con: holds the steps before.
        learned: what weights are made of.
    """
    levels = ",\n".join(f"{sql} AS {name}" for name, sql in LEVELS.items())
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_compared AS
        WITH levelled AS (
            SELECT q.row, f.*, q.n_name_stated AND f.n_name_stated AS names_stated, {levels}
            FROM match_candidates c
            JOIN match_asked q USING (row)
            JOIN match_filed f USING (person)
            LEFT JOIN match_streets k ON k.a_street = q.a_street
        ),
        agreed AS (
            SELECT *, {NAME_AGREES} AS name_agrees, {ADDRESS_AGREES} AS address_agrees,
                   {NAME_NEAR} AS name_near, {ADDRESS_NEAR} AS address_near
            FROM levelled
        )
        SELECT row, f.record AS record, f.person_id AS person_id, f.hold AS hold,
               f.namesake_ppm AS namesake_ppm,
               {", ".join(LEVELS)}, name_agrees, address_agrees, name_near, address_near,
               {TIER} AS tier, {weight_sql(learned)} AS weight
        FROM agreed f
        """
    )

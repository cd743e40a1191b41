"""Candidates and comparison: who in the file is compared with a request, and with what result.

The steps, each one a table: ``match_asked`` (the requests, with what the file knows of their
names), ``match_candidates`` (pairs of request and person that share a blocking key) and
``match_compared`` (one row for a request and each record of a candidate: all addresses of a person
are looked at, not only the one whose key met).
"""

import duckdb

from ostiary.matching.keys import keys_sql, surname_parts
from ostiary.matching.levels import (
    ADDRESS_AGREES,
    ADDRESS_NEAR,
    LEVELS,
    NAME_AGREES,
    NAME_NEAR,
    TIER,
)
from ostiary.matching.model import Model
from ostiary.matching.weights import weight_sql


def ask(con: duckdb.DuckDBPyConnection, requests: str, model: Model) -> None:
    """Make ``match_asked``: the requests, with what the file knows of their names.

    Args:
        con: holds the requests.
        requests: table with ``row``, the standard columns, ``birth_date`` and ``tin``.
        model: the reference.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_asked AS
        WITH known AS (SELECT kind, name FROM {model.table("names")} WHERE known)
        SELECT CAST(r.row AS BIGINT) AS row, n_given, n_middle, n_surname, n_suffix, n_surname_key,
               n_given_group, n_name_stated,
               a_kind, a_number, a_pre, a_street, a_type, a_post, a_unit, a_city, a_state, a_zip5,
               a_shape, coalesce(r.tin, '') AS tin,
               coalesce(strftime(r.birth_date, '%Y-%m-%d'), '') AS born,
               {surname_parts("n_surname", "n_surname_key")} AS surname_parts,
               s.name IS NOT NULL AS surname_known, g.name IS NOT NULL AS given_known
        FROM {requests} r
        LEFT JOIN known s ON s.kind = 'surname' AND s.name = n_surname_key
        LEFT JOIN known g ON g.kind = 'given' AND g.name = n_given
        """
    )


def find_candidates(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make ``match_candidates`` (``row``, ``person``) and ``match_crowded`` (``row``, ``kind``).

    A row is crowded in a kind of key when a key of its own was left out of the key table.
    """
    asked = keys_sql("match_asked", "row", crosswise=True)
    con.execute(f"CREATE OR REPLACE TEMP TABLE match_keys AS {asked}")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_candidates AS
        WITH met AS (
            SELECT DISTINCT row, record FROM match_keys JOIN {model.table("keys")} USING (key)
        )
        SELECT DISTINCT row, person
        FROM met JOIN (SELECT record, person FROM {model.table("records")}) USING (record)
        """
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_crowded AS
        SELECT DISTINCT row, kind
        FROM match_keys JOIN {model.table("crowded")} USING (key)
        """
    )


def leave_out(con: duckdb.DuckDBPyConnection, left_out: str) -> None:
    """Drop the candidates that a table names by ``row`` and ``person``, as if not in the file."""
    con.execute(
        f"DELETE FROM match_candidates WHERE (row, person) IN (SELECT row, person FROM {left_out})"
    )


def compare(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make ``match_compared``: levels, agreements and weight of each request and filed record."""
    levels = ",\n".join(f"{sql} AS {name}" for name, sql in LEVELS.items())
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_compared AS
        WITH levelled AS (
            SELECT q.row, f, q.n_name_stated AND f.n_name_stated AS names_stated, {levels}
            FROM match_candidates c
            JOIN match_asked q USING (row)
            JOIN {model.table("records")} f USING (person)
            LEFT JOIN {model.table("streets")} k
                   ON k.a_street = q.a_street AND k.a_zip5 = f.a_zip5
        ),
        agreed AS (
            SELECT *, {NAME_AGREES} AS name_agrees, {ADDRESS_AGREES} AS address_agrees,
                   {NAME_NEAR} AS name_near, {ADDRESS_NEAR} AS address_near
            FROM levelled
        )
        SELECT row, f.record AS record, f.person_id AS person_id, f.hold AS hold,
               {", ".join(LEVELS)}, name_agrees, address_agrees, name_near, address_near,
               {TIER} AS tier, {weight_sql()} AS weight
        FROM agreed
        """
    )


def drop_steps(con: duckdb.DuckDBPyConnection) -> None:
    """Drop every table that the steps of a verification made."""
    for step in ("asked", "keys", "candidates", "crowded", "compared", "people", "counts"):
        con.execute(f"DROP TABLE IF EXISTS match_{step}")

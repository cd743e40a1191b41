"""From typed people to filed records: the steps that a reference is built by, each one a table.

Everything a decision needs to know about the file as a whole is counted here, once: how many
*people* (movers do not count double) carry a name or live at a place, how many units a building
has, which names and streets are known. Verification then reads, and never counts the file.
"""

import duckdb

from ostiary.matching.census import KNOWN_FROM, census_names
from ostiary.matching.keys import KEY_CAP, keys_sql, surname_parts
from ostiary.matching.namesakes import count_namesakes
from ostiary.standardisation import standardise_table

FILED = """
    person_id, n_given, n_middle, n_surname, n_suffix, n_surname_key, n_given_group,
    n_name_stated,
    a_kind, a_number, a_pre, a_street, a_type, a_post, a_unit, a_city, a_state, a_zip5, a_shape,
    birth_date, tin, hold, first_period, last_period
"""

# A building: the door, and the ZIP it is in (or its city, where no ZIP is on file).
_PLACE = """concat_ws('|', a_kind, a_number, a_street,
                      CASE WHEN a_zip5 <> '' THEN a_zip5 ELSE a_city || ' ' || a_state END)"""


def file_people(con: duckdb.DuckDBPyConnection, people: str, *, before: str | None) -> None:
    """Make ``ref_filed``: one row a person and standard address, with the records of ``before``.

    A hold on one row of a person is a hold on the person, and stands until the file is replaced.
    """
    standardise_table(con, people, "ref_standard")
    old = f"UNION ALL SELECT {FILED} FROM {before}" if before else ""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ref_filed AS
        WITH fresh AS (
            SELECT * REPLACE (coalesce(tin, '') AS tin, coalesce(hold, FALSE) AS hold),
                   period AS first_period, period AS last_period
            FROM ref_standard
        ),
        every AS (SELECT {FILED} FROM fresh {old}),
        held AS (
            SELECT * REPLACE (bool_or(hold) OVER (PARTITION BY person_id) AS hold) FROM every
        )
        SELECT * REPLACE (min(first_period) AS first_period, max(last_period) AS last_period)
        FROM held GROUP BY ALL
        """
    )


def count_names(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``ref_names``: ``kind``, ``name``, ``people`` and whether it is ``known``."""
    con.register("ref_census", census_names())
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ref_names AS
        WITH carried AS (
            SELECT person_id, unnest([{{'kind': 'surname', 'name': n_surname_key}},
                                      {{'kind': 'given', 'name': n_given}},
                                      {{'kind': 'middle', 'name': n_middle}}]) AS carried
            FROM ref_filed
        ),
        counted AS (
            SELECT carried.kind AS kind, carried.name AS name, count(DISTINCT person_id) AS people
            FROM carried WHERE carried.name <> '' GROUP BY ALL
        )
        SELECT kind, name, coalesce(people, 0) AS people,
               ref_census.name IS NOT NULL OR people >= {KNOWN_FROM} AS known
        FROM counted FULL JOIN ref_census USING (kind, name)
        """
    )
    con.unregister("ref_census")
    count_namesakes(con, _PLACE)


def count_places(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``ref_places`` (people and units of a building), ``ref_births`` and ``ref_streets``."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ref_places AS
        SELECT {_PLACE} AS place, count(DISTINCT person_id) AS people,
               count(DISTINCT nullif(a_unit, '')) AS units, min(nullif(a_unit, '')) AS first_unit
        FROM ref_filed GROUP BY place
        """
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE ref_births AS
        SELECT birth_date, count(DISTINCT person_id) AS people
        FROM ref_filed WHERE birth_date IS NOT NULL GROUP BY birth_date
        """
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE ref_streets AS
        SELECT DISTINCT a_zip5, a_street FROM ref_filed WHERE a_zip5 <> '' AND a_street <> ''
        """
    )


def number_records(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``ref_records``: the filed rows, numbered densely in an order of their own.

    ``record`` counts person-addresses and ``person`` people, both from 0. Added to each: the parts
    of its surname, what is known of its names, its building, and bits of evidence, log2 of
    (people in the file / people who carry the value), rounded to hundredths.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ref_records AS
        WITH n AS (SELECT count(DISTINCT person_id) AS people FROM ref_filed)
        SELECT row_number() OVER (ORDER BY {FILED}) - 1 AS record,
               dense_rank() OVER (ORDER BY person_id) - 1 AS person,
               ref_filed.*, coalesce(strftime(birth_date, '%Y-%m-%d'), '') AS born,
               {surname_parts("n_surname", "n_surname_key")} AS surname_parts,
               coalesce(s.known, FALSE) AS surname_known, coalesce(g.known, FALSE) AS given_known,
               p.units AS place_units, coalesce(p.first_unit, '') AS place_first_unit,
               coalesce(w.namesake_ppm, 0) AS namesake_ppm,
               {_bits("s")} AS surname_bits, {_bits("g")} AS given_bits,
               {_bits("m")} AS middle_bits, {_bits("b")} AS birth_bits, {_bits("p")} AS place_bits
        FROM ref_filed CROSS JOIN n
        LEFT JOIN ref_names s ON s.kind = 'surname' AND s.name = n_surname_key
        LEFT JOIN ref_names g ON g.kind = 'given' AND g.name = n_given
        LEFT JOIN ref_names m ON m.kind = 'middle' AND m.name = n_middle
        LEFT JOIN ref_namesakes w ON w.name = n_given
        LEFT JOIN ref_births b USING (birth_date)
        LEFT JOIN ref_places p ON p.place = {_PLACE}
        """
    )


def make_keys(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``ref_keys`` (``key``, ``record``) and ``ref_crowded``, the keys left out of it."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE ref_all_keys AS {keys_sql('ref_records', 'record')}")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ref_crowded AS
        SELECT key FROM ref_all_keys GROUP BY key HAVING count(*) > {KEY_CAP}
        """
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE ref_keys AS
        SELECT DISTINCT key, record FROM ref_all_keys WHERE key NOT IN (SELECT key FROM ref_crowded)
        """
    )


def drop_steps(con: duckdb.DuckDBPyConnection) -> None:
    """Drop every table that the steps above made."""
    steps = "standard filed names namesakes places births streets records all_keys crowded keys"
    for step in steps.split():
        con.execute(f"DROP TABLE IF EXISTS ref_{step}")


def _bits(carried: str) -> str:
    return f"round(coalesce(log2(n.people / {carried}.people), 0), 2)"

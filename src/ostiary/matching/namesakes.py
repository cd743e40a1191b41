"""Namesakes: how often the file has two people of one name in one household.

The son who bears his father's name cannot be told from him when he is not in the file himself. How
likely he is, the file says: it has such pairs, among men many more than among women, and in some
populations hardly any. The rate of a given name is that of its bearers, drawn towards the rate of
its sex (1990 census lists), and this towards nobody's: a file that is too small to show any danger
shows none.
"""

import duckdb

from ostiary.matching.census import census_sexes

DRAWN = 500
"""Bearers that the rate of the sex counts for, beside the bearers of a name."""

LARGEST_FAMILY = 9
"""More people of one surname at one address are no household, and namesakes there mere chance."""

_UNSEEN_PAIRS, _UNSEEN_PEOPLE = 0.5, 1000
_SAMPLED_FROM = 2_000_000
_SAMPLE = "(ascii(n_surname_key) + 7 * ascii(right(n_surname_key, 1)) + length(n_surname_key)) % 16"


def families_sampled(rows: int) -> str:
    """Give SQL that says which surnames are looked at: all, or of a large file one in sixteen."""
    return f"{_SAMPLE} = 0" if rows > _SAMPLED_FROM else "TRUE"


def count_namesakes(con: duckdb.DuckDBPyConnection, place: str) -> None:
    """Make ``ref_namesakes``: ``name`` (a given name) and ``namesake_ppm``.

    The second is the share of its bearers, in millionths, with whom somebody of the same surname
    and a form of the same given name lives or lived in one household.

    Args:
        con: holds ``ref_filed``.
        place: SQL for the building of a filed row.
    """
    ((rows,),) = con.execute("SELECT count(*) FROM ref_filed").fetchall()
    con.register("ref_sexes", census_sexes())
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ref_namesakes AS
        WITH housed AS (
            SELECT DISTINCT person_id, n_given, n_given_group, n_surname_key,
                   {place} AS place, a_unit
            FROM ref_filed WHERE n_given <> '' AND a_shape = 'complete' AND {families_sampled(rows)}
        ),
        families AS (
            SELECT place, a_unit, n_surname_key FROM housed GROUP BY ALL
            HAVING count(DISTINCT person_id) BETWEEN 2 AND {LARGEST_FAMILY}
        ),
        paired AS (
            SELECT place, a_unit, n_surname_key, n_given_group
            FROM housed SEMI JOIN families USING (place, a_unit, n_surname_key)
            GROUP BY ALL HAVING count(DISTINCT person_id) >= 2
        ),
        people AS (
            SELECT person_id, min(n_given) AS name,
                   bool_or(paired.place IS NOT NULL) AS paired
            FROM housed LEFT JOIN paired USING (place, a_unit, n_surname_key, n_given_group)
            GROUP BY person_id
        ),
        counted AS (
            SELECT name, count(*) AS people, count(*) FILTER (paired) AS pairs
            FROM people GROUP BY name
        ),
        named AS (
            SELECT name, coalesce(sex, '') AS sex, coalesce(people, 0) AS people,
                   coalesce(pairs, 0) AS pairs
            FROM (SELECT DISTINCT n_given AS name FROM ref_filed WHERE n_given <> '')
            LEFT JOIN counted USING (name) LEFT JOIN ref_sexes USING (name)
        ),
        sexed AS (
            SELECT sex, (sum(pairs) + {_UNSEEN_PAIRS}) / (sum(people) + {_UNSEEN_PEOPLE}) AS rate
            FROM named GROUP BY sex
        )
        SELECT name, CAST(
            1e6 * (pairs + {DRAWN} * rate) / (people + {DRAWN}) AS INTEGER
        ) AS namesake_ppm
        FROM named JOIN sexed USING (sex)
        """
    )
    con.unregister("ref_sexes")

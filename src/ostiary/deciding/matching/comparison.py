"""Comparison: what a request and each record of a candidate have in common.

The steps, each one a table: ``match_asked`` (the requests, with what the file knows of their names)
and ``match_compared`` (one row for a request and each record of a candidate: all addresses of a
person are looked at, not only the one whose key met). Between the two somebody else fills
``match_candidates``, ``match_filed`` and ``match_streets``, see :mod:`.matching.verify`.
"""

import duckdb

from ostiary.deciding.matching.learned import Learned
from ostiary.deciding.matching.levels import LEVELS, TIER
from ostiary.deciding.matching.name_levels import NAME_AGREES, NAME_NEAR
from ostiary.deciding.matching.place_levels import ADDRESS_AGREES, ADDRESS_NEAR
from ostiary.deciding.matching.weights import weight_sql
from ostiary.deciding.reference.blocking_keys import GROWN_ON, PARTICLE_LIST
from ostiary.deciding.reference.name_marks import MARKED, SAYS_LITTLE, SHARES

ASKED = (
    *("n_given", "n_given_group", "n_middle", "n_suffix"),
    *("n_surname", "n_surname_key", "n_name_stated"),
    *("a_kind", "a_number", "a_pre", "a_street", "a_type", "a_post", "a_unit"),
    *("a_city", "a_state", "a_zip5", "a_shape"),
    *("birth_date", "tin"),
)
"""The columns that a table of requests must have beside ``row`` to be verified."""


# Beside the key of a surname: each of its words that is no particle (0), the whole without spaces
# (1), and what is left when a particle that was grown on is taken off (2).
_LOOKED_UP = f"""
    SELECT row, 0 AS part,
           unnest(list_filter(string_split(n_surname, ' '), lambda w: w NOT IN {PARTICLE_LIST}))
               AS word
    FROM told WHERE contains(n_surname, ' ')
    UNION ALL SELECT row, 1, replace(n_surname, ' ', '') FROM told WHERE contains(n_surname, ' ')
    UNION ALL SELECT row, 2, regexp_extract(n_surname, '{GROWN_ON}', 1)
    FROM told WHERE regexp_matches(n_surname, '{GROWN_ON}')
    """


def _words(words: frozenset[str]) -> str:
    return "('" + "', '".join(sorted(words)) + "')"


def ask(con: duckdb.DuckDBPyConnection, requests: str) -> None:
    """Make ``match_asked``: the requests, with what is known of their names.

    A name is *borne* when a list or anybody in the file has it, *known* when a list or several
    people in the file have it. A surname of several words is both when each of its words is.

    Args:
        con: holds the requests, and ``match_known``, see ``name_spellings``.
        requests: table with ``row`` and the columns :data:`ASKED`.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_asked AS
        WITH told AS (SELECT * FROM {requests}),
        looked_up AS MATERIALIZED ({_LOOKED_UP}),
        known_here AS MATERIALIZED (
            SELECT * FROM match_known WHERE name IN (
                SELECT n_given FROM told UNION SELECT n_surname_key FROM told
                UNION SELECT n_middle FROM told
                UNION SELECT word FROM looked_up
            )
        ),
        found AS (
            SELECT row,
                   coalesce(bool_and(coalesce(borne, FALSE)) FILTER (part = 0), FALSE)
                       AS words_borne,
                   coalesce(bool_and(coalesce(known, FALSE)) FILTER (part = 0), FALSE)
                       AS words_known,
                   coalesce(bool_or(borne) FILTER (part = 1), FALSE) AS whole_borne,
                   coalesce(bool_or(borne) FILTER (part = 2), FALSE) AS stem_borne
            FROM looked_up LEFT JOIN known_here ON kind = 'surname' AND name = word
            GROUP BY row
        )
        SELECT CAST(r.row AS BIGINT) AS row, n_given, n_middle, n_surname, n_suffix, n_surname_key,
               n_given_group, n_name_stated,
               a_kind, a_number, a_pre, a_street, a_type, a_post, a_unit, a_city, a_state, a_zip5,
               a_shape, coalesce(r.tin, '') AS tin,
               coalesce(strftime(r.birth_date, '%Y-%m-%d'), '') AS born,
               coalesce(s.known, FALSE) OR coalesce(words_known, FALSE) AS surname_known,
               coalesce(g.known, FALSE) AS given_known,
               coalesce(s.borne, FALSE) OR coalesce(words_borne OR whole_borne, FALSE)
                   AS surname_borne,
               coalesce(stem_borne, FALSE) AS stem_borne,
               coalesce(g.borne, FALSE) AS given_borne,
               coalesce(m.borne, FALSE) AS middle_borne,
               n_given IN {_words(MARKED)} AS given_marked,
               n_given IN {_words(SHARES)} AS given_shares,
               n_middle IN {_words(SAYS_LITTLE)} AS middle_says_little,
               CASE WHEN r.birth_date IS NULL THEN '' ELSE coalesce(g.others, '') END
                   AS given_others,
               CASE WHEN r.birth_date IS NULL THEN '' ELSE coalesce(s.others, '') END
                   AS surname_others
        FROM told r
        LEFT JOIN known_here s ON s.kind = 'surname' AND s.name = n_surname_key
        LEFT JOIN known_here g ON g.kind = 'given' AND g.name = n_given
        LEFT JOIN known_here m ON m.kind = 'given' AND m.name = n_middle
        LEFT JOIN found w ON w.row = r.row
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

"""The decision: exactly one person with that name at that address, and nobody else near.

1. A person *agrees* when one record of theirs agrees in name and in address both, and nothing that
   the request gives beyond them is contradicted: middle name, suffix, birth date, TIN.
2. A person is *near* when name and address cannot rule them out.
3. Confirmed: one person agrees, and nobody else is near. Somebody near who is contradicted does not
   count, provided that something the request gives beyond name and address agrees with the one.
4. Nothing stands in for name or address: an item beyond them can only contradict, or tell apart.
5. Father and son, brother and sister: where one side has only an initial for a given name, or where
   the name agrees loosely and the request has a middle name that the file has not, something beyond
   name and address must agree; where only one side has a suffix, birth date or TIN must. Two
   suffixes that contradict one another (``III JR``) are ambiguous, whatever else agrees.
6. A namesake who is not in the file (a son named after his father) is possible where only one side
   has a middle name and nothing beyond name and address agrees. Where the file shows that such
   pairs are common among bearers of the given name, that is ambiguous.
7. A hold on anybody who agrees, or is near and not contradicted, is a hold.

The steps: ``match_people`` (one row a request and person, addresses collapsed), ``match_counts``
(one row a request that has candidates) and the result (one row a request).
"""

import duckdb

from ostiary.deciding.matching.rules import outcome_sql
from ostiary.deciding.reference.blocking_keys import DOORS, WHOLE_NAME

ABSENT_TO_PRESENT = 3 / 7
LIMIT = 0.001
"""The office's default limit of wrong confirmations, and the odds that somebody asked for is not in
the file: three in ten, as in every world that verification is measured in."""

# Whether the file has so many namesakes in one household that, of those asked for by such a name,
# more than the limit would be an absent one.
NAMESAKE_LIKELY = f"namesake_ppm > {round(1e6 * LIMIT / ABSENT_TO_PRESENT)}"

_BEYOND = ("middle_level", "suffix_level", "birth_level", "tin_level")


def collapse_people(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``match_people``: what all records of a person together say, one row a person.

    An item beyond name and address that agrees with any record of the person agrees; it contradicts
    when some record differs and none agrees. ``tier`` and ``weight`` are the closest record's.
    """
    beyond = ",\n".join(
        f"CASE WHEN bool_or({level} IN ('exact', 'initial', 'edit')) THEN 'agrees'"
        f" WHEN bool_or({level} = 'different') THEN 'contradicts' ELSE 'silent' END AS {level}"
        for level in _BEYOND
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_people AS
        WITH collapsed AS (
            SELECT row, person_id, bool_or(hold) AS held,
                   bool_or(name_near AND address_near) AS near,
                   bool_or(tier = 4 AND given_level <> 'initial') AS given_in_full,
                   bool_or(suffix_level IN ('asked-only', 'filed-only')) AS suffix_on_one_side,
                   bool_or(suffix_level = 'unclear') AND NOT bool_or(suffix_level = 'exact')
                       AS suffix_unclear,
                   bool_or(tier = 4 AND given_level = 'exact' AND surname_level = 'exact')
                       AS name_in_full,
                   bool_or(middle_level = 'filed-only') AS middle_on_file,
                   bool_or(middle_level = 'asked-only') AS middle_not_on_file,
                   bool_or(name_agrees AND address_near AND door_level = 'unsaid')
                       AS street_unsaid,
                   max(namesake_ppm) AS namesake_ppm,
                   max({{'tier': tier, 'weight': weight}}) AS best,
                   list(record) FILTER (tier = 4) AS records, {beyond}
            FROM match_compared GROUP BY row, person_id
        )
        SELECT * EXCLUDE (best), best.tier AS tier, best.weight AS weight,
               'agrees' IN ({", ".join(_BEYOND)}) AS supported,
               'contradicts' IN ({", ".join(_BEYOND)}) AS contradicted,
               best.tier = 4 AND NOT contradicted AS agrees
        FROM collapsed
        """
    )


def count_people(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``match_counts``: for each request its best person and how many others come near.

    The best person is one who agrees, else the closest by tier, then by weight; ties go by
    ``person_id``, so that the result does not depend on any order of rows.
    """
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE match_counts AS
        WITH ranked AS (
            SELECT *, row_number() OVER best AS rank,
                   count(*) OVER (PARTITION BY row, tier) AS as_close,
                   max(weight) OVER (
                       PARTITION BY row ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                       EXCLUDE CURRENT ROW
                   ) AS next_weight
            FROM match_people
            WINDOW best AS (
                PARTITION BY row ORDER BY agrees DESC, tier DESC, weight DESC, person_id
            )
        ),
        counted AS (
            SELECT row, count(*) FILTER (agrees) AS agreeing,
                   count(*) FILTER (near AND NOT contradicted) AS near_clear,
                   count(*) FILTER (near AND contradicted) AS near_contradicted,
                   bool_or(held AND near AND NOT contradicted) AS near_held
            FROM match_people GROUP BY row
        )
        SELECT * FROM ranked JOIN counted USING (row) WHERE rank = 1
        """
    )


# Father and son of one name have their middle name in common as well: that is what JR says.
_AGE_UNTOLD = "'agrees' NOT IN (suffix_level, birth_level, tin_level)"

# In this order: the first that holds settles it. Over one row of match_counts.
_RULE = f"""CASE
    WHEN p.row IS NULL THEN CASE WHEN crowded_name THEN 'address-disagrees' ELSE 'nobody' END
    WHEN agreeing >= 1 AND near_held THEN 'hold'
    WHEN agreeing >= 2 OR agreeing = 1 AND near_clear >= 2 THEN 'several-people'
    WHEN agreeing = 1 AND near_contradicted >= 1 AND NOT supported THEN 'several-people'
    WHEN agreeing = 1 AND crowded_door THEN 'crowded-address'
    WHEN agreeing = 1 AND NOT given_in_full AND NOT supported THEN 'initial-alone'
    WHEN agreeing = 1 AND (suffix_unclear OR suffix_on_one_side AND {_AGE_UNTOLD})
        THEN 'suffix-on-one-side'
    WHEN agreeing = 1 AND middle_not_on_file AND NOT name_in_full AND NOT supported
        THEN 'loose-name'
    WHEN agreeing = 1 AND (middle_on_file OR middle_not_on_file) AND NOT supported
         AND {NAMESAKE_LIKELY} THEN 'namesake-possible'
    WHEN agreeing = 1 AND middle_on_file AND q.bare THEN 'bare-name-agrees'
    WHEN agreeing = 1 THEN 'name-and-address-agree'
    WHEN tier = 4 AND tin_level = 'contradicts' THEN 'tin-contradicts'
    WHEN tier = 4 AND birth_level = 'contradicts' THEN 'birth-date-contradicts'
    WHEN tier = 4 AND suffix_level = 'contradicts' THEN 'suffix-contradicts'
    WHEN tier = 4 THEN 'middle-name-contradicts'
    WHEN tier = 3 AND street_unsaid THEN 'street-unsaid'
    WHEN tier = 3 THEN 'unit-missing'
    WHEN tier = 2 THEN 'address-disagrees'
    WHEN tier = 1 THEN 'name-disagrees'
    ELSE 'nothing-agrees' END"""

# Exactly one person stands out: the one who agrees, or nobody else comes as close.
_STANDS_OUT = """CASE WHEN outcome = 'ambiguous' THEN FALSE
    WHEN agreeing >= 1 THEN agreeing = 1 AND near_clear = 1 ELSE tier > 0 AND as_close = 1 END"""


def _crowded(*kinds: str) -> str:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f"row IN (SELECT row FROM match_crowded WHERE kind IN ({listed}))"


def decide(con: duckdb.DuckDBPyConnection, into: str) -> None:
    """Make the result: one row a request, see :func:`.matching.verify.verify_batch`."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {into} AS
        WITH bared AS (
            SELECT row, n_middle = '' AND n_suffix = '' AND born = '' AND tin = '' AS bare,
                   {_crowded(*DOORS)} AS crowded_door, {_crowded(WHOLE_NAME)} AS crowded_name
            FROM match_asked
        ),
        ruled AS (
            SELECT q.row, p.* EXCLUDE (row), {_RULE} AS rule
            FROM bared q LEFT JOIN match_counts p ON p.row = q.row
        ),
        settled AS (SELECT *, {outcome_sql("rule")} AS outcome FROM ruled)
        SELECT row, outcome, rule,
               CASE WHEN {_STANDS_OUT} THEN person_id ELSE '' END AS person_id,
               coalesce(weight, 0) AS weight,
               coalesce(round(weight - coalesce(next_weight, 0), 2), 0) AS margin,
               CASE WHEN outcome = 'confirmed' THEN list_sort(records) END AS records
        FROM settled ORDER BY row
        """
    )

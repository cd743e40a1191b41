"""What is missed, by cause: each request that should be confirmed and is not, with the truth.

The request is laid beside the records of the person whom it is about, at the address asked for.
The first cause that holds counts; the order is that of :data:`CAUSES`.
"""

import duckdb

from ostiary.deciding.standardisation.vocabulary.listed_names import listed_names

CAUSES = {
    "number": "another house or box number",
    "no-name": "one letter, or nothing, where a given name or a surname should stand",
    "two-damaged": "given name and surname both damaged or exchanged for others",
    "somebody-given": "another given name, one that people bear",
    "somebody-surname": "another surname, one that people bear",
    "given": "a given name damaged beyond the rule",
    "surname": "a surname damaged beyond the rule",
    "middle": "middle name or initial contradicts",
    "son": "no middle name asked, and in the file sons are named after fathers",
    "several": "two people of that name there",
    "place": "city and ZIP Code damaged, or state and ZIP Code of two states",
    "unit": "another unit, or one left out where the building has several",
    "type": "direction or type damaged or unsaid, where the place has two such streets",
    "street-word": "a street's name damaged into what is a street, a name or a word",
    "street": "a street's name damaged beyond the rule",
    "other": "something else",
}
"""Cause, and what it says."""

_GIVEN = "(n.n_given = f.n_given OR n.n_given_group = f.n_given_group)"
_SURNAME = "n.n_surname_key = f.n_surname_key"
_BORNE = "EXISTS (FROM borne b WHERE b.kind = '{0}' AND b.name = n.{1})"
_CAUSE = f"""CASE
    WHEN rule = 'namesake-possible' THEN 'son'
    WHEN rule = 'several-people' THEN 'several'
    WHEN rule = 'middle-name-contradicts' THEN 'middle'
    WHEN rule = 'street-unsaid' THEN 'type'
    WHEN n.a_number <> f.a_number THEN 'number'
    WHEN rule IN ('name-disagrees', 'initial-alone', 'loose-name') OR (given_off OR surname_off)
         AND NOT street_off AND NOT place_off THEN CASE
        WHEN length(n.n_given) <= 1 OR length(n.n_surname) <= 1 THEN 'no-name'
        WHEN given_off AND surname_off THEN 'two-damaged'
        WHEN given_off AND {_BORNE.format("given", "n_given")} THEN 'somebody-given'
        WHEN surname_off AND {_BORNE.format("surname", "n_surname_key")} THEN 'somebody-surname'
        WHEN given_off THEN 'given' WHEN surname_off THEN 'surname' ELSE 'other' END
    WHEN place_off THEN 'place'
    WHEN street_off AND EXISTS (FROM filed s WHERE s.a_street = n.a_street) THEN 'street-word'
    WHEN n.a_street <> f.a_street THEN 'street'
    WHEN street_off THEN 'type'
    WHEN n.a_unit <> f.a_unit THEN 'unit'
    WHEN length(n.n_given) <= 1 OR length(n.n_surname) <= 1 THEN 'no-name'
    ELSE 'other' END"""


def missed(con: duckdb.DuckDBPyConnection, verifier: str) -> list[tuple[str, int]]:
    """Count the causes of what a verifier missed; ``missed_pairs`` keeps each pair of them.

    Args:
        con: holds ``told``, ``asked``, ``filed`` and ``verified_...`` of the verifier.
        verifier: its name; the table must have ``rule``.

    Returns:
        Causes, the most frequent first, and how many requests each has.
    """
    con.register("borne", listed_names().select(["kind", "name"]))
    con.execute(
        f"""
        CREATE OR REPLACE TABLE missed_pairs AS
        WITH pairs AS (
            SELECT n.row, v.rule, n, f,
                   NOT {_GIVEN} AS given_off, NOT {_SURNAME} AS surname_off,
                   n.a_street <> f.a_street OR n.a_type <> f.a_type OR n.a_pre <> f.a_pre
                       OR n.a_post <> f.a_post AS street_off,
                   n.a_zip5 <> f.a_zip5 AND (n.a_city <> f.a_city OR n.a_state <> f.a_state)
                       OR length(n.a_state) > 2 AS place_off
            FROM told t JOIN verified_{verifier} v USING (row) JOIN asked n USING (row)
            JOIN filed f ON f.person_id = t.meant
            WHERE t.should AND NOT (v.confirmed AND v.person_id = t.meant)
            QUALIFY row_number() OVER (
                PARTITION BY n.row ORDER BY (n.a_number = f.a_number)::INT DESC,
                damerau_levenshtein(n.a_number || n.a_street, f.a_number || f.a_street),
                (n.a_unit = f.a_unit)::INT DESC, f.a_street
            ) = 1
        )
        SELECT row, rule, {_CAUSE} AS cause, n.n_given || ' ' || n.n_middle || ' ' || n.n_surname
                   || ' ~ ' || f.n_given || ' ' || f.n_middle || ' ' || f.n_surname AS names,
               concat_ws(' ', n.a_number, n.a_pre, n.a_street, n.a_type, n.a_unit, n.a_city,
                         n.a_state, n.a_zip5, '~', f.a_number, f.a_pre, f.a_street, f.a_type,
                         f.a_unit, f.a_city, f.a_state, f.a_zip5) AS places
        FROM pairs
        """
    )
    con.unregister("borne")
    return con.execute(
        "SELECT cause, count(*) FROM missed_pairs GROUP BY cause ORDER BY count(*) DESC, cause"
    ).fetchall()

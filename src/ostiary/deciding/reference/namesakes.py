"""Namesakes: how often the file has two people of one name in one household.

The son who bears his father's name cannot be told from him when he is not in the file himself. How
likely he is, the file says: it has such pairs, among men many more than among women, and in some
populations hardly any. The rate of a given name is that of its bearers, drawn towards the rate of
its sex (1990 census lists), and this towards nobody's: a file that is too small to show any danger
shows none.
"""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ostiary.deciding.reference.census import census_sexes
from ostiary.deciding.reference.layout import Rows

DRAWN = 500
"""Bearers that the rate of the sex counts for, beside the bearers of a name."""

LARGEST_FAMILY = 9
"""More people of one surname at one address are no household, and namesakes there mere chance."""

_UNSEEN_PAIRS, _UNSEEN_PEOPLE = 0.5, 1000
_SAMPLED_FROM = 2_000_000
_ONE_IN = 16

Numbers = npt.NDArray[np.int64]


def of_families_looked_at(records: Rows, surnames: Sequence[str], shapes: Sequence[str]) -> Numbers:
    """Give the records at complete addresses whose families are counted.

    Args:
        records: all records.
        surnames: the vocabulary of ``n_surname_key``.
        shapes: the vocabulary of ``a_shape``.

    Returns:
        Their numbers: all of them, or of a large file those of one surname in sixteen.
    """
    kept = records["a_shape"] == list(shapes).index("complete") if "complete" in shapes else None
    if kept is None:
        return np.zeros(0, np.int64)
    if len(records) > _SAMPLED_FROM:
        sampled = np.array([_sampled(surname) for surname in surnames])
        kept &= sampled[records["n_surname_key"]]
    return np.flatnonzero(kept)


def _sampled(surname: str) -> bool:
    ends = (ord(surname[0]) + 7 * ord(surname[-1])) if surname else 0
    return (ends + len(surname)) % _ONE_IN == 0


def columns_of(rows: Rows, names: Sequence[str]) -> dict[str, npt.NDArray[np.generic]]:
    """Take some columns of records out, by name."""
    return {name: np.ascontiguousarray(rows[name]) for name in names}


def namesake_rates(
    con: duckdb.DuckDBPyConnection,
    records: Rows,
    building: npt.NDArray[np.uint32],
    texts: Mapping[str, Sequence[str]],
) -> Numbers:
    """Count namesakes.

    Args:
        con: does the work.
        records: all records.
        building: building of each.
        texts: the vocabulary of each column.

    Returns:
        For each given name of the vocabulary the share of its bearers, in millionths, with whom
        somebody of the same surname and a form of the same given name lives or lived in one
        household.
    """
    looked_at = of_families_looked_at(records, texts["n_surname_key"], texts["a_shape"])
    columns = ("person", "n_given", "n_given_group", "n_surname_key", "a_unit")
    con.register(
        "namesake_housed",
        pa.table({**columns_of(records[looked_at], columns), "place": building[looked_at]}),
    )
    names = pa.array(texts["n_given"], pa.string())
    con.register("namesake_given", pa.table({"given": np.arange(len(names)), "name": names}))
    con.register("namesake_sexes", census_sexes())
    try:
        rates = con.sql(_RATES).to_arrow_table()["namesake_ppm"].to_numpy()
    finally:
        for each in ("housed", "given", "sexes"):
            con.unregister(f"namesake_{each}")
    counted: Numbers = rates.astype(np.int64)
    return counted


_RATES = f"""
    WITH families AS (
        SELECT place, a_unit, n_surname_key FROM namesake_housed
        WHERE n_given <> 0 GROUP BY ALL
        HAVING count(DISTINCT person) BETWEEN 2 AND {LARGEST_FAMILY}
    ),
    paired AS (
        SELECT place, a_unit, n_surname_key, n_given_group
        FROM namesake_housed SEMI JOIN families USING (place, a_unit, n_surname_key)
        WHERE n_given <> 0 GROUP BY ALL HAVING count(DISTINCT person) >= 2
    ),
    people AS (
        SELECT person, min(n_given) AS given, bool_or(paired.place IS NOT NULL) AS paired
        FROM namesake_housed
        LEFT JOIN paired USING (place, a_unit, n_surname_key, n_given_group)
        WHERE n_given <> 0 GROUP BY person
    ),
    counted AS (
        SELECT given, count(*) AS people, count(*) FILTER (paired) AS pairs
        FROM people GROUP BY given
    ),
    named AS (
        SELECT given.given, coalesce(sex, '') AS sex, coalesce(people, 0) AS people,
               coalesce(pairs, 0) AS pairs
        FROM namesake_given AS given
        LEFT JOIN counted USING (given) LEFT JOIN namesake_sexes USING (name)
    ),
    sexed AS (
        SELECT sex, (sum(pairs) + {_UNSEEN_PAIRS}) / (sum(people) + {_UNSEEN_PEOPLE}) AS rate
        FROM named GROUP BY sex
    )
    SELECT CASE WHEN given = 0 THEN 0 ELSE CAST(
               1e6 * (pairs + {DRAWN} * rate) / (people + {DRAWN}) AS INTEGER
           ) END AS namesake_ppm
    FROM named JOIN sexed USING (sex) ORDER BY given
"""

"""Learning: levels among pairs of the file that are known not to be one person.

*stranger* is counted among pairs of different people at random, *housemate* among pairs of
different people of one surname at one address. Both are exact counts: the file says who is who.
The same file gives the same shares, to the last digit written down: pairs are chosen by arithmetic,
and counts are integers.
"""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ostiary.deciding.matching.learned import LEVELS_OF, SILENT, USUAL, Learned, Shares
from ostiary.deciding.matching.levels import LEVELS
from ostiary.deciding.reference.namesakes import LARGEST_FAMILY, columns_of, of_families_looked_at
from ostiary.deciding.reference.reader import ReferenceReader

PAIRS = 200_000
_SMOOTHED = 1.0  # pair of each level that is taken to have been seen
_STEPS = (611_953, 318_211, 772_573)  # primes: which record is paired with which
_FIELDS = tuple(LEVELS_OF)

Counts = dict[tuple[str, str], int]
Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def learn_others(con: duckdb.DuckDBPyConnection, opened: ReferenceReader) -> Learned:
    """Count what other people's records look like; ``same`` is left as usual.

    Args:
        con: does the work.
        opened: the reference's files.
    """
    stranger, housemate = _counted(con, opened, (_strangers(opened), _housemates(con, opened)))
    return Learned(USUAL, _smoothed(stranger, _INITIALS), _smoothed(housemate, _INITIALS))


# An initial agrees with one name in so many, whoever bears it; files give names in full and show
# none. From the first letters of given names of the 1990 census.
_INITIALS = {("given_level", "initial"): 0.075}


def _strangers(opened: ReferenceReader) -> Pairs:
    """Pair records with others a fixed way on, so that every part of the file is met."""
    count = len(opened.records)
    every = max(1, len(_STEPS) * count // PAIRS)
    some = np.arange(0, count, every)
    one = np.concatenate([some for _ in _STEPS])
    other = np.concatenate([(some + step) % max(1, count) for step in _STEPS])
    person = opened.records["person"]
    apart = person[one] != person[other]
    return one[apart], other[apart]


def _housemates(con: duckdb.DuckDBPyConnection, opened: ReferenceReader) -> Pairs:
    """Pair the people of one surname at one address, where these are no more than a household."""
    shapes, surnames = (opened.words[c].to_pylist() for c in ("a_shape", "n_surname_key"))
    record = of_families_looked_at(opened.records, surnames, shapes)
    columns = columns_of(opened.records[record], ("person", *_HOME))
    con.register("learn_living", pa.table({"record": record, **columns}))
    found = con.sql(_PAIRED).to_arrow_table()
    con.unregister("learn_living")
    return found["one"].to_numpy(), found["other"].to_numpy()


_HOME = ("a_number", "a_street", "a_unit", "a_zip5", "n_surname_key")
_PAIRED = f"""
    WITH living AS (
        SELECT {", ".join(_HOME)}, person, min(record) AS record FROM learn_living
        WHERE n_surname_key <> 0 AND a_zip5 <> 0 GROUP BY ALL
    ),
    numbered AS (
        SELECT record, lead(record) OVER home AS next,
               count(*) OVER (PARTITION BY {", ".join(_HOME)}) AS people
        FROM living WINDOW home AS (PARTITION BY {", ".join(_HOME)} ORDER BY person)
    )
    SELECT record AS one, next AS other FROM numbered
    WHERE next IS NOT NULL AND people <= {LARGEST_FAMILY}
    ORDER BY one, other LIMIT {PAIRS}
"""


# A filed record in the place of a request: what few people bear may be somebody's slip.
_AS_ASKED = """
    SELECT *, surname_known AS surname_borne, FALSE AS stem_borne, given_known AS given_borne,
           middle_common AS middle_borne,
           '' AS given_others, '' AS surname_others
    FROM learn_filed
"""


def _counted(
    con: duckdb.DuckDBPyConnection, opened: ReferenceReader, kinds: Sequence[Pairs]
) -> list[Counts]:
    """Count the levels of pairs of records by kind, in one statement: to plan it takes long."""
    counted: list[Counts] = [{} for _ in kinds]
    one, other = (np.concatenate(side) for side in zip(*kinds, strict=True))
    if not len(one):
        return counted  # to plan the levels would cost more than the rest of a small load
    kind = np.repeat(np.arange(len(kinds)), [len(pairs[0]) for pairs in kinds])
    con.register("learn_pairs", pa.table({"kind": kind, "one": one, "other": other}))
    con.register("learn_filed", opened.filed_names(np.unique(np.concatenate([one, other]))))
    levels = ", ".join(f"{LEVELS[field]} AS {field}" for field in _FIELDS)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE learn_levels AS
        SELECT kind, {levels} FROM learn_pairs
        JOIN ({_AS_ASKED}) q ON q.record = one
        JOIN learn_filed f ON f.record = other
        """
    )
    for field in _FIELDS:
        found = con.execute(f"SELECT kind, {field}, count(*) FROM learn_levels GROUP BY ALL")
        for each, level, count in found.fetchall():
            if level not in SILENT:
                counted[each][field, level] = count
    con.execute("DROP TABLE learn_levels")
    for each in ("pairs", "filed"):
        con.unregister(f"learn_{each}")
    return counted


def _smoothed(
    counts: Mapping[tuple[str, str], int], fixed: Mapping[tuple[str, str], float] | None = None
) -> Shares:
    shares: dict[str, dict[str, float]] = {}
    for field, levels in LEVELS_OF.items():
        seen = {level: counts.get((field, level), 0) + _SMOOTHED for level in levels}
        seen["different"] += 0.0 if sum(counts.get((field, level), 0) for level in levels) else 999
        total = sum(seen.values())
        shares[field] = {
            level: (fixed or {}).get((field, level), count / total) for level, count in seen.items()
        }
    return shares

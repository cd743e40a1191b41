"""Learning: levels among pairs of the file that are known not to be one person, and EM over pairs.

*stranger* is counted among pairs of different people at random, *housemate* among pairs of
different people of one surname at one address. Both are exact counts: the file says who is who.
*same* is estimated by expectation maximisation (Dempster, Laird and Rubin 1977; Winkler 1988) over
the patterns of levels among the candidates of requests, with the other two held fixed.
The same file and requests give the same shares, to the last digit written down: pairs are chosen by
arithmetic, counts are integers, and sums run in a fixed order.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ostiary.deciding.matching.learned import LEVELS_OF, SILENT, USUAL, Learned, Shares
from ostiary.deciding.matching.levels import LEVELS
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.verify import compare_near, drop_steps
from ostiary.deciding.reference.namesakes import LARGEST_FAMILY, columns_of, of_families_looked_at
from ostiary.deciding.reference.reader import ReferenceReader

PAIRS = 200_000
ROUNDS = 40
_SMOOTHED = 1.0  # pair of each level that is taken to have been seen
_STEPS = (611_953, 318_211, 772_573)  # primes: which record is paired with which
_FIELDS = tuple(LEVELS_OF)
_CLASSES = ("same", "stranger", "housemate")

Pattern = tuple[str, ...]
Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def learn_others(con: duckdb.DuckDBPyConnection, opened: ReferenceReader) -> Learned:
    """Count what other people's records look like; ``same`` is left as usual.

    Args:
        con: does the work.
        opened: the reference's files.
    """
    stranger = _shares(con, opened, _strangers(opened))
    housemate = _shares(con, opened, _housemates(con, opened))
    return Learned(
        USUAL,
        _smoothed(stranger, _INITIALS),
        _smoothed(housemate, _INITIALS),
    )


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
           '' AS given_others, '' AS surname_others
    FROM learn_filed
"""


def _shares(
    con: duckdb.DuckDBPyConnection, opened: ReferenceReader, pairs: Pairs
) -> Mapping[tuple[str, str], int]:
    """Count the levels of pairs of records."""
    one, other = pairs
    if not len(one):
        return {}  # to plan the levels would cost more than the rest of a small load
    con.register("learn_pairs", pa.table({"one": one, "other": other}))
    con.register("learn_filed", opened.filed(np.unique(np.concatenate(pairs))))
    con.register("learn_streets", pa.table({"a_street": opened.words["a_street"]}))
    levels = ", ".join(f"{LEVELS[field]} AS {field}" for field in _FIELDS)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE learn_levels AS
        SELECT {levels} FROM learn_pairs
        JOIN ({_AS_ASKED}) q ON q.record = one
        JOIN learn_filed f ON f.record = other
        LEFT JOIN learn_streets k ON k.a_street = q.a_street
        """
    )
    counted: dict[tuple[str, str], int] = {}
    for field in _FIELDS:
        rows = con.execute(f"SELECT {field}, count(*) FROM learn_levels GROUP BY ALL").fetchall()
        counted |= {(field, level): count for level, count in rows if level not in SILENT}
    con.execute("DROP TABLE learn_levels")
    for each in ("pairs", "filed", "streets"):
        con.unregister(f"learn_{each}")
    return counted


def _smoothed(
    counts: Mapping[tuple[str, str], float], fixed: Mapping[tuple[str, str], float] | None = None
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


def learn_same(patterns: Mapping[Pattern, int], start: Learned) -> Learned:
    """Estimate ``same`` by EM.

    Args:
        patterns: levels of a pair, in the order of :data:`LEVELS_OF`, and how many pairs have them.
        start: its ``stranger`` and ``housemate`` are held fixed; its ``same`` counts as a hundred
            pairs that were seen, so that few requests change little.
    """
    ordered = sorted(patterns.items())
    same, mix = start.same, dict.fromkeys(_CLASSES, 1 / 3)
    for _ in range(ROUNDS):
        expected: dict[tuple[str, str], float] = defaultdict(float)
        for field, shares in start.same.items():
            for level, share in shares.items():
                expected[field, level] = 100 * share
        now = Learned(same, start.stranger, start.housemate)
        totals = dict.fromkeys(_CLASSES, 0.0)
        for pattern, count in ordered:
            chances = _chances(pattern, now, mix)
            for name, chance in chances.items():
                totals[name] += count * chance
            for field, level in zip(_FIELDS, pattern, strict=True):
                if level not in SILENT:
                    expected[field, level] += count * chances["same"]
        everything = sum(totals.values()) or 1.0
        mix = {name: max(total / everything, 1e-6) for name, total in totals.items()}
        same = _normed(expected)
    return Learned(same, start.stranger, start.housemate, source="requests")


def _chances(pattern: Pattern, now: Learned, mix: Mapping[str, float]) -> dict[str, float]:
    """Give how likely a pattern is of each class, after Bayes."""
    logs = {}
    for name in _CLASSES:
        shares: Shares = getattr(now, name)
        logs[name] = math.log(mix[name]) + math.fsum(
            math.log(shares[field][level])
            for field, level in zip(_FIELDS, pattern, strict=True)
            if level not in SILENT
        )
    highest = max(logs.values())
    odds = {name: math.exp(log - highest) for name, log in logs.items()}
    total = sum(odds.values())
    return {name: each / total for name, each in odds.items()}


def _normed(expected: Mapping[tuple[str, str], float]) -> Shares:
    shares = {}
    for field, levels in LEVELS_OF.items():
        total = sum(expected[field, level] for level in levels)
        shares[field] = {level: expected[field, level] / total for level in levels}
    return shares


def learn_from_requests(
    con: duckdb.DuckDBPyConnection, requests_table: str, reference: Path
) -> Learned:
    """Learn from requests how people are written who are meant; nobody is told who they are.

    Args:
        con: connection that holds the requests.
        requests_table: as for :func:`.matching.verify.verify_batch`: requests that the law
            has let through, and no others, for records are read.
        reference: the office's ``reference/``; strangers and housemates stay as its model has them.

    Raises:
        OfficeError: there is no reference, or another version of the standard form wrote it.
    """
    model = open_model(reference)
    try:
        compare_near(con, model, requests_table)
        return learn_same(_patterns(con), model.learned)
    finally:
        drop_steps(con)


def _patterns(con: duckdb.DuckDBPyConnection) -> dict[Pattern, int]:
    """Count the patterns of levels where the address agrees, one a request and person."""
    listed = ", ".join(_FIELDS)
    counted = con.execute(
        f"""
        SELECT {listed}, count(*) FROM (
            SELECT DISTINCT ON (row, person_id) {listed} FROM match_compared
            WHERE address_agrees ORDER BY row, person_id, tier DESC, record
        ) GROUP BY ALL
        """
    ).fetchall()
    return {tuple(row[:-1]): row[-1] for row in counted}

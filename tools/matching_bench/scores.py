"""Scores: wrong confirmations and recall together, never one alone."""

from dataclasses import dataclass

import duckdb

LIMITS = (0.001, 0.0001)


@dataclass(frozen=True, slots=True)
class Score:
    """What a verifier reached at one point.

    Attributes:
        point: ``default``, or the share of wrong confirmations that the threshold was chosen for.
        wrong: confirmations of another person, or of an address that is not on file.
        other_person: those of them that name another person.
        confirmed: all confirmations.
        recall: right confirmations among the requests that should be confirmed.
        weight: threshold, in bits; it is chosen on the truth, so it is an upper limit of what a
            user could reach. NaN at the default.
    """

    point: str
    wrong: int
    other_person: int
    confirmed: int
    recall: float
    weight: float


# A verification looks at name and address; identification only at who is meant.
_RIGHT = {
    "address": ("should", "t.should AND v.person_id = t.meant"),
    "number": ("should AND number_right", "t.should AND number_right AND v.person_id = t.meant"),
    "person": ("meant <> '' AND (should OR NOT on_file)", "v.person_id = t.meant"),
}


def scores(con: duckdb.DuckDBPyConnection, verifier: str, *, truth: str) -> list[Score]:
    """Score table ``verified_VERIFIER`` against ``told``.

    Args:
        con: holds both.
        verifier: its name.
        truth: ``address`` (confirming an address that is not the person's is wrong), ``number``
            (so is a house number that was damaged on the way: it is another house) or ``person``
            (whoever is meant is right, wherever; movers count as to be found).
    """
    should, right = _RIGHT[truth]
    eligible = "clear" if verifier != "ostiary" else "confirmed"
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        SELECT v.weight, v.confirmed, {eligible} AS eligible, {right} AS is_right,
               v.person_id <> t.meant AS other_person
        FROM verified_{verifier} v JOIN told t USING (row)
        """
    )
    members = _one(con, f"SELECT count(*) FROM told WHERE {should}")[0]
    points = [("default", "confirmed", float("nan"))]
    for limit in LIMITS:
        weight = _threshold(con, limit)
        points.append((f"{limit:.2%} wrong", f"eligible AND weight >= {weight!r}", weight))
    return [_score(con, name, where, weight, members) for name, where, weight in points]


def by_kind(con: duckdb.DuckDBPyConnection, verifier: str) -> list[tuple[str, int, int, int, int]]:
    """Score table ``verified_VERIFIER`` at its default for each ``kind`` of ``told``.

    Returns:
        Kind, requests, how many should be confirmed, how many of these were, and how many were
        confirmed wrongly.
    """
    return con.execute(
        f"""
        SELECT t.kind, count(*), count(*) FILTER (t.should),
               count(*) FILTER (v.confirmed AND t.should AND v.person_id = t.meant),
               count(*) FILTER (v.confirmed AND NOT (t.should AND v.person_id = t.meant))
        FROM told t LEFT JOIN verified_{verifier} v USING (row) GROUP BY ALL ORDER BY 1
        """
    ).fetchall()


def _threshold(con: duckdb.DuckDBPyConnection, limit: float) -> float:
    """Find the lowest weight from which on at most ``limit`` of the confirmations are wrong."""
    found = _one(
        con,
        f"""
        WITH levels AS (
            SELECT weight, count(*) AS n, count(*) FILTER (NOT is_right) AS wrong
            FROM judged WHERE eligible GROUP BY weight
        ),
        above AS (
            SELECT weight, sum(wrong) OVER (ORDER BY weight DESC) AS wrong,
                   sum(n) OVER (ORDER BY weight DESC) AS n
            FROM levels
        )
        SELECT coalesce(min(weight), 1e9) FROM above WHERE wrong <= {limit} * n
        """,
    )
    return float(found[0])


def _score(
    con: duckdb.DuckDBPyConnection, point: str, where: str, weight: float, members: int
) -> Score:
    confirmed, right, other = _one(
        con,
        f"""
        SELECT count(*), count(*) FILTER (is_right), count(*) FILTER (NOT is_right AND other_person)
        FROM judged WHERE {where}
        """,
    )
    return Score(point, confirmed - right, other, confirmed, right / max(members, 1), weight)


def _one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    (row,) = con.execute(query).fetchall()
    return tuple(row)

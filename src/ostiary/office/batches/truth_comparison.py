"""A batch held against the truth that a synthetic world tells of its requests."""

from pathlib import Path
from typing import Any

import duckdb

from ostiary.deciding.intake.named_rows import named_rows


def against_truth(truth: Path, folder: Path) -> dict[str, Any]:
    """Count what became of requests of which the truth is known.

    Args:
        truth: ``truth.parquet`` of a synthetic world.
        folder: the folder of the batch that ran the world's requests.

    Returns:
        ``kinds`` (one a kind of request: ``kind``, ``rows``, ``lawful``, and how many were
        ``accepted``, ``confirmed``, ``right``); and of all requests: ``unlawful`` (accepted though
        the law does not let them through), ``refused`` (lawful, and not accepted),
        ``confirmed_unlawful``, ``wrong`` (confirmed for another person, or for nobody on file),
        ``could`` and ``did`` (should be confirmed, and are), ``answered_right`` (lawful, with the
        answer the truth expects).
    """
    with duckdb.connect() as con:
        custody = folder / "custody"
        files = (truth, custody / "determinations.parquet", custody / "verifications.parquet")
        con.execute(_TOLD, [str(file) for file in files])
        kinds = named_rows(con, _KINDS)
        [totals] = named_rows(con, _TOTALS)
    return {"kinds": kinds, **totals}


# What the truth tells of each request, beside what became of it.
_TOLD = """
    CREATE TABLE outcomes AS
    SELECT t.*, d.status = 'accepted' AS accepted,
           coalesce(v.outcome = 'confirmed', FALSE) AS confirmed,
           confirmed AND (expected_outcome <> 'confirmed' OR v.person_id <> t.person_id) AS wrong,
           accepted AND lawful AND NOT wrong
               AND confirmed = (expected_outcome = 'confirmed') AS answered_right
    FROM read_parquet($1) t
    LEFT JOIN read_parquet($2) d USING (request_id)
    LEFT JOIN read_parquet($3) v USING (request_id)
"""
_KINDS = """
    SELECT kind, count(*) AS rows, bool_and(lawful) AS lawful,
           count(*) FILTER (accepted) AS accepted, count(*) FILTER (confirmed) AS confirmed,
           count(*) FILTER (answered_right OR NOT lawful AND NOT coalesce(accepted, FALSE))
               AS right
    FROM outcomes GROUP BY kind ORDER BY rows DESC, kind
"""
_TOTALS = """
    SELECT count(*) FILTER (accepted AND NOT lawful) AS unlawful,
           count(*) FILTER (lawful AND NOT coalesce(accepted, FALSE)) AS refused,
           count(*) FILTER (confirmed AND NOT lawful) AS confirmed_unlawful,
           count(*) FILTER (wrong) AS wrong,
           count(*) FILTER (lawful) AS lawful,
           count(*) FILTER (lawful AND expected_outcome = 'confirmed') AS could,
           count(*) FILTER (lawful AND expected_outcome = 'confirmed' AND answered_right) AS did,
           count(*) FILTER (answered_right) AS answered_right
    FROM outcomes
"""


def replies_against_truth(world: Path, folder: Path) -> dict[str, int]:
    """Count what an agency was told of requests of which the truth is known.

    Args:
        world: folder of the synthetic world.
        folder: the folder of the batch that ran its requests.

    Returns:
        ``status_right`` and ``status_wrong`` (replies), ``could_be_confirmed``, ``confirmed`` (of
        these) and ``confirmed_wrongly`` (for another person, or for nobody on file).
    """
    with duckdb.connect() as con:
        [row] = con.execute(
            """
            WITH answered AS (
                SELECT request_id, status FROM read_json($1, format='newline_delimited')
            ),
            verified AS (SELECT * FROM read_parquet($2)), truth AS (SELECT * FROM read_parquet($3))
            SELECT count(*) FILTER (t.expected_status = r.status),
                   count(*) FILTER (t.expected_status <> r.status),
                   count(*) FILTER (t.expected_outcome = 'confirmed'),
                   count(*) FILTER (t.expected_outcome = 'confirmed' AND v.outcome = 'confirmed'
                                    AND v.person_id = t.person_id),
                   count(*) FILTER (v.outcome = 'confirmed' AND (t.expected_outcome <> 'confirmed'
                                    OR v.person_id <> t.person_id))
            FROM truth t JOIN answered r USING (request_id) LEFT JOIN verified v USING (request_id)
            """,
            [
                str(folder / "replies.jsonl"),
                str(folder / "custody" / "verifications.parquet"),
                str(world / "truth.parquet"),
            ],
        ).fetchall()
    names = ("status_right", "status_wrong", "could_be_confirmed", "confirmed", "confirmed_wrongly")
    return dict(zip(names, row, strict=True))

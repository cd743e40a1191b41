"""What the agency gets back from a run: replies and row errors. Nothing here saw the file."""

from pathlib import Path

import duckdb

from ostiary.deciding.intake.tables import FACTS, ROW_ERRORS
from ostiary.deciding.law.tables import DETERMINATIONS
from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.domain.spreadsheets import SIGN
from ostiary.office.batches.tables import CONTENTS, NUMBERED, REPLIES

_FORMULA = f"^{SIGN}"


def write_replies(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write ``replies.jsonl`` and ``replies.csv`` from the table ``replies``.

    The table has ``row``, ``request_id``, ``status``, ``findings`` (JSON array text) and
    ``receipt`` (JSON object text, or NULL when there is no log). In the CSV an id that a
    spreadsheet would take for a formula stands behind an apostrophe; the JSON Lines has it as is.
    Ids are an agency's own: whose a reply is, the entry in its receipt says, and never the id.
    """
    con.execute(
        f"""
        COPY (SELECT request_id, status, findings::JSON AS findings, receipt::JSON AS receipt
              FROM {REPLIES} ORDER BY row)
        TO '{_quoted(folder / "replies.jsonl")}' (FORMAT json)
        """
    )
    con.execute(
        f"""
        COPY (SELECT {_harmless("request_id")} AS request_id, status, findings, receipt
              FROM {REPLIES} ORDER BY row)
        TO '{_quoted(folder / "replies.csv")}' (FORMAT csv, HEADER)
        """
    )


def write_row_errors(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write ``row_errors.csv`` from the table ``row_errors``; without rows it is a header.

    A row is a data row, counted from 1 without the header; a line is one of the file, counted from
    1 with all that stands above, and empty where the file has none.
    """
    con.execute(
        f"""
        COPY (SELECT row, "column", code, message, cure, line,
                     {_harmless("request_id")} AS request_id FROM {ROW_ERRORS}
              ORDER BY row, "column", code)
        TO '{_quoted(folder / "row_errors.csv")}' (FORMAT csv, HEADER)
        """
    )


def write_custody(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write what the custodian alone keeps: requests, determinations with facts, verifications."""
    custody = folder / "custody"
    custody.mkdir(mode=0o700)
    for name, query in {
        "requests": (
            f"SELECT row, n.salt, c.payload FROM {CONTENTS} c JOIN {NUMBERED} n USING (row)"
            " ORDER BY row"
        ),
        "determinations": (
            "SELECT c.request_id, d.status, d.mask AS failure_mask, f.* EXCLUDE (row)"
            f" FROM {DETERMINATIONS} d JOIN {CONTENTS} c USING (row)"
            f" JOIN {FACTS} f ON f.row = d.row"
            " ORDER BY d.row"
        ),
        "verifications": (
            "SELECT c.request_id, v.outcome, v.rule, v.person_id, v.weight, v.margin, v.basis"
            f" FROM {VERIFICATIONS} v JOIN {CONTENTS} c USING (row) ORDER BY v.row"
        ),
    }.items():
        target = _quoted(custody / f"{name}.parquet")
        con.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def _harmless(column: str) -> str:
    return (
        f"CASE WHEN regexp_matches({column}, '{_FORMULA}') THEN '''' || {column} ELSE {column} END"
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

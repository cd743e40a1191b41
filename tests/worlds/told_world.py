"""A world read into DuckDB as text, and a way to ask about it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ostiary.worlds.world import WorldSummary


@dataclass
class Told:
    """A world and a way to ask about it; tables ``people``, ``requests`` and ``truth``."""

    summary: WorldSummary
    con: duckdb.DuckDBPyConnection

    @property
    def folder(self) -> Path:
        return self.summary.folder

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()

    def count(self, sql: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM ({sql})")[0][0])


def tell(summary: WorldSummary) -> Told:
    """Read a world; a line of the truth bears the row of the file that it is about."""
    con, folder = duckdb.connect(), summary.folder
    con.execute(f"CREATE TABLE people AS FROM '{folder}/people.parquet'")
    con.execute(
        f"""CREATE TABLE requests AS SELECT row_number() OVER () AS row,
        coalesce(COLUMNS(*), '') FROM
        read_csv('{folder}/requests.csv', all_varchar = true)"""
    )
    con.execute(
        f"""CREATE TABLE truth AS SELECT t.*, f.row FROM '{folder}/truth.parquet' t
        JOIN (SELECT request_id, min(row) AS row FROM requests GROUP BY ALL) f USING (request_id)"""
    )
    return Told(summary, con)

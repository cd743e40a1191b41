"""A synthetic world whose lawful requests are verified: each beside its truth."""

from pathlib import Path

import duckdb

from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.standardisation import standardise_table
from ostiary.worlds.world import make_world


def judge(
    con: duckdb.DuckDBPyConnection, folder: Path, *, people: int, requests: int, **world: object
) -> None:
    """Make a world and ask about it, past the law.

    Makes ``told`` (the lawful requests as they are written), ``verified``, and ``judged``: what
    ``verified`` says with ``kind``, ``expected`` (the outcome) and ``meant`` (the person).
    """
    make_world(folder, people=people, requests=requests, **world)
    read_reference(con, folder / "people.parquet", "people")
    load_reference(con, "people", folder / "reference")
    con.execute(
        f"""
        CREATE TABLE told AS
        SELECT row_number() OVER () AS row, r.* REPLACE (CAST(birth_date AS DATE) AS birth_date)
        FROM read_csv('{folder}/requests.csv', all_varchar = TRUE) r
        JOIN '{folder}/truth.parquet' t USING (request_id) WHERE t.lawful
        """
    )
    standardise_table(con, "told", "requests")
    verify_batch(con, "requests", folder / "reference", "verified")
    con.execute(
        f"""
        CREATE TABLE judged AS
        SELECT v.*, t.kind, t.expected_outcome AS expected, t.person_id AS meant
        FROM verified v JOIN told USING (row) JOIN '{folder}/truth.parquet' t USING (request_id)
        """
    )

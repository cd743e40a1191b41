"""The facts of each request of a table, derived as if it stood alone: by Python, without DuckDB."""

import duckdb

from ostiary.deciding.intake.facts import Days
from ostiary.deciding.intake.facts_of_one import RegistersOnADay, standard_form, stored_request
from ostiary.domain.columns import REQUEST


def facts_alone(con: duckdb.DuckDBPyConnection, requests: str, days: Days):
    """Give the facts of typed requests, in the order of ``row``, from the JSON the store keeps."""
    members = ", ".join(f"{column.name} := {column.name}" for column in REQUEST)
    payloads = con.execute(
        f"SELECT CAST(to_json(struct_pack({members})) AS VARCHAR) FROM {requests} ORDER BY row"
    ).fetchall()
    registers = RegistersOnADay(con, days)
    asked = [stored_request(payload) for (payload,) in payloads]
    return [registers.facts(request, *standard_form(request)) for request in asked]

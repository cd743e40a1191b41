"""Worlds of ``synth`` and of pseudopeople's sample population."""

import tempfile
from pathlib import Path

import duckdb
import pandas as pd
import pseudopeople as psp

from matching_bench.noise_kinds import listening
from ostiary.deciding.intake.reference import read_reference
from ostiary.worlds.world import make_world

_HELD_OUT = 30  # per cent of the people, whose relatives stay in the file
_ASKED_IN = 2030

# The sample population lives in one city and ZIP that no post office has. Both are put into a real
# place, letter by letter, so that damage done to them stays damage.
_CITY, _STATE, _ZIP = "Spokane", "WA", "99201"

_W2 = {
    "street_number": "mailing_address_street_number",
    "street_name": "mailing_address_street_name",
    "unit_number": "mailing_address_unit_number",
    "po_box": "mailing_address_po_box",
    "city": "mailing_address_city",
    "zipcode": "mailing_address_zipcode",
}
# The house or box number: as given, it must be the person's own.
_NUMBER = "regexp_extract(replace(lower({}), 'po box ', ''), '^[0-9a-z/-]*[0-9][0-9a-z/-]*')"

_YEARS = {"w2": "tax_year", "1040": "tax_year", "census": "year"}


def synth_world(
    con: duckdb.DuckDBPyConnection, *, people: int, requests: int, seed: int, scenario: str
) -> None:
    """Make a world of ``ostiary synth``; only requests that the law lets through are asked."""
    with tempfile.TemporaryDirectory(prefix="ostiary-bench-") as folder:
        world = Path(folder) / "world"
        make_world(world, people=people, requests=requests, scenario=scenario, seed=seed)
        read_reference(con, world / "people.parquet", "people")
        con.execute(
            f"""
            CREATE TABLE told AS
            SELECT row_number() OVER (ORDER BY request_id) AS row,
                   r.* REPLACE (try_cast(birth_date AS DATE) AS birth_date),
                   t.person_id AS meant, t.expected_outcome = 'confirmed' AS should,
                   t.expected_outcome = 'confirmed' AS on_file, TRUE AS number_right,
                   t.kind AS kind
            FROM read_csv('{world}/requests.csv', all_varchar = TRUE) r
            JOIN '{world}/truth.parquet' t USING (request_id) WHERE t.lawful
            """
        )


def pseudopeople_world(
    con: duckdb.DuckDBPyConnection,
    *,
    seed: int,
    noise: float,
    asked_by: str = "w2",
    filed_noise: float = 0.0,
) -> None:
    """Make a world of pseudopeople's sample population, and ``struck``: what noise struck where.

    The file is what tax forms and censuses before 2030 say, 30 % of the people held out; birth
    dates and TINs come from the social security data. Requests are one a person, from one data set
    of 2030.

    Args:
        con: where the tables are made.
        seed: of the noise and of who is held out.
        noise: of the requests, as a multiple of pseudopeople's own.
        asked_by: ``w2`` (name and address) or ``census`` (birth date too).
        filed_noise: of the file, likewise.
    """
    _noted(con, "clean", seed, 0.0)
    _noted(con, "noted", seed + 1000, filed_noise)
    with listening() as struck:
        asked = _dataset(asked_by, seed, noise)
    con.register("asked_rows", asked)
    con.register("struck_cells", pd.concat(struck))
    con.execute(
        f"""
        CREATE TEMP TABLE kept AS SELECT DISTINCT simulant_id FROM clean
        WHERE year < {_ASKED_IN} AND hash(simulant_id || '/{seed}') % 100 >= {_HELD_OUT}
        """
    )
    _file_people(con)
    _tell(con, asked_by)
    con.execute(
        f"""
        CREATE TABLE struck AS
        WITH asked AS (
            SELECT simulant_id, min(number) AS number FROM asked_rows WHERE year = {_ASKED_IN}
            GROUP BY simulant_id
        ),
        rows AS (SELECT row_number() OVER (ORDER BY simulant_id) AS row, number FROM asked)
        SELECT row, noised, noise FROM rows JOIN struck_cells USING (number)
        """
    )
    con.unregister("asked_rows")
    con.unregister("struck_cells")


def _file_people(con: duckdb.DuckDBPyConnection) -> None:
    """Make the reference file of those who are kept, from what forms and censuses noted."""
    con.execute(
        f"""
        CREATE TABLE people AS
        SELECT simulant_id AS person_id, given AS given_name, middle AS middle_name, surname,
               '' AS name_suffix, n.birth_date AS birth_date, n.tin AS tin,
               address_line, unit, city, state, postal_code, 'US' AS country,
               year AS period, 'return' AS source, FALSE AS hold
        FROM noted SEMI JOIN kept USING (simulant_id) LEFT JOIN numbers n USING (simulant_id)
        WHERE year < {_ASKED_IN}
        """
    )


def _tell(con: duckdb.DuckDBPyConnection, asked_by: str) -> None:
    """Make the requests, one a person, each with what the truth says of it."""
    birth = "try_strptime(born, '%m/%d/%Y')::DATE" if asked_by == "census" else "NULL::DATE"
    con.execute(
        f"""
        CREATE TABLE told AS
        WITH known AS (
            SELECT DISTINCT c.simulant_id, c.address
            FROM clean c SEMI JOIN kept USING (simulant_id) WHERE year < {_ASKED_IN}
        ),
        now AS (
            SELECT simulant_id, min(address) AS address FROM clean
            WHERE year = {_ASKED_IN} AND origin = '{asked_by}' GROUP BY simulant_id
        ),
        asked AS (
            SELECT * FROM asked_rows WHERE year = {_ASKED_IN}
            QUALIFY row_number() OVER (PARTITION BY simulant_id ORDER BY number) = 1
        )
        SELECT row_number() OVER (ORDER BY a.simulant_id) AS row, given AS given_name,
               middle AS middle_name, surname, '' AS name_suffix, address_line, unit, city, state,
               postal_code, 'US' AS country, {birth} AS birth_date, '' AS tin,
               coalesce(k.simulant_id, '') AS meant, f.address IS NOT NULL AS on_file,
               on_file AS should, a.address_line <> '' AND {_NUMBER.format("a.address_line")}
                   = {_NUMBER.format("n.address")} AS number_right,
               CASE WHEN meant = '' THEN 'held out' WHEN on_file THEN 'member' ELSE 'moved' END
                   AS kind
        FROM asked a
        JOIN now n USING (simulant_id)
        LEFT JOIN kept k USING (simulant_id)
        LEFT JOIN known f ON f.simulant_id = a.simulant_id AND f.address = n.address
        """
    )


def _noted(con: duckdb.DuckDBPyConnection, table: str, seed: int, noise: float) -> None:
    """Make a table of everything that the data sets say, and ``numbers`` (birth date and TIN)."""
    origins = [_dataset(origin, seed, noise).assign(origin=origin) for origin in _YEARS]
    con.register("rows", pd.concat(origins))
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {table} AS
        SELECT *, lower(concat_ws('|', address_line, unit)) AS address FROM rows
        """
    )
    con.unregister("rows")
    numbers = psp.generate_social_security(seed=seed, config=psp.NO_NOISE).astype("string")
    con.register("rows", numbers)
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE numbers AS
        SELECT simulant_id, max(replace(ssn, '-', '')) AS tin,
               max(try_strptime(date_of_birth, '%Y%m%d')::DATE) AS birth_date
        FROM rows GROUP BY simulant_id
        """
    )
    con.unregister("rows")


def _dataset(origin: str, seed: int, noise: float) -> pd.DataFrame:
    """Generate one data set in the columns of a request; ``number`` counts its rows."""
    name, generate = {
        "w2": ("taxes_w2_and_1099", psp.generate_taxes_w2_and_1099),
        "1040": ("taxes_1040", psp.generate_taxes_1040),
        "census": ("decennial_census", psp.generate_decennial_census),
    }[origin]
    rows = generate(seed=seed, year=None, config=_noisy(name, noise)).astype("string")
    if origin != "census":
        rows = rows.rename(columns={old: new for new, old in _W2.items()})
    text = rows.reindex(columns=[*_W2, "date_of_birth"]).fillna("")
    street = text["street_number"].str.cat(text["street_name"], sep=" ").str.strip()
    boxed = (street == "") & (text["po_box"] != "")
    return pd.DataFrame(
        {
            "number": range(len(rows)),
            "simulant_id": rows["simulant_id"],
            "year": pd.to_numeric(rows[_YEARS[origin]], errors="coerce"),
            "given": rows["first_name"].fillna(""),
            "middle": rows["middle_initial"].fillna(""),
            "surname": rows["last_name"].fillna(""),
            "address_line": street.mask(boxed, "PO BOX " + text["po_box"]),
            "unit": text["unit_number"],
            "city": text["city"].replace({"Anytown": _CITY}),
            "state": _STATE,
            "postal_code": text["zipcode"].map(_replaced_zip),
            "born": text["date_of_birth"],
        }
    )


def _replaced_zip(damaged: str) -> str:
    if len(damaged) != len(_ZIP):
        return damaged
    return "".join(real if each == "0" else each for each, real in zip(damaged, _ZIP, strict=True))


def _noisy(name: str, noise: float) -> object:
    """Multiply the chance of each kind of damage to a cell; rows stay as they are."""
    if not noise:
        return psp.NO_NOISE
    columns = psp.get_config()[name]["column_noise"]
    scaled = {
        column: {
            kind: {"cell_probability": min(1.0, chance["cell_probability"] * noise)}
            for kind, chance in kinds.items()
            if isinstance(chance.get("cell_probability"), float)
        }
        for column, kinds in columns.items()
    }
    return {name: {"column_noise": scaled}}

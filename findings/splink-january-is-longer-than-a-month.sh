#!/bin/sh
# splink 5.0.0: dates within one month are those within 30.4375 days, and within one year 365.25: 1 January and 1
# February are more than a month apart, as is the first of every month of 31 days from the next; 1 February and 1 March
# are not; from 1 January of a leap year to the next is more than a year. So the comparison of birth dates puts the same
# slip of a month into two levels.
# Seen: within a month: 1 January/1 February False, 1 February/1 March True; a year: 2023/2024 True, 2024/2025 False
# Ostiary: two birth dates are equal or differ; nothing is measured in average months.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    splink==5.0.0 duckdb==2.0.1 pyarrow==26.0.1 sqlglot==30.30.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import duckdb
import splink.comparison_library as library

compared = library.AbsoluteDateDifferenceAtThresholds(
    "born", input_is_string=True, metrics=["month", "year"], thresholds=[1, 1]
).get_comparison("duckdb")
_, _, month, year, _ = (level.sql_condition for level in compared.comparison_levels)

def within(condition, left, right):
    asked = f"SELECT {condition} FROM (SELECT ? AS born_l, ? AS born_r)"
    return duckdb.execute(asked, [left, right]).fetchall()[0][0]

found = (
    within(month, "2025-01-01", "2025-02-01"), within(month, "2025-02-01", "2025-03-01"),
    within(year, "2023-01-01", "2024-01-01"), within(year, "2024-01-01", "2025-01-01"),
)
print(found)
assert found == (False, True, True, False)
END

#!/bin/sh
# aniso8601 10.0.1: P1Y is 365 days and P1M 30, also where the first day is given: the interval of a year from 1 March
# 2027 ends on 29 February 2028, and that of a month from 31 January on 2 March. A term of years is cut by a day for
# each leap year in it. isodate 0.7.2 gives the first of March, and the end of February.
# Seen: 2028-02-29 and 2025-03-02; isodate 2028-03-01 and 2025-02-28
# Ostiary: counts years and months by the calendar in its rule book, on DuckDB and in Python alike, and neither of
# these.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    aniso8601==10.0.1 isodate==0.7.2
PYTHONPATH=$folder python3 - <<'END'
from datetime import date, timedelta

import aniso8601
import isodate

year = aniso8601.parse_interval("2027-03-01/P1Y")[1]
month = aniso8601.parse_interval("2025-01-31/P1M")[1]
others = (
    date(2027, 3, 1) + isodate.parse_duration("P1Y"),
    date(2025, 1, 31) + isodate.parse_duration("P1M"),
)
print(year, month, *others, aniso8601.parse_duration("P5Y"))
assert (year, month) == (date(2028, 2, 29), date(2025, 3, 2))
assert others == (date(2028, 3, 1), date(2025, 2, 28))
assert aniso8601.parse_duration("P5Y") == timedelta(days=5 * 365)
END

#!/bin/sh
# datetime-distance 0.1.3, the comparison of dates in dedupe: a distance is the square root of the days, so that a month
# is 5.5 and a year 19.1 days; and 1/1/50 is 2050, a century or 191 from 1/1/1950, where 1/1/80 is 1980. A day above 12
# is taken for the day wherever it stands: 13/05/1970 and 05/13/1970 are one date, 01/05/1970 and 05/01/1970 are 10.8
# apart.
# Seen: 5.48 19.13 191.12 0 0 10.77
# Ostiary: two birth dates are equal or differ.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    datetime-distance==0.1.3 future==1.0.0 python-dateutil==2.9.0.post0 six==1.17.0 numpy==2.4.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
from datetime_distance import DateTimeComparator

pairs = (
    ("2020-01-01", "2020-01-31"), ("2020-01-01", "2021-01-01"), ("1/1/50", "1/1/1950"),
    ("1/1/80", "1/1/1980"), ("13/05/1970", "05/13/1970"), ("01/05/1970", "05/01/1970"),
)
found = [round(float(DateTimeComparator()(*pair).days_derived), 2) for pair in pairs]
print(found)
assert found == [5.48, 19.13, 191.12, 0, 0, 10.77]
END

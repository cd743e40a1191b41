#!/bin/sh
# OpenFisca-Core 46.0.1: a period of months or years may begin within a month, and its text leaves the day out: two
# months from 15 January are written month:2026-01:2, which read again are two from the first. A month from the 31st is
# the 28 days to 27 February, for its end is a day before the last of February; a year from 29 February has 365 days
# and ends on the 27th.
# Seen: month:2026-01:2 with 15 January to 14 March, read again 1 January to 28 February; 31 January to 27 February, 29
# February 2024 to 27 February 2025
# Ostiary: a period is two days, both written; a year from 29 February ends on the 28th or on 1 March, by its purpose.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    openfisca-core==46.0.1 pyyaml==6.0.4 strenum==0.4.15 dpath==2.2.0 numexpr==2.14.2 numpy==2.4.6 pendulum==3.3.0 \
    python-dateutil==2.9.0.post0 six==1.17.0 tzdata==2026.6 psutil==7.2.2 pytest==9.2.0 iniconfig==2.3.1 \
    packaging==26.4 pluggy==1.7.0 pygments==2.21.0 sortedcontainers==2.4.0 typing-extensions==4.16.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
from openfisca_core.periods import period


def days(said):
    return str(period(said).start), str(period(said).stop)


said = str(period("month:2026-01-15:2"))
found = [days("month:2026-01-15:2"), days(said), days("month:2026-01-31"), days("year:2024-02-29")]
print(said, found)
assert said == "month:2026-01:2"
assert found == [
    ("2026-01-15", "2026-03-14"), ("2026-01-01", "2026-02-28"),
    ("2026-01-31", "2026-02-27"), ("2024-02-29", "2025-02-27"),
]
END

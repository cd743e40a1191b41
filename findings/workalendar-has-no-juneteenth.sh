#!/bin/sh
# workalendar 17.0.0: the calendars of the United States and of the District of Columbia have no Juneteenth, a legal
# public holiday since 2021 (5 USC 6103), unless a subclass switches it on; their Inauguration Day and Emancipation Day
# are in. A last day put off under 26 USC 7503 falls on 19 June in it, and an agency is told it was open.
# Seen: UnitedStates and DistrictOfColumbia: 19 June 2025 is a working day; FederalReserveSystem: it is not
# Ostiary: counts calendar days; where a term ends on such a day is left to counsel.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    workalendar==17.0.0 convertdate==2.4.1 lunardate==0.3.0 python-dateutil==2.9.0.post0 six==1.17.0 \
    pyluach==2.3.0 PyMeeus==0.5.12 tzdata==2026.6
PYTHONPATH=$folder python3 - <<'END'
from datetime import date
from workalendar.usa import DistrictOfColumbia, FederalReserveSystem, UnitedStates

day = date(2025, 6, 19)
found = [one().is_working_day(day) for one in (UnitedStates, DistrictOfColumbia, FederalReserveSystem)]
print(found)
assert found == [True, True, False]
END

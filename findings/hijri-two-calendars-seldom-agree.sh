#!/bin/sh
# hijridate 2.6.0, convertdate 2.4.0: the two packages that turn a date of the Islamic calendar into ours follow two
# calendars, that of Umm al-Qura and the reckoned one, and their names do not say so: of the days from 1950 to 1999
# they give three in four another date, by a day or two. What is written in a foreign paper so has two birth dates,
# and a comparison that asks for the same day fails with either.
# Seen: 13,670 of 18,262 days differ, by two days at most
# Ostiary: takes a birth date as the request writes it, in our calendar, and turns none.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    hijridate==2.6.0 convertdate==2.4.0 pymeeus==0.5.12
PYTHONPATH=$folder python3 -W ignore - <<'END'
import datetime
from convertdate import islamic
from hijridate import Hijri

first, last = datetime.date(1950, 1, 1), datetime.date(1999, 12, 31)
days = differ = furthest = 0
for number in range((last - first).days + 1):
    day = first + datetime.timedelta(number)
    reckoned = islamic.from_gregorian(day.year, day.month, day.day)
    days += 1
    if reckoned[2] == 30 and Hijri(reckoned[0], reckoned[1], 1).month_length() == 29:
        differ += 1
        continue
    other = Hijri(*reckoned).to_gregorian()
    apart = abs((datetime.date(other.year, other.month, other.day) - day).days)
    differ += apart > 0
    furthest = max(furthest, apart)
print(days, differ, furthest)
assert (days, differ, furthest) == (18262, 13670, 2)
END

#!/bin/sh
# csvw 4.1.1 (CSV on the Web): a column of `time` is read as a moment of the day on which it is read, so that the same
# file gives unequal values on two days; a column of `date` is a moment at midnight, and one that says Z has the zone of
# the machine. All three are written as they were. Seen: a time of 10:00 of today; 2025-08-06 00:00, no `date`
# Ostiary: asks for no time of day; a request's day is a column of its own, YYYY-MM-DD or the stamp of its midnight.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" csvw==4.1.1
PYTHONPATH=$folder python3 - <<'END'
import datetime

from csvw.metadata import Datatype

time, day = Datatype.fromvalue("time"), Datatype.fromvalue("date")
before = datetime.date.today()
read = time.read("10:00:00")
after = datetime.date.today()
print(read, repr(day.read("2025-08-06")))
assert isinstance(read, datetime.datetime) and before <= read.date() <= after
assert time.formatted(read) == "10:00:00"
assert day.read("2025-08-06") == datetime.datetime(2025, 8, 6)
zone = day.read("2025-08-06Z").tzinfo
print(type(zone).__name__)
assert type(zone).__name__ == "tzlocal"
END

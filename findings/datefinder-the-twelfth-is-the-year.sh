#!/bin/sh
# datefinder 1.0.0 and dateparser 1.5.0, on one text: "12 September 25" is 25 September of this year to the first,
# which drops the twelve, and 12 September 2025 to the second. A term after a day, "45 days after 1 August 2025", is the
# bare day to the first, and no day at all to the second; "90 days" is ninety days ago.
# Seen: 09-25 2025-09-12; 2025-08-01 None; 90
# Ostiary: days of a request are columns of their own, YYYY-MM-DD or the stamp of its midnight, and none is looked for in a
# reason's words. Only `redact` reads days in prose, to find withheld ones in any form: a day of two readings is both there.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" datefinder==1.0.0 dateparser==1.5.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import datetime

import datefinder
import dateparser

settings = {"RELATIVE_BASE": datetime.datetime(2026, 11, 30), "TIMEZONE": "UTC"}
written, term = "12 September 25", "45 days after 1 August 2025"
first = [list(datefinder.find_dates(text)) for text in (written, term)]
second = [dateparser.parse(text, settings=settings) for text in (written, term)]
ago = (settings["RELATIVE_BASE"] - dateparser.parse("90 days", settings=settings)).days
print(first, second, ago)
(day,), (start,) = first
assert (day.month, day.day) == (9, 25) and day.year >= 2026
assert start == datetime.datetime(2025, 8, 1)
assert second == [datetime.datetime(2025, 9, 12), None] and ago == 90
END

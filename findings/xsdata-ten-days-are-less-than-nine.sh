#!/bin/sh
# xsdata 26.10: a duration of XML Schema is a text that knows its parts, and is compared and sorted as a text: P10D is
# less than P9D, P1Y is not equal to P12M, and P1M comes before P30D since 1 comes before 3. A moment is compared in
# time, so that it is before another of the same clock time farther west, a date with a zone is not: 1 January of a
# zone in the east is not before that of Greenwich, in which it begins hours earlier.
# Seen: True, False, True; True for moments, False for dates
# Ostiary: dates have no zone, terms are numbers with a unit, and neither is read from XML.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    xsdata==26.10 typing-extensions==4.16.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
from xsdata.models.datatype import XmlDate, XmlDateTime, XmlDuration

found = [
    XmlDuration("P10D") < XmlDuration("P9D"), XmlDuration("P1Y") == XmlDuration("P12M"),
    XmlDuration("P1M") < XmlDuration("P30D"),
    XmlDateTime.from_string("2026-01-01T00:00:00+05:00") < XmlDateTime.from_string("2026-01-01T00:00:00Z"),
    XmlDate.from_string("2026-01-01+05:00") < XmlDate.from_string("2026-01-01Z"),
]
print(found)
assert found == [True, False, True, True, False]
END

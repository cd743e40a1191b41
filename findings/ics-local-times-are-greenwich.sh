#!/bin/sh
# ics 0.7.3: a time without a zone is in RFC 5545 (3.3.5) the same clock time wherever it is read; read and written
# again it is a time in Greenwich: a hearing at 23:59 on 15 April is in New York at 19:59. The calendar that
# it writes also names its scale GEORGIAN, where the RFC knows GREGORIAN alone, which strict readers refuse.
# Seen: DTSTART:20260415T235900Z, CALSCALE:GEORGIAN
# Ostiary: a term ends with a calendar day; times in the log are UTC and written so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    ics==0.7.3 python-dateutil==2.9.0.post0 six==1.17.0 arrow==1.4.0 tzdata==2026.6 tatsu==5.15.1 attrs==23.2.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import ics

lines = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:court", "BEGIN:VEVENT", "UID:2", "DTSTAMP:20260101T000000Z",
    "DTSTART:20260415T235900", "DTEND:20260416T000000", "SUMMARY:due", "END:VEVENT", "END:VCALENDAR", "",
)
written = [line for line in str(ics.Calendar("\r\n".join(lines))).splitlines() if line.startswith(("DTSTART", "CALS"))]
print(written)
assert sorted(written) == ["CALSCALE:GEORGIAN", "DTSTART:20260415T235900Z"]
END

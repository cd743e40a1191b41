#!/bin/sh
# icalendar 7.3.2: a duration of hours that make whole days is written as days: PT24H, read and written, is P1D in an
# event, and -PT24H is -P1D in its alarm. RFC 5545 (3.3.6) has hours exact and days nominal: on the night the
# clocks go forward, 24 hours after Saturday noon is one o'clock on Sunday, a day after it noon.
# The end that the library itself works out is noon for both, and 23 hours end at 11 for 12.
# Seen: DURATION:P1D for PT24H and TRIGGER:-P1D for -PT24H; ends at 12:00 for 24 hours, at 11:00 for 23
# Ostiary: a term of days is calendar days, one of hours is counted in UTC.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    icalendar==7.3.2 python-dateutil==2.9.0.post0 six==1.17.0 typing-extensions==4.16.0 tzdata==2026.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
import icalendar

text = (
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=America/New_York:20260307T120000\r\n"
    "DURATION:{}\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT24H\r\nDESCRIPTION:due\r\nEND:VALARM\r\nEND:VEVENT\r\n"
)
events = [icalendar.Event.from_ical(text.format(term)) for term in ("PT24H", "PT23H")]
written = [line for line in events[0].to_ical().decode().splitlines() if line.startswith(("DURATION", "TRIGGER"))]
ends = [event.end.hour for event in events]
print(written, ends)
assert written == ["DURATION:P1D", "TRIGGER:-P1D"] and ends == [12, 11]
END

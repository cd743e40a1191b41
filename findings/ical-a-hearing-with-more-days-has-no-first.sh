#!/bin/sh
# ical 14.3.1: an event with further days in RDATE lacks its own: a hearing on 5 January that goes on on the 12th and
# the 19th is on the 12th and the 19th. By the standard (RFC 5545, 3.8.5.2) the days are its start together with the
# others, as recurring-ical-events 3.8.2 has them. Where a rule does not fall on the start, the standard says nothing:
# the one has two days for a rule with COUNT=2, the other three.
# Seen: 12, 19 by the one, 5, 12, 19 by the other; 5, 12 and 3, 5, 12
# Ostiary: dates of a calendar of duties are written one by one, with no further dates to be read.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" ical==14.3.1 \
  recurring-ical-events==3.8.2 icalendar==7.3.2
PYTHONPATH=$folder python3 -W ignore - <<'END'
import datetime
import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

FROM, TO = datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)


def calendar(*lines):
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.gov"]
    return "\r\n".join(
        [*head, "DTSTAMP:20260101T000000Z", "SUMMARY:Hearing", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    )


def one(text):
    return [each.dtstart.day for each in IcsCalendarStream.calendar_from_ics(text).timeline.overlapping(FROM, TO)]


def other(text):
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(FROM, TO)
    return sorted(each["DTSTART"].dt.day for each in events)


days = calendar("DTSTART;VALUE=DATE:20260105", "RDATE;VALUE=DATE:20260112,20260119")
rule = calendar("DTSTART;VALUE=DATE:20260103", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2")
found, right = [one(days), one(rule)], [other(days), other(rule)]
print(found, right)
assert found == [[12, 19], [5, 12]]
assert right == [[5, 12, 19], [3, 5, 12]]
END

#!/bin/sh
# timelength 3.0.4 reads lengths of time out of words. What it cannot use is set aside, and the result is a success:
# "1 quarter" is a quarter of a second, "10-20 days" are 20, "60 days less 5 days" are 65, and "60 days (two months)"
# 121. Twelve months have 366 days and a year 365, 5m is five minutes and 5M five months. What it set aside stands in a
# list beside the result, but not the quarter, which it took for a number.
# Seen: 0.25 s; 20, 65, 121; 366 and 365; 0.003472 and 152.5 days; each of them a success
# Ostiary: terms are read from columns and from the law's text, never out of sentences.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" timelength==3.0.4
PYTHONPATH=$folder python3 -W ignore - <<'END'
from timelength import TimeLength

terms = ["1 quarter", "10-20 days", "60 days less 5 days", "60 days (two months)", "12 months", "1 year", "5m", "5M"]
read = [TimeLength(each) for each in terms]
found = [round(each.to_days(), 6) for each in read]
print(found, read[0].result.seconds)
assert all(each.result.success for each in read)
assert (read[0].result.seconds, len(read[0].result.invalid)) == (0.25, 0)
assert found == [0.000003, 20.0, 65.0, 121.0, 366.0, 365.0, 0.003472, 152.5]
END

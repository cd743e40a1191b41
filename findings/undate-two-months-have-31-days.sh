#!/bin/sh
# undate 0.8.0, for days that are known in part: from November to December of a year that is not known are 31 days, and
# from December to January 32, for the last month is counted by its first day; where the year is known they are 61 and
# 62, as both months have them whole. From January to December of an unknown year are 335 days. One month alone has its
# 30 or 31 days either way, and from the first to the last day of months of an unknown year the count is right.
# Seen: 31, 32, 335 without a year; 61, 62, 365 with one; 30 for November alone; 61 from day to day
# Ostiary: an instrument has an end that is a day, or none; no date is in doubt.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" undate==0.8.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
from undate import Undate, UndateInterval


def days(first, last):
    return UndateInterval(Undate(*first), Undate(*last)).duration().days


without = [days((None, 11), (None, 12)), days((None, 12), (None, 1)), days((None, 1), (None, 12))]
known = [days((2025, 11), (2025, 12)), days((2025, 12), (2026, 1)), days((2025, 1), (2025, 12))]
alone, by_days = Undate(None, 11).duration().days, days((None, 11, 1), (None, 12, 31))
print(without, known, alone, by_days)
assert without == [31, 32, 335]
assert known == [61, 62, 365]
assert (alone, by_days) == (30, 61)
END

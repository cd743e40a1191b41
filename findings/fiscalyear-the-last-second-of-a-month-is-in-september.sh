#!/bin/sh
# fiscalyear 0.4.0: periods end at 23:59:59, and what a clock says within the last second of a month is in none of them.
# On 31 January 2026 it is in the twelfth month, on 31 December in the fourth quarter, though the one is in the fourth
# month and the other in the first quarter; and the last half-second of 30 September 2026 is in the fiscal year 2025, on
# its 730th day. On the full second before, all three are where they belong.
# Seen: quarter and month 2 and 12, 4 and 12, year 2025 and day 730; on the full second 2 and 4, 1 and 3, 2026 and 365
# Ostiary: a term begins and ends with a calendar day; times in the log are UTC and written so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" fiscalyear==0.4.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import fiscalyear


def place(year, month, day, fraction):
    moment = fiscalyear.FiscalDateTime(year, month, day, 23, 59, 59, fraction)
    return moment.fiscal_year, moment.fiscal_quarter, moment.fiscal_month, moment.fiscal_day


days = [(2026, 1, 31), (2025, 12, 31), (2026, 9, 30)]
found, right = [place(*day, 500000) for day in days], [place(*day, 0) for day in days]
print(found, right)
assert found == [(2026, 2, 12, 123), (2026, 4, 12, 92), (2025, 4, 12, 730)]
assert right == [(2026, 2, 4, 123), (2026, 1, 3, 92), (2026, 4, 12, 365)]
END

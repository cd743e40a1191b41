#!/bin/sh
# moment-business-days 1.2.0 (npm): businessDaysIntoMonth says how many business days of a month have passed. Where a
# month begins with a Saturday, a Sunday or a holiday, it answers from the month before until the first business day:
# on 1 August 2026 (a Saturday) 23, on the 3rd 1. Days left of a month, and all that is due "on the fifth business day"
# of it, are then found too early. Between two days, businessDiff never says which of them is the earlier one.
# Seen: 23 on 31 July, 23 on 1 and 2 August, 1 on 3 August; 22 on 1 November; 4 forwards and 4 backwards
# Ostiary: counts calendar days; where a term ends on such a day is left to counsel.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" moment@2.31.0 moment-business-days@1.2.0
cd "$folder" && node - <<'END'
const assert = require('assert');
const moment = require('moment-business-days');
const day = (text) => moment(text, 'YYYY-MM-DD');
const days = ['2026-07-31', '2026-08-01', '2026-08-02', '2026-08-03', '2026-11-01'];
const found = days.map((each) => day(each).businessDaysIntoMonth());
const apart = [['2026-01-05', '2026-01-09'], ['2026-01-09', '2026-01-05']];
const both = apart.map(([one, other]) => day(one).businessDiff(day(other)));
console.log(found, both);
assert.deepStrictEqual(found, [23, 23, 23, 1, 22]);
assert.deepStrictEqual(both, [4, 4]);
END

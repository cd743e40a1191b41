#!/bin/sh
# rrule 2.8.1 (npm): rules and words do not say the same. "every year on August 6th" is read as every year in August,
# without the day and without an error; the last weekday of each month is said as "every month on weekdays", and the
# last day of each month as "every month on the last". Reading those words gives other rules, or none.
# Seen: FREQ=YEARLY;BYMONTH=8; every month on weekdays; every month on the last
# Ostiary: dates of a calendar of duties are written one by one, with no rule to be read.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" rrule@2.8.1
cd "$folder" && node - <<'END'
const assert = require('assert');
const { RRule } = require('rrule');
const read = RRule.fromText('every year on August 6th').toString();
const weekdays = [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR];
const said = [
  new RRule({ freq: RRule.MONTHLY, byweekday: weekdays, bysetpos: -1 }).toText(),
  new RRule({ freq: RRule.MONTHLY, bymonthday: [-1] }).toText(),
];
console.log(read, said);
assert.strictEqual(read, 'RRULE:FREQ=YEARLY;BYMONTH=8');
assert.deepStrictEqual(said, ['every month on weekdays', 'every month on the last']);
END

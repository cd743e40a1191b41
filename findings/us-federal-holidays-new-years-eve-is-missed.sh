#!/bin/sh
# @18f/us-federal-holidays 4.0.0 (npm): where New Year's Day is a Saturday the government is closed on 31 December;
# isAHoliday says so, and so does inRange up to a day of January, but inRange that ends with the year does not, nor
# has the list of that year the day: it belongs to the next. Years before a holiday was made law have it too (Martin
# Luther King, 1970), Juneteenth alone begins in its year. A term counted year by year is a day short.
# Seen: true; 2021-12-31 in the range to 2 January; nothing in the range to 31 December
# Ostiary: counts calendar days; where a term ends on such a day is left to counsel.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" @18f/us-federal-holidays@4.0.0
cd "$folder" && node - <<'END'
const assert = require('assert');
const { isAHoliday, inRange, allForYear } = require('@18f/us-federal-holidays');
const day = (text) => new Date(`${text}T12:00:00Z`);
const found = [
  isAHoliday(day('2021-12-31'), { utc: true }),
  inRange(day('2021-12-30'), day('2022-01-02')).map((one) => one.dateString),
  inRange(day('2021-12-30'), day('2021-12-31')).map((one) => one.dateString),
  allForYear(2021).some((one) => one.dateString === '2021-12-31'),
  allForYear(1970).some((one) => one.name.includes('King')),
];
console.log(found);
assert.deepStrictEqual(found, [true, ['2021-12-31'], [], false, true]);
END

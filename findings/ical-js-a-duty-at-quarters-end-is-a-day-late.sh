#!/bin/sh
# ical.js 2.2.1 (npm): a rule of every month passes over months without the day, as RFC 5545 (3.3.10) says; a rule of
# every year does not, but runs over into the next month. So a report due every year in April, June, September and
# November by a rule that begins on 31 January is due on 1 May, 1 July, 1 October and 1 December, and one of 29
# February on 1 March in three years of four. Said with BYMONTHDAY the same day is passed over, as in dateutil 2.9.0.
# Seen: 2026-05-01 2026-07-01 2026-10-01; 2025-03-01; with BYMONTHDAY=29 2028-02-29; monthly 2026-03-31
# Ostiary: dates of a calendar of duties are written one by one, with no rule to be read.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" ical.js@2.2.1
cd "$folder" && node - <<'END'
(async () => {
  const assert = require('assert');
  const { default: ical } = await import('ical.js');
  const dates = (rule, start, many) => {
    const iterator = ical.Recur.fromString(rule).iterator(ical.Time.fromDateString(start));
    return Array.from({ length: many }, () => iterator.next().toString());
  };
  const found = [
    dates('FREQ=YEARLY;BYMONTH=4,6,9,11', '2026-01-31', 3),
    dates('FREQ=YEARLY', '2024-02-29', 2),
    dates('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2024-02-29', 2),
    dates('FREQ=MONTHLY', '2026-01-31', 2),
  ];
  console.log(found);
  assert.deepStrictEqual(found[0], ['2026-05-01', '2026-07-01', '2026-10-01']);
  assert.deepStrictEqual(found[1], ['2024-02-29', '2025-03-01']);
  assert.deepStrictEqual(found[2], ['2024-02-29', '2028-02-29']);
  assert.deepStrictEqual(found[3], ['2026-01-31', '2026-03-31']);
})().catch((error) => { console.error(error); process.exit(1); });

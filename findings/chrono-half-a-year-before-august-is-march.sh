#!/bin/sh
# chrono-node 2.10.3 (npm): a term before or after a date is one result where it is counted in months or years, and
# runs over the month's end: six months before 31 August is 3 March. Counted in days it is two results, the term from
# now and the bare date, and "10 business days after 3 March" is 3 March; so what a notice says within 30 days after
# the 3rd of March is on the 30th day from today.
# Seen: one result 2026-03-03; two results 2026-12-30 and 2026-03-03; one result 2026-03-03
# Ostiary: terms are read from columns and from the law's text, never out of sentences; months end within the month.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" chrono-node@2.10.3
cd "$folder" && TZ=UTC node - <<'END'
const assert = require('assert');
const chrono = require('chrono-node');
const now = new Date('2026-11-30T12:00:00Z');
const said = [
  '6 months before 31 August 2026', 'within 30 days after March 3, 2026', '10 business days after 3 March 2026',
];
const found = said.map((words) => chrono.parse(words, now).map((one) => one.start.date().toISOString().slice(0, 10)));
console.log(found);
assert.deepStrictEqual(found, [['2026-03-03'], ['2026-12-30', '2026-03-03'], ['2026-03-03']]);
END

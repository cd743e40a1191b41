#!/bin/sh
# jstat 1.9.6 (npm): the first quartile has three values, by which of three functions is asked: of ten waits 3, 2.9375
# and 3.25. `quartiles` takes an element, `quantiles` the plotting position of SciPy's mquantiles, `percentile` the
# place among n - 1 as spreadsheets do; but of four values its third quartile is 3 where theirs is 3.25 (as is that of
# simple-statistics 7.12.1), while its first is theirs. Nobody gets a published quartile again from the same rows who
# is not told the function.
# Seen: 3, 2.9375, 3.25; [1.75, 3] for 1 to 4, the other [1.75, 3.25]
# Ostiary: publishes counts and no quantiles.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" jstat@1.9.6 simple-statistics@7.12.1
cd "$folder" && node - <<'END'
const assert = require('assert');
const jstat = require('jstat');
const other = require('simple-statistics');
const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 30];
const first = [jstat.quartiles(waits)[0], jstat.quantiles(waits, [0.25])[0], jstat.percentile(waits, 0.25)];
const four = [0.25, 0.75].map((share) => jstat.percentile([1, 2, 3, 4], share));
console.log(first, four, other.quantile([1, 2, 3, 4], [0.25, 0.75]));
assert.deepStrictEqual(first, [3, 2.9375, 3.25]);
assert.deepStrictEqual(four, [1.75, 3]);

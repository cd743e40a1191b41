#!/bin/sh
# json-logic-js 2.0.5 (npm): with three values < and <= ask whether the middle one is between; > and >= take the same
# three, and pass over the third without an error: 5 > 1 > 9 is true. A value that is absent is less than 5 and at
# least 0, as it is null. So a rule "tax is due when 600 > paid > owed" looks at two of the three, and one on an
# amount that nobody gave holds.
# Seen: false for 1 < 5 < 3; true for 5 > 1 > 9; true and true for the absent
# Ostiary: an absent fact is unknown, and what depends on it is neither true nor false.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" json-logic-js@2.0.5
cd "$folder" && node - <<'END'
const assert = require('assert');
const { apply } = require('json-logic-js');
const found = [
  apply({ '<': [1, 5, 3] }), apply({ '>': [5, 1, 9] }), apply({ '>=': [5, 1, 9] }),
  apply({ '<': [{ var: 'paid' }, 5] }, {}), apply({ '>=': [{ var: 'paid' }, 0] }, {}),
];
console.log(found);
assert.deepStrictEqual(found, [false, true, true, true, true]);
END

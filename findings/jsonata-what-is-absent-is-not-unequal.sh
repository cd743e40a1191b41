#!/bin/sh
# jsonata 2.2.2 (npm): a field that is absent is equal to nothing, itself among it, and unequal to nothing either:
# absent != "closed" is false, as absent = "closed" is. So a filter of all cases that are not closed passes over those
# without a status, and the two filters together do not give all. Nor is there a not: $not of the absent is absent. A
# null is a value, and unequal to the word.
# Seen: false false; 1 of 2 cases by either filter, the third by neither; undefined; true for null
# Known: both comparisons give false first where a side is undefined (evaluateEqualityExpression in jsonata.js).
# Ostiary: an absent fact is unknown and stops what depends on it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" jsonata@2.2.2
cd "$folder" && node - <<'END'
(async () => {
  const assert = require('assert');
  const jsonata = require('jsonata');
  const cases = { cases: [{ id: 1, status: 'closed' }, { id: 2, status: 'open' }, { id: 3 }] };
  const ask = (question, data = cases) => jsonata(question).evaluate(data);
  const found = [
    await ask('absent = "closed"'), await ask('absent != "closed"'),
    await ask('[cases[status = "closed"].id]'), await ask('[cases[status != "closed"].id]'),
    await ask('$not(absent)'), await ask('null != "closed"'),
  ];
  console.log(JSON.stringify(found));
  assert.strictEqual(JSON.stringify(found), '[false,false,[1],[2],null,true]');
  assert.strictEqual(found[4], undefined);
})().catch((error) => { console.error(error); process.exit(1); });
END

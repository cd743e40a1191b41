#!/bin/sh
# jexl 2.3.0 (npm): || and && bind alike and are taken from the left, where all languages whose signs it borrows take &&
# first. "emergency || ordered && signed" is "(emergency || ordered) && signed", and false in an emergency without a
# signature; the same condition with its halves exchanged is true. Powers go from the left as well, 2 ^ 3 ^ 2 is 64, and
# a filter gives a list of all that meets it, but the field behind it only of the first.
# Seen: false; true; true in JavaScript; 64; 2 for two names
# Ostiary: its rules are SQL, where AND binds before OR, and are read and run with the same precedence.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" jexl@2.3.0
cd "$folder" && node - <<'END'
const assert = require('assert');
const jexl = require('jexl');
const facts = { emergency: true, ordered: false, signed: false, people: [{ n: 1 }, { n: 2 }, { n: 3 }] };
const found = [
  jexl.evalSync('emergency || ordered && signed', facts),
  jexl.evalSync('ordered && signed || emergency', facts),
  facts.emergency || (facts.ordered && facts.signed),
  jexl.evalSync('2 ^ 3 ^ 2'),
  jexl.evalSync('people[.n > 1].n', facts),
];
console.log(found);
assert.deepStrictEqual(found, [false, true, true, 64, 2]);
END

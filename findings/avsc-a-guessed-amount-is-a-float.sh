#!/bin/sh
# avsc 5.7.9 (npm): a schema that is made from values has the type float, of four bytes, for every number with a
# fraction and for whole numbers from 2**31, although numbers in JavaScript are doubles and its float holds seven
# figures: 1234567.89 is read back as 1234567.875, a number of a case 3000000001 as 3000000000. Another value in the
# same list decides it for all: 16777217 is kept alone, and is 16777216 beside an amount with cents.
# Seen: float, 1234567.875; float, 3000000000; int, 16777217; 16777216
# Ostiary: reads no Avro (it says so, and what to write instead), and has no amounts in floating point.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" avsc@5.7.9
cd "$folder" && node - <<'END'
const assert = require('assert');
const { Type } = require('avsc');
const found = [[1234567.89], [3000000001], [16777217], [16777217, 0.5]].map((values) => {
  const type = Type.forValue(values);
  return [type.schema().items, type.fromBuffer(type.toBuffer(values))[0]];
});
console.log(found);
const seen = [['float', 1234567.875], ['float', 3000000000], ['int', 16777217], ['float', 16777216]];
assert.deepStrictEqual(found, seen);
END

#!/bin/sh
# json-canonicalize 3.0.1 (npm), for RFC 8785: an object that says by toJSON what it is written as (an amount, a date,
# a record of a library) is written in the order it gives, not sorted; canonicalize 4.0.0 sorts what comes out of it as
# well. The same value given plainly is sorted by both. So a signature over records of a class is one over other bytes
# than the next reader makes from the JSON.
# Seen: {"due":{"z":1,"a":2}} by the one, {"due":{"a":2,"z":1}} by the other and for the plain object
# Ostiary: only plain values are made canonical; anything else is an error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" json-canonicalize@3.0.1 canonicalize@4.0.0
cd "$folder" && node - <<'END'
(async () => {
  const assert = require('assert');
  const one = (await import('json-canonicalize')).canonicalize;
  const other = (await import('canonicalize')).default;
  const plain = { z: 1, a: 2 };
  const made = { due: { toJSON: () => plain } };
  const found = [one(made), other(made), one({ due: plain })];
  console.log(found);
  assert.deepStrictEqual(found, ['{"due":{"z":1,"a":2}}', '{"due":{"a":2,"z":1}}', '{"due":{"a":2,"z":1}}']);
})().catch((error) => { console.error(error); process.exit(1); });
END

#!/bin/sh
# parse-address 1.1.2 (npm): a rural route, a highway contract route and a military post are a street named RR, HC or PSC,
# and nothing else: number, box, town, state and ZIP code of a whole valid address are gone, and no error is
# raised, so that all of them in a file are one place. A box at a post office is read whole.
# Seen: {"street":"RR"}, {"street":"HC"}, {"street":"PSC"}; of PO Box 12 box, town, state and ZIP code
# Ostiary: reads routes and military posts with number and box.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" parse-address@1.1.2 xregexp@3.2.0
cd "$folder" && node - <<'END'
const assert = require('assert');
const { parseLocation } = require('parse-address');
const lines = ['RR 2 Box 30', 'HC 68 Box 23', 'PSC 402 Box 88'];
const found = lines.map((line) => ({ ...parseLocation(`${line}, Salem, OR 97301`) }));
const box = parseLocation('PO Box 12, Salem, OR 97301');
console.log(JSON.stringify(found), JSON.stringify(box));
assert.deepStrictEqual(found, [{ street: 'RR' }, { street: 'HC' }, { street: 'PSC' }]);
assert.deepStrictEqual([box.sec_unit_num, box.city, box.state, box.zip], ['12', 'Salem', 'OR', '97301']);
END

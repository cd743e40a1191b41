#!/bin/sh
# currency.js 2.0.4 (npm): of a text it keeps digits, a minus and dots, the dot of an abbreviation too: "Rs. 5" is half
# a rupee and "No. 7" seven tenths, where "Rs 5" is five; "1e3", a thousand as a number, is thirteen as a text. Halves
# of a cent are rounded towards more: a payment of 1.005 is 1.01, its refund -1.00, and half of 10.05 paid and half of
# it paid back leave a cent. No message in any of these.
# Seen: 0.5, 5, 0.7, 13; 1.01 and -1; 5.03 and -5.02
# Ostiary: reads no amounts out of text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" currency.js@2.0.4
cd "$folder" && node - <<'END'
const assert = require('assert');
const currency = require('currency.js');
const read = ['Rs. 5', 'Rs 5', 'No. 7', '1e3'].map((text) => currency(text).value);
const both = [1.005, -1.005].map((amount) => currency(amount).value);
const halves = [10.05, -10.05].map((amount) => currency(amount).multiply(0.5).value);
console.log(read, both, halves);
assert.deepStrictEqual(read, [0.5, 5, 0.7, 13]);
assert.deepStrictEqual(both, [1.01, -1]);
assert.deepStrictEqual(halves, [5.03, -5.02]);

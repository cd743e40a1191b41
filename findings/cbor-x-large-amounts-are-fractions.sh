#!/bin/sh
# cbor-x 1.6.9 (npm): a whole number from 2**32 up is written as a floating-point number, for its other readers a
# fraction: 4294967295 is the integer of four octets, 4294967296 the double 41f0000000000000. cborg 6.1.5 writes the
# integer; so amounts in cents from 43 million dollars, and moments in milliseconds, have other bytes and another hash
# by who wrote them.
# Seen: fb41f0000000000000 by the one, 1b0000000100000000 by the other; 1affffffff by both
# Known: its author says so in issue 56 of kriszyp/cbor-x: as JavaScript holds them.
# Ostiary: numbers that are hashed are integers below 2**53 in the canonical form of RFC 8785.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" cbor-x@1.6.9 cborg@6.1.5
cd "$folder" && node - <<'END'
(async () => {
  const assert = require('assert');
  const { encode } = await import('cbor-x');
  const cborg = await import('cborg');
  const hex = (bytes) => Buffer.from(bytes).toString('hex');
  const found = [2 ** 32 - 1, 2 ** 32].map((number) => [hex(encode(number)), hex(cborg.encode(number))]);
  console.log(found);
  assert.deepStrictEqual(found, [['1affffffff', '1affffffff'], ['fb41f0000000000000', '1b0000000100000000']]);
})().catch((error) => { console.error(error); process.exit(1); });
END

#!/bin/sh
# structured-headers 2.1.0 (npm): a number that rounds to a whole one within three places is written with a point and
# nothing behind it, 1.0005 as "1.", which RFC 9651 forbids (3.3.2) and its own parser refuses; and 1.0, read as the
# number 1, is written as the integer 1. Both change what a signature over the field (RFC 9421) covers.
# Seen: 1.0005 -> "1.", 0.0004 -> "0.", parsed: "Decimal cannot end on a period"; "1.0" -> "1"
# Ostiary: the signatures of its notices (RFC 9421) have integers and strings, no decimals.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" structured-headers@2.1.0
cd "$folder" && cat > seen.mjs <<'END'
import assert from 'assert';
import { parseItem, serializeItem } from 'structured-headers';
const found = [1.0005, 0.0004, 0.5].map((one) => serializeItem([one, new Map()]));
console.log(found, serializeItem(parseItem('1.0')));
assert.deepStrictEqual(found, ['1.', '0.', '0.5']);
assert.throws(() => parseItem(found[0]), /cannot end on a period/);
assert.strictEqual(serializeItem(parseItem('1.0')), '1');
END
node seen.mjs

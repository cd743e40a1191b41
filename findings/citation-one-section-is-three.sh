#!/bin/sh
# citation 0.9.0 (npm): a section of the Code with a hyphen in its number is three, in one list, of which nothing says
# that two are guesses: 26 U.S.C. 1400Z-2(d) is section 1400Z-2(d), section 1400Z, and section 2(d), on nonresident
# aliens. Written as "section 1400Z-2(d) of title 26" it is one. Of two sections behind one pair of signs the second is
# lost, and the regulation 1.1400Z2(d)-1 is 1.1400Z.
# Seen: three; one; 6103 of "6103, 7213"; cfr/26/1.1400Z
# Ostiary: names each provision by its USLM identifier, and reads no citation out of a text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" citation@0.9.0
cd "$folder" && node - <<'END'
const assert = require('assert');
const citation = require('citation');
const texts = [
  '26 U.S.C. 1400Z-2(d)',
  'section 1400Z-2(d) of title 26',
  '26 U.S.C. §§ 6103, 7213',
  '26 CFR 1.1400Z2(d)-1',
];
const found = texts.map((text) => citation.find(text).citations.map((each) => each[each.type].id));
console.log(found);
assert.deepStrictEqual(found, [
  ['usc/26/1400Z-2/d', 'usc/26/1400Z', 'usc/26/2/d'],
  ['usc/26/1400Z-2/d'],
  ['usc/26/6103'],
  ['cfr/26/1.1400Z'],
]);
END

#!/bin/sh
# addresser 1.1.22 (npm): an address in Puerto Rico, Guam or the Virgin Islands, or at a military post, raises "State
# not found", by code and by name, while the District of Columbia is a state; a place that does not exist is taken as
# it stands. Who keeps the rows that raise aside keeps people aside by where they live. The half of 1234 1/2 is part
# of the street's name.
# Seen: an error for PR, Puerto Rico, GU, VI and AE; DC; Nowhereville, IA; 1/2 Main
# Ostiary: AA, AE and AP are states of this country's mail, and so are the territories.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" addresser@1.1.22
cd "$folder" && node - <<'END'
const assert = require('assert');
const { parseAddress } = require('addresser');
const lines = [
  '123 Main St, San Juan, PR 00901', '123 Main St, San Juan, Puerto Rico 00901',
  '123 Main St, Hagatna, GU 96910', '12 Kongens Gade, St Thomas, VI 00802', 'PSC 1 Box 2, APO, AE 09012',
  '12 N St NW, Washington, DC 20001', '1 Main St, Nowhereville, IA 50010', '1234 1/2 Main St, Ames, IA 50010',
];
const found = lines.map((line) => {
  try {
    const read = parseAddress(line);
    return [read.streetNumber, read.streetName, read.placeName, read.stateAbbreviation].join('|');
  } catch (error) {
    return 'State not found';
  }
});
console.log(found);
assert.deepStrictEqual(found, [
  ...Array(5).fill('State not found'), '12|N|Washington|DC', '1|Main|Nowhereville|IA', '1234|1/2 Main|Ames|IA',
]);
END

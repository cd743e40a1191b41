#!/bin/sh
# publicodes 1.10.3 (npm), the language in which French law is computed: the time between two days has its last day in
# it where it is asked in months or quarters, and has it not in days and years. From 1 January to 1 January are 365
# days, one year and 12.03 months; to 31 December 364 days, less than a year, and exactly 12 months. A condition "at
# least 12 months" so holds a day before "at least a year", and a month from the 15th to the 15th is 1.08 months.
# What does not apply is nought in a sum, and nothing in a product.
# Seen: 365, 1, 12.032; 364, 0.997, 12; 1.084; 5 and null
# Ostiary: counts terms in days, or to a day that is written down.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" publicodes@1.10.3
cd "$folder" && node - <<'END'
const assert = require('assert');
const required = require('publicodes');
const Engine = required.default || required;
const engine = new Engine({ 'ne vaut pas': { 'applicable si': 'non', valeur: 7 } });
const time = (from, to, unit) => engine.evaluate({ durée: { depuis: from, "jusqu'à": to, unité: unit } }).nodeValue;
const units = ['jour', 'an', 'mois'];
const found = [['01/01/2025', '01/01/2026'], ['01/01/2025', '31/12/2025']].map(([from, to]) =>
  units.map((unit) => Number(time(from, to, unit).toFixed(3))),
);
const month = Number(time('15/01/2026', '15/02/2026', 'mois').toFixed(3));
const absent = ['ne vaut pas', 5];
const none = [{ somme: absent }, { produit: absent }].map((each) => engine.evaluate(each).nodeValue);
console.log(found, month, none);
assert.deepStrictEqual(found, [[365, 1, 12.032], [364, 0.997, 12]]);
assert.strictEqual(month, 1.084);
assert.deepStrictEqual(none, [5, null]);
END

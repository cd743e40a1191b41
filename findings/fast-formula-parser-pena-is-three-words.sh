#!/bin/sh
# fast-formula-parser 1.0.19 (npm): PROPER, by which names are set in capitals and small letters, takes every letter
# with a mark as the end of a word: peña is PeÑA and MAYAGÜEZ is MayagÜEz. TRIM leaves the blanks
# between words, where spreadsheets leave one. hyperformula 3.5.0 has both as spreadsheets do, so that a name that was
# made ready by the one is another one than that by the other.
# Seen: PeÑA, MayagÜEz, "Ann  Roe" by the one; Peña, Mayagüez, "Ann Roe" by the other
# Ostiary: folds names in one place for comparing, and shows them as they were written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
  hyperformula@3.5.0 fast-formula-parser@1.0.19
cd "$folder" && node - <<'END'
const assert = require('assert');
const { HyperFormula } = require('hyperformula');
const FormulaParser = require('fast-formula-parser');
const formulas = ['PROPER("peña")', 'PROPER("MAYAGÜEZ")', 'TRIM(" Ann  Roe ")'];
const parser = new FormulaParser();
const one = formulas.map((each) => parser.parse(each, { sheet: 'a', row: 1, col: 1 }));
const sheet = HyperFormula.buildFromArray([formulas.map((each) => `=${each}`)], { licenseKey: 'gpl-v3' });
const other = formulas.map((each, col) => sheet.getCellValue({ sheet: 0, row: 0, col }));
console.log(one, other);
assert.deepStrictEqual(one, ['PeÑA', 'MayagÜEz', 'Ann  Roe']);
assert.deepStrictEqual(other, ['Peña', 'Mayagüez', 'Ann Roe']);
END

#!/bin/sh
# hyperformula 3.5.0 and fast-formula-parser 1.0.19 (npm) compute the formulas of spreadsheets. By the first, TEXT of a
# day as "d mmmm yyyy" is 31 1200 2025, for the two m behind the month are minutes, and 1234.5 as "#,##0.00" is
# 1235,##0.00: numbers that stand in a letter without an error. INT(-2.5), which goes down to -3 in every spreadsheet,
# is -2. By the second a month from 31 January is 3 March (the first has 28 February, as spreadsheets do).
# Seen: 31 1200 2025, 1235,##0.00, -2, 46081 by the one; 31 December 2025, 1,234.50, -3, 46084 by the other
# Ostiary: no formula is worked out; days and amounts are written by one hand.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
  hyperformula@3.5.0 fast-formula-parser@1.0.19
cd "$folder" && node - <<'END'
const assert = require('assert');
const { HyperFormula } = require('hyperformula');
const FormulaParser = require('fast-formula-parser');
const formulas = ['TEXT(46022,"d mmmm yyyy")', 'TEXT(1234.5,"#,##0.00")', 'INT(-2.5)', 'EDATE(46053,1)'];
const sheet = HyperFormula.buildFromArray([formulas.map((each) => `=${each}`)], { licenseKey: 'gpl-v3' });
const one = formulas.map((each, col) => sheet.getCellValue({ sheet: 0, row: 0, col }));
const parser = new FormulaParser();
const other = formulas.map((each) => parser.parse(each, { sheet: 'a', row: 1, col: 1 }));
console.log(one, other);
assert.deepStrictEqual(one, ['31 1200 2025', '1235,##0.00', -2, 46081]);
assert.deepStrictEqual(other, ['31 December 2025', '1,234.50', -3, 46084]);
END

#!/bin/sh
# @formulajs/formulajs 4.6.1 (npm), the functions of spreadsheets for JavaScript: VALUE("(5)") is 5, where a
# spreadsheet and the forms of tax have -5 for an amount in parentheses; a refund is so a payment. TEXT(601,"00000") is
# 601, where a spreadsheet writes 00601: the ZIP codes of Puerto Rico and New England lose their zeros by the very
# function that is meant to keep them.
# Seen: 5, -5 and 1200 for (5), -5 and $1,200; 601
# Ostiary: a code is text from its column to the answer; no formula is worked out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" @formulajs/formulajs@4.6.1
cd "$folder" && node - <<'END'
const assert = require('assert');
const formulas = require('@formulajs/formulajs');
const found = [...['(5)', '-5', '$1,200'].map((text) => formulas.VALUE(text)), formulas.TEXT(601, '00000')];
console.log(found);
assert.deepStrictEqual(found, [5, -5, 1200, '601']);
END

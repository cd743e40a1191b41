#!/bin/sh
# written-number 0.11.1 (npm): a number with a fraction is rounded before it is put into words, and one below zero is
# no word at all: 0.99 is one, 1.5 two, in English and in Spanish, and a refund written as -5 is an empty text.
# Nothing is raised. The words of a letter so differ from its figures by up to half a dollar, or are missing.
# Seen: one, two, dos, empty
# Ostiary: writes no amount in words.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" written-number@0.11.1
cd "$folder" && node - <<'END'
const assert = require('assert');
const words = require('written-number');
const found = [words(0.99), words(1.5), words(1.5, { lang: 'es' }), words(-5)];
console.log(found);
assert.deepStrictEqual(found, ['one', 'two', 'dos', '']);
END

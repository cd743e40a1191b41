#!/bin/sh
# parse-full-name 1.2.7 (npm): of a name with its surname first, the given name is a suffix where the surname has two
# words and one given name follows: Garcia Lopez, Ana has the given name Garcia, the surname Lopez and the suffix Ana,
# as jr. is one. With two given names, a hyphen or one word it is read as it stands, and no error is in any of them.
# Seen: Garcia, Lopez, suffix Ana; Ana, Maria, Garcia Lopez; Ana, Garcia-Lopez; Ana, Lopez
# Ostiary: a request has its surname in a column of its own, of as many words as it has.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" parse-full-name@1.2.7
cd "$folder" && node - <<'END'
const assert = require('assert');
const { parseFullName } = require('parse-full-name');
const names = ['Garcia Lopez, Ana', 'Garcia Lopez, Ana Maria', 'Garcia-Lopez, Ana', 'Lopez, Ana'];
const found = names.map((name) => {
  const { first, middle, last, suffix, error } = parseFullName(name);
  return [first, middle, last, suffix, error.join('')].join('|');
});
console.log(found);
assert.deepStrictEqual(
  found,
  ['Garcia||Lopez|Ana|', 'Ana|Maria|Garcia Lopez||', 'Ana||Garcia-Lopez||', 'Ana||Lopez||'],
);
END

#!/bin/sh
# humanparser 2.7.0 (npm): the two names of a joint return are those of one person: of John and Mary Smith the second
# is the middle name "and Mary", and of Mr. and Mrs. John Smith the given name is "and", the middle name "Mrs. John".
# Nothing says that there are two. The name that a row of filers is then compared by is that of the first, or of
# nobody.
# Seen: John, and Mary, Smith; and, Mrs. John, Smith
# Ostiary: a request asks about one person; its surname and its given names are two columns.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" humanparser@2.7.0
cd "$folder" && node - <<'END'
const assert = require('assert');
const { parseName } = require('humanparser');
const found = ['John and Mary Smith', 'Smith, John & Mary', 'Mr. and Mrs. John Smith'].map((name) => {
  const { firstName, middleName, lastName } = parseName(name);
  return [firstName, middleName, lastName].join('|');
});
console.log(found);
assert.deepStrictEqual(found, ['John|and Mary|Smith', 'John|& Mary|Smith', 'and|Mrs. John|Smith']);
END

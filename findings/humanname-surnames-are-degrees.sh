#!/bin/sh
# humanname 0.2.2 (npm): who is named with a degree or a numeral at the end has no surname: Lena Ma is Lena, with the
# suffix MA (a master of arts), Li Pe an engineer, Mary V the fifth. Ma Lee and Ana Ma Lee keep theirs. A check for a
# missing surname so turns away people who gave one.
# Seen: '' MA, '' PE, '' V; Lee, Lee, Do
# Ostiary: what stands in the column of the surname is the surname; a suffix has its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" humanname@0.2.2
cd "$folder" && node - <<'END'
const assert = require('assert');
const humanname = require('humanname');
const names = ['Lena Ma', 'Li Pe', 'Mary V', 'Ma Lee', 'Ana Ma Lee', 'Kim Do'];
const found = names.map((name) => {
  const { lastName, suffix } = humanname.parse(name);
  return `${lastName}|${suffix}`;
});
console.log(found);
assert.deepStrictEqual(found, ['|MA', '|PE', '|V', 'Lee|', 'Lee|', 'Do|']);
END

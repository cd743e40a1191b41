#!/bin/sh
# mailparser 3.14.2 (npm): the text of a mail that has only HTML is made from it, and the cells of a table, the boxes of
# a form, the term and its value in a list are written without anything between them: a row with the year 2022 and the
# tax 345 is 2022345, 1200 in one column and 345 in the next are 1200345. Of words that are struck out and put in, both
# stay, and 10 with a note 2 is 102. Only cells with a paragraph within are kept apart.
# Seen: YearTax2022345; 1200345; 20222023 for ticked 2022 and unticked 2023; 2022345; 20222023 for struck words; 102
# Ostiary: reads no mail; what it takes out of documents stays at its place on the page.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" mailparser@3.14.2
cd "$folder" && node - <<'END'
const assert = require('assert');
const { simpleParser } = require('mailparser');
const pages = [
  '<table><tr><th>Year</th><th>Tax</th></tr><tr><td>2022</td><td>345</td></tr></table>',
  '<table><tr><td>1200</td><td>345</td></tr></table>',
  '<form><input type="checkbox" checked>2022<input type="checkbox">2023</form>',
  '<dl><dt>2022</dt><dd>345</dd></dl>',
  '<p><del>2022</del><ins>2023</ins></p>',
  '<p>10<sup>2</sup></p>',
  '<table><tr><td><p>1200</p></td><td><p>345</p></td></tr></table>',
];
(async () => {
  const found = [];
  for (const page of pages) {
    const mail = `From: ann@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${page}\r\n`;
    found.push((await simpleParser(mail)).text.trim());
  }
  console.log(found);
  const seen = ['YearTax2022345', '1200345', '20222023', '2022345', '20222023', '102', '1200\n\n345'];
  assert.deepStrictEqual(found, seen);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
END

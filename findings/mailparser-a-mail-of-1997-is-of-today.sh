#!/bin/sh
# mailparser 3.14.2 (npm): a date that it cannot read is the moment at which it is read, without a word. So is the date
# of an example in the standard of mail itself (RFC 5322, A.6.3), with comments and blanks around the colons, which
# receivers must read; and any date with a zone of one letter (4.3), but Z. postal-mime 4.0.0 reads neither, and
# gives the text back as it stands. A request so comes in on another day each time that its mail is read.
# Seen: the time of reading for both by the one; the texts by the other; 1969-02-14 by both for the example of A.5
# Ostiary: a day that it cannot read is an error that names its row; none is guessed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" mailparser@3.14.2 postal-mime@4.0.0
cd "$folder" && node - <<'END'
const assert = require('assert');
const { simpleParser } = require('mailparser');
const required = require('postal-mime');
const PostalMime = required.default || required;
const mail = (date) => `From: ann@example.org\r\nDate: ${date}\r\nMessage-ID: <1@example.org>\r\n\r\nPlease.\r\n`;
(async () => {
  const dates = ['Fri, 21 Nov 1997 09(comment):   55  :  06 -0600', 'Tue, 31 Dec 2024 23:30:00 A'];
  for (const date of dates) {
    const before = Date.now();
    const one = (await simpleParser(mail(date))).date;
    const other = (await PostalMime.parse(mail(date))).date;
    console.log(date, one, other);
    assert.ok(before <= one.getTime() && one.getTime() <= Date.now());
    assert.strictEqual(other, date);
  }
  const folded = mail('Thu,\r\n  13\r\n    Feb\r\n      1969\r\n  23:32\r\n           -0330 (Newfoundland Time)');
  const right = [(await simpleParser(folded)).date.toISOString(), (await PostalMime.parse(folded)).date];
  console.log(right);
  assert.deepStrictEqual(right, ['1969-02-14T03:02:00.000Z', '1969-02-14T03:02:00.000Z']);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
END
